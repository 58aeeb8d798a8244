"""Tells of each exchange: a line on standard output, the bytes in files of a folder."""

import itertools
import json
import sys
import threading
import time


class Recorder:
    def __init__(self, folder):
        self._folder = folder
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self.keeps_bytes = True

    def line(self, name, document):
        text = json.dumps({name: document}) + "\n"
        with self._lock:
            sys.stdout.write(text)
            sys.stdout.flush()

    def request(self, request, **more):
        """Returns its number."""
        number = next(self._numbers)
        if self.keeps_bytes:
            (self._folder / f"{number}.request").write_bytes(request.raw)
        self.line("request", {"id": number, "at": time.monotonic(), "method": request.method,
                              "target": request.target, **more})
        return number

    def reply(self, number, data, **more):
        """Before it is sent, so that whoever has seen it finds it told of."""
        if self.keeps_bytes:
            with open(self._folder / f"{number}.reply", "ab") as file:
                file.write(data)
        self.line("reply", {"id": number, "at": time.monotonic(), **more})
