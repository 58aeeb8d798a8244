"""The recording proxy between the agent and the API server; see tests/support/recording_proxy."""

import base64
import json
import shutil
import subprocess
import tempfile
import zlib
from pathlib import Path

from harness import kube_programs
from harness.lines import DEADLINE, Lines


def status_document(code, reason, message="", **more):
    """A Status as the API server sends it."""
    return {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
            "message": message, "reason": reason, "code": code, **more}


def _inflated(data):
    """As much as can be had of a body in gzip, which may end in its middle."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data)
    except zlib.error:
        return b""


class Exchange:
    """One request, and what went towards the client for it so far."""

    def __init__(self, folder, request):
        self._folder = folder
        self.id = request["id"]
        self.method, self.path, self.query = (request[key] for key in ("method", "path", "query"))
        self.target = self.path + ("?" + self.query if self.query else "")
        self.headers = {name.lower(): values[0] for name, values in request["headers"].items()}
        self.body = base64.b64decode(request["body"] or "")
        self.protocol, self.connection = request["protocol"], request["connection"]
        self.fault, self.at = request["fault"], request["at"]
        self.status = None
        self.ended = None  # why; "" where the server ended it

    def _read(self, kind):
        path = self._folder / f"{self.id}.{kind}"
        return path.read_bytes() if path.exists() else b""

    def sent(self):
        """Every form of what went towards the client: head, body, the body unpacked."""
        body = self._read("body")
        return [self._read("head"), body, _inflated(body)]

    def __repr__(self):
        return f"{self.id}: {self.method} {self.target} {self.status} {self.fault}"


class RecordingProxy:
    """A proxy of one test's own. Ends with close()."""

    def __init__(self, cluster):
        self.folder = Path(tempfile.mkdtemp(prefix="blindfold-proxy-"))
        self.folder.chmod(0o755)
        self._process = subprocess.Popen(
            [kube_programs.recording_proxy(), "-upstream", cluster.address,
             "-upstream-ca", cluster.authority, "-folder", self.folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._lines = Lines(self._process.stdout, "the recording proxy")
        ready = json.loads(self._lines.lines[self._await("ready")])["ready"]
        self.address, self.webhook_url = ready["address"], ready["webhook"]
        self.authority = self.folder / "ca.crt"
        self._commands = 0
        self._forgotten = set()

    def _await(self, name, start=0):
        return self._lines.wait(lambda line: line.startswith(f'{{"{name}"'), start)

    def command(self, **what):
        """Returns when it is done."""
        start = len(self._lines.lines)
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        self._process.stdin.flush()
        self._commands += 1
        self._lines.wait(lambda line: line == f'{{"done":{self._commands}}}', start)

    def fault(self, target, action, method="", times=0, name="fault", body=None, **more):
        """From now on; `target` is a regular expression on PATH?QUERY. faults.go has the actions."""
        given = {"name": name, "method": method, "target": target, "times": times,
                 "action": action, **more}
        if body is not None:
            text = body if isinstance(body, bytes) else json.dumps(body).encode()
            given["body"] = base64.b64encode(text).decode()
        self.command(fault=given)

    def answer(self, target, status, body=b"", kind="application/json", headers=None, **more):
        """Answers in the server's place. A body that is no bytes is made JSON of."""
        self.fault(target, "answer", status=status, body=body,
                   headers={"Content-Type": kind, **(headers or {})}, **more)

    def refuse(self, target, code, reason, headers=None, **more):
        """Answers with a Status."""
        self.answer(target, code, status_document(code, reason), headers=headers, **more)

    def mend(self, name=""):
        self.command(mend=name)

    def undo(self):
        """As it was at the start."""
        self.command(mend="", listener="open", webhook={"action": "pass"})

    def order(self, target, inject=None, hold=False, finish=False):
        """To the exchanges that are under way."""
        given = {"target": target, "hold": hold, "finish": finish}
        if inject is not None:
            given["inject"] = base64.b64encode(inject).decode()
        self.command(order=given)

    def webhook(self, action, value=b""):
        self.command(webhook={"action": action, "value": base64.b64encode(value).decode()})

    def mark(self):
        """A place in the record, to look only at what comes after."""
        return len(self._lines.lines)

    def documents(self, name, start=0):
        """Those of one kind: "request", "head", "end", "review"."""
        for line in list(self._lines.lines[start:]):
            if line.startswith(f'{{"{name}"'):
                yield json.loads(line)[name]

    def exchanges(self, start=0):
        """All that it has told of by now."""
        self.command()
        found = {request["id"]: Exchange(self.folder, request)
                 for request in self.documents("request", start)}
        for head in self.documents("head", start):
            if head["id"] in found:
                found[head["id"]].status = head["status"]
        for end in self.documents("end", start):
            if end["id"] in found:
                found[end["id"]].ended = end["why"]
        return list(found.values())

    def wait_request(self, accept, start=0, deadline=DEADLINE):
        """Awaits a request that `accept` takes, from a mark on; returns it and the next mark."""
        def wanted(line):
            return line.startswith('{"request"') and accept(
                Exchange(self.folder, json.loads(line)["request"]))
        index = self._lines.wait(wanted, start, deadline)
        return Exchange(self.folder, json.loads(self._lines.lines[index])["request"]), index + 1

    def wait_end(self, exchange, start=0, deadline=DEADLINE):
        """Awaits the end of an exchange; why it ended is returned."""
        def wanted(line):
            return line.startswith('{"end"') and json.loads(line)["end"]["id"] == exchange.id
        return json.loads(self._lines.lines[self._lines.wait(wanted, start, deadline)])["end"]["why"]

    def forget(self, start):
        """For a test whose point is that a value crosses: what came since that mark is not
        scanned. It has looked at it itself, and found the value."""
        self._forgotten |= {each.id for each in self.exchanges(start)}

    def scan(self, canary, start=0):
        """Everything that went either way."""
        for exchange in self.exchanges(start):
            if exchange.id in self._forgotten:
                continue
            canary.scan("a request of the agent's", exchange.target.encode() + exchange.body)
            for data in exchange.sent():
                canary.scan("bytes towards the agent", data)

    def close(self):
        if self._process.poll() is None:
            self._process.stdin.close()
            self._process.wait(DEADLINE)
        self._lines.join()
        shutil.rmtree(self.folder, ignore_errors=True)
