"""Why: an API server, or what stands before it, that misbehaves makes nothing green, nothing
missing, and never stops the agent from going on."""

import pytest

from harness.hurry import hurried
from harness.namespaces import rule

ROW = b'{"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","rows":[{"cells":["db","Opa'
HTML = b"<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>"

# What is done to the agent's questions, and what its detail says then.
FAULTS = {
    "silence": (dict(action="silence"), "did not answer in time"),
    "half an answer, then the stream's reset": (dict(action="cut", after=60), "in the middle"),
    "half an answer, then the connection's end": (dict(action="hang-up", after=60), ""),
    "half an answer, then the connection's reset": (dict(action="reset", after=60), ""),
    "half an answer, as if it were all": (dict(action="finish", after=60), ""),
    "half of a compressed answer": (dict(action="half-gzip"), ""),
    "HTML, 200": (dict(status=200, body=HTML, kind="text/html"), "another form"),
    "HTML, 502": (dict(status=502, body=HTML, kind="text/html"), "502"),
    "HTML that says it is JSON": (dict(status=200, body=HTML), ""),
    "an empty answer": (dict(status=200), ""),
    "another kind": (dict(status=200, body={"kind": "Pod", "metadata": {"name": "db"}}), ""),
    "a redirect": (dict(status=302, headers={"Location": "https://elsewhere.test/"}), "302"),
    "401": (dict(code=401, reason="Unauthorized"), "token"),
    "409": (dict(code=409, reason="Conflict"), "409"),
    "429": (dict(code=429, reason="TooManyRequests", headers={"Retry-After": "1"}), "less often"),
    "500": (dict(code=500, reason="InternalError"), "500"),
    "503": (dict(code=503, reason="ServiceUnavailable"), "503"),
    "nesting without end": (dict(status=200, body=b"[" * 100_000), ""),
    "a string without end": (dict(status=200, body=b'{"kind":"' + b"x" * 300_000), ""),
}
TIMEOUT = "2s"


def spoil(kube, fault, **more):
    """The agent's questions about secrets; its rights are told as they are."""
    given = dict(fault)
    target = f"^{kube.namespace.path}/secrets"
    if "code" in given:
        kube.proxy.refuse(target, given.pop("code"), given.pop("reason"), **given, **more)
    elif "status" in given:
        kube.proxy.answer(target, given.pop("status"), **given, **more)
    else:
        kube.proxy.fault(target, given.pop("action"), **given, **more)


@pytest.mark.parametrize("name", FAULTS)
def test_is_unreachable(kube, way, name):
    fault, words = FAULTS[name]
    way.allow(kube, "db")
    kube.namespace.create_secret("db")
    spoil(kube, fault)
    finished = kube.once(kube.configure(kube.requirement("database", "db")), "--timeout", TIMEOUT)
    found = finished.requirement("database")
    assert (finished.status, found["presence"]) == (3, "unreachable"), found
    assert words in found["detail"]


@pytest.mark.parametrize("name", FAULTS)
def test_goes_on_when_it_is_over(kube, way, name):
    """With a faster clock: a watch that says nothing is given half a minute."""
    fault, _ = FAULTS[name]
    way.allow(kube, "db")
    patient = way.name == "watching" and fault.get("action") in ("silence", "half-gzip")
    hurry = hurried(kube.world, 10) if patient or not kube.world.sanitized else None
    agent = kube.start(kube.configure(kube.requirement("database", "db")), env=hurry)
    kube.wait_presence(agent, "database", "missing")
    spoil(kube, fault)
    kube.proxy.order("watch", finish=True)
    kube.namespace.create_secret("db")
    kube.proxy.wait_request(lambda each: each.fault == "fault" and way.is_question(each))
    kube.proxy.mend()
    agent.wait_event("database", "appeared")


@pytest.mark.parametrize("listener", ["refuse", "hang"])
def test_a_server_that_nobody_can_reach(kube, way, listener):
    way.allow(kube, "db")
    kube.namespace.create_secret("db")
    kube.proxy.command(listener=listener)
    configuration = kube.configure(kube.requirement("database", "db"))
    finished = kube.once(configuration, "--timeout", TIMEOUT)
    assert finished.status == 3
    assert kube.proxy.address in finished.requirement("database")["detail"]
    agent = kube.start(configuration, ready=False)
    kube.proxy.command(listener="open")
    kube.wait_presence(agent, "database", "present")


