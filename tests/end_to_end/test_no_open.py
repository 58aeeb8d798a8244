"""Why: the rule that makes it trustworthy. No secret file is ever opened, in a whole run."""

import subprocess

import pytest

from harness import trace
from harness.agent import AS_NOBODY
from harness.world import directory, mount


def opened_secrets(record, stores):
    """Successful opens of anything in the stores that is not a folder looked at or listed."""
    return [call.text for call in trace.opens(record)
            if call.succeeded and not call.path_only and not call.folder_only
            and str(stores) in call.text]


def test_the_record_sees_an_open(world):
    store = world.store()
    path = world.put(store, "password")
    record = world.scratch / "calls"
    for command in (["cat", path], ["sh", "-c", f"cd {store} && cat password"]):
        subprocess.run([*trace.prefix(record), *command], check=True, stdout=subprocess.DEVNULL)
        assert opened_secrets(record, world.stores)


@pytest.mark.parametrize("prefix", [(), AS_NOBODY], ids=["root", "nobody"])
def test_a_running_agent_opens_none(world, volumes, prefix):
    if prefix:
        world.give_to(65534)
    store, volume, other = world.store(), volumes(), volumes("other")
    world.put(store, "password", mode=0o444)
    volume.write(password=world.value)
    other.write(password=world.value)
    configuration = world.configure(
        directory("plain", store, ["password"]), directory("late", world.stores / "late", ["key"]),
        mount("volume", volume.folder, ["password"]), mount("any", other.folder),
        world.barrier.requirement(), agent={"poll": {"files": {"steady": "1s"}}})
    record = world.scratch / "calls"
    agent = world.start(configuration, prefix=[*trace.prefix(record), *prefix])
    volume.rotate("password", world.value, 20)
    agent.wait_events(20, "volume", "rotated")
    world.put(store, "password", b"2", mode=0o444)
    agent.wait_event("plain", "rotated")
    world.put(world.store("late"), "key", mode=0o444)
    agent.wait_event("late", "appeared")
    (store / "password").unlink()
    agent.wait_event("plain", "disappeared")
    for _ in range(8):
        world.barrier.pass_through(agent)  # rescans go by meanwhile
    agent.stop(most=2.0)
    assert any(call.names(configuration) and call.succeeded for call in trace.opens(record))
    assert opened_secrets(record, world.stores) == []


@pytest.mark.parametrize("arguments", [
    ["--once"], ["commands"], ["permissions", "--for", "files"]])
def test_commands_that_look_open_none(world, volumes, arguments):
    store, volume = world.store(), volumes()
    world.put(store, "password", mode=0o444)
    volume.write(password=world.value)
    configuration = world.configure(directory("plain", store, ["password", "missing"]),
                                    mount("volume", volume.folder, ["password"]))
    record = world.scratch / "calls"
    world.run("--config", configuration, *arguments, prefix=trace.prefix(record))
    assert any(call.names(configuration) and call.succeeded for call in trace.opens(record))
    assert opened_secrets(record, world.stores) == []
