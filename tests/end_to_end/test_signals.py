"""Why: whoever ends the agent must not have to wait, nor lose what it was saying."""

import signal
import subprocess
import time

import pytest

from harness.lines import DEADLINE
from harness.world import directory, mount


@pytest.fixture
def agent(world):
    store = world.store()
    world.put(store, "password")
    return world.start(world.configure(directory("database", store, ["password"])))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_ends_it_cleanly(agent, number):
    agent.stop(number)


@pytest.mark.parametrize("first", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
def test_a_second_one_ends_it_at_once(agent, first, second):
    agent.send(signal.SIGSTOP)
    agent.send(first)
    agent.send(second)
    began = time.monotonic()
    agent.send(signal.SIGCONT)
    status = agent.wait_end(DEADLINE)
    assert time.monotonic() - began < 1
    assert status in (0, 128 + first, 128 + second, -first, -second)


def test_during_the_start(world):
    store = world.store()
    configuration = world.configure(
        *(directory(f"r{number}", store / str(number), ["key"]) for number in range(1000)))
    for delay in (0, 0.001, 0.003, 0.01, 0.03):
        started = world.start(configuration, ready=False)
        time.sleep(delay)  # the very thing under test: whatever it does then
        began = time.monotonic()
        started.process.terminate()
        assert started.wait_end(DEADLINE) in (0, -signal.SIGTERM)
        assert time.monotonic() - began < 1


def test_during_rotations(world, volumes):
    volume = volumes()
    volume.write(password=world.value)
    running = world.start(world.configure(mount("database", volume.folder, ["password"])))
    volume.start_rotations("password", world.value, 2000)
    running.wait_events(100, "database")
    running.stop()
    for _ in range(2000):
        volume.answer()


def test_the_reader_of_its_log_goes_away(world, canary):
    """It goes on watching and ends as it always does."""
    store = world.store()
    world.put(store, "password")
    configuration = world.configure(directory("database", store, ["password"]))
    process = subprocess.Popen([world.binary, "--config", configuration, "--log-format", "json"],
                               env=world.environment(), stderr=subprocess.PIPE)
    assert b"ready" in process.stderr.readline()
    process.stderr.close()
    for number in range(3):
        world.put(store, "password", str(number).encode())
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)  # longer than it takes to settle and to tell
    canary.scan_memory(process.pid)
    process.terminate()
    assert process.wait(DEADLINE) == 0
