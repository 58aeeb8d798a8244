"""Why: all tests of Kubernetes rest on the API server, its policies and the recording proxy."""

import gzip
import json

import pytest

from harness.api import query
from harness.curl import PARTIAL, TABLE, Watch, curl
from harness.namespaces import rule

WATCHER = [rule("get list watch")]


@pytest.fixture
def ask(kube):
    """curl through the proxy with the agent's account."""
    def run(target, *options, **more):
        return curl(kube.proxy.address, kube.proxy.authority, kube.token,
                    f"{kube.namespace.path}{target}", *options, **more)
    return run


def probe(kube, name, method="PUT", **more):
    body = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "type": "Opaque", **more}
    target = f"{kube.namespace.path}/secrets" + (f"/{name}" if method == "PUT" else "")
    return kube.as_agent().request(method, target + query(dryRun="All"), body, accept=PARTIAL)


def test_the_probes_answer_and_the_policy_refuses_a_guess(kube):
    kube.allow_asking("db", "gone")
    created = kube.namespace.create_secret("db")
    status, document = probe(kube, "db")
    assert (status, document["kind"]) == (200, "PartialObjectMetadata")
    assert document["metadata"]["uid"] == created["metadata"]["uid"]
    assert kube.world.canary.find(json.dumps(document).encode()) == []
    assert probe(kube, "gone")[0] == 404
    assert probe(kube, "other")[0] == 403
    assert probe(kube, "db", "POST")[1]["reason"] == "AlreadyExists"
    assert probe(kube, "db", data={"password": "Z3Vlc3M="})[0] == 422
    assert kube.as_agent().request("GET", f"{kube.namespace.path}/secrets/db")[0] == 403


def test_rights_are_those_of_the_role_at_once(kube):
    kube.allow(*WATCHER)
    assert kube.as_agent().request("GET", f"{kube.namespace.path}/secrets")[0] == 200
    kube.namespace.set_rules([rule("create")])
    kube.namespace.wait_allowed("list", allowed=False)
    assert kube.as_agent().request("GET", f"{kube.namespace.path}/secrets")[0] == 403


def test_the_proxy_speaks_http_2_and_passes_a_watch_on_at_once(kube):
    kube.allow(*WATCHER)
    watch = Watch(kube.proxy.address, kube.proxy.authority, kube.token,
                  f"{kube.namespace.path}/secrets" + query(watch=1, includeObject="None"))
    request, _ = kube.proxy.wait_request(lambda each: "watch=1" in each.query)
    assert request.protocol == "HTTP/2.0"
    assert "authorization" not in request.headers and request.headers["accept"] == TABLE
    kube.namespace.create_secret("db")
    index = watch.lines.wait(lambda line: '"ADDED"' in line)
    assert json.loads(watch.lines.lines[index])["object"]["rows"][0]["cells"][0] == "db"
    kube.proxy.order("watch=1", inject=b'{"type":"ERROR","object":{}}\n', finish=True)
    watch.lines.wait(lambda line: '"ERROR"' in line)
    assert kube.proxy.wait_end(request) == "ended by an order"
    assert watch.wait_end() == 0


def test_the_proxy_keeps_what_goes_towards_the_client(kube, ask):
    """Compressed too: the server packs what is larger than 128 KiB."""
    kube.allow(*WATCHER)
    kube.namespace.create_secret("large", {"a": kube.world.value, "b": bytes(300_000)})
    start = kube.proxy.mark()
    packed = ask("/secrets/large", "--header", "Accept-Encoding: gzip", accept="application/json")
    assert kube.world.canary.find(gzip.decompress(packed.body))
    crossed, = kube.proxy.exchanges(start)
    assert [bool(kube.world.canary.find(data)) for data in crossed.sent()] == [False, False, True]
    kube.namespace.delete_secret("large")
    kube.proxy.forget(start)


def test_whole_objects_are_found_where_accept_is_ignored(kube, ask):
    kube.allow(*WATCHER)
    kube.namespace.create_secret("db")
    kube.proxy.fault("/secrets", "whole")
    start = kube.proxy.mark()
    reply = ask("/secrets" + query(includeObject="None"))
    assert json.loads(reply.body)["kind"] == "SecretList"
    assert any(kube.world.canary.find(data) for data in kube.proxy.exchanges(start)[0].sent())
    kube.proxy.forget(start)