def answers_hold_the_value(kube, way):
    """To a dry run it is a webhook that puts it there; the policy would refuse that."""
    kube.namespace.create_secret("db")
    if way.name == "watching":
        kube.allow_watching("db")
        return
    kube.allow(rule("update", names=["db"]), rule("create"))
    kube.proxy.webhook("data", kube.world.value)
    kube.namespace.register_webhook(kube.proxy)


def test_whole_objects_are_dropped_unread(kube, way):
    """From a server that ignores the Accept header the value crosses: it is found in the bytes
    that went towards the agent. Its output, log, files and arguments have nothing of it. What
    curl and TLS have received stays in memory that they freed, so memory is not looked into."""
    answers_hold_the_value(kube, way)
    configuration = kube.configure(kube.requirement("database", "db"))
    start = kube.proxy.mark()
    kube.proxy.fault(f"^{kube.namespace.path}/secrets", "whole")
    finished = kube.once(configuration, "--timeout", TIMEOUT)
    found = finished.requirement("database")
    assert (finished.status, found["presence"]) == (3, "unreachable"), found
    assert "another form" in found["detail"]
    assert any(kube.world.canary.find(data)
               for each in kube.proxy.exchanges(start) for data in each.sent())
    kube.proxy.forget(start)


def test_an_error_in_a_watch_lists_anew(kube):
    """410 comes as a status and as an event in a stream that began well."""
    kube.allow_watching("db")
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_presence(agent, "database", "missing")
    error = (b'{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure",'
             b'"message":"too old","reason":"Expired","code":410}}\n')
    kube.proxy.wait_request(lambda each: "watch=" in each.query)
    kube.proxy.order("watch=", hold=True)
    kube.namespace.create_secret("db")
    start = kube.proxy.mark()
    kube.proxy.refuse("watch=", 410, "Expired", times=1)
    kube.proxy.command(connections="close")
    kube.proxy.wait_request(lambda each: "watch=" not in each.query, start)
    agent.wait_event("database", "appeared")

    kube.proxy.wait_request(
        lambda each: "allowWatchBookmarks" in each.query and not each.fault, start)
    start = kube.proxy.mark()
    kube.proxy.order("watch=", inject=error, finish=True)
    kube.namespace.rotate_secret("db")
    kube.proxy.wait_request(lambda each: "watch=" not in each.query, start)
    agent.wait_event("database", "rotated")


def test_a_rotation_is_seen_where_versions_could_not_be_had(kube):
    """They come by a watch of their own, which fails here; then a change is a rotation anyhow."""
    kube.allow_watching("db")
    kube.namespace.create_secret("db")
    kube.proxy.refuse("resourceVersion=0", 410, "Expired")
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_presence(agent, "database", "present")
    kube.proxy.wait_request(lambda each: "watch=" in each.query and not each.fault)
    kube.namespace.rotate_secret("db")
    agent.wait_event("database", "rotated")


def test_a_row_that_is_cut_off_is_not_believed(kube):
    kube.allow_watching("db")
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_presence(agent, "database", "missing")
    kube.proxy.wait_request(lambda each: "watch=" in each.query)
    start = kube.proxy.mark()
    kube.proxy.order("watch=", inject=ROW, finish=True)
    kube.proxy.wait_request(lambda each: True, start)
    kube.namespace.create_secret("db")
    agent.wait_event("database", "appeared")
    assert len(agent.events("database")) == 1


def test_a_watch_that_ends_at_once_does_not_make_a_storm(kube):
    """200 and then the end, again and again: what a proxy without streaming does."""
    kube.allow_watching("db")
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_presence(agent, "database", "missing")
    kube.proxy.answer("watch=", 200)
    start = kube.proxy.mark()
    kube.proxy.order("watch=", finish=True)
    for _ in range(3):
        _, start = kube.proxy.wait_request(lambda each: "watch=" in each.query, start)
    asked = [each.at for each in kube.requests("watch=")]
    assert asked[-1] - asked[-3] > 0.3e9, "three watches within a third of a second"
    kube.proxy.mend()
    kube.namespace.create_secret("db")
    agent.wait_event("database", "appeared")


def test_retry_after_is_honoured(kube, way):
    way.allow(kube, "db")
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_presence(agent, "database", "missing")
    start = kube.proxy.mark()
    kube.proxy.refuse("/secrets/db|metadata.name", 429, "TooManyRequests",
                      headers={"Retry-After": "4"}, times=1)
    kube.proxy.order("watch", finish=True)
    refused, start = kube.proxy.wait_request(lambda each: each.fault == "fault", start)
    again, _ = kube.proxy.wait_request(way.is_question, start)
    assert again.at - refused.at > 3.9e9
    kube.namespace.create_secret("db")
    agent.wait_event("database", "appeared")
