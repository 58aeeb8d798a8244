"""Why: however a person or a tool writes a plain file, it is one event, on every file system."""

import ctypes
import mmap
import os
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest

from harness.world import directory


def sh(script, folder, source):
    """`$S` is a file with the new value, `$F` the secret, `$D` its folder."""
    subprocess.run(["sh", "-ec", script], check=True, cwd="/", stdout=subprocess.DEVNULL,
                   env={"PATH": os.environ["PATH"], "S": str(source), "F": str(folder / "key"),
                        "D": str(folder), "HOME": str(source.parent), "TERM": "xterm"})


SHELL = {
    "cp": 'cp "$S" "$F"',
    "cp -p": 'cp -p "$S" "$F"',
    "cp --remove-destination": 'cp --remove-destination "$S" "$F"',
    "mv from another file system": 'mv "$S" "$F"',
    "mv from the same folder": 'cp "$S" "$D/.new" && mv "$D/.new" "$F"',
    "install": 'install -m 0400 "$S" "$F"',
    "install from standard input": 'cat "$S" | install -m 0400 /dev/stdin "$F"',
    "rsync": 'rsync -I "$S" "$F"',
    "rsync -a": 'rsync -aI "$S" "$F"',
    "rsync --inplace": 'rsync -I --inplace "$S" "$F"',
    "rsync --delay-updates": 'mkdir -p "$S.d" && cp "$S" "$S.d/key" && '
                             'rsync -rI --delay-updates "$S.d/" "$D/"',
    "sed -i": 'sed -i "s/$/x/" "$F"',
    "sed -i.bak": 'sed -i.bak "s/$/x/" "$F"',
    ">": 'cat "$S" > "$F"',
    ">>": 'cat "$S" >> "$F"',
    "tee": 'tee "$F" < "$S"',
    "tee -a": 'tee -a "$F" < "$S"',
    "dd": 'dd if="$S" of="$F" 2>/dev/null',
    "dd conv=notrunc": 'dd if="$S" of="$F" conv=notrunc 2>/dev/null',
    "dd bs=1": 'dd if="$S" of="$F" bs=1 2>/dev/null',
    "truncate and write": 'truncate -s 0 "$F" && cat "$S" >> "$F"',
    "ln -sf": 'cp "$S" "$D/other" && ln -sf other "$F"',
    "ln -f": 'cp "$S" "$D/other" && ln -f "$D/other" "$F"',
    "rm and write": 'rm "$F" && cat "$S" > "$F"',
    "ed": 'printf "1s/$/x/\\nw\\nq\\n" | ed -s "$F"',
    "vim": 'vim.tiny -u NONE -es -c "s/$/x/" -c wq "$F"',
    "vim with backup": 'vim.tiny -u NONE -es -c "set backup backupcopy=no" -c "s/$/x/" -c wq "$F"',
    "vim in place": 'vim.tiny -u NONE -es -c "set backupcopy=yes" -c "s/$/x/" -c wq "$F"',
    "emacs": 'emacs -Q --batch "$F" --eval "(progn (setq backup-enable-predicate '
             '(lambda (_) t)) (insert \\"x\\") (save-buffer))" 2>/dev/null',
}

PROGRAMS = {"ed": "ed", "vim": "vim.tiny", "emacs": "emacs", "rsync": "rsync"}


def python_atomic(folder, source):
    draft = folder / "key.tmp"
    with open(draft, "wb") as file:
        file.write(source.read_bytes())
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, folder / "key")
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def emacs_by_its_calls(folder, source):
    """The old file becomes the backup, then a new one is written."""
    os.rename(folder / "key", folder / "key~")
    (folder / "key").write_bytes(source.read_bytes())


def vim_by_its_calls(folder, source):
    """A probe of the folder, the old file aside, the new one written, the old one removed."""
    (folder / "4913").touch()
    (folder / "4913").unlink()
    os.rename(folder / "key", folder / "key~")
    with open(folder / "key", "wb") as file:
        file.write(source.read_bytes())
        os.fsync(file.fileno())
    os.chmod(folder / "key", 0o600)
    os.unlink(folder / "key~")


