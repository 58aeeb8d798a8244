"""Why: one manifest may span namespaces and stores, and names are mistyped."""

from harness.namespaces import rule
from harness.policies import ASKER
from harness.ways import Asking
from harness.world import mount


def allow_both(kube, other, way, *names):
    way.allow(kube, *names)
    account = ASKER if way.name == "asking" else "blindfold"
    rules = ([rule("update", names=names), rule("create")] if way.name == "asking"
             else [rule("list watch", names=names)])
    other.allow_foreign(rules, kube.namespace.name, account)


def test_two_namespaces(kube, other_namespace, way):
    allow_both(kube, other_namespace, way, "db")
    agent = kube.start(kube.configure(
        kube.requirement("here", "db"),
        kube.requirement("there", "db", namespace=other_namespace.name)))
    kube.wait_presence(agent, "here", "missing")
    kube.wait_presence(agent, "there", "missing")
    other_namespace.create_secret("db")
    agent.wait_event("there", "appeared")
    kube.namespace.create_secret("db")
    agent.wait_event("here", "appeared")
    other_namespace.rotate_secret("db")
    agent.wait_event("there", "rotated")
    assert len(agent.events()) == 3


def test_rights_in_one_namespace_only(kube, other_namespace, way):
    way.allow(kube, "db")
    kube.namespace.create_secret("db")
    finished = kube.once(kube.configure(
        kube.requirement("here", "db"),
        kube.requirement("there", "db", namespace=other_namespace.name)), "--timeout", "3s")
    assert finished.requirement("here")["presence"] == "present"
    found = finished.requirement("there")
    assert found["presence"] == "denied" and other_namespace.name in found["detail"]


def test_a_cluster_and_a_mounted_volume(kube, volumes, way):
    """Two stores in one manifest; one that is down says nothing of the other."""
    way.allow(kube, "db")
    volume = volumes()
    configuration = kube.configure(kube.requirement("database", "db"),
                                   mount("tls", volume.folder, ["tls.crt"]))
    agent = kube.start(configuration)
    kube.wait_presence(agent, "database", "missing")
    volume.write_keys({"tls.crt": kube.world.value})
    agent.wait_event("tls", "appeared")
    kube.namespace.create_secret("db")
    agent.wait_event("database", "appeared")
    kube.proxy.command(listener="refuse", connections="close")
    volume.write_keys({"tls.crt": kube.world.value + b"2"})
    agent.wait_event("tls", "rotated")
    finished = kube.once(configuration, "--timeout", "2s")
    assert finished.requirement("tls")["presence"] == "present"
    assert finished.requirement("database")["presence"] == "unreachable"
    assert finished.status == 3


def test_a_name_that_looks_like_it(kube, way):
    """A sweep of the namespace sees all names; asking tries a few."""
    way.allow(kube, "data-base")
    if way.name == "watching":
        kube.namespace.set_rules([rule("list watch")])
    kube.namespace.create_secret("database")
    agent = kube.start(kube.configure(*[
        kube.requirement(f"r{number}", name) for number, name in enumerate(
            ["data-base", *(f"other-{each}" for each in range(8))])]))
    agent.wait_message(lambda text: text.startswith('"r0" is missing') and '"database"' in text)


def test_the_right_name_in_another_of_the_manifest_s_namespaces(kube, other_namespace):
    allow_both(kube, other_namespace, Asking, "db", "mail")
    other_namespace.create_secret("db")
    agent = kube.start(kube.configure(
        kube.requirement("database", "db"),
        kube.requirement("mail", "mail", namespace=other_namespace.name)))
    agent.wait_message(lambda text: text.startswith('"database" is missing')
                       and other_namespace.name in text)


def test_a_key_that_pods_miss(kube):
    """Kubelet's own words, in an event of the namespace."""
    kube.allow_watching("db", more=[rule("list watch", ["events"])])
    kube.namespace.create_secret("db", ["user"])
    agent = kube.start(kube.configure(kube.requirement("database", "db", ["password"])))
    kube.wait_presence(agent, "database", "present")
    start = agent.mark()
    kube.namespace.tell_event(
        f"Error: couldn't find key password in Secret {kube.namespace.name}/db")
    text, start = kube.wait_presence(agent, "database", "incomplete", start)
    assert '"password"' in text
    kube.namespace.rotate_secret("db")
    kube.wait_presence(agent, "database", "present", start)
