"""Why: quotas and immutability change what the API server answers to a question."""

from harness.namespaces import rule
from harness.policies import ASKER


def test_a_quota_that_is_full(kube):
    """What is there is seen all the same; what is not is not called so by guessing."""
    kube.allow_asking("db", "mail")
    kube.namespace.create_secret("db")
    kube.namespace.make_quota(used=1, hard=1)
    configuration = kube.configure(kube.requirement("database", "db"),
                                   kube.requirement("mail", "mail"))
    finished = kube.once(configuration, "--timeout", "3s")
    assert finished.requirement("database")["presence"] == "present"
    assert finished.requirement("mail")["presence"] == "missing"


def test_a_quota_that_is_full_and_the_right_to_create_alone(kube):
    """Then nothing can be told apart: denied, with the reason, never missing."""
    kube.allow(rule("create"), account=ASKER)
    kube.namespace.create_secret("db")
    configuration = kube.configure(kube.requirement("database", "db"),
                                   kube.requirement("mail", "mail"))
    assert kube.look(configuration, "mail")["presence"] == "missing"
    assert kube.look(configuration, "database")["presence"] == "present"
    kube.namespace.make_quota(used=1, hard=1)
    found = kube.once(configuration, "--timeout", "3s").requirement("mail")
    assert found["presence"] in ("denied", "unreachable") and "quota" in found["detail"]


def test_an_immutable_secret(kube):
    """It is present; that its rotation cannot be seen is said."""
    kube.allow(rule("create"), account=ASKER)
    kube.namespace.create_secret("db", ["password"], "Opaque", True)
    found = kube.look(kube.configure(kube.requirement("database", "db")), "database")
    assert (found["presence"], found["sight"]) == ("present", "api-server")
    assert "rotation cannot be seen" in found["detail"]


def test_an_immutable_secret_and_the_right_to_update_it(kube):
    """Validation runs before the policy and tells whether a guess is right: sight is none."""
    kube.allow_asking("db")
    kube.namespace.create_secret("db", ["password"], "Opaque", True)
    found = kube.look(kube.configure(kube.requirement("database", "db")), "database")
    assert (found["presence"], found["sight"]) == ("present", "none")


def test_an_immutable_secret_is_watched(kube):
    kube.allow_watching("db")
    kube.namespace.create_secret("db", ["password"], "Opaque", True)
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_seen(agent, "database", "db")
    kube.namespace.delete_secret("db")
    kube.namespace.create_secret("db", ["password"], "Opaque", True)
    agent.wait_event("database", "rotated")


def test_an_immutable_secret_goes_and_comes_back(kube):
    kube.allow(rule("create"), account=ASKER)
    kube.namespace.create_secret("db", ["password"], "Opaque", True)
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_seen(agent, "database", "db")
    start = agent.mark()
    kube.namespace.delete_secret("db")
    _, start = kube.wait_presence(agent, "database", "missing", start)
    kube.namespace.create_secret("db", ["password"], "Opaque", True)
    kube.wait_presence(agent, "database", "present", start)


def test_a_quota_says_when_to_ask(kube):
    """The checkmark comes long before the next question would."""
    slow = {"kubernetes": {"quick": "5m", "steady": "5m"}}
    kube.namespace.make_quota(name="blindfold")
    kube.allow_asking("db", more=[rule("get list watch", ["resourcequotas"], ["blindfold"])])
    agent = kube.start(kube.configure(kube.requirement("database", "db"), agent={"poll": slow}))
    kube.wait_presence(agent, "database", "missing")
    kube.proxy.wait_request(lambda each: "resourcequotas" in each.path and "watch=" in each.query)
    start = kube.proxy.mark()
    kube.namespace.create_secret("db")
    agent.wait_event("database", "appeared", deadline=5)
    kube.proxy.wait_request(lambda each: each.path.endswith("/secrets/db"), start)


def test_a_quota_that_does_not_move_changes_nothing(kube):
    """No such quota, or one that counts something else: it asks as often as without."""
    kube.allow_asking("db", more=[rule("get list watch", ["resourcequotas"], ["blindfold"])])
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_presence(agent, "database", "missing")
    kube.namespace.create_secret("db")
    agent.wait_event("database", "appeared", deadline=10)


def test_questions_are_asked_as_often_as_is_stated(kube):
    """Never more than the rate, whatever is missing."""
    names = [f"needed-{number}" for number in range(20)]
    kube.allow_asking(*names)
    poll = {"kubernetes": {"quick": "1s", "steady": "1s", "rate": "5/1s"}}
    agent = kube.start(kube.configure(*[kube.requirement(name, name) for name in names],
                                      agent={"poll": poll}))
    for name in names:
        kube.wait_presence(agent, name, "missing")
    start = kube.proxy.mark()
    for _ in range(30):
        last, start = kube.proxy.wait_request(lambda each: each.method in ("PUT", "POST"), start)
    asked = [each.at for each in kube.requests("^(PUT|POST) .*/secrets")][-30:]
    assert asked[-1] - asked[0] > 29 / 5 * 1e9 * 0.6
