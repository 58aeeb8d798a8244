"""Why: what the agent says of its own sight must be what the kernel does, whoever it runs as.

Each claim is compared with an open that the running agent itself is made to try.
"""

import ctypes
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from harness import processes
from harness.agent import AS_NOBODY, WITHOUT_LANDLOCK
from harness.attach import can_open
from harness.world import directory, mount

OTHER = 12345  # a user that is neither root nor nobody


def kernel_abi():
    """Landlock's, or 0 where this kernel has none."""
    libc = ctypes.CDLL(None, use_errno=True)
    return max(0, libc.syscall(444, None, 0, 1))


needs_landlock = pytest.mark.skipif(kernel_abi() == 0, reason="needs a kernel with Landlock")


def secret(world, owner, mode, folder=None):
    store = folder or world.store()
    path = world.put(store, "password", mode=mode)
    os.chown(path, owner, owner)
    return store


def sight(world, configuration, prefix=()):
    return world.once(configuration, prefix=prefix).requirement("database")["sight"]


@needs_landlock
@pytest.mark.parametrize("prefix, owner, mode, expected", [
    ((), 0, 0o400, "self"),
    ((), 0, 0o000, "self"),
    ((), OTHER, 0o444, "self"),
    ((), OTHER, 0o000, "self"),  # root owns the folders above, and may put another file there
    (AS_NOBODY, OTHER, 0o444, "self"),
    (AS_NOBODY, 65534, 0o000, "self"),
    (AS_NOBODY, OTHER, 0o000, "kernel"),
    (AS_NOBODY, 0, 0o400, "kernel"),
], ids=lambda value: "nobody" if value == AS_NOBODY else "root" if value == () else
       oct(value) if isinstance(value, int) else value)
def test_under_landlock(world, prefix, owner, mode, expected):
    store = secret(world, owner, mode)
    configuration = world.configure(directory("database", store, ["password"]))
    assert sight(world, configuration, prefix) == expected
    if prefix:
        world.give_to(65534)
    agent = world.start(configuration, prefix=prefix)
    assert not can_open(agent.pid, store / "password")
    assert can_open(agent.pid, configuration), "the try itself is blind"


@pytest.mark.parametrize("prefix, owner, mode, expected", [
    ((), 0, 0o400, "none"),
    ((), OTHER, 0o444, "none"),
    ((), OTHER, 0o000, "none"),
    (AS_NOBODY, 0, 0o444, "none"),
    (AS_NOBODY, 65534, 0o000, "none"),
    (AS_NOBODY, 0, 0o000, "kernel"),
], ids=lambda value: "nobody" if value == AS_NOBODY else "root" if value == () else
       oct(value) if isinstance(value, int) else value)
def test_without_landlock(world, prefix, owner, mode, expected):
    store = secret(world, owner, mode)
    configuration = world.configure(directory("database", store, ["password"]))
    finished = world.once(configuration, prefix=[*WITHOUT_LANDLOCK, *prefix])
    found = finished.requirement("database")
    assert found["sight"] == expected
    assert finished.status == 0
    refused = world.configure(directory("database", store, ["password"]), require_sight="self")
    assert world.once(refused, prefix=[*WITHOUT_LANDLOCK, *prefix]).status == (
        3 if expected == "none" else 0)


def test_without_landlock_it_is_said(world):
    store = secret(world, 0, 0o400)
    agent = world.start(world.configure(directory("database", store, ["password"])),
                        prefix=WITHOUT_LANDLOCK)
    assert any("andlock" in line and '"warning"' in line for line in agent.log.lines)


@pytest.mark.parametrize("asked, status", [("none", 0), ("self", 0), ("enforced", 3)])
@needs_landlock
def test_require_sight(world, asked, status):
    store = secret(world, 0, 0o400)
    configuration = world.configure(directory("database", store, ["password"]), require_sight=asked)
    finished = world.once(configuration)
    assert finished.status == status
    if status == 3:
        assert finished.requirement("database")["presence"] == "unknown"


def test_a_folder_that_the_agent_may_write_is_not_kernel(world):
    """Who may replace the file may put a readable one there."""
    store = secret(world, OTHER, 0o000)
    os.chown(store, 65534, 65534)
    configuration = world.configure(directory("database", store, ["password"]))
    assert sight(world, configuration, [*WITHOUT_LANDLOCK, *AS_NOBODY]) == "none"


def test_a_folder_above_that_the_agent_may_write_is_not_kernel(world):
    parent = world.store()
    (parent / "folder").mkdir()
    store = secret(world, OTHER, 0o000, parent / "folder")
    os.chown(parent, 65534, 65534)
    configuration = world.configure(directory("database", store, ["password"]))
    assert sight(world, configuration, [*WITHOUT_LANDLOCK, *AS_NOBODY]) == "none"


@needs_landlock
def test_a_volume_of_kubelet_with_mode_0000(world, volumes):
    volume = volumes(default_mode=0o000)
    volume.write(password=world.value)
    configuration = world.configure(mount("database", volume.folder, ["password"]))
    assert sight(world, configuration, AS_NOBODY) == "kernel"
    assert sight(world, configuration) == "self"


