"""Token buckets: so many requests a second of an account in a region, and no more."""

import threading
import time

from .wire import Refused


class _Bucket:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.at = float(burst), time.monotonic()

    def take(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Buckets:
    """A limit holds for one service, or one of its operations; each region has a bucket."""

    def __init__(self):
        self._lock = threading.Lock()
        self._limits, self._buckets = {}, {}

    def limit(self, service, rate, burst, operation="", identity="", retry_after=None):
        """From now on. A rate of 0 lets nothing through once the burst is used up."""
        with self._lock:
            self._limits[service, operation] = (rate, burst, identity, retry_after)
            self._buckets.clear()

    def lift(self):
        with self._lock:
            self._limits.clear()

    def take(self, service, operation, region, identity):
        """Raises Refused where there is no token."""
        for name in (operation, ""):
            with self._lock:
                limit = self._limits.get((service, name))
                if limit is None or (limit[2] and limit[2] != identity):
                    continue
                key = service, name, region
                bucket = self._buckets.setdefault(key, _Bucket(*limit[:2]))
                taken = bucket.take()
            if not taken:
                refused = Refused("ThrottlingException", "Rate exceeded")
                refused.retry_after = limit[3]
                raise refused
