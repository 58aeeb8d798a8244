"""Why: a folder may come late, go, return, be mounted over or moved; the line must follow."""

import os
import random
import shutil

import pytest

from harness.world import directory, mount


@pytest.fixture
def watched(world):
    """An agent that watches PATH/password, and what brings and takes the password."""

    class Watched:
        def start(self, path):
            self.agent = world.start(world.configure(directory("database", path, ["password"]),
                                                     world.barrier.requirement()))
            return self.agent

        def turns(self, kind, act):
            start = self.agent.mark()
            act()
            self.agent.wait_event("database", kind, start)

        def only(self, *kinds):
            world.barrier.pass_through(self.agent)
            assert [event["kind"] for event in self.agent.events("database")] == list(kinds)

    return Watched()


def test_does_not_exist_yet_with_all_its_parents(world, watched):
    folder = world.stores / "a" / "b" / "c"
    watched.start(folder)

    def create():
        folder.mkdir(parents=True)
        world.put(folder, "password")

    watched.turns("appeared", create)
    watched.only("appeared")


def test_is_complete_when_it_is_moved_in(world, watched):
    draft = world.store("draft")
    (draft / "deep").mkdir()
    world.put(draft / "deep", "password")
    watched.start(world.stores / "kept" / "deep")
    watched.turns("appeared", lambda: draft.rename(world.stores / "kept"))
    watched.only("appeared")


def test_removed_and_created_again(world, watched):
    folder = world.store()
    world.put(folder, "password")
    watched.start(folder)
    watched.turns("disappeared", lambda: shutil.rmtree(folder))

    def create():
        folder.mkdir()
        world.put(folder, "password", b"2")

    watched.turns("appeared", create)
    watched.turns("rotated", lambda: world.put(folder, "password", b"3"))
    watched.only("disappeared", "appeared", "rotated")


def test_replaced_by_another_at_once(world, watched):
    folder, other = world.store("folder"), world.store("other")
    world.put(folder, "password")
    world.put(other, "password", b"2")
    watched.start(folder)

    def exchange():
        folder.rename(world.stores / "old")
        other.rename(folder)

    watched.turns("rotated", exchange)
    watched.turns("rotated", lambda: world.put(folder, "password", b"3"))
    world.put(world.stores / "old", "password", b"not watched any more")
    watched.only("rotated", "rotated")


def test_mounted_over_and_unmounted(world, watched, mounting):
    folder = world.store()
    watched.start(folder)
    mounting.tmpfs(folder)
    watched.turns("appeared", lambda: world.put(folder, "password"))
    watched.turns("disappeared", lambda: mounting.unmount(folder))
    watched.only("appeared", "disappeared")


def test_unmounted_shows_what_was_beneath(world, watched, mounting):
    folder = world.store()
    world.put(folder, "password")
    mounting.tmpfs(folder)
    world.put(folder, "password", b"2")
    watched.start(folder)
    watched.turns("rotated", lambda: mounting.unmount(folder))
    watched.turns("rotated", lambda: world.put(folder, "password", b"3"))
    watched.only("rotated", "rotated")


def test_bound_elsewhere(world, watched, mounting):
    folder, other = world.store("folder"), world.store("other")
    world.put(folder, "password")
    world.put(other, "password", b"2")
    watched.start(folder)
    watched.turns("rotated", lambda: mounting.bind(other, folder))
    watched.turns("rotated", lambda: world.put(other, "password", b"3"))
    watched.only("rotated", "rotated")


def test_a_parent_is_mounted_over(world, watched, mounting):
    parent = world.store()
    folder = parent / "folder"
    folder.mkdir()
    world.put(folder, "password")
    watched.start(folder)

    def cover():
        mounting.tmpfs(parent)
        folder.mkdir()
        world.put(folder, "password", b"2")

    watched.turns("rotated", cover)
    watched.turns("rotated", lambda: world.put(folder, "password", b"3"))
    watched.only("rotated", "rotated")


def switch(link, target):
    draft = link.with_name(link.name + ".new")
    draft.symlink_to(target)
    draft.rename(link)