@needs_landlock
@pytest.mark.parametrize("beneath", ["secrets", "secrets/deep/down", "."])
def test_beneath_the_folder_of_the_configuration(world, beneath):
    store = world.configuration_folder / beneath
    store.mkdir(parents=True, exist_ok=True)
    world.put(store, "password")
    (world.configuration_folder / "beside").mkdir()
    beside = world.configuration_folder / "beside" / "file"
    beside.write_text("kept")
    configuration = world.configure(directory("database", store, ["password"]))
    claimed = sight(world, configuration)
    agent = world.start(configuration)
    opened = can_open(agent.pid, store / "password")
    agent.stop()
    (store / "password").unlink()
    assert not opened
    assert claimed == "self"


@pytest.fixture
def etc():
    """A folder beneath /etc."""
    folder = Path(tempfile.mkdtemp(prefix="blindfold-test-", dir="/etc"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@needs_landlock
def test_beneath_etc(world, etc):
    store = secret(world, 0, 0o444, etc)
    configuration = world.configure(directory("database", store, ["password"]))
    assert sight(world, configuration) == "self"
    agent = world.start(configuration)
    assert not can_open(agent.pid, store / "password")
    assert can_open(agent.pid, "/etc/passwd")


def worse(line):
    return "database" in line and "sight none" in line


@needs_landlock
def test_bound_into_a_kept_folder_while_it_runs(world, etc, mounting):
    """Now it can be read, by another name: that must be said. One that starts anew keeps it out."""
    store = secret(world, 0, 0o444)
    configuration = world.configure(directory("database", store, ["password"]))
    agent = world.start(configuration)
    assert not can_open(agent.pid, store / "password")
    start = agent.mark()
    mounting.bind(store, etc)
    if can_open(agent.pid, etc / "password"):
        agent.log.wait(worse, start)
    agent.stop()
    anew = world.start(configuration)
    readable = can_open(anew.pid, etc / "password")
    assert sight(world, configuration) == ("none" if readable else "self")


@needs_landlock
def test_mounted_at_its_own_path_beneath_a_kept_folder_while_it_runs(world, etc, mounting):
    store = secret(world, 0, 0o444)
    own = etc / "secrets"
    own.mkdir()
    configuration = world.configure(directory("database", own, ["password"]))
    agent = world.start(configuration)
    mounting.bind(store, own)
    agent.wait_event("database", "appeared")
    assert not can_open(agent.pid, own / "password")
    assert sight(world, configuration) == "self"
    mounting.unmount(own)


@needs_landlock
def test_a_link_that_comes_to_lead_into_a_kept_folder(world, etc):
    store = world.stores / "link"
    configuration = world.configure(directory("database", store, ["password"]))
    agent = world.start(configuration)
    secret(world, 0, 0o444, etc)
    start = agent.mark()
    store.symlink_to(etc)
    agent.wait_event("database", "appeared", start)
    if can_open(agent.pid, store / "password"):
        agent.log.wait(worse, start)


@needs_landlock
def test_after_caches_are_dropped(world):
    store = secret(world, 0, 0o444)
    configuration = world.configure(directory("database", store, ["password"]))
    agent = world.start(configuration)
    subprocess.run(["sync"], check=True)
    Path("/proc/sys/vm/drop_caches").write_text("2")
    assert not can_open(agent.pid, store / "password")
    assert can_open(agent.pid, configuration)
    assert can_open(agent.pid, "/proc/self/mountinfo")
    world.put(store, "password", b"2")
    agent.wait_event("database", "rotated")


@needs_landlock
def test_resolv_conf_replaced(world, mounting):
    """Kept as a folder, /etc goes on being readable where a file of it is replaced."""
    copy = world.scratch / "etc"
    copy.mkdir()
    mounting.tmpfs(copy)
    subprocess.run(["cp", "-a", "/etc/.", str(copy)], check=True)
    mounting.bind(copy, "/etc")
    store = secret(world, 0, 0o444)
    agent = world.start(world.configure(directory("database", store, ["password"])))
    Path("/etc/resolv.conf.new").write_text("nameserver 127.0.0.1\n")
    os.rename("/etc/resolv.conf.new", "/etc/resolv.conf")
    assert can_open(agent.pid, "/etc/resolv.conf")
    agent.stop()


@needs_landlock
def test_a_hard_link_in_a_kept_folder(world):
    """Its other name can be opened: then it is not the agent that cannot see it."""
    store = secret(world, 0, 0o444)
    other = world.configuration_folder / "other-name"
    os.link(store / "password", other)
    configuration = world.configure(directory("database", store, ["password"]))
    agent = world.start(configuration)
    opened = can_open(agent.pid, other)
    agent.stop()
    other.unlink()
    os.link(store / "password", world.stores / "other-name")
    assert not opened or sight(world, configuration) == "none"


@needs_landlock
def test_no_capability_and_no_new_privileges_are_left(world):
    store = secret(world, 0, 0o400)
    agent = world.start(world.configure(directory("database", store, ["password"])))
    status = processes.status(agent.pid)
    for capabilities in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(status[capabilities], 16) == 0, capabilities
    assert status["NoNewPrivs"] == "1"
    assert os.stat(f"/proc/{agent.pid}/mem").st_uid == 0


@needs_landlock
def test_the_restriction_comes_before_any_thread(world):
    store = secret(world, 0, 0o400)
    record = world.scratch / "calls"
    agent = world.start(
        world.configure(directory("database", store, ["password"])),
        prefix=["strace", "-f", "-qq", "-o", str(record), "-e",
                "trace=clone,clone3,landlock_restrict_self"])
    agent.stop()
    before, found, _ = record.read_text().partition("landlock_restrict_self")
    assert found
    assert "CLONE_THREAD" not in before
