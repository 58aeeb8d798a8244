"""Why: rights change while it runs; what is lost is said, what is too much is named."""

import pytest

from harness.namespaces import rule
from harness.policies import ASKER

ACCOUNTS = {"asking": ASKER, "watching": "blindfold"}


def rules(way, name):
    if way.name == "asking":
        return [rule("update", names=[name]), rule("create")]
    return [rule("list watch", names=[name])]


def set_rules(kube, way, *wanted):
    kube.namespace.set_rules(list(wanted), ACCOUNTS[way.name])


def end_watches(kube):
    """The server looks at rights when a watch begins, and ends each after some minutes."""
    kube.proxy.order("watch", finish=True)


def test_taken_away_and_given_back(kube, way):
    way.allow(kube, "db")
    kube.namespace.create_secret("db")
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_seen(agent, "database", "db")
    start = agent.mark()
    set_rules(kube, way)
    kube.namespace.wait_allowed(rules(way, "db")[0]["verbs"][0], name="db",
                                account=ACCOUNTS[way.name], allowed=False)
    end_watches(kube)
    text, index = kube.wait_presence(agent, "database", "denied", start)
    assert "secrets" in text and kube.namespace.name in text
    set_rules(kube, way, *rules(way, "db"))
    kube.wait_presence(agent, "database", "present", index)
    assert agent.events("database") == []


def test_what_was_rotated_meanwhile_is_seen_afterwards(kube, way):
    way.allow(kube, "db")
    kube.namespace.create_secret("db")
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_seen(agent, "database", "db")
    start = agent.mark()
    set_rules(kube, way)
    end_watches(kube)
    kube.wait_presence(agent, "database", "denied", start)
    kube.namespace.rotate_secret("db")
    set_rules(kube, way, *rules(way, "db"))
    agent.wait_event("database", "rotated", start)


def test_one_name_of_two(kube, way):
    way.allow(kube, "db")
    kube.namespace.create_secret("db")
    kube.namespace.create_secret("mail")
    if way.name == "asking":  # what cannot be named may be asked of all
        set_rules(kube, way, rule("update", names=["db"]))
        kube.namespace.wait_allowed("create", account=ASKER, allowed=False)
    configuration = kube.configure(kube.requirement("database", "db"),
                                   kube.requirement("mail", "mail"))
    finished = kube.once(configuration, "--timeout", "5s")
    assert finished.status == 3
    assert finished.requirement("database")["presence"] == "present"
    found = finished.requirement("mail")
    assert found["presence"] == "denied" and '"mail"' in found["detail"]


def test_given_only_after_the_start(kube, way):
    kube.allow(account=ACCOUNTS[way.name])
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_presence(agent, "database", "denied")
    kube.namespace.create_secret("db")
    set_rules(kube, way, *rules(way, "db"))
    text, _ = kube.wait_presence(agent, "database", "present")
    assert f"sight {way.sight}" in text


@pytest.mark.parametrize("more, named", [
    (rule("get"), "get secrets"),
    (rule("patch", ["deployments"], group="apps"), "patch deployments"),
    (rule("create", ["pods/exec"]), "create pods/exec"),
    (rule("*", ["*"], group="*"), None)])
def test_more_than_was_printed_is_named(kube, more, named):
    """And the sight is no better than the worst of them."""
    kube.allow_asking("db", more=[more])
    kube.namespace.create_secret("db")
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    text, _ = kube.wait_presence(agent, "database", "present")
    assert "sight none" in text or named == "get secrets" and "sight wire" in text
    if named is not None:
        assert named in agent.log.text()


def test_widened_while_it_runs(kube):
    """It goes on by the way that it chose; that the sight got worse is said."""
    kube.allow_asking("db", "mail")
    for name in ("db", "mail"):
        kube.namespace.create_secret(name)
    agent = kube.start(kube.configure(kube.requirement("database", "db"),
                                      kube.requirement("mail", "mail")))
    kube.wait_seen(agent, "database", "db")
    start, mark = agent.mark(), kube.proxy.mark()
    # What is refused makes it look at its rights anew; otherwise it does every ten minutes.
    kube.namespace.set_rules([rule("update", names=["db"]), rule("get list watch")], ASKER)
    kube.wait_presence(agent, "mail", "denied", start)
    agent.wait_message(lambda text: "sight" in text and "got worse" in text, start)
    kube.wait_presence(agent, "database", "present", start)
    assert kube.requests("^GET .*/secrets", mark) == []


def test_refuses_to_look_where_sight_is_worse_than_asked(kube):
    kube.allow_watching("db")
    kube.namespace.create_secret("db")
    configuration = kube.configure(kube.requirement("database", "db"), require_sight="enforced")
    finished = kube.once(configuration, "--timeout", "2s")
    found = finished.requirement("database")
    assert (finished.status, found["presence"], found["sight"]) == (3, "unknown", "wire")
    assert kube.requests("/secrets/db|/secrets.*db") == []
