"""A known value stands in every store; nothing of the agent may hold it.

Each kind of scan has a positive control: a place where the value must be found.
"""

import base64
import os
import secrets
import string
import subprocess
import threading
import urllib.parse
from pathlib import Path

from harness import processes

ALPHABET = string.ascii_letters + string.digits
CONTROL_SCRIPT = 'IFS= read -r V; printf "held\\n"; IFS= read -r W'


def _half():
    """Twelve random characters, three of which URL-encoding changes."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(9))
    return letters[:3] + "/" + letters[3:6] + "+" + letters[6:] + "&"


def _base64_forms(name, piece):
    """What must stand in the base64 of any text that contains `piece`, by alignment."""
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + piece).rstrip(b"=")
        first = -(-shift * 8 // 6)  # characters that the bytes before also decide
        last = (shift + len(piece)) * 8 // 6  # and those that the bytes after do
        form = encoded[first:last]
        yield f"{name} in base64 ({shift})", form
        yield f"{name} in base64url ({shift})", form.translate(bytes.maketrans(b"+/", b"-_"))


def _forms(name, piece):
    yield name, piece
    url = urllib.parse.quote(piece, safe="").encode()
    yield f"{name} URL-encoded", url
    yield f"{name} url-encoded", url.replace(b"%2F", b"%2f").replace(b"%2B", b"%2b")
    yield f"{name} in hex", piece.hex().encode()
    yield f"{name} in HEX", piece.hex().upper().encode()
    yield from _base64_forms(name, piece)


class Canary:
    """The value, and every place where it was looked for."""

    def __init__(self):
        halves = [_half(), _half()]
        self.value = "".join(halves).encode()
        self.needles = {}
        for name, half in zip(("first half", "second half"), halves):
            for form, needle in _forms(name, half.encode()):
                self.needles.setdefault(needle, form)
        self.scanned = []
        self.findings = []
        self._roots = []
        self._sampling = threading.Event()
        self._sampler = None

    def find(self, data):
        return [form for needle, form in self.needles.items() if needle in data]

    def scan(self, where, data):
        self.scanned.append(where)
        self.findings += [f"{where}: {form}" for form in self.find(data)]

    def scan_folder(self, folder, leave_out=()):
        """Names and contents of everything beneath, but for the stores."""
        for here, folders, files in os.walk(folder):
            folders[:] = [name for name in folders if Path(here, name) not in leave_out]
            for name in files:
                path = Path(here, name)
                self.scan(f"name of {path}", os.fsencode(name))
                if path.is_file() and not path.is_symlink():
                    self.scan(f"file {path}", path.read_bytes())

    def scan_memory(self, root):
        """The memory of a process and of all below it; those below may end meanwhile."""
        for pid in processes.descendants(root):
            try:
                for name, data in processes.readable_memory(pid):
                    self.scan(f"memory of {pid} ({name})", data)
            except (FileNotFoundError, ProcessLookupError):
                assert pid != root, "the process ended before its memory was scanned"

    def scan_crossings(self, proxy, look):
        """What went towards the agent, and what it sent; `look` makes somebody else's request
        through the same proxy, whose answer holds the value, and returns its path."""
        proxy.scan(self)
        start = proxy.mark()
        path = look()
        request, _ = proxy.wait_request(lambda each: each.path == path, start)
        proxy.wait_end(request, start)
        probe = Canary.of(self)
        proxy.scan(probe, start)
        self._expect("what goes towards the agent",
                     any(found.startswith("bytes towards") for found in probe.findings))

    def sample_arguments(self, root):
        """From now on, arguments and environments of the process and all below it."""
        self._roots.append(root)
        self._take_sample()
        if self._sampler is None:
            self._sampler = threading.Thread(target=self._sample, daemon=True)
            self._sampler.start()

    def _sample(self):
        while not self._sampling.wait(0.1):
            self._take_sample()

    def _take_sample(self):
        for root in list(self._roots):
            for pid in processes.descendants(root):
                self.scan("arguments", processes.read(pid, "cmdline"))
                self.scan("environment", processes.read(pid, "environ"))

    def verify(self, scratch):
        """Fails where the value was found, or where a control did not find it."""
        self._sampling.set()
        if self._sampler is not None:
            self._sampler.join()
        assert not self.findings, "the canary was found: " + "; ".join(sorted(set(self.findings)))
        self._control_encodings()
        self._control_file(scratch)
        self._control_process()

    def _expect(self, what, found):
        assert found, f"the scan of {what} is blind: it did not find the canary where it stands"

    def _control_encodings(self):
        for padding in (b"", b"x", b"xy"):
            text = padding + self.value + b"z"
            self._expect("base64", self.find(base64.b64encode(text)))
            self._expect("base64url", self.find(base64.urlsafe_b64encode(text)))
            self._expect("hex", self.find(text.hex().encode()))
            self._expect("HEX", self.find(text.hex().upper().encode()))
            self._expect("URL encoding", self.find(urllib.parse.quote(text, safe="").encode()))
            self._expect("output", self.find(b"detail: " + text))

    def _control_file(self, scratch):
        probe = Canary.of(self)
        path = Path(scratch, "control")
        path.write_bytes(b"password=" + self.value)
        probe.scan_folder(scratch)
        path.unlink()
        self._expect("files", any(str(path) in finding for finding in probe.findings))

    def _control_process(self):
        """A process whose memory, arguments and environment do hold it."""
        text = self.value.decode()
        holder = subprocess.Popen(
            ["/bin/sh", "-c", CONTROL_SCRIPT, text], env={"V": "", "HELD": text},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            holder.stdin.write(self.value + b"\n")
            holder.stdin.flush()
            assert holder.stdout.readline() == b"held\n"
            probe = Canary.of(self)
            for name, data in processes.readable_memory(holder.pid):
                if name == "[heap]":
                    probe.scan("memory", data)
            probe.sample_arguments(holder.pid)
            probe._sampling.set()
            probe._sampler.join()
            for what in ("memory", "arguments", "environment"):
                self._expect(what, any(found.startswith(what) for found in probe.findings))
        finally:
            holder.kill()
            holder.communicate()

    @classmethod
    def of(cls, other):
        """One that looks for the same value and has found nothing yet."""
        probe = cls()
        probe.value, probe.needles = other.value, other.needles
        return probe
