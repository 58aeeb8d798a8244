"""Who may sign: users with keys that last, roles, and the keys that were issued for them."""

import secrets
import string
import threading

from .policies import Policy

ACCOUNT = "123456789012"
LETTERS = string.ascii_uppercase + string.digits


def _key_id(prefix):
    return prefix + "".join(secrets.choice(LETTERS) for _ in range(16))


class Key:
    """What a request is signed with."""

    def __init__(self, key_id, secret, token, expires, identity):
        self.id, self.secret, self.token = key_id, secret, token
        self.expires, self.identity = expires, identity

    def document(self):
        return {"id": self.id, "secret": self.secret, "token": self.token,
                "expires": self.expires, "identity": self.identity.name}


class Identity:
    """A user, or a role: then `lifetime` is that of its keys, and the rest says who may take it."""

    def __init__(self, name, statements, account=ACCOUNT, role=False, trusted=(), external_id="",
                 web_tokens=(), lifetime=3600):
        self.name, self.account, self.role = name, account, role
        self.policy = Policy(statements)
        self.trusted, self.external_id = list(trusted), external_id
        self.web_tokens, self.lifetime = list(web_tokens), lifetime

    @property
    def arn(self):
        kind = "role" if self.role else "user"
        return f"arn:aws:iam::{self.account}:{kind}/{self.name}"


class Identities:
    """All that are known. Commands change it while requests read it."""

    def __init__(self, clock):
        self._clock = clock
        self._lock = threading.Lock()
        self._named, self._keys = {}, {}

    def put(self, name, statements, **more):
        """Makes one, or gives the one of that name other rights; its keys stay."""
        made = Identity(name, statements, **more)
        with self._lock:
            self._named[name] = made
            for key in self._keys.values():
                if key.identity.name == name:
                    key.identity = made
        return made

    def clear(self):
        with self._lock:
            self._named.clear()
            self._keys.clear()

    def named(self, name):
        return self._named.get(name)

    def by_arn(self, arn):
        return next((each for each in list(self._named.values()) if each.arn == arn), None)

    def issue(self, identity, lifetime=None, lasting=False):
        """A key for it: one that lasts, or one with a token that expires."""
        token = "" if lasting else secrets.token_urlsafe(300)
        expires = None if lasting else self._clock.now() + (lifetime or identity.lifetime)
        key = Key(_key_id("AKIA" if lasting else "ASIA"), secrets.token_urlsafe(30), token, expires,
                  identity)
        with self._lock:
            self._keys[key.id] = key
        return key

    def key(self, key_id):
        return self._keys.get(key_id)

    def keys(self):
        with self._lock:
            return list(self._keys.values())

    def expire(self, name):
        """All keys of that identity that can: from now on they are refused as expired."""
        for key in self.keys():
            if key.identity.name == name and key.expires is not None:
                key.expires = self._clock.now() - 1

    def forget(self, name):
        """As if its keys had been deleted."""
        with self._lock:
            self._keys = {key_id: key for key_id, key in self._keys.items()
                          if key.identity.name != name}
