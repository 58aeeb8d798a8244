"""Why: the doctor proves that the account cannot read; it must fail exactly where it can."""

import subprocess

import pytest
import yaml

from harness.namespaces import rule
from harness.world import directory


def doctor(kube, configuration, *arguments):
    return kube.world.run("--config", configuration, "doctor", *arguments, env=kube.environment)


def configured(kube):
    return kube.configure(kube.requirement("database", "db"))


def test_as_printed_all_is_refused(kube):
    configuration = configured(kube)
    kube.allow_as_printed(configuration)
    kube.namespace.create_secret("db")
    finished = doctor(kube, configuration)
    assert finished.status == 0, finished.out + finished.err
    assert "db" in finished.out and "blindfold-ask-only" in finished.out


def test_an_account_that_may_watch_can_read(kube):
    configuration = configured(kube)
    kube.allow_as_printed(configuration, "--faster")
    kube.namespace.create_secret("db")
    finished = doctor(kube, configuration)
    assert finished.status == 1, finished.out + finished.err


def test_without_the_policy_it_can_guess(kube):
    kube.allow(rule("update", names=["db"]), rule("create"))
    kube.namespace.create_secret("db")
    finished = doctor(kube, configured(kube))
    assert finished.status == 1, finished.out + finished.err
    assert "policy" in finished.out


@pytest.mark.parametrize("more, named", [
    (rule("get"), "get"), (rule("delete"), "delete"), (rule("create", ["pods"]), "pods"),
    (rule("update", ["deployments"], group="apps"), "deployments"),
    (rule("list", ["configmaps"]), "configmaps")])
def test_every_surplus_is_named(kube, more, named):
    kube.allow_asking("db", more=[more])
    kube.namespace.create_secret("db")
    finished = doctor(kube, configured(kube))
    harmless = named == "configmaps"
    assert finished.status == (0 if harmless else 1), finished.out + finished.err
    assert named in finished.out


def test_what_it_tries_is_seen_by_the_server_and_brings_nothing(kube):
    """A value that crossed towards the agent would fail this test by itself."""
    configuration = configured(kube)
    kube.allow_as_printed(configuration)
    kube.namespace.create_secret("db")
    start = kube.proxy.mark()
    assert doctor(kube, configuration).status == 0
    tried = kube.requests("^(GET|PUT|POST) .*/secrets", start)
    assert tried and {each.status for each in tried} <= {403, 404, 409, 422, 200, 201}


def test_says_what_the_policy_lacks(kube):
    """It is in force for what is tried, and would let through what it cannot evaluate."""
    configuration = configured(kube)
    kube.allow_as_printed(configuration)
    kube.namespace.create_secret("db")
    kube.namespace.kubectl("patch", "validatingadmissionpolicy", "blindfold-ask-only",
                           "--type=merge", "--patch", '{"spec":{"failurePolicy":"Ignore"}}')
    finished = doctor(kube, configuration)
    assert finished.status == 1, finished.out + finished.err
    assert "failurePolicy is not Fail" in finished.out
    assert "1 of 1 secrets refused" in finished.out


def test_an_immutable_secret_may_not_be_updated(kube):
    configuration = configured(kube)
    kube.allow_as_printed(configuration)
    kube.namespace.create_secret("db", immutable=True)
    finished = doctor(kube, configuration)
    assert finished.status == 1, finished.out + finished.err
    assert "immutable" in finished.out


@pytest.mark.parametrize("kind", ["kubernetes.io/tls", "kubernetes.io/dockerconfigjson",
                                  "kubernetes.io/basic-auth", "kubernetes.io/ssh-auth"])
def test_a_guess_at_each_type_is_refused_by_the_policy(kube, kind):
    keys = {"kubernetes.io/tls": {"tls.crt": kube.world.value, "tls.key": kube.world.value},
            "kubernetes.io/dockerconfigjson": {".dockerconfigjson": b"{}"},
            "kubernetes.io/basic-auth": {"password": kube.world.value},
            "kubernetes.io/ssh-auth": {"ssh-privatekey": kube.world.value}}[kind]
    configuration = kube.configure(kube.requirement("database", "db", list(keys), kind=kind))
    kube.allow_as_printed(configuration)
    kube.namespace.create_secret("db", keys, kind)
    finished = doctor(kube, configuration)
    assert finished.status == 0, finished.out + finished.err
    assert 'guess: refused by policy "blindfold-ask-only"' in finished.out


