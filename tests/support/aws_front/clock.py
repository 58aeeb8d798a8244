"""The services' time: this machine's, moved and hurried on command."""

import datetime
import email.utils
import time


class Clock:
    def __init__(self):
        self._began = self._shown = time.time()
        self._rate = 1.0

    def now(self):
        return self._shown + (time.time() - self._began) * self._rate

    def set(self, offset=0.0, rate=1.0):
        """From now on: so many seconds off this machine's, and so many times as fast."""
        self._began = time.time()
        self._shown, self._rate = self._began + offset, rate

    def date(self):
        return email.utils.formatdate(self.now(), usegmt=True)


def stamp(moment):
    """As it stands in X-Amz-Date."""
    return utc(moment).strftime("%Y%m%dT%H%M%SZ")


def iso(moment):
    """As it stands in what credentials come with."""
    return utc(moment).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc(moment):
    return datetime.datetime.fromtimestamp(moment, datetime.timezone.utc)


def parsed(text):
    """Of a stamp; raises ValueError."""
    told = datetime.datetime.strptime(text, "%Y%m%dT%H%M%SZ")
    return told.replace(tzinfo=datetime.timezone.utc).timestamp()
