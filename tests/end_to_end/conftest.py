"""Fixtures of the end-to-end tests. BLINDFOLD_AGENT names the agent's binary."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from harness import go_builds, kubelet, mounts
from harness.canary import Canary
from harness.world import World

pytest_plugins = ["harness.kube_fixtures", "harness.aws_fixtures"]

ROOT = Path(__file__).resolve().parents[2]


def pytest_configure(config):
    if os.geteuid() == 0:
        mounts.enter_namespace()


@pytest.fixture(autouse=True)
def root_only():
    if os.geteuid() != 0:
        pytest.skip("needs root: it mounts, changes users and reads the agent's memory")


@pytest.fixture(scope="session")
def binary():
    """A copy where every user may execute it."""
    built = Path(os.environ.get("BLINDFOLD_AGENT", ROOT / "build/src/app/agent"))
    if not built.exists():
        pytest.exit(f"{built} is not there: build it, or name it in BLINDFOLD_AGENT", returncode=2)
    folder = Path(tempfile.mkdtemp(prefix="blindfold-agent-"))
    folder.chmod(0o755)
    shutil.copy(built, folder / "agent")
    (folder / "agent").chmod(0o755)
    yield folder / "agent"
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def canary():
    """A different value in each test; see harness/canary.py."""
    with tempfile.TemporaryDirectory(prefix="blindfold-control-") as folder:
        planted = Canary()
        yield planted
        planted.verify(folder)


@pytest.fixture
def world(binary, canary, request):
    made = World(binary, canary)
    yield made
    try:
        if not getattr(request.node, "failed", False):
            made.stop()
            canary.scan_folder(made.scratch, leave_out=[made.stores])
    finally:
        made.remove()


@pytest.fixture
def mounting(world):
    """Ends before the world's folders are removed."""
    made = mounts.Mounts()
    yield made
    world.stop()
    made.close()


@pytest.fixture(scope="session")
def kubelet_writer():
    try:
        return kubelet.writer_binary()
    except go_builds.Missing as why:
        pytest.skip(str(why))


@pytest.fixture
def volumes(world, kubelet_writer):
    """Makes volumes: `volumes("name")` is one with a writer of its own."""
    made = []

    def make(name="volume", default_mode=0o644, folder=None):
        made.append(kubelet.Volume(kubelet_writer, folder or world.stores / name, default_mode))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A test that failed is not asked to stop well too; its agents' logs are shown."""
    outcome = yield
    report = outcome.get_result()
    if report.when == "call" and report.failed:
        item.failed = True
        made = getattr(item, "funcargs", {}).get("world")
        for number, each in enumerate(made.running if made else []):
            report.sections.append((f"log of agent {number}", each.log.text()))
