"""Fixtures of the tests that need an API server."""

import json

import pytest

from harness import go_builds, kube_programs, policies
from harness.cluster import Cluster
from harness.kube_world import KubeWorld
from harness.namespaces import Namespace
from harness.proxy import RecordingProxy
from harness.ways import WAYS


def _started():
    made = Cluster()
    for each in policies.standing():
        made.kubectl("create", "--filename=-", stdin=json.dumps(each))
    return made


def _or_skipped(needed):
    try:
        return needed()
    except go_builds.Missing as why:
        pytest.skip(str(why))


@pytest.fixture(scope="session")
def cluster():
    """One for all tests; each has a namespace and a proxy of its own."""
    _or_skipped(kube_programs.recording_proxy)
    made = _or_skipped(_started)
    yield made
    made.close()


@pytest.fixture
def own_cluster():
    """One for a test that kills the server or compacts its etcd."""
    _or_skipped(kube_programs.recording_proxy)
    _or_skipped(kube_programs.etcdctl)
    made = _or_skipped(_started)
    yield made
    made.close()


def _kube(world, cluster, request):
    proxy = RecordingProxy(cluster)
    namespace = Namespace(cluster, world.canary)
    made = KubeWorld(world, cluster, proxy, namespace)
    try:
        yield made
        if not getattr(request.node, "failed", False):
            world.stop()
            proxy.undo()
            made.check_crossings()
    finally:
        world.remove_agents()
        namespace.close()
        proxy.close()


@pytest.fixture
def kube(world, cluster, request):
    yield from _kube(world, cluster, request)


@pytest.fixture
def own_kube(world, own_cluster, request):
    yield from _kube(world, own_cluster, request)


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def way(request):
    """How the agent sees: each test that takes it runs for both."""
    return request.param


@pytest.fixture
def other_namespace(kube):
    made = Namespace(kube.cluster, kube.world.canary)
    yield made
    made.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """The end of a failed test's exchanges and of the server's log is shown."""
    outcome = yield
    report = outcome.get_result()
    arguments = getattr(item, "funcargs", {})
    made = arguments.get("kube") or arguments.get("own_kube")
    if report.when == "call" and report.failed and made is not None:
        exchanges = "\n".join(map(repr, made.proxy.exchanges()[-40:]))
        report.sections.append(("exchanges", exchanges))
        report.sections.append(("log of the API server", made.cluster.server_log(15, "EF")))
