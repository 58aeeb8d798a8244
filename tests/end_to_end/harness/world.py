"""One test's scratch folders: the configuration, the stores, and agents that run on them."""

import json
import os
import shutil
import tempfile
from pathlib import Path

from harness import agent


def directory(identifier, path, keys, **more):
    """A requirement in a directory store."""
    store = {"directory": {"path": str(path), "keys": list(keys)}}
    return {"id": identifier, "provided-by": "customer", "store": store, **more}


def mount(identifier, path, keys=None, **more):
    """A requirement in a mounted volume."""
    store = {"mount": {"path": str(path), **({"keys": list(keys)} if keys else {})}}
    return {"id": identifier, "provided-by": "customer", "store": store, **more}


class Barrier:
    """A requirement of its own, whose event shows that everything before was handled.

    Its file is written without being closed, which is the change that settles last; it is
    read from the same queue as all others.
    """

    IDENTIFIER = "barrier"

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir()
        self.file = open(folder / "beat", "ab", buffering=0)
        self.file.write(b"0")

    def requirement(self):
        return directory(self.IDENTIFIER, self.folder, ["beat"])

    def pass_through(self, running, times=2):
        """Awaits that the agent has handled what happened before this call."""
        for _ in range(times):
            start = running.mark()
            self.file.write(b"0")
            running.wait_event(self.IDENTIFIER, "rotated", start)


class World:
    """Everything beneath one folder that no kept folder is above."""

    def __init__(self, binary, canary):
        self.binary = binary
        self.canary = canary
        self.scratch = Path(tempfile.mkdtemp(prefix="blindfold-"))
        self.scratch.chmod(0o755)
        self.configuration_folder = self._folder("configuration")
        self.stores = self._folder("stores")
        self.state = self._folder("state")
        self.runtime = self._folder("runtime")
        self.running = []
        self._barrier = None

    def _folder(self, name):
        path = self.scratch / name
        path.mkdir()
        path.chmod(0o755)
        return path

    @property
    def sanitized(self):
        """Whether the agent is built with AddressSanitizer: its memory and times are no measure."""
        return b"__asan_init" in Path(self.binary).read_bytes()

    @property
    def value(self):
        """What stands in every secret."""
        return self.canary.value

    @property
    def barrier(self):
        if self._barrier is None:
            self._barrier = Barrier(self.scratch / "barrier")
        return self._barrier

    def store(self, name="store", mode=0o755):
        """A folder for secrets."""
        path = self.stores / name
        path.mkdir()
        path.chmod(mode)
        return path

    def put(self, folder, key, extra=b"", mode=0o400):
        """Writes a secret the way `install` does: complete when it appears."""
        path = Path(folder, key)
        draft = Path(folder, f".{key}.draft")
        draft.write_bytes(self.value + extra)
        draft.chmod(mode)
        draft.rename(path)
        return path

    def write(self, name, document):
        """A manifest or a configuration: JSON is YAML."""
        path = self.configuration_folder / name
        text = document if isinstance(document, str) else json.dumps(
            document, indent=1, ensure_ascii=False)
        path.write_text(text)
        path.chmod(0o644)
        return path

    def configure(self, *requirements, **more):
        keys = {key.replace("_", "-"): value for key, value in more.items()}
        return self.write("agent.yaml", {
            "schema": "blindfold/1", "deployment": "test",
            "requirements": list(requirements), **keys})

    def environment(self, **more):
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "STATE_DIRECTORY": str(self.state),
                "RUNTIME_DIRECTORY": str(self.runtime), **more}

    def start(self, configuration, *arguments, prefix=(), env=None, ready=True):
        """A running agent that logs JSON lines."""
        started = agent.Agent(
            self.binary, ["--config", configuration, "--log-format", "json", *arguments],
            {**self.environment(), **(env or {})}, self.canary, prefix)
        self.running.append(started)
        return started.wait_ready() if ready else started

    def run(self, *arguments, prefix=(), env=None, deadline=60, **options):
        return agent.run(self.binary, arguments, {**self.environment(), **(env or {})},
                         self.canary, prefix, deadline, **options)

    def once(self, configuration, *arguments, prefix=(), env=None):
        """`--once --format json`, with a check that its output is one document."""
        finished = self.run("--config", configuration, "--once", "--format", "json", *arguments,
                            prefix=prefix, env=env)
        if finished.status != 2:
            assert finished.document()["schema"] == "blindfold.status/1"
        return finished

    def give_to(self, uid):
        for path in (self.state, self.runtime):
            os.chown(path, uid, uid)

    def stop(self):
        for each in self.running:
            each.stop()

    def remove_agents(self):
        for each in self.running:
            each.kill()

    def remove(self):
        self.remove_agents()
        if self._barrier is not None:
            self._barrier.file.close()
        shutil.rmtree(self.scratch, ignore_errors=True)
