"""Why: the places that hand out keys must do so as AWS's do, or a client that finds its keys
there shows nothing.

The aws command line is the client; each place is the only one that it is told of.
"""

import subprocess
import urllib.error
import urllib.request

import pytest

from harness.aws_identity import ROLE


def look(aws, env):
    """What the aws command line did with that environment; `aws.asked()` tells who it was."""
    return subprocess.run(
        [aws.home / "aws", "secretsmanager", "list-secrets"], capture_output=True, timeout=60,
        env={"PATH": "/usr/bin:/bin", "AWS_DEFAULT_REGION": env["AWS_REGION"],
             "AWS_MAX_ATTEMPTS": "1", **env})


def identities(aws):
    return [each.identity for each in aws.asked("ListSecrets")]


PLACES = {"web_identity": "AssumeRoleWithWebIdentity", "instance": "instance",
          "container": "container", "role_profile": "AssumeRole",
          "sso_profile": "GetRoleCredentials"}


@pytest.mark.parametrize("place", PLACES)
def test_keys_of_a_place_work(aws, identity, place):
    done = look(aws, getattr(identity, place)())
    assert done.returncode == 0, done.stderr.decode()
    assert identities(aws) == [ROLE]
    assert aws.asked(PLACES[place])[-1].status == 200


@pytest.mark.parametrize("place", ["key_profile", "process_profile"])
def test_keys_of_a_profile_work(aws, identity, place):
    done = look(aws, getattr(identity, place)())
    assert done.returncode == 0, done.stderr.decode()
    assert identities(aws) == ["agent"]


def test_a_web_identity_of_before_the_rotation_is_refused(aws, identity):
    env = identity.web_identity()
    old = (aws.folder / "web-identity-token").read_text()
    identity.web_token()
    (aws.folder / "web-identity-token").write_text(old)
    assert b"InvalidIdentityToken" in look(aws, env).stderr
    identity.web_token()
    assert look(aws, env).returncode == 0


def test_a_role_wants_its_external_id(aws, identity):
    env = identity.role_profile()
    identity.role(trusted=["agent"], external_id="another")
    assert b"AccessDenied" in look(aws, env).stderr
    identity.role(trusted=[], external_id="outside-7")
    assert b"AccessDenied" in look(aws, env).stderr


def test_a_container_wants_its_token(aws, identity):
    env = identity.container()
    (aws.folder / "container-token").write_text("another")
    assert look(aws, env).returncode != 0
    assert aws.asked("container")[-1].status == 401


def ask(aws, path, method="GET", headers=None):
    """(status, text) of the instance's metadata."""
    request = urllib.request.Request(f"http://{aws.front.addresses['instance']}{path}",
                                     method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as why:
        return why.code, ""


def test_an_instance_answers_version_2_only(aws, identity):
    identity.instance()
    roles = "/latest/meta-data/iam/security-credentials/"
    ttl = "X-aws-ec2-metadata-token-ttl-seconds"
    assert ask(aws, roles)[0] == 401
    assert ask(aws, "/latest/api/token", "PUT")[0] == 400
    assert ask(aws, "/latest/api/token", "PUT", {ttl: "0"})[0] == 400
    assert ask(aws, "/latest/api/token", "PUT", {ttl: "60", "X-Forwarded-For": "1.2.3.4"})[0] == 403
    status, token = ask(aws, "/latest/api/token", "PUT", {ttl: "60"})
    assert status == 200
    given = {"X-aws-ec2-metadata-token": token}
    assert ask(aws, roles, headers=given) == (200, ROLE)
    assert ask(aws, roles + "another", headers=given)[0] == 404
    aws.front.command(clock={"offset": 61})
    assert ask(aws, roles, headers=given)[0] == 401


def test_an_instance_that_never_answers(aws, identity):
    env = identity.instance()
    aws.front.fault("hang", "^instance$")
    done = look(aws, {**env, "AWS_METADATA_SERVICE_TIMEOUT": "1"})
    assert b"Unable to locate credentials" in done.stderr
    assert {each.error for each in aws.asked("instance")} == {"hang"}


def test_keys_end_when_they_say(aws, identity):
    env = identity.web_identity(lifetime=1000)
    assert look(aws, env).returncode == 0
    key = next(each for each in aws.front.command(keys={})["keys"] if each["identity"] == ROLE)
    assert aws.aws("secretsmanager", "list-secrets", key=key).returncode == 0
    aws.front.command(expire={"name": ROLE})
    refused = aws.aws("secretsmanager", "list-secrets", key=key, check=False)
    assert b"ExpiredTokenException" in refused.stderr