def nano_by_its_calls(folder, source):
    """In place, with a lock file beside it."""
    (folder / ".key.swp").write_bytes(b"nano")
    with open(folder / "key", "r+b") as file:
        file.truncate()
        file.write(source.read_bytes())
    (folder / ".key.swp").unlink()


def unnamed_then_linked(folder, source):
    """O_TMPFILE and linkat, renamed over the old one, as systemd writes files."""
    descriptor = os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o400)
    os.write(descriptor, source.read_bytes())
    beside = os.open(folder, os.O_PATH)  # with it Python calls linkat, which follows the link
    os.link(f"/proc/self/fd/{descriptor}", ".key.new", dst_dir_fd=beside, follow_symlinks=True)
    os.close(beside)
    os.close(descriptor)
    os.rename(folder / ".key.new", folder / "key")


def written_in_pieces(folder, source):
    with open(folder / "key", "wb", buffering=0) as file:
        for byte in source.read_bytes():
            file.write(bytes([byte]))


def exchanged(folder, source):
    """renameat2(RENAME_EXCHANGE)"""
    (folder / "other").write_bytes(source.read_bytes())
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.renameat2(-100, os.fsencode(folder / "other"), -100, os.fsencode(folder / "key"), 2)
    assert result == 0, os.strerror(ctypes.get_errno())


def mapped(folder, source):
    """Written through a mapping: only the msync and close are seen, the truncate before them is."""
    text = source.read_bytes()
    with open(folder / "key", "r+b") as file:
        file.truncate(len(text))
        with mmap.mmap(file.fileno(), len(text)) as memory:
            memory[:] = text


CALLS = {function.__name__: function for function in (
    python_atomic, emacs_by_its_calls, vim_by_its_calls, nano_by_its_calls, unnamed_then_linked,
    written_in_pieces, exchanged, mapped)}


class Rig:
    """One running agent on a file system, for all ways; each way begins afresh."""

    def __init__(self, world, folder):
        self.world, self.folder = world, folder
        self.spool = world.store("spool")
        world.put(folder, "key", mode=0o600)
        self.agent = world.start(world.configure(
            directory("key", folder, ["key"]), world.barrier.requirement()))
        self.number = 0

    def source(self):
        self.number += 1
        path = self.spool / f"new{self.number}"
        path.write_bytes(self.world.value + f"#{self.number}\n".encode())
        return path

    def events_of(self, act):
        """The kinds of the events that `act` brings."""
        start = self.agent.mark()
        act()
        self.world.barrier.pass_through(self.agent, 1)
        return [event["kind"] for event in self.agent.events("key", start=start)]

    def events_of_write(self, act):
        """The same; the value must have changed."""
        before = (self.folder / "key").read_bytes()
        kinds = self.events_of(lambda: act(self.source()))
        assert (self.folder / "key").read_bytes() != before, "it wrote nothing"
        return kinds


@pytest.fixture(params=["ext4", "tmpfs", "ramfs"])
def rig(request, world, mounting):
    folder = world.store("kept")
    if request.param == "ext4":
        mounting.ext4(folder, world.stores / "image")
    else:
        getattr(mounting, request.param)(folder)
    return Rig(world, folder)


def available(name):
    """Whether its program is here; where not it is left out and said."""
    program = PROGRAMS.get(name.split()[0])
    if program is None or shutil.which(program):
        return True
    warnings.warn(f"left out: {name}: no {program} here", stacklevel=1)
    return False


def ways():
    for name, script in SHELL.items():
        if available(name):
            yield name, lambda folder, source, script=script: sh(script, folder, source)
    yield from CALLS.items()


def test_every_way_is_one_rotation(rig):
    kinds = {name: rig.events_of_write(lambda source, write=write: write(rig.folder, source))
             for name, write in ways()}
    rig.world.barrier.pass_through(rig.agent)
    assert {name: each for name, each in kinds.items() if each != ["rotated"]} == {}
    assert len(rig.agent.events("key")) == len(kinds)


