"""Why: the modes that `agent permissions` prints must give sight `kernel` and nothing less."""

import os
import subprocess

from harness.agent import AS_NOBODY
from harness.world import directory


def test_its_commands_make_sight_kernel(world):
    store = world.store()
    path = world.put(store, "password", mode=0o644)
    os.chown(path, 65534, 65534)
    configuration = world.configure(directory("database", store, ["password"]))
    finished = world.run("--config", configuration, "permissions", "--for", "files",
                         "--agent-user", "nobody", "--application-user", "daemon")
    assert finished.status == 0, finished.err
    subprocess.run(["sh", "-e"], input=finished.out, text=True, check=True,
                   env=world.environment(), timeout=30)
    found = world.once(configuration, prefix=AS_NOBODY)
    assert found.status == 0
    assert found.requirement("database")["sight"] == "kernel"
    reader = ["setpriv", "--reuid=daemon", "--regid=daemon", "--init-groups", "cat", str(path)]
    assert subprocess.run(reader, capture_output=True).stdout == world.value