def test_a_parent_link_moves(world, watched):
    for name in ("one", "two"):
        (world.store(name) / "folder").mkdir()
        world.put(world.stores / name / "folder", "password", name.encode())
    link = world.stores / "current"
    link.symlink_to("one")
    watched.start(link / "folder")
    watched.turns("rotated", lambda: switch(link, world.stores / "two"))
    watched.turns("rotated", lambda: world.put(world.stores / "two" / "folder", "password", b"3"))
    world.put(world.stores / "one" / "folder", "password", b"not watched any more")
    watched.only("rotated", "rotated")


def test_a_parent_link_leads_nowhere_for_a_while(world, watched):
    folder = world.stores / "real"
    link = world.stores / "link"
    link.symlink_to(folder)
    watched.start(link)

    def create():
        folder.mkdir()
        world.put(folder, "password")

    watched.turns("appeared", create)
    watched.only("appeared")


def test_a_link_to_a_link_in_another_folder_moves(world, watched):
    """/var/run style: the link in the middle of the way is behind another link."""
    far = world.store("far")
    for name in ("one", "two"):
        (far / name).mkdir()
        world.put(far / name, "password", name.encode())
    (far / "current").symlink_to("one")
    (world.stores / "near").symlink_to(far / "current")
    watched.start(world.stores / "near")
    watched.turns("rotated", lambda: switch(far / "current", "two"))
    watched.only("rotated")


def test_permission_to_search_is_taken_and_given(world):
    """As root without its capabilities: only the owner's and others' bits count."""
    folder = world.store()
    world.put(folder, "password")
    os.chown(folder, 12345, 12345)
    configuration = world.configure(directory("database", folder, ["password"]),
                                    world.barrier.requirement())
    agent = world.start(configuration)
    folder.chmod(0o700)
    found = world.once(configuration).requirement("database")
    assert found["presence"] == "denied"
    assert str(folder) in found["detail"] and "12345" in found["detail"]
    world.barrier.pass_through(agent)
    folder.chmod(0o755)
    assert world.once(configuration).requirement("database")["presence"] == "present"
    world.barrier.pass_through(agent)
    assert agent.events("database") == []


def test_a_volume_whose_folder_is_unmounted_and_mounted_anew(world, volumes, mounting):
    """What a restarted container sees: the same path, another tmpfs."""
    folder = world.store()
    agent = world.start(world.configure(mount("tls", folder, ["tls.crt"]),
                                        world.barrier.requirement()))
    for number in range(3):
        start = agent.mark()
        mounting.tmpfs(folder)
        volume = volumes(folder=folder)
        volume.write_keys({"tls.crt": world.value + str(number).encode()})
        agent.wait_event("tls", "rotated" if number else "appeared", start)
        start = agent.mark()
        volume.write_keys({"tls.crt": world.value + b"again"})
        agent.wait_event("tls", "rotated", start)
        mounting.unmount(folder)
    world.barrier.pass_through(agent)
    assert len(agent.events("tls")) == 6


def test_a_hundred_folders_come_and_go_at_random(world):
    """Whatever the order, at the end the agent knows what is there."""
    dice = random.Random(7)
    folders = [world.stores / f"top{n % 10}" / f"folder{n}" for n in range(100)]
    configuration = world.configure(
        *(directory(f"r{n}", folder, ["key"]) for n, folder in enumerate(folders)),
        world.barrier.requirement())
    agent = world.start(configuration)
    for _ in range(1500):
        folder = dice.choice(folders)
        choice = dice.random()
        if choice < 0.6:
            folder.mkdir(parents=True, exist_ok=True)
            world.put(folder, "key", os.urandom(4))
        elif choice < 0.9:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            shutil.rmtree(folder.parent, ignore_errors=True)
    world.barrier.pass_through(agent)
    start = agent.mark()
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        world.put(folder, "key", b"last")
    for number in range(len(folders)):
        agent.log.wait(lambda line, number=number: f'"id":"r{number}"' in line, start)
    world.barrier.pass_through(agent)
    document = world.once(configuration).document()
    assert document["summary"] == {"required": 101, "present": 101, "ready": True}
