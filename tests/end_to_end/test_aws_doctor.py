"""Why: the doctor proves that no identity within reach can read; it must fail exactly where one
can, and what it tries must bring nothing."""

import json

import pytest

from harness.aws_world import BLIND, READS
from harness.world import directory

OPERATIONS = {"GetSecretValue", "BatchGetSecretValue", "GetParameter", "GetParameters",
              "GetParametersByPath"}


def may(*actions):
    """The printed rights without the denials, and these."""
    return [BLIND[0], {"Effect": "Allow", "Resource": "*", "Action": list(actions)}]


@pytest.fixture
def configuration(aws):
    """Both are there, with the canary in them: what the doctor gets would be found."""
    aws.create_secret("prod/database")
    aws.put_parameter("/prod/smtp/password")
    return aws.configure(aws.secret("database", "prod/database"),
                         aws.parameter("smtp", "/prod/smtp/password"))


def test_as_printed_all_is_refused(aws, configuration):
    aws.allow_as_printed(configuration)
    finished = aws.run(configuration, "doctor")
    assert finished.status == 0, finished.out + finished.err
    assert finished.out.startswith("AWS: every operation that brings a value is tried")
    assert "7 of 7 operations refused, 0 let through, 0 not known" in finished.out
    assert {each.operation for each in aws.asked()} == OPERATIONS


@pytest.mark.parametrize("action", [
    "secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue", "ssm:GetParameter",
    "ssm:GetParameters", "ssm:GetParametersByPath"])
def test_each_way_to_a_value_is_found_and_not_gone(aws, configuration, action):
    """A value that crossed towards the agent would fail this test by itself."""
    aws.front.identity("agent", may(action))
    finished = aws.run(configuration, "doctor")
    assert finished.status == 1, finished.out + finished.err
    let_through = [line for line in finished.out.splitlines() if line.endswith("LET THROUGH")]
    assert let_through
    assert all(line.startswith(f"✗ {action} ") for line in let_through)
    assert f"sight none: the agent's identity may call {action}" in finished.out


def test_an_identity_that_is_not_used_counts(aws, identity, configuration):
    """The key in the environment is blind; the instance that the agent runs on is not."""
    env = {**identity.instance(statements=may("secretsmanager:GetSecretValue")), **aws.keys()}
    finished = aws.run(configuration, "doctor", env=env)
    assert finished.status == 1, finished.out + finished.err
    used, other = finished.out.split("which is within reach and which the agent does not use")
    assert "LET THROUGH" not in used and "instance metadata" in used
    assert '✗ secretsmanager:GetSecretValue "prod/database"' in other


def test_an_identity_that_is_blind_too_is_as_good(aws, identity, configuration):
    finished = aws.run(configuration, "doctor", env={**identity.instance(), **aws.keys()})
    assert finished.status == 0, finished.out + finished.err
    assert "14 of 14 operations refused" in finished.out


def test_without_credentials_nothing_is_proven(aws, configuration):
    finished = aws.run(configuration, "doctor", env=aws.elsewhere())
    assert finished.status == 1, finished.out + finished.err
    assert "AWS_EC2_METADATA_DISABLED" in finished.out
    assert not aws.asked()


def test_files_and_aws_are_tried_together(aws, configuration):
    folder = aws.world.stores / "mail"
    folder.mkdir()
    (folder / "password").write_bytes(aws.world.value)
    (folder / "password").chmod(0o400)
    both = aws.configure(directory("mail", folder, ["password"]),
                         aws.secret("database", "prod/database"))
    finished = aws.run(both, "doctor")
    assert finished.status == 0, finished.out + finished.err
    assert "2 of 2 operations refused" in finished.out


def test_its_commands_ask_nobody(aws, configuration):
    finished = aws.run(configuration, "doctor", "--commands")
    assert finished.status == 0, finished.err
    assert not aws.asked()
    for action in ("secretsmanager:GetSecretValue", "ssm:GetParameterHistory"):
        assert action in finished.out
    assert ':secret:prod/database-AAAAAA' in finished.out


def test_enforced_sight_is_tried_before_the_first_look(aws, configuration):
    document = json.loads(json.dumps([aws.secret("database", "prod/database")]))
    enforced = aws.configure(*document, **{"require-sight": "enforced"})
    standing = aws.look(enforced, "database")
    assert standing["presence"] == "present" and standing["sight"] == "iam"
    asked = [each.operation for each in aws.asked()]
    assert set(asked[:2]) == {"GetSecretValue", "BatchGetSecretValue"}

    aws.front.identity("agent", may(*READS))
    start = aws.front.mark()
    standing = aws.look(enforced, "database")
    assert standing["presence"] == "unknown" and standing["sight"] == "none"
    assert "DescribeSecret" not in {each.operation for each in aws.asked(start=start)}
