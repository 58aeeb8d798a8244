"""Why: each thing that a secret or a parameter can be is one presence and one exit status."""

import pytest

from harness.aws_front import OTHER_REGION, REGION
from harness.aws_world import BLIND, CUSTOMER, arn

OTHER_ACCOUNT = "210987654321"


def look(aws, requirement, *arguments, **more):
    """(status, standing)"""
    finished = aws.once(aws.configure(requirement), *arguments, **more)
    return finished.status, finished.requirement(requirement["id"])


def both(aws, secret="prod/db", parameter="/prod/db", **more):
    return aws.secret("it", secret, **more), aws.parameter("it", parameter, **more)


def test_missing(aws):
    for needed in both(aws):
        status, found = look(aws, needed)
        assert (status, found["presence"], found["sight"]) == (1, "missing", "wire")
        assert "prod/db" in found["detail"] and REGION in found["detail"]


def test_present(aws):
    aws.create_secret("prod/db")
    aws.put_parameter("/prod/db")
    for needed in both(aws):
        status, found = look(aws, needed)
        assert (status, found["presence"], found["sight"]) == (0, "present", "wire")


def test_an_optional_one_that_is_missing_is_no_failure(aws):
    assert look(aws, aws.secret("it", "prod/db", required=False))[0] == 0


def test_a_secret_that_never_had_a_value_is_empty(aws):
    aws.customer("secretsmanager").create_secret(Name="prod/db")
    status, found = look(aws, aws.secret("it", "prod/db"))
    assert (status, found["presence"]) == (1, "empty") and "AWSCURRENT" in found["detail"]


def test_a_current_version_that_holds_nothing_is_empty(aws):
    aws.create_secret("prod/db")
    aws.front.command(drop_value={"account": "123456789012", "region": REGION, "name": "prod/db"})
    status, found = look(aws, aws.secret("it", "prod/db"))
    assert (status, found["presence"]) == (1, "empty")


def test_pending_deletion(aws):
    aws.create_secret("prod/db")
    aws.customer("secretsmanager").delete_secret(SecretId="prod/db", RecoveryWindowInDays=7)
    status, found = look(aws, aws.secret("it", "prod/db"))
    assert (status, found["presence"]) == (1, "pending-deletion")


@pytest.mark.parametrize("there, wanted", [
    ("String", "SecureString"), ("StringList", "SecureString"), ("SecureString", "String")])
def test_wrong_type(aws, there, wanted):
    aws.put_parameter("/prod/db", kind=there)
    status, found = look(aws, aws.parameter("it", "/prod/db", kind=wanted))
    assert (status, found["presence"]) == (1, "wrong-type")
    assert there in found["detail"] and wanted in found["detail"]


@pytest.mark.parametrize("exists", [True, False])
def test_denied_is_never_missing(aws, exists):
    if exists:
        aws.create_secret("prod/db")
        aws.put_parameter("/prod/db")
    aws.front.identity("agent", BLIND[1:])
    for needed, action in zip(both(aws), ("secretsmanager:DescribeSecret",
                                          "ssm:DescribeParameters")):
        status, found = look(aws, needed)
        assert (status, found["presence"]) == (3, "denied")
        assert action in found["detail"]


def test_whether_it_holds_a_value_may_be_denied(aws):
    aws.create_secret("prod/db")
    aws.front.identity("agent", [*BLIND, {
        "Effect": "Deny", "Resource": "*", "Action": "secretsmanager:ListSecretVersionIds"}])
    status, found = look(aws, aws.secret("it", "prod/db"))
    assert (status, found["presence"]) == (0, "present")
    assert "secretsmanager:ListSecretVersionIds" in found["detail"]


def test_unreachable(aws):
    aws.front.listener("services", False)
    for needed in both(aws):
        status, found = look(aws, needed, "--timeout", "2s")
        assert (status, found["presence"]) == (3, "unreachable")
        assert aws.front.addresses["services"].partition(":")[0] in found["detail"]


def test_throttled_is_unreachable_and_says_so(aws):
    aws.front.limit("secretsmanager", 0, 0)
    aws.front.limit("ssm", 0, 0)
    for needed in both(aws):
        status, found = look(aws, needed, "--timeout", "2s")
        assert (status, found["presence"]) == (3, "unreachable")
        assert "throttles" in found["detail"]


def test_no_region(aws):
    env = {**aws.environment(), "AWS_REGION": ""}
    for needed in both(aws):
        status, found = look(aws, needed, "--timeout", "2s", env=env)
        assert (status, found["presence"]) == (3, "unreachable")
        assert "AWS_REGION" in found["detail"]
    assert look(aws, aws.secret("it", "prod/db", region=REGION), env=env)[0] == 1


