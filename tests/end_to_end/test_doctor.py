"""Why: the doctor proves that the agent cannot read; it must fail exactly where it can."""

import os

import pytest

from harness import trace
from harness.agent import AS_NOBODY, WITHOUT_LANDLOCK
from harness.world import directory, mount


def secret(world, owner, mode):
    store = world.store()
    path = world.put(store, "password", mode=mode)
    os.chown(path, owner, owner)
    return store


@pytest.mark.parametrize("prefix, owner, mode, status", [
    ((), 0, 0o444, 0),
    (AS_NOBODY, 12345, 0o444, 0),
    (AS_NOBODY, 12345, 0o000, 0),
    (WITHOUT_LANDLOCK, 12345, 0o444, 1),
    ([*WITHOUT_LANDLOCK, *AS_NOBODY], 12345, 0o444, 1),
    ([*WITHOUT_LANDLOCK, *AS_NOBODY], 12345, 0o000, 0),
], ids=["root", "nobody", "nobody, mode 0", "root, no Landlock", "nobody, no Landlock",
        "nobody, mode 0, no Landlock"])
def test_says_whether_a_value_can_be_read(world, prefix, owner, mode, status):
    store = secret(world, owner, mode)
    configuration = world.configure(directory("database", store, ["password"]))
    finished = world.run("--config", configuration, "doctor", prefix=prefix)
    assert finished.status == status, finished.out + finished.err
    assert str(store / "password") in finished.out


def test_tries_every_file_and_reads_none(world, volumes):
    """Where the open succeeds it is closed unread."""
    volume = volumes()
    volume.write_keys({"tls.crt": world.value, "tls.key": world.value})
    store = secret(world, 12345, 0o444)
    configuration = world.configure(directory("database", store, ["password"]),
                                    mount("tls", volume.folder, ["tls.crt", "tls.key"]))
    record = world.scratch / "calls"
    prefix = ["strace", "-f", "-y", "-qq", "-s", "4096", "-o", str(record),
              "-e", "trace=openat,read,pread64,readv,mmap,landlock_create_ruleset",
              "-e", "inject=landlock_create_ruleset:error=ENOSYS"]
    finished = world.run("--config", configuration, "doctor", prefix=prefix)
    assert finished.status == 1
    opened = [call for call in trace.opens(record) if call.succeeded and not call.path_only]
    for path in (store / "password", volume.folder / "tls.crt", volume.folder / "tls.key"):
        assert any(call.names(path) for call in opened), path
    for line in record.read_text().splitlines():
        if f"<{world.stores}" in line:  # a descriptor on it
            assert " openat(" in line, f"more than an open: {line}"


def test_tries_what_must_fail_under_landlock(world):
    store = secret(world, 0, 0o444)
    configuration = world.configure(directory("database", store, ["password"]))
    record = world.scratch / "calls"
    finished = world.run("--config", configuration, "doctor", prefix=trace.prefix(record))
    assert finished.status == 0
    calls = [call for call in trace.opens(record)
             if call.names(store / "password") and not call.path_only]
    assert calls and not any(call.succeeded for call in calls)


def test_what_is_missing_is_no_proof(world):
    store = world.store()
    configuration = world.configure(directory("database", store, ["password"]))
    finished = world.run("--config", configuration, "doctor")
    assert f"{store}/password: not there" in finished.out
    assert "0 of 1 files refused" in finished.out


def test_prints_the_proof_for_the_customer_s_own_tools(world):
    store = secret(world, 0, 0o400)
    configuration = world.configure(directory("database", store, ["password"]))
    finished = world.run("--config", configuration, "doctor", "--commands")
    assert finished.status == 0
    assert str(store / "password") in finished.out
