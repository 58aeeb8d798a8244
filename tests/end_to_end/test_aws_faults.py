"""Why: an account has limits that the customer's own programs share, lists that are late, pages
that are empty, and regions that go down."""

import pytest

from harness.aws_front import OTHER_REGION, REGION


def presences(finished):
    return {each["id"]: each["presence"] for each in finished.document()["requirements"]}


@pytest.fixture
def regions(aws):
    """A secret and a parameter in each of two regions."""
    for region in (REGION, OTHER_REGION):
        aws.create_secret("db", region)
        aws.put_parameter("/db", region)
    return aws.configure(
        *(aws.secret(f"secret-{region}", "db", region) for region in (REGION, OTHER_REGION)),
        *(aws.parameter(f"parameter-{region}", "/db", region) for region in (REGION, OTHER_REGION)))


@pytest.mark.parametrize("action", ["reset", "hang"])
def test_one_region_down_while_another_works(aws, regions, action):
    aws.front.fault(action, region=OTHER_REGION, identity="agent")
    finished = aws.once(regions, "--timeout", "4s")
    assert finished.status == 3
    assert presences(finished) == {
        f"{kind}-{region}": "present" if region == REGION else "unreachable"
        for kind in ("secret", "parameter") for region in (REGION, OTHER_REGION)}


@pytest.mark.parametrize("action", ["reset", "hang"])
def test_one_regions_host_down_while_another_works(aws, regions, action):
    """By AWS's own names: the tunnel to one of them is not made."""
    env = {**aws.environment(), "HTTPS_PROXY": f"http://{aws.front.addresses['proxy']}"}
    del env["AWS_ENDPOINT_URL"]
    aws.front.fault(action, f"CONNECT .*{OTHER_REGION}")
    finished = aws.once(regions, "--timeout", "4s", env=env)
    assert presences(finished) == {
        f"{kind}-{region}": "present" if region == REGION else "unreachable"
        for kind in ("secret", "parameter") for region in (REGION, OTHER_REGION)}


def test_a_region_that_comes_back(aws, regions):
    aws.front.fault("reset", region=OTHER_REGION, identity="agent")
    agent = aws.start(regions, env={**aws.environment(), **aws.hurry()})
    aws.wait_presence(agent, f"secret-{REGION}", "present")
    aws.wait_presence(agent, f"secret-{OTHER_REGION}", "unreachable")
    aws.front.mend()
    for kind in ("secret", "parameter"):
        aws.wait_presence(agent, f"{kind}-{OTHER_REGION}", "present", deadline=60)


def test_a_throttled_account_with_500_requirements_converges(aws):
    """Not one request is over a limit that the agent's rate keeps within; its time and AWS's go
    ten times as fast here."""
    customer = aws.customer("secretsmanager")
    names = [f"many/{number:03}" for number in range(500)]
    for name in names:
        customer.create_secret(Name=name, SecretString="x")
    rate = {"aws-secrets-manager": {"quick": "10s", "steady": "60s", "rate": "20/1s"}}
    configuration = aws.configure(*(aws.secret(f"r{name[5:]}", name) for name in names),
                                  agent={"poll": rate})
    aws.front.limit("secretsmanager", 200, 24, identity="agent")
    agent = aws.start(configuration, env={**aws.environment(), **aws.hurry()})
    for name in names:
        aws.wait_presence(agent, f"r{name[5:]}", "present", deadline=120)
    asked = aws.asked()
    assert [each for each in asked if each.error] == []
    assert len(asked) < 1200


def test_an_account_that_others_have_used_up(aws):
    """It says so, waits longer and longer, and goes on where there is room again."""
    for number in range(60):
        aws.put_parameter(f"/many/{number:02}")
    configuration = aws.configure(
        *(aws.parameter(f"r{number:02}", f"/many/{number:02}") for number in range(60)))
    aws.front.limit("ssm", 0, 0, identity="agent")
    start = aws.front.mark()
    agent = aws.start(configuration, env={**aws.environment(), **aws.hurry(20)})
    line, _ = aws.wait_presence(agent, "r00", "unreachable", deadline=60)
    assert "throttles" in line
    refused = [each for each in aws.asked("DescribeParameters", start)]
    assert {each.error for each in refused} == {"ThrottlingException"}
    assert len(refused) < 25
    aws.front.command(lift={})
    for number in range(60):
        aws.wait_presence(agent, f"r{number:02}", "present", deadline=60)


