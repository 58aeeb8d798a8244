"""Why: --once must neither hang on a store that does not answer nor give up too early."""

import os
import threading
import time

import pytest

from harness.world import directory


def timed(call):
    began = time.monotonic()
    return call(), time.monotonic() - began


@pytest.fixture
def hanging(world, mounting):
    folder = world.store("hanging")
    device = mounting.unanswered(folder)
    yield folder
    os.close(device)


def test_a_negative_answer_is_enough(world):
    configuration = world.configure(directory("database", world.store(), ["password"]))
    finished, took = timed(lambda: world.once(configuration, "--timeout", "30s"))
    assert finished.status == 1 and took < 5


def test_what_hangs_is_unreachable_when_the_time_is_up(world, hanging):
    store = world.store()
    world.put(store, "password")
    configuration = world.configure(directory("remote", hanging, ["password"]),
                                    directory("local", store, ["password"]))
    finished, took = timed(lambda: world.once(configuration, "--timeout", "1s"))
    assert finished.status == 3
    assert finished.requirement("remote")["presence"] == "unreachable"
    assert finished.requirement("local")["presence"] == "present"
    assert 1 <= took < 4


def test_a_running_agent_goes_on_and_ends_while_one_store_hangs(world, hanging):
    store = world.store()
    agent = world.start(world.configure(directory("remote", hanging, ["password"]),
                                        directory("local", store, ["password"])))
    world.put(store, "password")
    agent.wait_event("local", "appeared")
    agent.stop()


def test_waits_until_all_are_there(world):
    store = world.store()
    configuration = world.configure(directory("database", store, ["password"]))
    arming = threading.Timer(1, lambda: world.put(store, "password"))
    arming.start()
    finished, took = timed(lambda: world.once(configuration, "--wait", "20s"))
    arming.join()
    assert finished.status == 0 and 0.9 < took < 10


def test_waits_no_longer_than_told(world):
    configuration = world.configure(directory("database", world.store(), ["password"]))
    finished, took = timed(lambda: world.once(configuration, "--wait", "1s"))
    assert finished.status == 1 and 1 <= took < 3
