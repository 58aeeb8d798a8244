"""Why: each swap of a mounted volume is one rotation, at any speed, however many at once."""

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.world import mount

QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")


@pytest.fixture
def volume(world, volumes):
    made = volumes()
    made.write(password=world.value)
    return made


def sequences(events):
    return [event["sequence"] for event in events]


def test_five_thousand_at_speed_are_five_thousand_events(world, volume):
    barrier = world.barrier
    agent = world.start(world.configure(mount("database", volume.folder, ["password"]),
                                        barrier.requirement()))
    answers = volume.rotate("password", world.value, 5000)
    agent.wait_events(5000, "database", "rotated", deadline=60)
    barrier.pass_through(agent)
    assert len({answer["target"] for answer in answers}) == 5000
    events = agent.events("database")
    assert len(events) == 5000
    assert sequences(events) == sorted(set(sequences(events)))


@pytest.mark.parametrize("count", [2, 3, 50])
def test_several_in_one_read_are_as_many_events(world, volume, count):
    barrier = world.barrier
    agent = world.start(world.configure(mount("database", volume.folder, ["password"]),
                                        barrier.requirement()))
    agent.send(signal.SIGSTOP)
    volume.rotate("password", world.value, count)
    agent.send(signal.SIGCONT)
    agent.wait_events(count, "database", "rotated")
    barrier.pass_through(agent)
    assert len(agent.events("database")) == count


def test_ten_volumes_with_a_writer_each(world, volumes):
    """So many that a look sometimes meets a folder that is being removed, and so few that the
    kernel's queue (fs.inotify.max_queued_events, 16384) and the log's pipe have room for all of
    them: a machine that is busy elsewhere loses none."""
    rotations = 200
    barrier = world.barrier
    many = [volumes(f"volume{number}") for number in range(10)]
    for volume in many:
        volume.write(password=world.value)
    agent = world.start(world.configure(
        *(mount(volume.folder.name, volume.folder, ["password"]) for volume in many),
        barrier.requirement()))
    with ThreadPoolExecutor(len(many)) as writers:
        list(writers.map(lambda volume: volume.rotate("password", world.value, rotations, 100), many))
    barrier.pass_through(agent)
    counts = {volume.folder.name: len(agent.events(volume.folder.name)) for volume in many}
    assert counts == {volume.folder.name: rotations for volume in many}
    everything = sequences(agent.events())
    assert everything == sorted(set(everything))


def after_the_last_swap(agent, volume, barrier, answers, start):
    """At least one event, the last after the last swap, and none after it."""
    agent.wait_event("database", "rotated", start)
    barrier.pass_through(agent)
    count = len(agent.events("database"))
    assert 1 <= count <= len(answers)
    barrier.pass_through(agent)
    assert len(agent.events("database")) == count
    last = max(agent.log.arrivals[index] for index, line in enumerate(agent.log.lines)
               if '"database"' in line and '"rotated"' in line)
    assert last > answers[-1]["before_ns"]


def test_stopped_during_hundreds_of_rotations(world, volume):
    barrier = world.barrier
    agent = world.start(world.configure(mount("database", volume.folder, ["password"]),
                                        barrier.requirement()))
    agent.send(signal.SIGSTOP)
    answers = volume.rotate("password", world.value, 700)
    start = agent.mark()
    agent.send(signal.SIGCONT)
    after_the_last_swap(agent, volume, barrier, answers, start)


@pytest.fixture
def short_queue():
    """Every inotify instance that is opened meanwhile holds 16 events."""
    before = QUEUE.read_text()
    QUEUE.write_text("16")
    yield lambda: QUEUE.write_text(before)
    QUEUE.write_text(before)


def test_queue_overflow(world, volume, short_queue):
    barrier = world.barrier
    agent = world.start(world.configure(mount("database", volume.folder, ["password"]),
                                        barrier.requirement()))
    short_queue()
    agent.send(signal.SIGSTOP)
    answers = volume.rotate("password", world.value, 300)
    start = agent.mark()
    agent.send(signal.SIGCONT)
    after_the_last_swap(agent, volume, barrier, answers, start)
    start = agent.mark()
    volume.rotate("password", world.value + b"later", 1)
    agent.wait_event("database", "rotated", start)


def test_queue_overflow_hides_no_removal(world, volume, short_queue):
    barrier = world.barrier
    agent = world.start(world.configure(mount("database", volume.folder, ["password"]),
                                        barrier.requirement()))
    short_queue()
    agent.send(signal.SIGSTOP)
    volume.rotate("password", world.value, 100)
    volume.remove("password")
    agent.send(signal.SIGCONT)
    agent.wait_event("database", "disappeared")


def test_an_update_without_a_change_is_no_rotation(world, volume):
    barrier = world.barrier
    agent = world.start(world.configure(mount("database", volume.folder, ["password"]),
                                        barrier.requirement()))
    target = volume.write(password=world.value)["target"]
    assert volume.write(password=world.value)["target"] == target
    barrier.pass_through(agent)
    assert agent.events("database") == []


def test_one_volume_of_two_requirements_rotates_both(world, volume):
    volume.write(other=world.value)
    barrier = world.barrier
    agent = world.start(world.configure(mount("one", volume.folder, ["password"]),
                                        mount("two", volume.folder, ["other"]),
                                        barrier.requirement()))
    volume.rotate("password", world.value, 1)
    agent.wait_event("one", "rotated")
    agent.wait_event("two", "rotated")
    barrier.pass_through(agent)
    assert len(agent.events("one")) == len(agent.events("two")) == 1


def test_rotated_at_is_the_time_of_the_last(world, volume):
    agent = world.start(world.configure(mount("database", volume.folder, ["password"])))
    volume.rotate("password", world.value, 1)
    _, event = agent.wait_event("database", "rotated")
    assert event["at"].endswith("Z") and len(event["at"]) == len("2026-11-23T12:00:00.123456Z")
