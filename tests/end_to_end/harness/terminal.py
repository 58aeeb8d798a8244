"""A terminal of its own (tmux), as a person sees it."""

import pathlib
import shutil
import subprocess
import tempfile
import time
import unicodedata
import uuid

import pytest

from harness.lines import DEADLINE


def columns(text):
    """How many columns a terminal needs for it."""
    wide = {"W": 2, "F": 2}
    return sum(0 if unicodedata.combining(character) else
               wide.get(unicodedata.east_asian_width(character), 1) for character in text)


class Terminal:
    """Runs one command in a window of `width` by `height`."""

    def __init__(self, command, env, width, height=24):
        if shutil.which("tmux") is None:
            pytest.skip("needs tmux: it is the terminal of these tests")
        self.socket = f"blindfold-{uuid.uuid4().hex}"
        self.everything = ""
        settings = [word for name, value in env.items() for word in ("-e", f"{name}={value}")]
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", str(width), "-y", str(height),
                   *settings, "cat")
        self._tmux("set-option", "-g", "remain-on-exit", "on")
        self._tmux("set-option", "-g", "default-terminal", "screen-256color")
        self._tmux("set-option", "-g", "window-size", "manual")
        # tmux does not always learn how a pane ended, so a shell above notes it.
        self.notes = tempfile.TemporaryDirectory(prefix="blindfold-terminal-")
        self.status = pathlib.Path(self.notes.name) / "status"
        self._tmux("respawn-pane", "-k", *settings, "bash", "-c", '"$@"; echo $? > "$0"',
                   str(self.status), *map(str, command))
        self.pid = self._child(self.ask("#{pane_pid}"))

    @staticmethod
    def _child(shell):
        until = time.monotonic() + DEADLINE
        while not (found := pathlib.Path(f"/proc/{shell}/task/{shell}/children").read_text()):
            assert time.monotonic() < until, "the command does not start"
            time.sleep(0.01)
        return int(found.split()[0])

    def _tmux(self, *arguments):
        done = subprocess.run(["tmux", "-u", "-L", self.socket, *arguments], check=True,
                              capture_output=True, text=True)
        return done.stdout

    def ask(self, form):
        return self._tmux("display-message", "-p", form).strip()

    def screen(self, *options):
        """The lines that are seen now."""
        text = self._tmux("capture-pane", "-p", *options)
        self.everything += text
        return text.rstrip("\n").split("\n")

    def history(self):
        return self.screen("-S", "-")

    def wait(self, predicate, deadline=DEADLINE):
        """Awaits that the screen's whole text is accepted; tmux tells of no change, so it looks."""
        until = time.monotonic() + deadline
        while True:
            lines = self.screen()
            if predicate("\n".join(lines)):
                return lines
            assert time.monotonic() < until, "the screen is\n" + "\n".join(lines)
            time.sleep(0.02)

    def resize(self, width, height):
        self._tmux("resize-window", "-x", str(width), "-y", str(height))

    def keys(self, *keys):
        self._tmux("send-keys", *keys)

    def paste(self, text):
        """The way a person pastes: into the running program."""
        self._tmux("set-buffer", text)
        self._tmux("paste-buffer")

    def wait_end(self, deadline=DEADLINE):
        """Awaits that the command ends; its exit status."""
        until = time.monotonic() + deadline
        while not self.status.exists() or not self.status.read_text().endswith("\n"):
            assert time.monotonic() < until, "it does not end\n" + "\n".join(self.screen())
            time.sleep(0.02)
        self.screen("-S", "-")
        return int(self.status.read_text())

    def close(self):
        subprocess.run(["tmux", "-L", self.socket, "kill-server"], capture_output=True)
        self.notes.cleanup()
