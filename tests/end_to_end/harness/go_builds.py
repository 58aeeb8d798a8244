"""Go programs that the tests need, each built once and kept in the user's cache folder."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

SUPPORT = Path(__file__).resolve().parents[2] / "support"
OLDEST_GO = (1, 24)
FLAGS = ["-mod=readonly", "-p=2", "-trimpath"]


class Missing(Exception):
    """A program that is not there and cannot be built: the tests that need it are skipped by name."""


def _go_version(go):
    text = subprocess.run([go, "env", "GOVERSION"], capture_output=True, text=True, check=True)
    return text.stdout.strip()


def _recent_go(what):
    needed = f"needs Go 1.24 or later to build {what}"
    go = shutil.which("go")
    if go is None:
        raise Missing(f"{needed}: no `go` found")
    version = _go_version(go)
    numbers = tuple(int(part) for part in version.removeprefix("go").split(".")[:2])
    if numbers < OLDEST_GO:
        raise Missing(f"{needed}: found {version}")
    return go, version


def _digest(folder, *what):
    digest = hashlib.sha256(repr(what).encode())
    for path in sorted(folder.iterdir()):
        if path.suffix in (".go", ".mod", ".sum"):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder():
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "blindfold"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def required(module, path):
    """The version of `path` that the module asks for."""
    lines = (SUPPORT / module / "go.mod").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.split()[:1] == [path])


def program(module, what, package=".", name=None, link=""):
    """The binary of a package that the module beneath tests/support names.

    Keyed by the module's files, Go's version and the options. `what` it is, for people.
    """
    go, version = _recent_go(what)
    folder = SUPPORT / module
    name = name or module.replace("_", "-")
    built = cache_folder() / f"{name}-{_digest(folder, version, package, link)}"
    with open(cache_folder() / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            print(f"building {what} with {version}", flush=True)
            draft = built.with_suffix(".draft")
            subprocess.run([go, "build", *FLAGS, f"-ldflags=-s -w {link}", "-o", draft, package],
                           cwd=folder, check=True)
            draft.rename(built)
    return built
