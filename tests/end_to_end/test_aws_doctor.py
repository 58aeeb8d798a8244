"""Why: the doctor proves that no identity within reach can read; it must fail exactly where one
can, and bring no value while it tries."""

import pytest

from harness.aws_front import REGION
from harness.aws_identity import ROLE
from harness.aws_world import BLIND, EVERYTHING


@pytest.fixture
def wanted(aws):
    aws.create_secret("prod/db")
    aws.put_parameter("/prod/db")
    return aws.configure(aws.secret("secret", "prod/db"), aws.parameter("parameter", "/prod/db"))


def doctor(aws, configuration, *arguments, **more):
    return aws.run(configuration, "doctor", *arguments, **more)


def test_as_printed_all_is_refused(aws, wanted):
    aws.allow_as_printed(wanted)
    finished = doctor(aws, wanted)
    assert finished.status == 0, finished.out + finished.err
    assert "prod/db" in finished.out and "LET THROUGH" not in finished.out
    tried = {each.operation for each in aws.asked()}
    assert {"GetSecretValue", "BatchGetSecretValue", "GetParameter", "GetParameters"} <= tried
    assert {each.error for each in aws.asked()} == {"AccessDeniedException"}


def test_it_is_announced_before_anything_is_tried(aws, wanted):
    finished = doctor(aws, wanted)
    assert "CloudTrail" in finished.out
    assert finished.out.index("CloudTrail") < finished.out.index("prod/db")


@pytest.mark.parametrize("action", [
    "secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue", "ssm:GetParameter",
    "ssm:GetParameters"])
def test_each_that_is_let_through_is_named(aws, wanted, action):
    """Of what is asked for nothing exists: the fixture would find a value that crossed."""
    aws.front.identity("agent", [{"Effect": "Allow", "Action": action, "Resource": "*"}])
    finished = doctor(aws, wanted)
    assert finished.status == 1, finished.out + finished.err
    through = [line for line in finished.out.splitlines() if "LET THROUGH" in line]
    assert through and all(action in line for line in through)


def test_one_that_may_do_all_brings_no_value(aws, wanted):
    aws.front.identity("agent", EVERYTHING)
    finished = doctor(aws, wanted)
    assert finished.status == 1
    assert not any(aws.world.canary.find(each.sent()) for each in aws.asked())


def test_an_identity_that_is_not_the_chosen_one_may_read(aws, identity, wanted):
    """An instance's own role, on the machine where the agent has keys of its own."""
    env = {**identity.instance(statements=EVERYTHING), **aws.keys()}
    finished = doctor(aws, wanted, env=env)
    assert finished.status == 1, finished.out + finished.err
    assert {each.identity for each in aws.asked("GetSecretValue")} == {"agent", ROLE}
    identity.role(statements=BLIND)
    finished = doctor(aws, wanted, env=env)
    assert finished.status == 0, finished.out + finished.err


def test_what_could_not_be_tried_is_no_proof(aws, wanted):
    aws.front.fault("answer", "GetParameter$", status=500, body="")
    finished = doctor(aws, wanted)
    assert "could not be tried" in finished.out
    assert "LET THROUGH" not in finished.out


def test_without_credentials_nothing_is_proven(aws, wanted):
    finished = doctor(aws, wanted, env=aws.elsewhere())
    assert aws.asked() == [] and "credentials" in finished.out + finished.err


def test_the_proof_for_the_customers_own_hands(aws, wanted):
    """--commands asks AWS nothing."""
    finished = doctor(aws, wanted, "--commands")
    assert finished.status == 0 and aws.asked() == []
    for word in ("simulate-principal-policy", "secretsmanager:GetSecretValue", "ssm:GetParameter",
                 f"arn:aws:secretsmanager:{REGION}:"):
        assert word in finished.out
