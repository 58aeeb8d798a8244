"""Why: people rotate with AWS's own tools, as AWS documents it; each way is one `rotated`, and
what changes no value is none.

Each test ends with a rotation of another secret or parameter: what came of the first has come
by then. One that stays missing keeps the agent at its quick pace.
"""

import pytest


def update_secret(aws, value):
    aws.aws("secretsmanager", "update-secret", "--secret-id", "db", "--secret-string",
            "file:///dev/stdin", stdin=value)


def put_secret_value(aws, value):
    aws.aws("secretsmanager", "put-secret-value", "--secret-id", "db", "--secret-string",
            "file:///dev/stdin", stdin=value)


def staged_and_moved(aws, value):
    """As a rotation function does it."""
    customer = aws.customer("secretsmanager")
    pending = customer.put_secret_value(SecretId="db", SecretString=value.decode(),
                                        VersionStages=["AWSPENDING"])["VersionId"]
    old = next(version for version, stages in
               customer.describe_secret(SecretId="db")["VersionIdsToStages"].items()
               if "AWSCURRENT" in stages)
    aws.aws("secretsmanager", "update-secret-version-stage", "--secret-id", "db",
            "--version-stage", "AWSCURRENT", "--move-to-version-id", pending,
            "--remove-from-version-id", old)


def put_parameter(aws, value):
    aws.aws("ssm", "put-parameter", "--name", "/db", "--overwrite", "--value",
            "file:///dev/stdin", stdin=value)


def put_the_same_parameter(aws, value):
    """The version moves: that the value is the same is not to be seen, nor to be told."""
    aws.put_parameter("/db", overwrite=True)


def delete_and_create(aws, value):
    """Its version begins at 1 again."""
    aws.customer("ssm").delete_parameter(Name="/db")
    aws.customer("ssm").put_parameter(Name="/db", Value=value.decode(), Type="SecureString")


def tag_secret(aws, value):
    aws.aws("secretsmanager", "tag-resource", "--secret-id", "db", "--tags", "Key=team,Value=pay")


def describe_secret_anew(aws, value):
    aws.aws("secretsmanager", "update-secret", "--secret-id", "db", "--description", "of the shop")


def stage_a_version(aws, value):
    aws.aws("secretsmanager", "put-secret-value", "--secret-id", "db", "--version-stages",
            "AWSPENDING", "--secret-string", "file:///dev/stdin", stdin=value)


def tag_parameter(aws, value):
    aws.aws("ssm", "add-tags-to-resource", "--resource-type", "Parameter", "--resource-id", "/db",
            "--tags", "Key=team,Value=pay")


ROTATIONS = [update_secret, put_secret_value, staged_and_moved, put_parameter,
             put_the_same_parameter, delete_and_create]
NONE = [tag_secret, describe_secret_anew, stage_a_version, tag_parameter]


@pytest.fixture
def seen(aws):
    """An agent that has seen one of each service, and what ends a test."""
    for name in ("db", "last"):
        aws.create_secret(name)
        aws.put_parameter(f"/{name}")
    needed = [aws.secret("secret", "db"), aws.parameter("parameter", "/db"),
              aws.secret("last-secret", "last"), aws.parameter("last-parameter", "/last"),
              aws.secret("never-secret", "never"), aws.parameter("never-parameter", "/never")]
    agent = aws.start(aws.configure(*needed), env={**aws.environment(), **aws.hurry()})
    for each in needed[:4]:
        aws.wait_presence(agent, each["id"], "present")
    for each in needed[4:]:
        aws.wait_presence(agent, each["id"], "missing")
    return agent


def end(aws, agent):
    """A rotation of each service that is seen for certain."""
    aws.create_version("last")
    aws.put_parameter("/last", overwrite=True)
    for identifier in ("last-secret", "last-parameter"):
        agent.wait_event(identifier, "rotated")


@pytest.mark.parametrize("rotate", ROTATIONS, ids=lambda each: each.__name__)
def test_is_one_rotated(aws, seen, rotate):
    rotate(aws, aws.world.value + b"2")
    identifier = "parameter" if "param" in rotate.__name__ or rotate is delete_and_create else (
        "secret")
    seen.wait_event(identifier)
    end(aws, seen)
    kinds = [event["kind"] for event in [*seen.events("secret"), *seen.events("parameter")]]
    assert kinds == ["rotated"]
    assert [event["kind"] for event in seen.events(identifier)] == ["rotated"]


@pytest.mark.parametrize("change", NONE, ids=lambda each: each.__name__)
def test_is_no_rotation(aws, seen, change):
    start = aws.front.mark()
    change(aws, aws.world.value + b"2")
    for operation, word in (("DescribeSecret", b'"db"'), ("DescribeParameters", b"/db")):
        aws.front.wait_exchange(lambda each: each.operation == operation
                                and word in each.received() and each.claimed == "agent", start)
    end(aws, seen)
    assert [*seen.events("secret"), *seen.events("parameter")] == []


def test_deleted_with_a_recovery_window_and_restored(aws, seen):
    aws.aws("secretsmanager", "delete-secret", "--secret-id", "db", "--recovery-window-in-days",
            "7")
    seen.wait_event("secret", "disappeared")
    aws.wait_presence(seen, "secret", "pending-deletion")
    start = seen.mark()
    aws.aws("secretsmanager", "restore-secret", "--secret-id", "db")
    seen.wait_event("secret", "appeared", start)


def test_deleted_at_once_and_created_again(aws, seen):
    aws.customer("secretsmanager").delete_secret(SecretId="db", ForceDeleteWithoutRecovery=True)
    seen.wait_event("secret", "disappeared")
    start = seen.mark()
    aws.create_secret("db")
    seen.wait_event("secret", "appeared", start)


def test_one_negative_answer_is_not_believed(aws, seen):
    """Both services are eventually consistent."""
    aws.front.refuse("DescribeSecret", "ResourceNotFoundException", contains='"db"', times=1)
    aws.front.fault("answer", "DescribeParameters", status=200, body='{"Parameters":[]}',
                    contains="/db", identity="agent", times=1)
    start = aws.front.mark()
    for operation in ("DescribeSecret", "DescribeParameters"):
        _, after = aws.front.wait_exchange(
            lambda each: each.operation == operation and each.error == "fault", start)
        aws.front.wait_exchange(lambda each: each.operation == operation and each.error == ""
                                and b"db" in each.received(), after)
    end(aws, seen)
    assert [*seen.events("secret"), *seen.events("parameter")] == []
    assert not [line for line in seen.log.lines if '"secret\\" is missing' in line
                or '"parameter\\" is missing' in line]


def test_a_list_that_lags_makes_no_checkmark_and_no_rotation(aws):
    """With so many that the list is read; it may be five minutes old."""
    names = [f"many/{number:03}" for number in range(40)]
    for name in names:
        aws.create_secret(name)
    needed = [aws.secret(name.replace("/", "-"), name) for name in names]
    agent = aws.start(aws.configure(*needed, aws.secret("never", "never")),
                      env={**aws.environment(), **aws.hurry()})
    for each in needed:
        aws.wait_presence(agent, each["id"], "present")
    aws.front.command(lag={"operations": ["ListSecrets"]})
    aws.create_version(names[7])
    start = aws.front.mark()
    for _ in range(2):
        _, start = aws.front.wait_exchange(
            lambda each: each.operation in ("ListSecrets", "DescribeSecret")
            and each.claimed == "agent", start)
    aws.front.command(catch_up={})
    agent.wait_event("many-007", "rotated")
    assert len(agent.events()) == 1
