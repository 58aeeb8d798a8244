"""What standard input can say: one JSON object a line, each key a command."""

import json


class Commands:
    """Each is answered by one line, {"done": its number, "result": what came of it}."""

    def __init__(self, parts):
        self._parts = parts
        self._number = 0

    def run(self, lines):
        """Until standard input ends."""
        for line in lines:
            result = {}
            for name, given in json.loads(line).items():
                result[name] = getattr(self, f"_do_{name}")(**given)
            self._number += 1
            self._parts.recorder.line("done", {"number": self._number, "result": result})

    def _do_clear(self):
        """As at the start, but for the addresses."""
        parts = self._parts
        for each in (parts.identities, parts.store):
            each.clear()
        for listener in parts.listeners.values():
            listener.open()
        parts.faults.mend()
        parts.buckets.lift()
        parts.clock.set()
        parts.services.scanned_pages, parts.recorder.keeps_bytes = False, True
        parts.instance.role, parts.container.role = "", ""
        parts.container.tokens, parts.portal.tokens = [], []

    def _do_identity(self, name, policy, **more):
        self._parts.identities.put(name, policy, **more)

    def _do_issue(self, name, lasting=False, lifetime=None):
        parts = self._parts.identities
        return parts.issue(parts.named(name), lifetime, lasting).document()

    def _do_expire(self, name):
        self._parts.identities.expire(name)

    def _do_forget(self, name):
        self._parts.identities.forget(name)

    def _do_keys(self):
        return [key.document() for key in self._parts.identities.keys()]

    def _do_clock(self, offset=0.0, rate=1.0):
        self._parts.clock.set(offset, rate)

    def _do_limit(self, **given):
        self._parts.buckets.limit(**given)

    def _do_lift(self):
        self._parts.buckets.lift()

    def _do_fault(self, **given):
        self._parts.faults.add(**given)

    def _do_mend(self, name=""):
        self._parts.faults.mend(name)

    def _do_lag(self, operations, seconds=None):
        self._parts.store.lag(operations, seconds)

    def _do_catch_up(self):
        self._parts.store.catch_up()

    def _do_drop_value(self, **given):
        self._parts.store.drop_value(**given)

    def _do_pages(self, scanned):
        self._parts.services.scanned_pages = scanned

    def _do_record(self, keeps_bytes):
        self._parts.recorder.keeps_bytes = keeps_bytes

    def _do_instance(self, **given):
        self._set(self._parts.instance, given)

    def _do_instance_tokens(self):
        """They are forgotten, as when an instance was started anew."""
        self._parts.instance.forget_tokens()

    def _do_container(self, **given):
        self._set(self._parts.container, given)

    def _do_portal(self, **given):
        self._set(self._parts.portal, given)

    def _do_listener(self, name, opened):
        listener = self._parts.listeners[name]
        listener.open() if opened else listener.close()

    @staticmethod
    def _set(part, given):
        for name, value in given.items():
            if not hasattr(part, name):
                raise ValueError(f"there is no {name} to set")
            setattr(part, name, value)
