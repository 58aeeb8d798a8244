"""Why: the main job in a cluster. The command that is printed, typed into a shell, makes the
checkmark, seen by an account that is exactly as printed and may not read."""

import pytest

from harness.hurry import hurried
from harness.shells import SHELLS, Shell


@pytest.fixture(params=SHELLS)
def shell(request, kube):
    started = Shell(SHELLS[request.param], kube.administrator_environment())
    started.name = request.param
    yield started
    started.close()


def type_in(kube, shell, configuration, *values):
    """Runs what `agent commands` prints now."""
    lines = kube.commands(configuration, "--shell", shell.name)
    shown = shell.run(lines, values)
    assert kube.world.canary.find(shown) == [], "what was typed is shown"
    return lines


def test_created_by_the_printed_command(kube, way, shell):
    configuration = kube.configure(kube.requirement("database", "db", ["password"]))
    kube.allow_as_printed(configuration, *way.printed)
    asked = kube.namespace.kubectl("auth", "can-i", "get", "secrets/db", check=False,
                                   kubeconfig=kube.direct_kubeconfig())
    assert (asked.returncode, asked.stdout.strip()) == (1, "no")
    found = kube.look(configuration, "database")
    assert (found["presence"], found["sight"]) == ("missing", way.sight)

    agent = kube.start(configuration)
    value = b"  " + kube.world.value + b" 'single' \"double\" $HOME `id` \\n * # = %s !"
    type_in(kube, shell, configuration, value)
    agent.wait_event("database", "appeared")
    assert kube.namespace.value("db", "password") == value
    assert kube.look(configuration, "database")["presence"] == "present"

    start = agent.mark()
    type_in(kube, shell, configuration, value + b"2")
    agent.wait_event("database", "rotated", start)
    assert kube.namespace.value("db", "password") == value + b"2"


def test_gone_and_back(kube, way):
    """With a faster clock: it may be away for ten seconds before that is an event."""
    way.allow(kube, "db")
    kube.namespace.create_secret("db")
    configuration = kube.configure(kube.requirement("database", "db"))
    agent = kube.start(configuration, env=hurried(kube.world, 10))
    kube.wait_seen(agent, "database", "db")
    start = agent.mark()
    kube.namespace.delete_secret("db")
    agent.wait_event("database", "disappeared", start)
    found = kube.look(configuration, "database")
    assert (found["presence"], found["sight"]) == ("missing", way.sight)
    kube.namespace.create_secret("db")
    agent.wait_event("database", "appeared", start)


def test_nothing_is_asked_that_could_bring_a_value(kube, way):
    """Not even where the account is let."""
    configuration = kube.configure(kube.requirement("database", "db", ["password"]))
    kube.allow_as_printed(configuration, *way.printed)
    kube.namespace.create_secret("db")
    start = kube.proxy.mark()
    agent = kube.start(configuration)
    kube.wait_seen(agent, "database", "db")
    for exchange in kube.requests("/secrets", start):
        assert exchange.protocol == "HTTP/2.0"
        if exchange.method == "GET":
            assert "as=Table" in exchange.headers["accept"]
            assert "," not in exchange.headers["accept"]
            assert "includeObject=None" in exchange.query
        else:
            assert exchange.method in ("PUT", "POST") and "dryRun=All" in exchange.query
            assert "as=PartialObjectMetadata" in exchange.headers["accept"]


def test_several_keys(kube, shell):
    kube.allow_watching("db")
    configuration = kube.configure(kube.requirement("database", "db", ["username", "password"]))
    values = [kube.world.value + b" user", kube.world.value + b" 'pass'"]
    type_in(kube, shell, configuration, *values)
    assert [kube.namespace.value("db", key) for key in ("username", "password")] == values
    assert kube.look(configuration, "database")["presence"] == "present"


def test_a_missing_key_is_added(kube, shell):
    kube.allow_watching("db")
    kube.namespace.create_secret("db", {"username": b"somebody"})
    configuration = kube.configure(kube.requirement("database", "db", ["username", "password"]))
    assert kube.look(configuration, "database")["presence"] == "incomplete"
    lines = kube.commands(configuration, "--shell", shell.name)
    assert "patch" in lines
    type_in(kube, shell, configuration, *[kube.world.value] * lines.count("read -r"))
    assert kube.namespace.value("db", "password") == kube.world.value
    assert kube.look(configuration, "database")["presence"] == "present"


def test_what_is_there_is_replaced_without_a_gap(kube, shell):
    """A watch sees it changed, never gone."""
    kube.allow_watching("db")
    kube.namespace.create_secret("db")
    configuration = kube.configure(kube.requirement("database", "db", ["password"]))
    agent = kube.start(configuration)
    kube.wait_seen(agent, "database", "db")
    start = agent.mark()
    type_in(kube, shell, configuration, kube.world.value + b"2")
    agent.wait_event("database", "rotated", start)
    assert not [line for line in agent.log.lines[start:] if "is missing" in line]
    assert kube.namespace.value("db", "password") == kube.world.value + b"2"


def test_certificates_come_from_files(kube):
    kube.allow_asking("web")
    folder = kube.certificate_files()
    configuration = kube.configure(
        kube.requirement("web", "web", ["tls.crt", "tls.key"], kind="kubernetes.io/tls"))
    kube.run_with_files(kube.commands(configuration), folder)
    assert kube.look(configuration, "web")["presence"] == "present"
    assert kube.namespace.value("web", "tls.key") == (folder / "tls.key").read_bytes()


def test_what_is_being_deleted_is_waited_for(kube):
    kube.allow_asking("db")
    kube.namespace.create_secret("db", finalizers=["cluster.test/holds"])
    kube.namespace.delete_secret("db")
    configuration = kube.configure(kube.requirement("database", "db", ["password"]))
    lines = kube.commands(configuration)
    kube.namespace.api.merge(f"{kube.namespace.path}/secrets/db", {"metadata": {"finalizers": []}})
    assert "kubectl wait --for=delete" in lines


def test_commands_never_put_a_value_where_it_stays(kube, way):
    """No apply (it leaves an annotation), no literal (history, arguments)."""
    way.allow(kube, "db", "web", "pull")
    configuration = kube.configure(
        kube.requirement("db", "db", ["a", "b"]),
        kube.requirement("web", "web", ["tls.crt", "tls.key"], kind="kubernetes.io/tls"),
        kube.requirement("pull", "pull", [".dockerconfigjson"],
                         kind="kubernetes.io/dockerconfigjson"))
    for shell in SHELLS:
        lines = kube.commands(configuration, "--shell", shell)
        for word in ("apply", "--from-literal", "--docker-password"):
            assert word not in lines
        assert f"-n {kube.namespace.name}" in lines
