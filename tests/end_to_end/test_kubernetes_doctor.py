"""Why: the doctor proves that the account cannot read; it must fail exactly where it can."""

import subprocess

import pytest

from harness.namespaces import rule


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


def test_prints_the_proof_for_kubectl(kube):
    """Run by whoever administers the cluster."""
    configuration = configured(kube)
    kube.allow_as_printed(configuration)
    kube.namespace.create_secret("db")
    finished = doctor(kube, configuration, "--commands")
    assert finished.status == 0
    assert "kubectl" in finished.out and kube.namespace.name in finished.out
    done = subprocess.run(["bash"], input=finished.out, text=True, capture_output=True, timeout=60,
                          env=kube.administrator_environment())
    assert "no" in done.stdout.split()
    assert kube.world.canary.find(done.stdout.encode()) == []
