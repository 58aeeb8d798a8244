"""moto: what is stored. Also as it was a while ago, since both services are eventually
consistent."""

import contextlib
import copy
import threading

from moto.backends import get_backend
from moto.moto_server.werkzeug_app import create_backend_app
from werkzeug.test import EnvironBuilder, run_wsgi_app

from .wire import Response

SERVICES = {"secretsmanager": "secrets", "ssm": "_parameters"}


class Store:
    """One lock for all: moto knows no threads."""

    def __init__(self, clock):
        self.lock = threading.RLock()
        self._clock = clock
        self._apps = {service: create_backend_app(service) for service in SERVICES}
        self._history = []  # (when, state), oldest first
        self._lag, self._lagging = None, ()

    def call(self, request, service, account, body):
        """moto's own answer."""
        headers = [(name, value) for name, value in request.headers
                   if name.lower() != "content-length"]
        asked = EnvironBuilder(path="/", method="POST", data=body, headers=[
            *headers, ("x-moto-account-id", account)])
        with self.lock:
            pieces, status, answered = run_wsgi_app(self._apps[service], asked.get_environ())
            body = b"".join(pieces)
        return Response(int(status.split()[0]), body, headers={
            name: value for name, value in answered.items() if name.lower() == "x-amzn-requestid"})

    def backend(self, service, account, region):
        return get_backend(service)[account][region]

    def secret(self, account, region, identifier):
        """By name, by full ARN, or by the ARN without its six characters; None: there is none."""
        arn = identifier.split(":") if identifier.startswith("arn:") else None
        if arn is not None:
            if len(arn) < 7 or arn[3] != region:
                return None
            account = arn[4]
        for each in self.backend("secretsmanager", account, region).secrets.values():
            if identifier in (each.arn, each.name) or arn and arn[6] == each.name:
                return each
        return None

    def parameters(self, account, region):
        """The newest version of each, sorted by name."""
        kept = self.backend("ssm", account, region)._parameters
        return [versions[-1] for _, versions in sorted(kept.items()) if versions]

    def drop_value(self, account, region, name):
        """The version under AWSCURRENT stays and holds nothing any more."""
        with self.lock:
            secret = self.secret(account, region, name)
            current = next(each for each in secret.versions.values()
                           if "AWSCURRENT" in each["version_stages"])
            current.pop("secret_string", None)
            current.pop("secret_binary", None)

    def clear(self):
        with self.lock:
            self.catch_up()
            for service in SERVICES:
                for regions in get_backend(service).values():
                    for backend in regions.values():
                        backend.reset()

    def lag(self, operations, seconds=None):
        """Those operations see what was `seconds` ago; None: what is now, for as long as this
        holds."""
        with self.lock:
            self._lag, self._lagging = seconds, tuple(operations)
            self._history = [(self._clock.now(), self._copied())]

    def catch_up(self):
        with self.lock:
            self._lagging, self._history = (), []

    def changed(self):
        """After each operation that writes."""
        with self.lock:
            if self._lagging and self._lag is not None:
                self._history.append((self._clock.now(), self._copied()))

    @contextlib.contextmanager
    def seen_by(self, operation):
        """Within it, what is stored is as that operation sees it."""
        with self.lock:
            if operation not in self._lagging:
                yield
                return
            now = self._copied(lambda each: each)
            self._put(self._past())
            try:
                yield
            finally:
                self._put(now)

    def _past(self):
        if self._lag is None:
            return self._history[0][1]
        until = self._clock.now() - self._lag
        old = [state for at, state in self._history if at <= until]
        return old[-1] if old else self._history[0][1]

    @staticmethod
    def _copied(copied=copy.deepcopy):
        return {(service, account, region): {name: copied(each) for name, each in kept.items()}
                for service, account, region, kept in _all_kept()}

    @staticmethod
    def _put(state):
        for service, account, region, kept in _all_kept():
            dict.clear(kept)
            dict.update(kept, state.get((service, account, region), {}))


def _all_kept():
    for service, attribute in SERVICES.items():
        for account, regions in get_backend(service).items():
            for region, backend in regions.items():
                yield service, account, region, getattr(backend, attribute)
