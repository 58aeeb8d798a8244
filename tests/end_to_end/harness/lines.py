"""Lines of a pipe as they arrive, awaited by predicate."""

import threading
import time

DEADLINE = 20.0  # seconds; long enough for a busy machine, never waited for in a good run


class Lines:
    """Reads a pipe to its end in a thread; keeps every line with its arrival time."""

    def __init__(self, stream, name):
        self.name = name
        self.raw = bytearray()
        self.lines = []  # str, without the newline
        self.arrivals = []  # CLOCK_MONOTONIC, ns
        self.ended = False
        self._changed = threading.Condition()
        self._stream = stream
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self):
        pending = b""
        while chunk := self._stream.read1(65536):
            now = time.monotonic_ns()
            *complete, pending = (pending + chunk).split(b"\n")
            with self._changed:
                self.raw += chunk
                self.lines += [line.decode(errors="replace") for line in complete]
                self.arrivals += [now] * len(complete)
                self._changed.notify_all()
        with self._changed:
            if pending:
                self.lines.append(pending.decode(errors="replace"))
                self.arrivals.append(time.monotonic_ns())
            self.ended = True
            self._changed.notify_all()
        self._stream.close()

    def wait(self, predicate, start=0, deadline=DEADLINE):
        """The index of the first line from `start` on that `predicate` accepts."""
        until = time.monotonic() + deadline
        index = start
        with self._changed:
            while True:
                while index < len(self.lines):
                    if predicate(self.lines[index]):
                        return index
                    index += 1
                left = until - time.monotonic()
                if self.ended or left <= 0:
                    why = "the stream ended" if self.ended else f"nothing within {deadline} s"
                    raise AssertionError(f"awaited a line of {self.name}: {why}\n{self.text(start)}")
                self._changed.wait(left)

    def wait_count(self, predicate, count, start=0, deadline=DEADLINE):
        """Awaits `count` such lines; returns the index after the last of them."""
        for _ in range(count):
            start = self.wait(predicate, start, deadline) + 1
        return start

    def join(self, deadline=DEADLINE):
        self._thread.join(deadline)
        assert not self._thread.is_alive(), f"{self.name} was not closed"

    def text(self, start=0, most=60):
        return "\n".join(self.lines[start:][-most:])
