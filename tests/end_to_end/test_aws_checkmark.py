"""Why: the main job in an account. The command that is printed, typed into a shell, makes the
checkmark, seen by an identity whose policy is exactly as printed and which may not read."""

import pytest

from harness.aws_front import REGION
from harness.shells import SHELLS, Shell

READING = ("GetSecretValue", "BatchGetSecretValue", "GetParameter", "GetParameters",
           "GetParametersByPath", "GetParameterHistory")


@pytest.fixture(params=SHELLS)
def shell(request, aws):
    started = Shell(SHELLS[request.param], aws.customer_environment())
    started.name = request.param
    yield started
    started.close()


@pytest.fixture(params=["secret", "parameter"])
def needed(request, aws):
    """A requirement in each service."""
    return getattr(aws, request.param)("database", "prod/database" if request.param == "secret"
                                       else "/prod/database")


def type_in(aws, shell, configuration, value):
    """Runs what `agent commands` prints now."""
    lines = aws.commands(configuration, "--shell", shell.name)
    shown = shell.run(lines, [value])
    assert aws.world.canary.find(shown) == [], "what was typed is shown"
    return lines


def test_created_and_rotated_by_the_printed_commands(aws, needed, shell):
    configuration = aws.configure(needed)
    aws.allow_as_printed(configuration)
    assert aws.look(configuration, "database")["presence"] == "missing"
    agent = aws.start(configuration, env={**aws.environment(), **aws.hurry()})
    aws.wait_presence(agent, "database", "missing")

    value = b"  " + aws.world.value + b" 'single' \"double\" $HOME `id` \\n * # = %s !"
    type_in(aws, shell, configuration, value)
    agent.wait_event("database", "appeared")
    assert aws.value(needed) == value
    assert aws.look(configuration, "database")["presence"] == "present"

    start = agent.mark()
    type_in(aws, shell, configuration, value + b"2")
    agent.wait_event("database", "rotated", start)
    assert aws.value(needed) == value + b"2"
    assert not [each for each in aws.asked() if each.operation in READING]


def test_a_policy_as_printed_denies_every_reading_verb(aws, needed):
    aws.create_secret("prod/database")
    aws.put_parameter("/prod/database")
    aws.allow_as_printed(aws.configure(needed))
    for arguments in (["secretsmanager", "get-secret-value", "--secret-id", "prod/database"],
                      ["ssm", "get-parameter", "--name", "/prod/database"],
                      ["ssm", "get-parameters-by-path", "--path", "/prod"],
                      ["ssm", "put-parameter", "--name", "/prod/database", "--overwrite",
                       "--value", "x"]):
        done = aws.aws(*arguments, key=aws.key, check=False)
        assert b"AccessDenied" in done.stderr, arguments


def test_restored_by_the_printed_command(aws, shell):
    aws.create_secret("prod/database")
    aws.customer("secretsmanager").delete_secret(SecretId="prod/database", RecoveryWindowInDays=7)
    configuration = aws.configure(aws.secret("database", "prod/database"))
    found = aws.look(configuration, "database")
    assert found["presence"] == "pending-deletion"
    lines = aws.commands(configuration, "--shell", shell.name)
    assert "restore-secret" in lines and "create-secret" not in lines
    shell.run(lines)
    assert aws.look(configuration, "database")["presence"] == "present"


def test_an_empty_secret_is_filled_by_the_printed_command(aws, shell):
    aws.customer("secretsmanager").create_secret(Name="prod/database")
    configuration = aws.configure(aws.secret("database", "prod/database"))
    assert aws.look(configuration, "database")["presence"] == "empty"
    type_in(aws, shell, configuration, aws.world.value)
    assert aws.look(configuration, "database")["presence"] == "present"


def test_a_wrong_type_is_overwritten_by_the_printed_command(aws, shell):
    aws.put_parameter("/prod/database", kind="String")
    configuration = aws.configure(aws.parameter("database", "/prod/database"))
    found = aws.look(configuration, "database")
    assert (found["presence"], aws.once(configuration).status) == ("wrong-type", 1)
    type_in(aws, shell, configuration, aws.world.value)
    assert aws.look(configuration, "database")["presence"] == "present"


def test_commands_never_put_a_value_where_it_stays(aws):
    configuration = aws.configure(aws.secret("a", "prod/a"), aws.parameter("b", "/prod/b"))
    for shell in SHELLS:
        lines = aws.commands(configuration, "--shell", shell)
        assert lines.count("file:///dev/stdin") == 2 and lines.count("; unset V") == 2
        assert lines.count(f"--region {REGION}") == 2
