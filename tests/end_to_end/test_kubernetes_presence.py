"""Why: each thing that a Secret can be is one presence and one exit status, by either way."""

import pytest

from harness.namespaces import rule

KEYS = ("username", "password")


def look(kube, *arguments, **more):
    configuration = kube.configure(kube.requirement("database", "db", KEYS, **more))
    finished = kube.once(configuration, *arguments)
    return finished.status, finished.requirement("database")


def test_missing(kube, way):
    way.allow(kube, "db")
    status, found = look(kube)
    assert (status, found["presence"], found["sight"]) == (1, "missing", way.sight)
    assert '"db"' in found["detail"] and kube.namespace.name in found["detail"]


def test_present(kube, way):
    way.allow(kube, "db")
    kube.namespace.create_secret("db", KEYS)
    status, found = look(kube)
    assert (status, found["presence"], found["sight"]) == (0, "present", way.sight)
    assert "key names not checked" in found["detail"]


def test_where_no_keys_are_named_nothing_is_said_of_them(kube, way):
    way.allow(kube, "db")
    kube.namespace.create_secret("db", ["anything"])
    configuration = kube.configure(kube.requirement("database", "db", keys=()))
    found = kube.look(configuration, "database")
    assert found["presence"] == "present" and not found["detail"]


@pytest.mark.parametrize("keys, presence", [((), "empty"), (["username"], "incomplete")])
def test_keys_are_counted_where_the_table_shows_them(kube, keys, presence):
    kube.allow_watching("db")
    kube.namespace.create_secret("db", keys)
    status, found = look(kube)
    assert (status, found["presence"]) == (1, presence)


@pytest.mark.parametrize("there, wanted", [
    ("Opaque", "kubernetes.io/tls"), ("kubernetes.io/tls", "Opaque")])
def test_wrong_type(kube, way, there, wanted):
    way.allow(kube, "db")
    kube.namespace.create_secret("db", ["tls.crt", "tls.key"], there)
    status, found = look(kube, kind=wanted)
    assert (status, found["presence"]) == (1, "wrong-type")
    assert wanted in found["detail"]


@pytest.mark.parametrize("kind, keys", [
    ("kubernetes.io/tls", {"tls.crt", "tls.key"}),
    ("kubernetes.io/basic-auth", {"username", "password"}),
    ("kubernetes.io/ssh-auth", {"ssh-privatekey"}),
    ("example.com/own", {"a"})])
def test_types_with_keys_of_their_own(kube, way, kind, keys):
    way.allow(kube, "db")
    configuration = kube.configure(kube.requirement("database", "db", sorted(keys), kind=kind))
    assert kube.look(configuration, "database")["presence"] == "missing"
    kube.namespace.create_secret("db", sorted(keys), kind)
    found = kube.look(configuration, "database")
    assert found["presence"] == "present", found


def test_docker_registry(kube, way):
    """Its validation wants JSON in the key that it needs, which a probe has not."""
    way.allow(kube, "pull")
    kind = "kubernetes.io/dockerconfigjson"
    text = b'{"auths":{"registry.test":{"password":"' + kube.world.value + b'"}}}'
    configuration = kube.configure(
        kube.requirement("registry", "pull", [".dockerconfigjson"], kind=kind))
    assert kube.look(configuration, "registry")["presence"] == "missing"
    kube.namespace.create_secret("pull", {".dockerconfigjson": text}, kind)
    found = kube.look(configuration, "registry")
    assert found["presence"] == "present", found


def test_being_deleted(kube):
    """The Table does not show it."""
    kube.allow_asking("db")
    kube.namespace.create_secret("db", KEYS, finalizers=["cluster.test/holds"])
    kube.namespace.delete_secret("db")
    status, found = look(kube)
    kube.namespace.api.merge(f"{kube.namespace.path}/secrets/db", {"metadata": {"finalizers": []}})
    assert (status, found["presence"]) == (1, "pending-deletion")
    assert look(kube)[1]["presence"] == "missing"


def test_denied(kube):
    kube.allow(rule("get", ["configmaps"], ["other"]))
    kube.namespace.create_secret("db", KEYS)
    status, found = look(kube, "--timeout", "2s")
    assert (status, found["presence"]) == (3, "denied")
    for word in ("secrets", "db", kube.namespace.name, "agent permissions"):
        assert word in found["detail"]


def test_unreachable(kube, way):
    way.allow(kube, "db")
    kube.proxy.command(listener="refuse")
    status, found = look(kube, "--timeout", "1s")
    assert (status, found["presence"]) == (3, "unreachable")
    assert kube.proxy.address in found["detail"]


def test_a_namespace_that_does_not_exist(kube):
    """Rights in it can come from a ClusterRole alone."""
    kube.allow_asking("db")
    kube.namespace.allow_everywhere([rule("update create")], account="asker")
    configuration = kube.configure(kube.requirement("database", "db", KEYS, namespace="no-where"))
    found = kube.look(configuration, "database")
    assert found["presence"] == "missing"
    assert '"no-where"' in found["detail"] and "namespace" in found["detail"]


def test_kube_system_is_never_looked_into(kube):
    kube.allow_asking("db")
    kube.namespace.allow_everywhere([rule("update create")], account="asker")
    start = kube.proxy.mark()
    configuration = kube.configure(kube.requirement("database", "db", namespace="kube-system"))
    finished = kube.world.run("--config", configuration, "--once", env=kube.environment)
    assert finished.status in (2, 3) and "kube-system" in finished.out + finished.err
    assert kube.requests("kube-system", start) == []
