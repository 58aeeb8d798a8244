"""Why: asking is harmless under the ask-only policy alone, so nothing is green without it said."""

import json

import pytest

from harness import policies
from harness.hurry import hurried
from harness.namespaces import rule

ASK = [rule("update", names=["db"]), rule("create")]


def test_without_the_policy_sight_is_none(kube):
    kube.allow(rule("update", names=["db"]), rule("create"))
    kube.namespace.create_secret("db")
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    text, _ = kube.wait_presence(agent, "database", "present")
    assert "sight none" in text and "ask-only policy" in text


def test_a_guess_is_refused(kube):
    """By the policy as it is printed: the agent's account, past the agent."""
    configuration = kube.configure(kube.requirement("database", "db"))
    kube.allow_as_printed(configuration)
    kube.namespace.create_secret("db")
    api = kube.as_agent()
    target = f"{kube.namespace.path}/secrets"
    bare = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db"}, "type": "Opaque"}
    value = kube.namespace.secret_document("db", ["password"])
    noted = {**bare, "metadata": {"name": "db", "annotations": {"a": "b"}}}
    for method, path, dry, body, good in [
            ("PUT", f"{target}/db", "All", bare, 200), ("POST", target, "All", bare, 409),
            ("PUT", f"{target}/db", "All", value, 422), ("PUT", f"{target}/db", "", bare, 422),
            ("PUT", f"{target}/db", "All", noted, 422), ("POST", target, "", bare, 422),
            ("PATCH", f"{target}/db", "All", {}, 403), ("DELETE", f"{target}/db", "All", None, 403),
            ("GET", f"{target}/db", "", None, 403), ("GET", target, "", None, 403)]:
        found, document = api.request(method, path + (f"?dryRun={dry}" if dry else ""), body,
                                      "application/merge-patch+json" if method == "PATCH" else
                                      "application/json")
        assert found == good, (method, path, dry, document)
    assert kube.namespace.value("db", "password") == kube.world.value


def test_asking_goes_unread_where_a_webhook_resolves_values(kube):
    """It puts the value into the answer to a dry run; the policy refuses what it made."""
    kube.allow_asking("db")
    kube.namespace.create_secret("db")
    kube.proxy.webhook("annotation", kube.world.value)
    kube.namespace.register_webhook(kube.proxy)
    finished = kube.once(kube.configure(kube.requirement("database", "db")), "--timeout", "3s")
    found = finished.requirement("database")
    assert found["presence"] != "present" and finished.status == 3, found


def test_a_webhook_that_resolves_into_data_reaches_nobody(kube):
    """Without the policy too: the answer that is asked for has no data."""
    kube.allow(rule("update", names=["db"]), rule("create"))
    kube.namespace.create_secret("db")
    kube.proxy.webhook("data", kube.world.value)
    kube.namespace.register_webhook(kube.proxy)
    found = kube.look(kube.configure(kube.requirement("database", "db")), "database")
    assert found["sight"] == "none"


@pytest.mark.parametrize("refuser", ["webhook", "policy"])
@pytest.mark.parametrize("rules", [ASK, ASK[1:]], ids=["update", "create"])
def test_what_refuses_the_question_is_named(kube, refuser, rules):
    """It is not `missing`: a create is refused whether the secret exists or not, and an update
    where it exists."""
    kube.allow(*rules, account=policies.ASKER)
    if rules is ASK:
        kube.namespace.create_secret("db")
    if refuser == "webhook":
        kube.proxy.webhook("refuse")
        kube.namespace.register_webhook(kube.proxy)
        name = "resolver.cluster.test"
    else:
        name = f"labels-{kube.namespace.name}"
        for each in policies.labels_wanted(name, kube.namespace.name, "team"):
            kube.namespace.kubectl("create", "--filename=-", stdin=json.dumps(each))
        kube.namespace.wait_refused(name)
    found = kube.look(kube.configure(kube.requirement("database", "db")), "database",
                      "--timeout", "3s")
    assert found["presence"] == "denied"
    assert name in found["detail"]
    if refuser == "policy":
        for each in ("validatingadmissionpolicybinding", "validatingadmissionpolicy"):
            kube.namespace.kubectl("delete", each, name)
        kube.namespace.wait_refused(name, refused=False)


def test_the_policy_is_taken_away_while_it_runs(kube):
    """It is looked at again when something is refused, and every ten minutes."""
    configuration = kube.configure(kube.requirement("database", "db"),
                                   kube.requirement("mail", "mail"))
    kube.allow_as_printed(configuration)
    for name in ("db", "mail"):
        kube.namespace.create_secret(name)
    agent = kube.start(configuration)
    kube.wait_presence(agent, "database", "present")
    start = agent.mark()
    kube.namespace.clear_policies()
    kube.wait_policy(refuses=False)
    kube.proxy.refuse("/secrets/mail", 403, "Forbidden", times=1)
    agent.wait_message(lambda text: '"database" is present, sight none' in text, start)


def test_that_it_was_taken_away_is_found_out_without_a_refusal(kube):
    """It is looked at every ten minutes."""
    configuration = kube.configure(kube.requirement("database", "db"))
    kube.allow_as_printed(configuration)
    kube.namespace.create_secret("db")
    agent = kube.start(configuration, env=hurried(kube.world, 100))
    kube.wait_presence(agent, "database", "present")
    start = agent.mark()
    kube.namespace.clear_policies()
    agent.wait_message(lambda text: '"database" is present, sight none' in text, start, 40)
    agent.wait_message(lambda text: "sight" in text and "got worse" in text, start)
