"""A shell on a terminal, into which somebody pastes and types."""

import fcntl
import glob
import os
import pathlib
import pty
import select
import subprocess
import termios
import time

from harness.lines import DEADLINE

SHELLS = {"bash": ["bash", "--norc", "-i"], "sh": ["dash", "-i"]}


class Shell:
    """`argv` is an interactive shell; `prompt` is what PS1 shows."""

    PROMPT = b"ready> "

    def __init__(self, argv, env):
        self.master, slave = pty.openpty()
        self.seen = b""
        self.process = subprocess.Popen(
            argv, env={**env, "PS1": self.PROMPT.decode(), "TERM": "dumb"}, stdin=slave,
            stdout=slave, stderr=slave, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        self.wait_prompt(0)

    def _read(self, left):
        if select.select([self.master], [], [], left)[0]:
            self.seen += os.read(self.master, 65536)

    def _wait(self, accept, what):
        until = time.monotonic() + DEADLINE
        while not accept():
            left = until - time.monotonic()
            assert left > 0, f"awaited {what}\n{self.seen.decode(errors='replace')}"
            self._read(min(left, 0.02))

    def wait_prompt(self, start):
        self._wait(lambda: self.PROMPT in self.seen[start:], "the prompt")

    def reads_unseen(self):
        """Whether a program reads whole lines that are not shown: read -s, stty -echo."""
        local = termios.tcgetattr(self.master)[3]
        return bool(local & termios.ICANON) and not local & termios.ECHO

    def waits_for_a_line(self):
        """The same, and it is in read(2) already: what comes before dash's is not seen by it."""
        if not self.reads_unseen():
            return False
        group = str(os.tcgetpgrp(self.master))
        for stat in glob.glob("/proc/[0-9]*/stat"):
            try:
                fields = pathlib.Path(stat).read_text().rpartition(")")[2].split()
                call = pathlib.Path(stat).with_name("syscall").read_text().split()
            except OSError:
                continue
            if fields[2] == group and call[:2] == ["0", "0x0"]:
                return True
        return False

    def send(self, data):
        os.write(self.master, data)

    def run(self, command, typed=()):
        """Pastes a command and types what it asks for; returns what was shown."""
        start = len(self.seen)
        self.send(command.encode() + b"\n")
        for line in typed:
            self._wait(self.reads_unseen, "that it reads what is typed, unseen")
            self.send(line + b"\n")
        marker = len(self.seen)
        self.send(b"echo do''ne\n")
        self._wait(lambda: b"done\r\n" in self.seen[marker:], "the end of the command")
        self.wait_prompt(self.seen.index(b"done\r\n", marker))
        return self.seen[start:]

    def close(self):
        self.send(b"exit\n")
        until = time.monotonic() + DEADLINE
        while self.process.poll() is None and time.monotonic() < until:
            try:
                self._read(0.02)
            except OSError:
                break
        self.process.wait(DEADLINE)
        os.close(self.master)