def test_names_that_begin_alike_are_not_mistaken(aws):
    for name in ("prod/db-replica", "prod/db2", "prod"):
        aws.create_secret(name)
        aws.put_parameter(f"/{name}")
    for needed in both(aws):
        assert look(aws, needed)[1]["presence"] == "missing"
    aws.create_secret("prod/db")
    aws.put_parameter("/prod/db")
    for needed in both(aws):
        assert look(aws, needed)[1]["presence"] == "present"


def test_by_arn(aws):
    full = aws.create_secret("prod/db", OTHER_REGION)
    aws.put_parameter("/prod/db", OTHER_REGION)
    for identifier in (full, full[:-7]):
        assert look(aws, aws.secret("it", identifier))[1]["presence"] == "present", identifier
    of_parameter = arn("ssm", "parameter/prod/db", OTHER_REGION)
    assert look(aws, aws.parameter("it", of_parameter))[1]["presence"] == "present"
    assert {each.region for each in aws.asked()} == {OTHER_REGION}
    assert look(aws, aws.secret("it", full[:-1] + "9"))[1]["presence"] == "missing"


def test_in_another_account(aws):
    aws.front.identity("other", [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
                       account=OTHER_ACCOUNT)
    key = aws.front.issue("other", lasting=True)
    aws.aws("secretsmanager", "create-secret", "--name", "shared", "--secret-string", "x", key=key)
    needed = aws.secret("it", arn("secretsmanager", "secret:shared", account=OTHER_ACCOUNT))
    assert look(aws, needed)[1]["presence"] == "present"
    assert look(aws, aws.secret("it", "shared"))[1]["presence"] == "missing"


def test_in_another_region(aws):
    aws.create_secret("prod/db", OTHER_REGION)
    aws.put_parameter("/prod/db", OTHER_REGION)
    for needed in both(aws, region=OTHER_REGION):
        assert look(aws, needed)[1]["presence"] == "present"


def wait_near(aws, needed, word, *more):
    """A running agent goes on to look for what looks like the missing one."""
    agent = aws.start(aws.configure(needed, *more))
    agent.wait_message(lambda text: text.startswith('"it" is missing, ') and word in text)
    agent.stop()


def test_the_same_name_in_another_of_the_manifests_regions(aws):
    aws.create_secret("prod/db", OTHER_REGION)
    aws.put_parameter("/prod/db", OTHER_REGION)
    for needed, other in zip(both(aws), (aws.secret("there", "other", region=OTHER_REGION),
                                         aws.parameter("there", "/other", region=OTHER_REGION))):
        wait_near(aws, needed, f'there is one in "{OTHER_REGION}"', other)


@pytest.mark.parametrize("there", ["prod-db", "/prod/db", "prod/Db"])
def test_a_secret_that_looks_alike_is_named(aws, there):
    aws.create_secret(there)
    wait_near(aws, aws.secret("it", "prod/db"), f'did you mean "{there}"?')


@pytest.mark.parametrize("there, wanted", [("db", "/db"), ("/prod/my_db", "/prod/my-db")])
def test_a_parameter_that_looks_alike_is_named(aws, there, wanted):
    aws.put_parameter(there)
    wait_near(aws, aws.parameter("it", wanted), f'did you mean "{there}"?')


def test_proof_is_asked_for_and_found(aws):
    """`require-sight: enforced`: what is not proven to be refused is not looked at."""
    aws.create_secret("prod/db")
    aws.put_parameter("/prod/db")
    configuration = aws.configure(aws.secret("a", "prod/db"), aws.parameter("b", "/prod/db"),
                                  require_sight="enforced")
    finished = aws.once(configuration)
    assert finished.status == 0 and "CloudTrail" in finished.err
    assert {each["sight"] for each in finished.document()["requirements"]} == {"iam"}
    start = aws.front.mark()
    aws.front.identity("agent", [{"Effect": "Allow", "Action": "*", "Resource": "*"}])
    finished = aws.once(configuration)
    assert finished.status == 3
    assert {(each["presence"], each["sight"]) for each in finished.document()["requirements"]} == {
        ("unknown", "none")}
    assert not [each for each in aws.asked(start=start) if each.operation in (
        "DescribeSecret", "ListSecrets", "DescribeParameters")]
    assert CUSTOMER not in {each.claimed for each in aws.asked(start=start)}
