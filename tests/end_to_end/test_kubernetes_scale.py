"""Why: the cost follows the manifest, not the namespace: 10,000 secrets are none of its business."""

from harness import processes

OTHERS = 10_000


def fill(kube, count=OTHERS):
    """With the canary in each: none of it may come near the agent."""
    kube.namespace.api.post_all(
        f"{kube.namespace.path}/secrets",
        (kube.namespace.secret_document(f"other-{number}", ["a", "b"]) for number in range(count)))


def sent(kube, start):
    """Bytes of bodies towards the agent, as they crossed."""
    return sum(len(each.sent()[1]) for each in kube.proxy.exchanges(start))


def test_ten_thousand_others(kube):
    """One cluster load for all of it: filling takes seconds."""
    fill(kube)
    kube.namespace.create_secret("db")
    names = [f"needed-{number}" for number in range(30)]
    requirements = [kube.requirement("database", "db"),
                    *[kube.requirement(name, name) for name in names]]
    configuration = kube.configure(*requirements)

    kube.allow_asking("db", *names)
    start = kube.proxy.mark()
    finished = kube.once(configuration)
    assert finished.status == 1 and finished.requirement("database")["presence"] == "present"
    assert sent(kube, start) < 100_000, "asking brings nothing of the others"

    kube.allow_watching()
    start = kube.proxy.mark()
    finished = kube.once(configuration)
    assert finished.status == 1 and finished.requirement("database")["presence"] == "present"
    assert sent(kube, start) < 200_000, "the Table of all, compressed where a page is full"

    agent = kube.start(configuration)
    kube.wait_presence(agent, "database", "present")
    kube.namespace.create_secret(names[7])
    agent.wait_event(names[7], "appeared")
    before = memory(agent)
    for number in range(500):
        kube.namespace.rotate_secret(f"other-{number}", "a")
    kube.namespace.rotate_secret("db")
    agent.wait_event("database", "rotated")
    grown = memory(agent) - before
    assert kube.world.sanitized or grown < 1024, "memory grows with what is none of its business"


def memory(agent):
    """Anonymous kilobytes of its processes."""
    return sum(int(processes.status(pid)["RssAnon"].split()[0])
               for pid in processes.descendants(agent.pid))
