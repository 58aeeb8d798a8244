"""Why: CI jobs and init containers rest on the exit status of --once, for every presence."""

import os

import pytest

from harness.agent import AS_NOBODY
from harness.world import directory, mount

STATUS = {"missing": 1, "empty": 1, "incomplete": 1, "present": 0, "denied": 3, "unknown": 3,
           "unreachable": 3}


def missing(world, store, mounting):
    """No file."""


def present(world, store, mounting):
    world.put(store, "a")
    world.put(store, "b")


def empty(world, store, mounting):
    world.put(store, "a")
    (store / "b").touch()


def incomplete(world, store, mounting):
    world.put(store, "a")


def denied(world, store, mounting):
    present(world, store, mounting)
    os.chown(store, 12345, 12345)
    store.chmod(0o000)


def unreachable(world, store, mounting):
    os.close(mounting.unanswered(store))


MAKERS = {maker.__name__: maker
          for maker in (missing, present, empty, incomplete, denied, unreachable)}


@pytest.mark.parametrize("presence", MAKERS)
@pytest.mark.parametrize("prefix", [(), AS_NOBODY], ids=["root", "nobody"])
def test_presence_and_its_exit_status(world, mounting, presence, prefix):
    store = world.store()
    MAKERS[presence](world, store, mounting)
    configuration = world.configure(directory("database", store, ["a", "b"]))
    finished = world.once(configuration, "--timeout", "1s", prefix=prefix)
    found = finished.requirement("database")
    assert found["presence"] == presence, found
    assert finished.status == STATUS[presence]
    summary = finished.document()["summary"]
    there = int(presence == "present")
    assert summary == {"required": 1, "present": there, "ready": bool(there)}
    assert presence == "present" or found["detail"]


def test_unknown_where_the_sight_is_worse_than_asked(world):
    store = world.store()
    world.put(store, "a", mode=0o444)
    configuration = world.configure(directory("database", store, ["a"]), require_sight="enforced")
    finished = world.once(configuration)
    found = finished.requirement("database")
    assert (found["presence"], finished.status) == ("unknown", 3)
    assert found["sight"] in found["detail"] and "enforced" in found["detail"]


def test_skipped_counts_nowhere(world):
    store = world.store()
    world.put(store, "a")
    manifest = world.write("manifest.yaml", {
        "schema": "blindfold/1",
        "requirements": [directory("database", store, ["a"]),
                         directory("extra", store, ["b"], required=False)]})
    configuration = world.write("agent.yaml", {
        "schema": "blindfold/1", "deployment": "test", "manifests": [manifest.name],
        "override": {"extra": "skip"}})
    finished = world.once(configuration)
    assert finished.status == 0
    assert finished.requirement("extra")["presence"] == "skipped"
    assert finished.document()["summary"]["required"] == 1


@pytest.mark.parametrize("first, second, status", [
    ("present", "missing", 1), ("denied", "missing", 1), ("denied", "present", 3),
    ("empty", "denied", 1), ("present", "present", 0)])
def test_red_wins_over_grey_and_grey_over_green(world, mounting, first, second, status):
    stores = [world.store("first"), world.store("second")]
    for presence, store in zip((first, second), stores):
        MAKERS[presence](world, store, mounting)
    configuration = world.configure(directory("one", stores[0], ["a", "b"]),
                                    directory("two", stores[1], ["a", "b"]))
    assert world.once(configuration, "--timeout", "1s").status == status


def test_what_is_optional_does_not_count(world):
    store = world.store()
    configuration = world.configure(directory("database", store, ["a"], required=False))
    finished = world.once(configuration)
    assert finished.status == 0
    assert finished.requirement("database")["presence"] == "missing"


@pytest.mark.parametrize("arguments", [
    ["--once", "--config", "/nowhere/agent.yaml"], ["--no-such-option"], ["no-such-command"],
    ["--once", "--format", "xml"], ["--once", "--timeout", "soon"], ["--timeout", "1s"],
    ["--once", "--timeout", "1s", "--wait", "1s"]])
def test_bad_usage_is_two_and_prints_nothing_on_standard_output(world, arguments):
    finished = world.run(*arguments)
    assert finished.status == 2
    assert finished.out == "" and finished.err


def test_a_requirement_that_is_not_a_file_is_not_there(world):
    store = world.store()
    (store / "a").mkdir()
    finished = world.once(world.configure(directory("database", store, ["a"])))
    assert finished.status == 1
    assert finished.requirement("database")["presence"] in ("missing", "wrong-type")


def test_near_miss_is_named(world):
    store = world.store()
    world.put(store, "Pass-Word")
    finished = world.once(world.configure(directory("database", store, ["password"])))
    assert "Pass-Word" in finished.requirement("database")["detail"]


def test_a_folder_beneath_a_file_is_missing(world):
    store = world.store()
    world.put(store, "file")
    finished = world.once(world.configure(mount("tls", store / "file", ["a"])))
    assert finished.status == 1
    assert str(store / "file") in finished.requirement("tls")["detail"]
