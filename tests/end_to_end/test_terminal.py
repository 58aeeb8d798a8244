"""Why: a person watches the table while they create what is missing; it must be true and legible."""

import re

import pytest

from harness.terminal import Terminal, columns
from harness.world import directory


@pytest.fixture
def table(world, canary):
    opened = []

    def start(configuration, width, height=24, through=(), **env):
        terminal = Terminal([*through, world.binary, "--config", configuration],
                            world.environment(TERM="screen-256color", **env), width, height)
        opened.append(terminal)
        canary.sample_arguments(terminal.pid)
        return terminal

    yield start
    for terminal in opened:
        terminal.history()
        canary.scan("the terminal", terminal.everything.encode())
        terminal.close()


def end(canary, terminal):
    canary.scan_memory(terminal.pid)
    terminal.keys("C-c")
    assert terminal.wait_end() == 0


def fits(lines, width):
    return all(columns(line) <= width for line in lines)


def marks(text):
    """The first character of each requirement's line."""
    return "".join(line[0] for line in text.splitlines() if line[:1] in ("✓", "✗"))


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_line_turns_into_a_checkmark_and_back(world, canary, table, width):
    store = world.store()
    configuration = world.configure(
        directory("database", store, ["password"], title="Database password"),
        directory("payments", store, ["token"], title="Payment provider's API key 数据 " * 3))
    terminal = table(configuration, width)
    lines = terminal.wait(lambda text: "atabase" in text and text.count("✗") >= 2)
    assert fits(lines, width)
    world.put(store, "password")
    lines = terminal.wait(lambda text: "✓" in text)
    assert any("✓" in line and "atabase" in line for line in lines)
    assert fits(lines, width)
    (store / "password").unlink()
    terminal.wait(lambda text: text.count("✗") >= 2 and "✓" not in text)
    end(canary, terminal)


def test_resized(world, canary, table):
    store = world.store()
    terminal = table(world.configure(*(
        directory(f"requirement-{number}", store, [f"key{number}"],
                  title=f"A rather long title of number {number}") for number in range(5))), 100)
    terminal.wait(lambda text: "requirement-4" in text or "number 4" in text)
    for width, height in ((40, 24), (200, 50), (60, 12), (20, 6), (1, 1), (80, 24)):
        terminal.resize(width, height)
    world.put(store, "key2")
    lines = terminal.wait(lambda text: "number 4" in text and marks(text) == "✗✗✓✗✗")
    assert fits(lines, 80)
    end(canary, terminal)


def test_two_hundred_rows(world, canary, table):
    """What does not fit is counted; what is wrong is what is shown."""
    store = world.store()
    terminal = table(world.configure(*(
        directory(f"r{number:03}", store, [f"key{number}"]) for number in range(200))), 80)
    lines = terminal.wait(lambda text: "r000" in text)
    assert len(lines) <= 24 and fits(lines, 80)
    assert "200" in "\n".join(lines)
    for number in range(200):
        world.put(store, f"key{number}")
    terminal.wait(lambda text: re.search(r"200 of 200|all", text))
    end(canary, terminal)


def styles(terminal):
    return re.findall(r"\x1b\[([0-9;]*)m", "\n".join(terminal.screen("-e")))


def is_color(style):
    return any(30 <= int(part or 0) <= 37 or 90 <= int(part or 0) <= 97 or part == "38"
               for part in style.split(";"))


@pytest.mark.parametrize("env, colored", [({}, True), ({"NO_COLOR": "1"}, False),
                                          ({"NO_COLOR": ""}, True)])
def test_colour(world, canary, table, env, colored):
    terminal = table(world.configure(directory("database", world.store(), ["password"])), 80, **env)
    terminal.wait(lambda text: "✗" in text)
    assert any(map(is_color, styles(terminal))) == colored
    end(canary, terminal)


def test_the_terminal_is_left_as_it_was(world, table):
    """The cursor is seen again, and the table can still be read above the prompt."""
    configuration = world.configure(directory("database", world.store(), ["password"]))
    terminal = table(configuration, 80, through=[
        "sh", "-c", 'trap : INT; "$0" "$@"; echo "ended with $?"; exec cat'])
    terminal.wait(lambda text: "✗" in text)
    terminal.keys("C-c")
    lines = terminal.wait(lambda text: "ended with 0" in text)
    assert terminal.ask("#{cursor_flag}") == "1"
    assert terminal.ask("#{alternate_on}") == "0"
    assert any("database" in line for line in lines)
