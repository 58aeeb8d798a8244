"""curl with HTTP/2, beside the agent: what another client sees in the same place."""

import subprocess

from harness.lines import Lines

TABLE = "application/json;as=Table;g=meta.k8s.io;v=v1"
PARTIAL = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"


def command(address, authority, token, target, *options):
    """A User-Agent that begins with "curl" makes the API server pretty-print."""
    return ["curl", "--silent", "--show-error", "--http2", "--no-buffer", "--cacert", authority,
            "--user-agent", "tests", "--header", f"Authorization: Bearer {token}", *options,
            f"https://{address}{target}"]


class Reply:
    def __init__(self, exit_status, head, body):
        self.exit_status, self.body = exit_status, body
        self.protocol, self.status = (head.split() + [b"", b"0"])[:2]
        self.status = int(self.status)


def curl(address, authority, token, target, *options, accept=TABLE):
    """One request to its end, ten seconds at most."""
    done = subprocess.run(
        command(address, authority, token, target, "--max-time", "10", "--include",
                 "--header", f"Accept: {accept}", *options), capture_output=True, timeout=20)
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    return Reply(done.returncode, head, body)


class Watch:
    """A stream of lines."""

    def __init__(self, address, authority, token, target, accept=TABLE):
        self.process = subprocess.Popen(
            command(address, authority, token, target, "--header", f"Accept: {accept}"),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.lines = Lines(self.process.stdout, "curl's watch")

    def wait_end(self):
        """Awaits that the server ends it; returns curl's exit status."""
        self.lines.join()
        return self.process.wait(20)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.wait_end()
