"""Why: the main job. A credential turns into a checkmark the moment it is there, and back."""

from harness.world import directory, mount


def test_directory(world):
    store = world.store()
    configuration = world.configure(directory("database", store, ["password"]))
    assert world.once(configuration).requirement("database")["presence"] == "missing"

    agent = world.start(configuration)
    world.put(store, "password")
    _, event = agent.wait_event()
    assert event.pop("at").endswith("Z")
    assert event == {"schema": "blindfold.event/1", "sequence": 1, "kind": "appeared",
                     "id": "database", "provided_by": "customer", "store": "directory",
                     "deployment": "test"}
    assert world.once(configuration).status == 0

    start = agent.mark()
    world.put(store, "password", b"2")
    assert agent.wait_event("database", "rotated", start)[1]["sequence"] == 2

    start = agent.mark()
    (store / "password").unlink()
    assert world.once(configuration).status == 1
    assert agent.wait_event("database", "disappeared", start)[1]["sequence"] == 3


def test_volume(world, volumes):
    volume = volumes()
    configuration = world.configure(mount("tls", volume.folder, ["tls.crt", "tls.key"]))
    assert world.once(configuration).status == 1

    agent = world.start(configuration)
    volume.write_keys({"tls.crt": world.value})
    found = world.once(configuration).requirement("tls")
    assert found["presence"] == "incomplete" and "tls.key" in found["detail"]

    volume.write_keys({"tls.key": world.value})
    agent.wait_event("tls", "appeared")
    assert world.once(configuration).status == 0

    start = agent.mark()
    volume.write_keys({"tls.key": world.value + b"2"})
    agent.wait_event("tls", "rotated", start)

    start = agent.mark()
    volume.remove("tls.key")
    assert world.once(configuration).requirement("tls")["presence"] == "incomplete"
    agent.wait_event("tls", "disappeared", start)


def test_any_entry_will_do_where_a_volume_names_no_keys(world, volumes):
    volume = volumes()
    configuration = world.configure(mount("tls", volume.folder))
    assert world.once(configuration).requirement("tls")["presence"] == "missing"
    agent = world.start(configuration)
    volume.write(anything=world.value)
    agent.wait_event("tls", "appeared")
    assert world.once(configuration).status == 0


def test_away_for_less_than_the_grace_is_one_rotation(world):
    store = world.store()
    barrier = world.barrier
    world.put(store, "password")
    agent = world.start(world.configure(directory("database", store, ["password"]),
                                        barrier.requirement()))
    (store / "password").unlink()
    barrier.pass_through(agent)
    world.put(store, "password", b"2")
    agent.wait_event("database")
    barrier.pass_through(agent)
    assert [event["kind"] for event in agent.events("database")] == ["rotated"]


def test_two_agents_may_look_at_the_same_store(world):
    store = world.store()
    configuration = world.configure(directory("database", store, ["password"]))
    other = world.scratch / "other"
    other.mkdir()
    agents = [world.start(configuration),
              world.start(configuration, env={"RUNTIME_DIRECTORY": str(other),
                                              "STATE_DIRECTORY": str(other)})]
    world.put(store, "password")
    for agent in agents:
        agent.wait_event("database", "appeared")


def test_nothing_is_said_of_what_was_there_before(world):
    store = world.store()
    world.put(store, "password")
    barrier = world.barrier
    agent = world.start(world.configure(directory("database", store, ["password"]),
                                        barrier.requirement()))
    barrier.pass_through(agent)
    assert agent.events("database") == []