@pytest.mark.parametrize("action, exit_statuses, body", [
    ("silence", [28], 0), ("stall", [28], 40), ("finish", [0], 40), ("cut", [92], 40),
    ("hang-up", [16, 18, 56, 92], 40), ("reset", [16, 18, 56, 92], 0)])
def test_faults(kube, ask, action, exit_statuses, body):
    kube.allow(*WATCHER)
    kube.namespace.create_secret("db")
    kube.proxy.fault("/secrets", action, after=40, times=1)
    reply = ask("/secrets" + query(includeObject="None"), "--max-time", "1")
    assert reply.exit_status in exit_statuses
    assert len(reply.body) == 40 if body else len(reply.body) <= 40
    assert ask("/secrets").exit_status == 0


def test_half_of_a_compressed_answer(kube, ask):
    kube.allow(*WATCHER)
    kube.proxy.fault("/secrets", "half-gzip", times=1)
    reply = ask("/secrets")
    assert reply.exit_status == 0 and reply.body[:2] == b"\x1f\x8b"
    with pytest.raises(EOFError):
        gzip.decompress(reply.body)


def test_answers_of_its_own_a_number_of_times(kube, ask):
    kube.allow(*WATCHER)
    kube.proxy.refuse("/secrets", 429, "TooManyRequests", headers={"Retry-After": "7"}, times=2)
    assert [ask("/secrets").status for _ in range(3)] == [429, 429, 200]
    kube.proxy.answer("/secrets", 502, b"<html></html>", "text/html")
    assert [ask("/secrets").body for _ in range(2)] == [b"<html></html>"] * 2


def test_a_proxy_that_hangs_or_refuses(kube, ask):
    kube.allow(*WATCHER)
    kube.proxy.command(listener="hang")
    assert ask("/secrets", "--max-time", "1").exit_status == 28
    kube.proxy.command(listener="refuse")
    assert ask("/secrets").exit_status == 7
    kube.proxy.command(listener="open")
    assert ask("/secrets").status == 200


def test_the_server_is_killed_and_comes_back(own_kube):
    kube = own_kube
    kube.allow(*WATCHER)
    kube.namespace.create_secret("db")
    watch = Watch(kube.proxy.address, kube.proxy.authority, kube.token,
                  f"{kube.namespace.path}/secrets" + query(watch=1, includeObject="None"))
    watch.lines.wait(lambda line: '"ADDED"' in line)
    kube.cluster.kill_server()
    assert watch.wait_end() != 0
    target = f"{kube.namespace.path}/secrets"
    assert curl(kube.proxy.address, kube.proxy.authority, kube.token, target).exit_status != 0
    kube.cluster.start_server()
    reply = curl(kube.proxy.address, kube.proxy.authority, kube.token, target)
    assert [row["cells"][0] for row in json.loads(reply.body)["rows"]] == ["db"]


def test_a_compacted_version_is_gone(own_kube):
    kube = own_kube
    kube.allow(*WATCHER)
    first = kube.namespace.create_secret("db")["metadata"]["resourceVersion"]
    kube.namespace.rotate_secret("db")
    kube.cluster.compact()
    kube.cluster.kill_server()  # its cache remembers longer than etcd
    kube.cluster.start_server()
    status, document = kube.as_agent().request(
        "GET", f"{kube.namespace.path}/secrets" + query(watch=1, resourceVersion=first))
    assert status == 410 or document["object"]["code"] == 410


@pytest.mark.parametrize("action", ["data", "annotation", "refuse"])
def test_a_webhook_that_puts_a_value_into_dry_runs(kube, action):
    kube.allow(rule("create"))
    kube.proxy.webhook(action, kube.world.value)
    kube.namespace.register_webhook(kube.proxy)
    status, document = probe(kube, "db", "POST")
    assert status == (400 if action == "refuse" else 201)
    text = json.dumps(document).encode()
    assert bool(kube.world.canary.find(text)) == (action != "data"), document
    assert list(kube.proxy.documents("review"))[-1] == {
        "operation": "CREATE", "namespace": kube.namespace.name, "name": "db", "dry_run": True}