def test_retry_after_is_kept(aws):
    aws.create_secret("db")
    configuration = aws.configure(aws.secret("it", "db"))
    aws.front.limit("secretsmanager", 0, 0, identity="agent", retry_after=20)
    start = aws.front.mark()
    agent = aws.start(configuration, env={**aws.environment(), **aws.hurry(20)})
    first, after = aws.front.wait_exchange(lambda each: each.error == "ThrottlingException", start)
    aws.front.command(lift={})
    second, _ = aws.front.wait_exchange(lambda each: each.claimed == "agent", after)
    assert second.at - first.answered_at > 0.9
    aws.wait_presence(agent, "it", "present")


def test_empty_pages_are_followed_to_the_end(aws):
    """Each page is what is found among 50 of all parameters."""
    customer = aws.customer("ssm")
    for number in range(160):
        customer.put_parameter(Name=f"/a/{number:03}", Value="x", Type="String")
    aws.put_parameter("/z")
    aws.front.command(pages={"scanned": True})
    configuration = aws.configure(aws.parameter("z", "/z"), aws.parameter("never", "/y",
                                                                          required=False))
    finished = aws.once(configuration)
    assert presences(finished) == {"z": "present", "never": "missing"}
    first = aws.asked("DescribeParameters")[:4]
    assert [each.error for each in first] == [""] * 4


def test_pages_without_end_are_bounded(aws):
    aws.front.fault("answer", "DescribeParameters", status=200, identity="agent",
                    body='{"Parameters":[],"NextToken":"again"}')
    rate = {"aws-parameter-store": {"quick": "10s", "steady": "60s", "rate": "1000/1s"}}
    finished = aws.once(aws.configure(aws.parameter("it", "/db"), agent={"poll": rate}),
                        "--timeout", "10s")
    found = finished.requirement("it")
    assert (finished.status, found["presence"]) == (3, "unreachable")
    assert "pages" in found["detail"]


def test_fifty_parameters_are_one_request(aws):
    names = [f"/many/{number:02}" for number in range(50)]
    for name in names:
        aws.put_parameter(name)
    finished = aws.once(aws.configure(*(aws.parameter(f"r{name[6:]}", name) for name in names)))
    assert finished.status == 0
    assert [each.operation for each in aws.asked()] == ["DescribeParameters"]


@pytest.mark.parametrize("operation, answer", [
    ("DescribeParameters", '{"Parameters":[{"Name":"/db","Type":"SecureString","Version":1,'
                           '"LastModifiedDate":1700000000.5,"Value":"%s"}]}'),
    ("DescribeSecret", '{"ARN":"arn:aws:secretsmanager:us-east-1:123456789012:secret:db-aB3dE6",'
                       '"Name":"db","SecretString":"%s"}')])
def test_an_answer_with_a_value_is_dropped(aws, operation, answer):
    """Whatever answers in AWS's place, the agent keeps none."""
    start = aws.front.mark()
    aws.front.fault("answer", operation, status=200, body=answer % aws.world.value.decode(),
                    identity="agent")
    configuration = aws.configure(
        aws.parameter("it", "/db") if operation == "DescribeParameters" else aws.secret("it", "db"))
    found = aws.look(configuration, "it", "--timeout", "3s")
    assert found["presence"] == "unreachable" and "another form" in found["detail"]
    assert any(aws.world.canary.find(each.sent()) for each in aws.asked(operation, start))
    aws.front.forget(start)


@pytest.mark.parametrize("fault", [
    {"action": "cut"}, {"action": "garble"}, {"action": "reset"}, {"action": "hang"},
    {"action": "answer", "status": 500}, {"action": "answer", "status": 503},
    {"action": "answer", "status": 200, "body": "<html>", "kind": "text/html"},
    {"action": "answer", "status": 200, "body": "[" * 5000},
    {"action": "answer", "status": 200, "body": '{"Parameters":[' + '{"Name":"x"},' * 300000}],
    ids=lambda each: f"{each['action']}-{each.get('status', '')}-{each.get('body', '')[:6]}")
def test_whatever_comes_back_the_agent_says_so_and_goes_on(aws, fault):
    aws.create_secret("db")
    aws.put_parameter("/db")
    configuration = aws.configure(aws.secret("secret", "db"), aws.parameter("parameter", "/db"))
    aws.front.fault(operation="Describe", identity="agent", **fault)
    finished = aws.once(configuration, "--timeout", "3s")
    assert finished.status == 3
    assert set(presences(finished).values()) == {"unreachable"}
    aws.front.mend()
    assert aws.once(configuration).status == 0
