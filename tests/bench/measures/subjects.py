"""The programs that are measured and what they watch."""

import json
import os
import subprocess
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
READY = '"message":"ready'


class Running:
    """A program that tells of what it sees on `stream`."""

    def __init__(self, command, stream, ready, env):
        reading, writing = os.pipe()
        self.fd = reading
        nowhere = subprocess.DEVNULL
        self.process = subprocess.Popen(
            list(map(str, command)), env=env, stdin=nowhere,
            stdout=writing if stream == "out" else nowhere,
            stderr=writing if stream == "err" else nowhere)
        os.close(writing)
        self._reader = None
        self._await(ready.encode())

    def _await(self, ready):
        text = b""
        while ready not in text:
            piece = os.read(self.fd, 65536)
            assert piece, "it ended: " + text.decode(errors="replace")
            text += piece

    def read_on(self):
        """Lets it tell whatever it wants, unread."""
        self._reader = threading.Thread(target=self._read_all, daemon=True)
        self._reader.start()

    def _read_all(self):
        while os.read(self.fd, 65536):
            continue

    def stop(self):
        self.process.terminate()
        if self._reader:
            self._reader.join()
        else:
            self._read_all()
        self.process.wait()
        os.close(self.fd)


class Subjects:
    def __init__(self, build_folder, scratch):
        self.build_folder = build_folder
        self.scratch = scratch
        self.agent = build_folder / "src/app/agent"
        self.env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8",
                    "STATE_DIRECTORY": str(self._folder("state")),
                    "RUNTIME_DIRECTORY": str(self._folder("runtime"))}

    def _folder(self, name):
        path = self.scratch / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def compiled(self, name, *libraries):
        """A C program of this folder."""
        binary = self.scratch / name
        if not binary.exists():
            subprocess.run([os.environ.get("CC", "cc"), "-O2", "-Wall", "-Wextra", "-o", str(binary),
                            str(HERE / f"{name}.c"), *(f"-l{each}" for each in libraries)],
                           check=True)
        return binary

    def built(self, target):
        """A target of the build, made now where it is not there."""
        subprocess.run(["ninja", "-C", str(self.build_folder), "--quiet", target], check=True)
        return self.build_folder / target

    def volume(self, name):
        """A mounted volume as kubelet leaves it, version 0."""
        folder = self._folder(f"volumes/{name}")
        version = folder / "..v0"
        if not version.exists():
            version.mkdir()
            (version / "password").write_text("value 0")
            (folder / "..data").symlink_to("..v0")
            (folder / "password").symlink_to("..data/password")
        return folder

    def configuration(self, folders):
        """A configuration that watches one mounted volume in each folder."""
        folder = self._folder("configuration")
        path = folder / f"{folders[0].name}-{len(folders)}.yaml"
        requirements = [
            {"id": each.name, "title": f"Credential {each.name}", "provided-by": "customer",
             "store": {"mount": {"path": str(each), "keys": ["password"]}}} for each in folders]
        path.write_text(json.dumps(
            {"schema": "blindfold/1", "deployment": "bench", "requirements": requirements}, indent=1))
        return path

    def volumes(self, count):
        return [self.volume(f"m{count}-{number}") for number in range(count)]

    def agent_command(self, configuration):
        return [self.agent, "--config", configuration, "--log-format", "json"]

    def start_agent(self, configuration):
        return Running(self.agent_command(configuration), "err", READY, self.env)