def test_what_changes_no_value_is_no_event(rig):
    key = rig.folder / "key"
    acts = {
        "chmod": lambda: key.chmod(0o440),
        "chown": lambda: os.chown(key, 12345, 12345),
        "touch -a": lambda: subprocess.run(["touch", "-a", key], check=True),
        "hard link": lambda: os.link(key, rig.folder / "another name"),
        "hard link removed": lambda: (rig.folder / "another name").unlink(),
        "read": lambda: key.read_bytes(),
        "opened for writing and closed": lambda: os.close(os.open(key, os.O_WRONLY)),
        "another file": lambda: (rig.folder / "unrelated").write_bytes(b"x"),
        "folder's mode": lambda: rig.folder.chmod(0o711),
    }
    wrong = {name: kinds for name, act in acts.items() if (kinds := rig.events_of(act))}
    assert wrong == {}


CREATING = ["cp", "install", "install from standard input", "rsync", "mv from another file system",
            "mv from the same folder", ">", ">>", "tee", "dd", "ln -sf"]


def test_every_way_that_creates_is_one_appearance(rig):
    rig.agent.stop()
    folders = {name: rig.folder / str(number) for number, name in enumerate(CREATING)}
    for folder in folders.values():
        folder.mkdir()
    agent = rig.world.start(rig.world.configure(
        *(directory(f"way{folder.name}", folder, ["key"]) for folder in folders.values()),
        rig.world.barrier.requirement()))
    for name, folder in folders.items():
        sh(SHELL[name], folder, rig.source())
    for folder in folders.values():
        agent.wait_event(f"way{folder.name}", "appeared")
    rig.world.barrier.pass_through(agent)
    kinds = {name: [event["kind"] for event in agent.events(f"way{folder.name}")]
             for name, folder in folders.items()}
    assert kinds == {name: ["appeared"] for name in CREATING}


def certbot(folder, live, number, value):
    """`archive/keyN.pem` is new, `live/key.pem` a link that is replaced."""
    for name in ("privkey", "fullchain"):
        target = folder / f"{name}{number}.pem"
        target.write_bytes(value)
        draft = live / f"{name}.pem.new"
        draft.symlink_to(f"../archive/{target.name}")
        draft.rename(live / f"{name}.pem")


def test_certbot_switches_links(world):
    store = world.store()
    archive, live = store / "archive", store / "live"
    archive.mkdir()
    live.mkdir()
    certbot(archive, live, 1, world.value + b"1")
    agent = world.start(world.configure(
        directory("tls", live, ["privkey.pem", "fullchain.pem"]), world.barrier.requirement()))
    certbot(archive, live, 2, world.value + b"2")
    agent.wait_event("tls", "rotated")
    world.barrier.pass_through(agent)
    assert len(agent.events("tls")) == 1


def test_credentials_of_systemd(world, mounting):
    """LoadCredential=: a read-only ramfs with mode 0400 files, mounted when it is complete."""
    credentials = world.store("unit.service")
    configuration = world.configure(directory("token", credentials, ["token"]),
                                    world.barrier.requirement())
    agent = world.start(configuration)
    prepared = world.store("prepared")
    mounting.ramfs(prepared)
    world.put(prepared, "token")
    subprocess.run(["mount", "-o", "remount,ro", str(prepared)], check=True)
    mounting.bind(prepared, credentials)
    agent.wait_event("token", "appeared")
    world.barrier.pass_through(agent)
    assert len(agent.events("token")) == 1
    assert world.once(configuration).status == 0


def test_several_keys_together_are_one_rotation(world):
    store = world.store()
    keys = [f"key{number}" for number in range(5)]
    for key in keys:
        world.put(store, key)
    agent = world.start(world.configure(directory("many", store, keys),
                                        world.barrier.requirement()))
    for key in keys:
        world.put(store, key, b"2")
    agent.wait_event("many", "rotated")
    world.barrier.pass_through(agent)
    assert len(agent.events("many")) == 1


def test_a_second_write_within_a_tick_of_the_clock(world, mounting):
    """On ramfs a second write may leave the times unchanged."""
    folder = world.store()
    mounting.ramfs(folder)
    world.put(folder, "key")
    agent = world.start(world.configure(directory("key", folder, ["key"]),
                                        world.barrier.requirement()))
    for number in range(20):
        start = agent.mark()
        Path(folder, "key").write_bytes(world.value + str(number).encode())
        agent.wait_event("key", "rotated", start)
    world.barrier.pass_through(agent)
    assert len(agent.events("key")) == 20
