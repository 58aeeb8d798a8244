"""Why: names come from others. None may move the cursor, hide text or break a line."""

import json
import os
import unicodedata

import pytest

from harness.world import directory, mount

NAMES = {
    "escape": "a\x1b[2J\x1b]0;owned\x07b",
    "c1": "a\x9b2Jb",
    "right-to-left": "a\u202egnp.exe\u2066b",
    "newline": "a\nb\r\nc",
    "tab and bell": "a\tb\x07\x08\x7f",
    "long": "n" * 200,
    "long and wide": "数" * 80,
    "combining": "e" + "\u0301" * 100,
    "zero width": "a\u200b\u200d\ufeffb",
    "quotes": "a'b\"c`d$(id)\\e",
    "markup": "<b>&amp;]]>'",
    "separators": "a\u2028b\u2029c\x85d",
}
UNSAFE = {"Cc", "Cf", "Zl", "Zp", "Cs"}


def assert_harmless(text, where):
    unsafe = {character for character in text
              if character != "\n" and unicodedata.category(character) in UNSAFE}
    assert not unsafe, f"{where}: {unsafe!a}"


def check_everything(world, configuration):
    """Every output; the number of the statuses seen."""
    for arguments in (["--once"], ["--once", "--format", "junit"], ["--once", "--format", "json"],
                      ["doctor"], ["doctor", "--commands"], ["permissions", "--for", "files"],
                      ["check", configuration]):
        prefix = [] if arguments[0] == "check" else ["--config", configuration]
        finished = world.run(*prefix, *arguments)
        assert finished.status in (0, 1, 2, 3), arguments
        assert_harmless(finished.err, f"standard error of {arguments}")
        if "json" in arguments and finished.status != 2:
            assert_harmless(finished.out, "JSON")
            json.loads(finished.out)
        else:
            assert_harmless(finished.out, f"standard output of {arguments}")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_titles(world, name):
    store = world.store()
    check_everything(world, world.configure(
        directory("database", store, ["password"], title=name, purpose=name)))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_keys_and_folders(world, name):
    store = world.stores / name[:60]
    store.mkdir()
    world.put(store, "there")
    check_everything(world, world.configure(
        directory("database", store, ["there", name[:60]]), mount("volume", store / name[:60])))


@pytest.mark.parametrize("name", [*NAMES.values(), "passwor\udcff", "passwor\x1b"],
                         ids=[*NAMES, "not UTF-8", "near"])
def test_files_that_happen_to_be_there(world, name):
    store = world.store()
    (store / name[:80]).write_bytes(world.value)
    (store / "passwor\x1b").write_bytes(world.value)
    configuration = world.configure(directory("database", store, ["password"]),
                                    mount("any", store))
    check_everything(world, configuration)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_the_log_of_a_running_agent(world, name):
    store = world.stores / name[:60]
    configuration = world.configure(
        directory("database", store, ["key"], title=name), world.barrier.requirement())
    if world.run("check", configuration).status == 2:
        return  # refused as a whole, in harmless words: test_keys_and_folders looks at them
    agent = world.start(configuration)
    store.mkdir()
    world.put(store, "key")
    agent.wait_event("database", "appeared")
    agent.stop()
    for line in agent.log.lines:
        assert_harmless(line, "log line")


def test_the_configuration_s_own_name(world):
    path = world.configure(directory("database", world.store(), ["key"]))
    hostile = path.with_name(NAMES["escape"] + NAMES["right-to-left"] + ".yaml")
    os.rename(path, hostile)
    check_everything(world, hostile)
    hostile.write_text("schema: [")
    finished = world.run("check", hostile)
    assert finished.status == 2
    assert_harmless(finished.err, "standard error")
