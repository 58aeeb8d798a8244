"""What goes wrong on command: answers in the services' place, silence, cut connections."""

import re
import threading

ACTIONS = ("answer", "hang", "reset", "cut", "garble", "expire")


class Fault:
    """For requests whose words match; `times` often, or until it is mended."""

    def __init__(self, name, action, operation="", region="", identity="", contains="", times=0,
                 status=500, body="", headers=None, kind="application/x-amz-json-1.1", after=0):
        if action not in ACTIONS:
            raise ValueError(f"an action {action} is not known here")
        self.name, self.action = name, action
        self._operation, self._region = re.compile(operation), re.compile(region)
        self._identity, self._contains = re.compile(identity), contains.encode()
        self._left, self._after = times or None, after
        self.status, self.body, self.kind = status, body.encode(), kind
        self.headers = headers or {}

    def takes(self, operation, region, identity, body):
        wanted = (self._operation.search(operation) and self._region.search(region)
                  and self._identity.search(identity) and self._contains in body)
        if not wanted or self._left == 0:
            return False
        if self._after > 0:
            self._after -= 1
            return False
        if self._left is not None:
            self._left -= 1
        return True


class Faults:
    def __init__(self):
        self._lock = threading.Lock()
        self._faults = []

    def add(self, name="fault", **more):
        made = Fault(name, **more)
        with self._lock:
            self._faults.append(made)

    def mend(self, name=""):
        """All of that name, or all."""
        with self._lock:
            self._faults = [each for each in self._faults if name not in ("", each.name)]

    def find(self, operation, region, identity="", body=b""):
        with self._lock:
            return next((each for each in self._faults
                         if each.takes(operation, region, identity, body)), None)
