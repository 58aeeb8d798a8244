"""Starts the agent, reads what it says, stops it."""

import json
import os
import signal
import subprocess
import time

from harness import processes
from harness.lines import DEADLINE, Lines

AS_NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
WITHOUT_LANDLOCK = [
    "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=landlock_create_ruleset",
    "-e", "inject=landlock_create_ruleset:error=ENOSYS"]


def _traceable(env, prefix):
    """LeakSanitizer ends with an error where the program is traced."""
    traced = any(str(word).endswith("strace") for word in prefix)
    return {**env, "ASAN_OPTIONS": "detect_leaks=0"} if traced else env


def _document(line):
    try:
        return json.loads(line)
    except ValueError:
        return {}


# The agent drops log lines that nobody reads, rather than wait: the pipes have room for what
# a test makes it say, however busy the machine is.
PIPE_SIZE = 1 << 20


class Agent:
    """A running agent. `prefix` is a command that executes it."""

    def __init__(self, binary, arguments, env, canary, prefix=()):
        self.binary = str(binary)
        self.canary = canary
        self.process = subprocess.Popen(
            [*prefix, self.binary, *map(str, arguments)], env=_traceable(env, prefix), cwd="/",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            pipesize=PIPE_SIZE)
        self.out = Lines(self.process.stdout, "standard output")
        self.log = Lines(self.process.stderr, "standard error")
        self.stopped = False
        canary.sample_arguments(self.process.pid)

    @property
    def pid(self):
        """The agent's own, below strace or unshare too."""
        for pid in processes.descendants(self.process.pid):
            if processes.executable(pid) == self.binary:
                return pid
        raise AssertionError(f"the agent does not run\n{self.log.text()}")

    def wait_ready(self):
        """Awaits that everything is watched."""
        self.wait_message(lambda text: text.startswith("ready"))
        return self

    def wait_message(self, message, start=0, deadline=DEADLINE):
        """Awaits a log line; `message` is its whole text or a predicate on it."""
        accept = message if callable(message) else lambda text: text == message
        return self.log.wait(
            lambda line: accept(_document(line).get("message", "")), start, deadline)

    def _is_event(self, line, requirement, kind):
        event = _document(line).get("event")
        return (event is not None and requirement in (None, event["id"])
                and kind in (None, event["kind"]))

    def events(self, requirement=None, kind=None, start=0):
        """The event documents so far."""
        return [_document(line)["event"] for line in self.log.lines[start:]
                if self._is_event(line, requirement, kind)]

    def wait_event(self, requirement=None, kind=None, start=0, deadline=DEADLINE):
        """The log line's index and the event."""
        index = self.log.wait(lambda line: self._is_event(line, requirement, kind), start, deadline)
        return index, _document(self.log.lines[index])["event"]

    def wait_events(self, count, requirement=None, kind=None, start=0, deadline=DEADLINE):
        return self.log.wait_count(
            lambda line: self._is_event(line, requirement, kind), count, start, deadline)

    def mark(self):
        """A place in the log, to look only at what comes after."""
        return len(self.log.lines)

    def send(self, number):
        os.kill(self.pid, number)

    def stop(self, number=signal.SIGTERM, most=1.0):
        """Scans its memory, ends it, and checks that it went well and quickly."""
        if self.stopped:
            return
        self.stopped = True
        if self.process.poll() is None:
            self.canary.scan_memory(self.process.pid)
            began = time.monotonic()
            self.send(number)
            status = self.process.wait(DEADLINE)
            took = time.monotonic() - began
            assert status == 0, f"ended with {status}\n{self.log.text()}"
            assert took < most, f"took {took:.2f} s to end"
        self._collect()

    def wait_end(self, deadline=DEADLINE):
        """Awaits that it ends by itself; returns its exit status."""
        self.stopped = True
        status = self.process.wait(deadline)
        self._collect()
        return status

    def kill(self):
        """For a test that failed: no checks."""
        if self.process.poll() is None:
            for pid in reversed(processes.descendants(self.process.pid)):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            self.process.wait()

    def _collect(self):
        self.out.join()
        self.log.join()
        self.canary.scan("standard output", bytes(self.out.raw))
        self.canary.scan("standard error", bytes(self.log.raw))


class Finished:
    """What a command that ended has left."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def document(self):
        return json.loads(self.out)

    def requirement(self, identifier):
        return next(r for r in self.document()["requirements"] if r["id"] == identifier)


def run(binary, arguments, env, canary, prefix=(), deadline=60, stdin=subprocess.DEVNULL,
        **options):
    """Runs the agent to its end."""
    process = subprocess.Popen(
        [*prefix, str(binary), *map(str, arguments)], env=_traceable(env, prefix), cwd="/",
        stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    canary.sample_arguments(process.pid)
    try:
        out, err = process.communicate(timeout=deadline)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        raise AssertionError(f"did not end within {deadline} s\n{err.decode(errors='replace')}")
    canary.scan("standard output", out)
    canary.scan("standard error", err)
    return Finished(process.returncode, out.decode(), err.decode())
