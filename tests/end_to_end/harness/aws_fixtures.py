"""Fixtures of the tests that need AWS."""

import pytest

from harness import go_builds
from harness.aws_front import AwsFront
from harness.aws_identity import AwsIdentity
from harness.aws_world import AwsWorld


@pytest.fixture(scope="session")
def aws_front():
    """One for all tests; each finds it empty."""
    try:
        made = AwsFront()
    except go_builds.Missing as why:
        pytest.skip(str(why))
    yield made
    made.close()


@pytest.fixture
def aws(world, aws_front, request):
    made = AwsWorld(world, aws_front)
    try:
        yield made
        if not getattr(request.node, "failed", False):
            world.stop()
            aws_front.command(mend={}, lift={}, clock={}, catch_up={},
                              listener={"name": "services", "opened": True})
            made.check_crossings()
            made.check_keys()
    finally:
        world.remove_agents()


@pytest.fixture
def identity(aws):
    return AwsIdentity(aws)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """The end of a failed test's exchanges and of the front's log is shown."""
    outcome = yield
    report = outcome.get_result()
    made = getattr(item, "funcargs", {}).get("aws")
    if report.when == "call" and report.failed and made is not None:
        exchanges = "\n".join(map(repr, made.front.exchanges()[-60:]))
        report.sections.append(("exchanges with AWS", exchanges))
        report.sections.append(("log of AWS's front", made.front.log()))
