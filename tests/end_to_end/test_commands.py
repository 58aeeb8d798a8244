"""Why: what `agent commands` prints is pasted by people who trust it with their secret."""

import os
import subprocess

import pytest

from harness.shells import SHELLS, Shell
from harness.world import directory

HOSTILE = "it's a \"folder\" $(touch owned) `id` \\ & ; | * ~ #"


@pytest.fixture(params=SHELLS)
def shell(request, world):
    history = world.stores / "history"  # it is searched by the test itself
    started = Shell(SHELLS[request.param], {**world.environment(), "HISTFILE": str(history),
                                            "HISTSIZE": "1000", "HOME": str(world.stores)})
    started.name = request.param
    started.history = history
    yield started
    started.close()
    if history.exists():
        assert world.canary.find(history.read_bytes()) == []


@pytest.fixture
def value(world):
    """Everything that a shell could spoil, but for a newline."""
    return b"  " + world.value + " 'single' \"double\" $HOME `id` \\n \\ * é數 % %s \t! ".encode()


def commands(world, configuration, shell, *more):
    """The lines to paste, without the comments."""
    finished = world.run("--config", configuration, "commands", "--shell", shell, *more)
    assert finished.status == 0, finished.err
    return "\n".join(line for line in finished.out.splitlines()
                     if line and not line.startswith("#"))


def type_in(world, shell, command, *values):
    shown = shell.run(command, values)
    assert world.canary.find(shown) == [], "what was typed is shown"
    return shown


@pytest.mark.parametrize("name", ["plain", HOSTILE], ids=["plain", "hostile"])
def test_creates_and_rotates_and_the_agent_sees_it(world, shell, value, name):
    folder = world.stores / name
    configuration = world.configure(directory("database", folder, ["password"]))
    agent = world.start(configuration)
    type_in(world, shell, commands(world, configuration, shell.name), value)
    path = folder / "password"
    assert path.read_bytes() == value
    assert path.stat().st_mode & 0o777 == 0o400
    agent.wait_event("database", "appeared")

    start = agent.mark()
    type_in(world, shell, commands(world, configuration, shell.name, "database"), value + b"2")
    assert path.read_bytes() == value + b"2"
    assert path.stat().st_mode & 0o777 == 0o400
    agent.wait_event("database", "rotated", start)
    assert sorted(os.listdir(folder)) == ["password"]
    assert not (world.scratch / "owned").exists() and not os.path.exists("/owned")


def test_completes_what_is_incomplete(world, shell, value):
    store = world.store()
    world.put(store, "user")
    configuration = world.configure(directory("database", store, ["user", "password"]))
    before = (store / "user").stat()
    type_in(world, shell, commands(world, configuration, shell.name), value)
    assert (store / "password").read_bytes() == value
    assert (store / "user").stat().st_ino == before.st_ino
    assert world.once(configuration).status == 0


def test_two_values_are_typed_one_after_the_other(world, shell, value):
    store = world.store()
    configuration = world.configure(directory("database", store, ["user", "password"]))
    type_in(world, shell, commands(world, configuration, shell.name), value + b"1", value + b"2")
    assert (store / "user").read_bytes() == value + b"1"
    assert (store / "password").read_bytes() == value + b"2"


@pytest.mark.parametrize("ending", [b"", b"\n"], ids=["without newline", "with newline"])
@pytest.mark.parametrize("name, program", [("bash", "bash"), ("sh", "dash"), ("sh", "bash")])
def test_the_value_may_be_piped(world, value, ending, name, program):
    store = world.store()
    configuration = world.configure(directory("database", store, ["password"]))
    command = commands(world, configuration, name)
    done = subprocess.run([program, "-c", command], input=value + ending, env=world.environment(),
                          capture_output=True, timeout=30)
    assert done.returncode == 0, done.stderr
    assert (store / "password").read_bytes() == value
    assert world.canary.find(done.stdout + done.stderr) == []


def test_an_interrupt_leaves_the_terminal_as_it_was(world, shell):
    store = world.store()
    configuration = world.configure(directory("database", store, ["password"]))
    start = len(shell.seen)
    shell.send(commands(world, configuration, shell.name).encode() + b"\n")
    shell._wait(shell.waits_for_a_line, "that it reads what is typed, unseen")
    shell.send(b"half\x03")
    shell.wait_prompt(start + 1)
    assert b"still here" in shell.run("echo still here")
    assert not shell.reads_unseen()
    assert not (store / "password").exists()


def test_offline_prints_for_what_is_missing_without_looking(world):
    store = world.store()
    world.put(store, "password")
    configuration = world.configure(directory("database", store, ["password"]))
    offline = commands(world, configuration, "bash", "--offline")
    assert offline != commands(world, configuration, "bash")
    assert "install" in offline


def test_an_unknown_id_is_bad_usage(world):
    configuration = world.configure(directory("database", world.store(), ["password"]))
    finished = world.run("--config", configuration, "commands", "databse")
    assert finished.status == 2
    assert "databse" in finished.err and finished.out == ""


def test_nothing_of_the_vendor_s_text_is_executed(world, shell):
    """Titles and purposes stand in comments at most."""
    store = world.store()
    hostile = f"title\n touch {world.stores}/owned\r touch {world.stores}/owned; $(id) `id`"
    configuration = world.configure(directory("database", store, ["password"], title="t; $(id)",
                                              purpose=hostile, help="https://x.example/$(id)"))
    finished = world.run("--config", configuration, "commands", "--shell", shell.name)
    if finished.status == 2:
        return  # refused as a whole
    done = subprocess.run([SHELLS[shell.name][0], "-c", finished.out], input=b"v\n",
                          capture_output=True, env=world.environment(), timeout=30)
    assert done.returncode == 0, done.stderr
    assert not (world.stores / "owned").exists()
