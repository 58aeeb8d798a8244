"""AWS on loopback, for the tests' agents and customers; see tests/support/aws_front.

Everything that is asked is told of; what went towards the agent is kept in full.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from harness import aws_python, go_builds
from harness.lines import DEADLINE, Lines

ACCOUNT = "123456789012"
REGION, OTHER_REGION = "us-east-1", "eu-west-1"


class Exchange:
    """One request and, where `status` is not None, what came of it (0: no answer)."""

    def __init__(self, folder, request, reply=None):
        self._folder = folder
        self.id, self.at = request["id"], request["at"]
        self.method, self.target = request["method"], request["target"]
        self.operation, self.region = request["operation"], request["region"]
        self.key, self.connection, self.host = (
            request["key"], request["connection"], request["host"])
        self.claimed = request["identity"]  # whose key it names
        self.status = reply["status"] if reply else None
        self.error = reply["error"] if reply else ""
        self.identity = reply["identity"] if reply else ""  # proven by its signature
        self.answered_at = reply["at"] if reply else None

    def _read(self, kind):
        path = self._folder / f"{self.id}.{kind}"
        return path.read_bytes() if path.exists() else b""

    @property
    def asked(self):
        """What it asked, as a document."""
        return json.loads(self._read("request").partition(b"\r\n\r\n")[2] or b"{}")

    def received(self):
        return self._read("request")

    def sent(self):
        """Everything that went towards whoever asked."""
        return self._read("reply")

    def forget(self):
        for kind in ("request", "reply"):
            (self._folder / f"{self.id}.{kind}").unlink(missing_ok=True)

    def __repr__(self):
        return (f"{self.id}: {self.claimed or '-'} {self.operation} {self.region} "
                f"{self.status} {self.error}")


class AwsFront:
    """Ends with close(). `addresses` are those of its parts: services (HTTPS), plain (the same
    in HTTP), proxy, instance, container."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="blindfold-aws-"))
        self.folder.chmod(0o755)
        path = os.pathsep.join([str(aws_python.folder()), str(go_builds.SUPPORT)])
        self._log = open(self.folder / "log", "wb")
        self._process = subprocess.Popen(
            [aws_python.PYTHON, "-B", "-m", "aws_front", self.folder],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": path, "MOTO_CALL_RESET_API": "false"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log)
        self._lines = Lines(self._process.stdout, "AWS's front")
        self._commands = 0
        self._start = 0
        self._forgotten = set()
        ready = self._lines.wait(lambda line: line.startswith('{"ready"'), deadline=60)
        self.addresses = json.loads(self._lines.lines[ready])["ready"]
        self.authority = self.folder / "ca.crt"

    @property
    def url(self):
        return f"https://{self.addresses['services']}"

    def command(self, **what):
        """Returns what came of each when all are done."""
        start = len(self._lines.lines)
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        self._process.stdin.flush()
        self._commands += 1
        beginning = f'{{"done": {{"number": {self._commands},'
        try:
            index = self._lines.wait(lambda line: line.startswith(beginning), start)
        except AssertionError as why:
            raise AssertionError(f"{what}: {self.log()}") from why
        return json.loads(self._lines.lines[index])["done"]["result"]

    def log(self, most=30):
        text = (self.folder / "log").read_text(errors="replace")
        return "\n".join(text.splitlines()[-most:])

    def identity(self, name, statements, **more):
        """A user, or with role=True a role; see identities.py. Again: it gets other rights."""
        self.command(identity={"name": name, "policy": statements, **more})

    def issue(self, name, lasting=False, lifetime=None):
        """A key of its: {"id", "secret", "token", "expires"}."""
        return self.command(issue={"name": name, "lasting": lasting, "lifetime": lifetime})["issue"]

    def fault(self, action, operation="", name="fault", **more):
        """From now on; `operation` is a regular expression, `more` is in faults.py."""
        self.command(fault={"action": action, "operation": operation, "name": name, **more})

    def refuse(self, operation, code, status=400, message="", headers=None, **more):
        """Answers so in the service's place."""
        body = json.dumps({"__type": code, "message": message})
        self.fault("answer", operation, status=status, body=body, headers=headers or {}, **more)

    def mend(self, name=""):
        self.command(mend={"name": name})

    def listener(self, name, opened):
        self.command(listener={"name": name, "opened": opened})

    def limit(self, service, rate, burst, **more):
        """A token bucket for each region, from now on."""
        self.command(limit={"service": service, "rate": rate, "burst": burst, **more})

    def mark(self):
        """A place in the record, to look only at what comes after."""
        return len(self._lines.lines)

    def _documents(self, name, start):
        for line in list(self._lines.lines[start:]):
            if line.startswith(f'{{"{name}"'):
                yield json.loads(line)[name]

    def exchanges(self, operation=None, start=0, identity=None):
        """All that it has told of by now, the oldest first; of one operation, of one identity."""
        self.command()
        start = max(start, self._start)
        replies = {reply["id"]: reply for reply in self._documents("reply", start)}
        found = [Exchange(self.folder, request, replies.get(request["id"]))
                 for request in self._documents("request", start)]
        return [each for each in found if operation in (None, each.operation)
                and identity in (None, each.claimed or each.identity)]

    def wait_exchange(self, accept, start=0, deadline=DEADLINE):
        """Awaits one that is answered and that `accept` takes, from a mark on; returns it and
        the next mark."""
        start = max(start, self._start)
        requests = {}

        def wanted(line):
            if line.startswith('{"request"'):
                request = json.loads(line)["request"]
                requests[request["id"]] = request
            if not line.startswith('{"reply"'):
                return False
            reply = json.loads(line)["reply"]
            request = requests.get(reply["id"])
            return request is not None and accept(Exchange(self.folder, request, reply))
        index = self._lines.wait(wanted, start, deadline)
        reply = json.loads(self._lines.lines[index])["reply"]
        return Exchange(self.folder, requests[reply["id"]], reply), index + 1

    def clear(self):
        """As at the start, and what was told of before is forgotten."""
        self.command(clear={})
        for each in self.exchanges():
            each.forget()
        self._start = self.mark()

    def forget(self, start):
        """For a test whose point is that a value crosses: what came since that mark is not
        scanned. It has looked at it itself, and found the value."""
        self._forgotten |= {each.id for each in self.exchanges(start=start)}

    def scan(self, canary, trusted, start=0):
        """Everything that went either way, but for the exchanges of the identities named."""
        for exchange in self.exchanges(start=start):
            if exchange.identity not in trusted and exchange.id not in self._forgotten:
                canary.scan(f"a request to AWS ({exchange})", exchange.received())
                canary.scan(f"bytes towards the agent ({exchange})", exchange.sent())

    def close(self):
        if self._process.poll() is None:
            self._process.stdin.close()
            self._process.wait(DEADLINE)
        self._lines.join()
        self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
