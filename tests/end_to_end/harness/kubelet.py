"""Mounted volumes, written by kubelet's own writer."""

import base64
import json
import subprocess
from pathlib import Path

from harness import go_builds
from harness.lines import Lines


def writer_binary():
    return go_builds.program("kubelet_writer", "kubelet's own volume writer")


def encoded(value):
    return base64.b64encode(value).decode()


class Volume:
    """A volume's folder and the writer that has it."""

    def __init__(self, binary, folder, default_mode=0o644):
        self.folder = Path(folder)
        self.folder.mkdir(exist_ok=True)
        self._process = subprocess.Popen(
            [binary, "-folder", folder, f"-default-mode=0{default_mode:o}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._answers = Lines(self._process.stdout, "the kubelet writer")
        self._read = 0

    def _send(self, command):
        self._process.stdin.write(json.dumps(command).encode() + b"\n")
        self._process.stdin.flush()

    def answer(self, deadline=20):
        """The next one: target, before_ns, after_ns."""
        self._answers.wait(lambda _: True, self._read, deadline)
        self._read += 1
        answer = json.loads(self._answers.lines[self._read - 1])
        assert "error" not in answer, answer
        return answer

    def write(self, **keys):
        return self.write_keys(keys)

    def write_keys(self, keys):
        self._send({"write": {key: encoded(value) for key, value in keys.items()}})
        return self.answer()

    def remove(self, *keys):
        self._send({"remove": keys})
        return self.answer()

    def start_rotations(self, key, value, count, interval_us=0):
        """They go on while the test does something else; each has an answer."""
        self._send({"rotate": {"key": key, "value": encoded(value), "count": count,
                               "interval_us": interval_us}})

    def rotate(self, key, value, count, interval_us=0, deadline=120):
        self.start_rotations(key, value, count, interval_us)
        return [self.answer(deadline) for _ in range(count)]

    def close(self):
        self._process.stdin.close()
        self._process.wait(20)
        self._answers.join()
