"""Why: a pod's token is a file that changes every hour; the old one is revoked."""

import json
import os

from harness.api import Api
from harness.cluster import kubeconfig
from harness.namespaces import poll
from harness.policies import ASKER


def token_file(kube, token):
    """As kubelet does it: complete when it appears."""
    draft = kube.folder / "token.draft"
    draft.write_text(token)
    draft.chmod(0o644)
    draft.rename(kube.folder / "token")


def use_token_file(kube):
    document = json.loads(kube.kubeconfig.read_text())
    document["users"][0]["user"] = {"tokenFile": str(kube.folder / "token")}
    kube.kubeconfig.write_text(json.dumps(document))


def wait_refused(kube, token):
    api = Api(kube.cluster.address, kube.cluster.authority, token)
    poll("that the old token is refused", lambda: api.request("GET", "/api")[0] == 401)


def account(way):
    return ASKER if way.name == "asking" else "blindfold"


def test_the_file_rotates_and_the_old_token_is_revoked(kube, way):
    """The server remembers a good token for ten seconds."""
    way.allow(kube, "db")
    holder = kube.namespace.create_secret("holder")
    old = kube.namespace.token(account(way), bound_to=holder)
    token_file(kube, old)
    use_token_file(kube)
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_presence(agent, "database", "missing")
    start = kube.proxy.mark()
    kube.namespace.delete_secret("holder")
    token_file(kube, kube.namespace.token(account(way)))
    wait_refused(kube, old)
    kube.proxy.order("watch", finish=True)
    kube.namespace.create_secret("db")
    agent.wait_event("database", "appeared")
    refused = [each for each in kube.proxy.exchanges(start) if each.status == 401]
    assert len(refused) <= 1, "a fresh token is tried once, at once"


def test_a_revoked_token_is_said(kube, way):
    way.allow(kube, "db")
    kube.use("no-such-token")
    found = kube.look(kube.configure(kube.requirement("database", "db")), "database",
                      "--timeout", "2s")
    assert found["presence"] == "unreachable"
    assert "token" in found["detail"] and "no-such-token" not in found["detail"]


def test_a_token_of_a_plugin(kube, way):
    """Run by the helper; its output is the agent's own credential and is shown nowhere."""
    way.allow(kube, "db")
    kube.namespace.create_secret("db")
    plugin = kube.folder / "plugin"
    reply = {"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
             "status": {"token": kube.token}}
    plugin.write_text(f"#!/bin/sh\ncat <<'END'\n{json.dumps(reply)}\nEND\n")
    plugin.chmod(0o755)
    document = json.loads(kube.kubeconfig.read_text())
    document["users"][0]["user"] = {"exec": {
        "apiVersion": "client.authentication.k8s.io/v1", "command": str(plugin),
        "interactiveMode": "Never"}}
    kube.kubeconfig.write_text(json.dumps(document))
    finished = kube.once(kube.configure(kube.requirement("database", "db")))
    assert finished.status == 0, finished.out + finished.err
    assert kube.token not in finished.out + finished.err


def test_the_agent_s_own_token_is_shown_nowhere(kube, way):
    way.allow(kube, "db")
    agent = kube.start(kube.configure(kube.requirement("database", "db")), "--log-level", "debug")
    kube.wait_presence(agent, "database", "missing")
    for part in (kube.token, kube.token.split(".")[2]):
        assert part not in agent.log.text(most=10_000)
    for exchange in kube.proxy.exchanges():
        assert kube.token.encode() not in exchange.target.encode() + exchange.body


def test_the_pod_s_own_account(kube, way, mounting):
    """Found where kubelet puts it, by the variables that it sets."""
    way.allow(kube, "db")
    kube.namespace.create_secret("db")
    place = "/var/run/secrets/kubernetes.io/serviceaccount"
    os.makedirs(place, exist_ok=True)
    mounting.tmpfs(place)
    for name, text in [("token", kube.token), ("namespace", kube.namespace.name),
                       ("ca.crt", kube.proxy.authority.read_text())]:
        with open(f"{place}/{name}", "w") as file:
            file.write(text)
    host, port = kube.proxy.address.split(":")
    configuration = kube.configure(
        {"id": "database", "provided-by": "customer",
         "store": {"kubernetes": {"secret": "db", "keys": ["password"]}}})
    kube.kubeconfig.unlink()
    finished = kube.world.once(configuration, env={
        "KUBERNETES_SERVICE_HOST": host, "KUBERNETES_SERVICE_PORT": port})
    assert finished.status == 0, finished.out + finished.err


def test_a_context_and_a_namespace_that_are_chosen(kube, other_namespace):
    kube.allow_watching("db")
    kube.namespace.create_secret("db")
    document = json.loads(kube.kubeconfig.read_text())
    document["contexts"].append({"name": "other", "context": {
        "cluster": "test", "user": "test", "namespace": other_namespace.name}})
    document["current-context"] = "other"
    kube.kubeconfig.write_text(json.dumps(document))
    configuration = kube.configure(
        {"id": "database", "provided-by": "customer",
         "store": {"kubernetes": {"secret": "db", "keys": ["password"]}}})
    arguments = ["--timeout", "2s"]
    assert kube.once(configuration, *arguments).status == 3
    assert kube.once(configuration, *arguments, "--context", "test").status == 0
    assert kube.once(configuration, *arguments, "--namespace", kube.namespace.name).status == 0
    finished = kube.world.run("--config", configuration, "--once", "--context", "tset",
                              env=kube.environment)
    assert finished.status == 2 and "tset" in finished.err and "test" in finished.err


def test_another_authority_is_not_trusted(kube, way):
    way.allow(kube, "db")
    kubeconfig(kube.kubeconfig, kube.proxy.address, kube.cluster.authority, kube.token,
               kube.namespace.name)
    found = kube.look(kube.configure(kube.requirement("database", "db")), "database",
                      "--timeout", "2s")
    assert found["presence"] == "unreachable" and "CA" in found["detail"]