def test_files_and_the_cluster_one_after_the_other(kube):
    store = kube.world.store()
    kube.world.put(store, "password")
    configuration = kube.configure(directory("file", store, ["password"]),
                                   kube.requirement("database", "db"))
    kube.allow_as_printed(configuration)
    kube.namespace.create_secret("db")
    finished = doctor(kube, configuration)
    assert finished.status == 0, finished.out + finished.err
    assert finished.out.index("1 of 1 files refused") < finished.out.index("knows this account")
    assert "1 of 1 secrets refused" in finished.out


def test_gives_up_the_right_to_read_before_it_connects(kube):
    """As the agent that it speaks for."""
    configuration = configured(kube)
    kube.allow_as_printed(configuration)
    kube.namespace.create_secret("db")
    record = kube.world.scratch / "calls"
    finished = kube.world.run(
        "--config", configuration, "doctor", env=kube.environment,
        prefix=["strace", "-f", "-qq", "-o", str(record),
                "-e", "trace=landlock_restrict_self,connect"])
    assert finished.status == 0, finished.out + finished.err
    calls = record.read_text()
    assert "landlock_restrict_self" in calls
    port = kube.proxy.address.rpartition(":")[2]
    assert calls.index("landlock_restrict_self") < calls.index(f"htons({port})")


def blocks(lines):
    """Comments, each with the commands that it speaks of."""
    found = []
    for line in lines:
        if line.startswith("# "):
            found.append((line, []))
        else:
            found[-1][1].append(line)
    return found


def fulfils(comment, done, printed):
    """Whether a command that ran answered as the comment before it says."""
    if "must answer no" in comment:
        return done.stdout.split() == ["no"] and done.returncode == 1
    if "must list no more" in comment:
        return done.returncode == 0 and "secrets" in done.stdout and " get " not in done.stdout
    if "must answer created" in comment:
        return done.returncode == 0 and "created (server dry run)" in done.stdout
    if "must fail" in comment:
        return done.returncode != 0 and "'blindfold-ask-only'" in done.stderr
    assert "must stand there" in comment, comment
    return done.returncode == 0 and yaml.safe_load(done.stdout)["metadata"]["name"] in printed


def test_each_line_of_the_proof_answers_as_its_comment_says(kube):
    """Run by whoever administers the cluster."""
    configuration = configured(kube)
    printed = kube.allow_as_printed(configuration)
    kube.namespace.create_secret("db")
    finished = doctor(kube, configuration, "--commands")
    assert finished.status == 0
    seen = 0
    for comment, commands in blocks(finished.out.splitlines()):
        for command in commands:
            done = subprocess.run(["bash", "-c", command], text=True, capture_output=True,
                                  timeout=60, env=kube.administrator_environment())
            assert fulfils(comment, done, printed), (comment, command, done)
            assert kube.world.canary.find(done.stdout.encode()) == []
            seen += 1
    assert seen == 13


def test_the_proof_fails_where_the_account_may_read(kube):
    """A proof that always succeeds proves nothing."""
    configuration = configured(kube)
    kube.allow(rule("get list watch create update"))
    kube.namespace.create_secret("db")
    finished = doctor(kube, configuration, "--commands")
    wrong = []
    for comment, commands in blocks(finished.out.splitlines()):
        for command in commands:
            done = subprocess.run(["bash", "-c", command], text=True, capture_output=True,
                                  timeout=60, env=kube.administrator_environment())
            if "must answer no" in comment and done.stdout.split() != ["no"]:
                wrong.append(command)
            if "must fail" in comment and done.returncode == 0:
                wrong.append(command)
    assert any(" get secrets/db " in each for each in wrong)
    assert any(" list secrets " in each for each in wrong)
    assert any("--from-literal" in each for each in wrong)
