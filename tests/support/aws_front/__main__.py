"""Runs until standard input ends: python3 -m aws_front FOLDER.

FOLDER is for certificates and for the bytes of each exchange. Standard output has a line
{"ready": addresses}, then one for each request, reply and command.
"""

import sys
from pathlib import Path

from . import certificates
from .buckets import Buckets
from .clock import Clock
from .commands import Commands
from .faults import Faults
from .front import Front, service_front
from .identities import Identities
from .listeners import Listener, Proxy, context_of, plain, secured
from .places import Container, Instance, Portal
from .recorder import Recorder
from .services import Services
from .store import Store
from .sts import Sts


class Parts:
    """All there is, by name."""

    def __init__(self, folder):
        certificates.make(folder)
        context = context_of(folder)
        self.clock, self.buckets, self.faults = Clock(), Buckets(), Faults()
        self.recorder = Recorder(folder)
        self.identities = Identities(self.clock)
        self.store = Store(self.clock)
        self.services = Services(self.store, self.identities, self.buckets, self.clock)
        self.sts = Sts(self.identities, self.clock)
        self.portal = Portal(self.identities)
        self.instance = Instance(self.identities, self.clock)
        self.container = Container(self.identities)
        front = self._front(service_front(self.services, self.sts, self.portal))
        self.listeners = {
            "services": Listener(secured(front, context)),
            "plain": Listener(plain(front)),
            "proxy": Listener(Proxy(front, context, self.faults, self.recorder, self.clock)),
            "instance": Listener(plain(self._only(self.instance, "instance"))),
            "container": Listener(plain(self._only(self.container, "container")))}

    def _front(self, part_of):
        return Front(part_of, self.identities, self.faults, self.recorder, self.clock)

    def _only(self, part, name):
        return self._front(lambda request: (part, name))


def main():
    parts = Parts(Path(sys.argv[1]))
    parts.recorder.line("ready", {name: f"127.0.0.1:{listener.port}"
                                  for name, listener in parts.listeners.items()})
    Commands(parts).run(sys.stdin)


main()
