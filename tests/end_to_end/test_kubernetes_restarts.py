"""Why: API servers are upgraded and etcd is compacted while the agent runs, or stands still."""

import signal

from harness.hurry import hurried


def test_the_server_is_killed_and_started_again(own_kube, way):
    kube = own_kube
    way.allow(kube, "db", "mail")
    kube.namespace.create_secret("db")
    agent = kube.start(kube.configure(kube.requirement("database", "db"),
                                      kube.requirement("mail", "mail")))
    kube.wait_seen(agent, "database", "db")
    kube.wait_presence(agent, "mail", "missing")
    kube.cluster.kill_server()
    kube.cluster.start_server()
    start = agent.mark()
    kube.namespace.create_secret("mail")
    agent.wait_event("mail", "appeared", start, deadline=40)
    kube.namespace.rotate_secret("db")
    agent.wait_event("database", "rotated", start, deadline=40)
    assert [event["kind"] for event in agent.events()] == ["appeared", "rotated"]


def test_what_changed_while_it_was_stopped_and_etcd_was_compacted(own_kube, way):
    """SIGSTOP; the watch's version is gone when it goes on."""
    kube = own_kube
    way.allow(kube, "created", "rotated", "deleted", "same")
    for name in ("rotated", "deleted", "same"):
        kube.namespace.create_secret(name)
    agent = kube.start(kube.configure(*[
        kube.requirement(name, name) for name in ("created", "rotated", "deleted", "same")]))
    for name in ("rotated", "deleted", "same"):
        kube.wait_seen(agent, name, name)
    agent.send(signal.SIGSTOP)
    kube.namespace.create_secret("created")
    kube.namespace.rotate_secret("rotated")
    kube.namespace.delete_secret("deleted")
    kube.cluster.compact()
    kube.cluster.kill_server()  # its cache remembers longer than etcd
    kube.cluster.start_server()
    agent.send(signal.SIGCONT)
    agent.wait_event("created", "appeared", deadline=40)
    agent.wait_event("rotated", "rotated", deadline=40)
    agent.wait_event("deleted", "disappeared", deadline=40)
    assert len(agent.events()) == 3


def test_a_half_open_watch_is_found_out(kube):
    """Nothing passes any more, and nothing ends: the agent has a limit of its own for that."""
    kube.allow_watching("db")
    agent = kube.start(kube.configure(kube.requirement("database", "db")), env=hurried(kube.world, 30))
    kube.wait_presence(agent, "database", "missing")
    kube.proxy.wait_request(lambda each: "resourceVersion=0" not in each.query
                            and "watch=" in each.query)
    kube.proxy.order("watch=", hold=True)
    kube.namespace.create_secret("db")
    agent.wait_event("database", "appeared", deadline=40)
