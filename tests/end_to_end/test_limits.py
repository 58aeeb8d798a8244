"""Why: where inotify has no watch or instance left, the agent must go on, and say so.

The limits are lowered in a user namespace of the agent's own, so that nobody else feels it.
"""

import pytest

from harness.world import directory, mount


def with_limit(name, value):
    """Executes the agent where `user.NAME` is `value`."""
    return ["unshare", "--user", "--map-root-user", "sh", "-c",
            f'echo {value} > /proc/sys/user/{name} && exec "$0" "$@"']


@pytest.mark.parametrize("limit, value", [
    ("max_inotify_watches", 0), ("max_inotify_watches", 3), ("max_inotify_instances", 0)])
def test_looks_every_few_seconds_instead(world, limit, value):
    store = world.store()
    agent = world.start(world.configure(directory("database", store, ["password"])),
                        prefix=with_limit(limit, value))
    said = f"fs.inotify.{limit.replace('inotify', 'user')}"
    agent.log.wait(lambda line: '"warning"' in line and said in line)
    world.put(store, "password")
    agent.wait_event("database", "appeared")
    start = agent.mark()
    world.put(store, "password", b"2")
    agent.wait_event("database", "rotated", start)


@pytest.mark.parametrize("limit", ["max_inotify_watches", "max_inotify_instances"])
def test_once_needs_none(world, limit):
    store = world.store()
    world.put(store, "password")
    finished = world.once(world.configure(directory("database", store, ["password"])),
                          prefix=with_limit(limit, 0))
    assert finished.status == 0
    assert finished.requirement("database")["presence"] == "present"


def test_volumes_rotate_without_watches(world, volumes):
    volume = volumes()
    volume.write(password=world.value)
    agent = world.start(world.configure(mount("database", volume.folder, ["password"])),
                        prefix=with_limit("max_inotify_watches", 2))
    volume.rotate("password", world.value, 5)
    agent.wait_event("database", "rotated")


def test_enough_watches_for_some(world):
    """The first come are watched, the others looked at; none is lost."""
    stores = [world.store(f"store{number}") for number in range(40)]
    agent = world.start(world.configure(
        *(directory(store.name, store, ["key"]) for store in stores)),
        prefix=with_limit("max_inotify_watches", 20))
    for store in stores:
        world.put(store, "key")
    for store in stores:
        agent.wait_event(store.name, "appeared")
