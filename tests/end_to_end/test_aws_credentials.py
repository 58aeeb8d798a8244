"""Why: where the agent's keys come from is the customer's choice; each place of the chain has to
work, to be read again when it changes, and to say what is wrong with it."""

import subprocess

import pytest

from harness.aws_identity import ROLE
from harness.aws_world import BLIND

PLACES = {"web_identity": ROLE, "key_profile": "agent", "role_profile": ROLE,
          "process_profile": "agent", "sso_profile": ROLE, "container": ROLE, "instance": ROLE}


@pytest.fixture
def wanted(aws):
    aws.create_secret("prod/db")
    aws.put_parameter("/prod/db")
    return aws.configure(aws.secret("secret", "prod/db"), aws.parameter("parameter", "/prod/db"))


@pytest.mark.parametrize("place", PLACES)
def test_each_place_of_the_chain(aws, identity, wanted, place):
    env = getattr(identity, place)()
    finished = aws.once(wanted, env=env)
    assert finished.status == 0, finished.out + finished.err
    asked = [each.identity for each in aws.asked() if "Describe" in each.operation]
    assert set(asked) == {PLACES[place]}


def test_the_first_place_counts(aws, identity, wanted):
    """Where it fails nobody wants another identity in its place."""
    env = {**identity.instance(), **identity.web_identity()}
    env["AWS_EC2_METADATA_DISABLED"] = "false"
    assert aws.once(wanted, env=env).status == 0
    aws.front.identity(ROLE, BLIND, role=True, web_tokens=["another"])
    finished = aws.once(wanted, "--timeout", "3s", env=env)
    assert finished.status == 3 and not aws.asked("instance")
    assert "web identity" in finished.requirement("secret")["detail"]


def test_no_credentials_at_all(aws, wanted):
    finished = aws.once(wanted, "--timeout", "3s", env=aws.elsewhere())
    assert finished.status == 3
    for each in finished.document()["requirements"]:
        assert each["presence"] == "unreachable"
        places = ["environment", "web identity", "profile", "container", "instance"]
        found = [each["detail"].find(place) for place in places]
        assert -1 not in found and found == sorted(found), each["detail"]
    assert aws.asked() == []


def test_an_instance_that_never_answers(aws, identity, wanted):
    """As in a container behind one hop too many."""
    env = identity.instance()
    aws.front.fault("hang", "^instance$")
    finished = aws.once(wanted, "--timeout", "6s", env=env)
    assert finished.status == 3
    assert "hop limit" in finished.requirement("secret")["detail"]
    assert {each.method for each in aws.asked("instance")} == {"PUT"}


def test_version_1_of_the_metadata_is_never_asked(aws, identity, wanted):
    env = identity.instance()
    aws.front.fault("answer", "^instance$", status=403, body="")
    assert aws.once(wanted, "--timeout", "3s", env=env).status == 3
    assert {each.method for each in aws.asked("instance")} == {"PUT"}


def _told(aws, agent, start=0):
    for identifier in ("secret", "parameter"):
        aws.wait_presence(agent, identifier, "present", start)


def _wait_look(aws, start, error=""):
    """Both services have answered a look since then."""
    for operation in ("DescribeSecret", "DescribeParameters"):
        aws.front.wait_exchange(lambda each: each.operation == operation and each.error == error
                                and each.identity != "customer", start)


def test_a_rotated_web_identity_token_is_read_again(aws, identity, wanted):
    env = identity.web_identity(lifetime=400)
    agent = aws.start(wanted, env={**env, **aws.hurry(20)})
    _told(aws, agent)
    identity.web_token(lifetime=400)
    start = aws.front.mark()
    taken, _ = aws.front.wait_exchange(
        lambda each: each.operation == "AssumeRoleWithWebIdentity", start, 30)
    assert taken.status == 200
    _wait_look(aws, aws.front.mark())
    assert agent.events() == []


def test_a_rotated_container_token_is_read_again(aws, identity, wanted):
    env = identity.container()
    agent = aws.start(wanted, env={**env, **aws.hurry(20)})
    _told(aws, agent)
    identity.container_token()
    start = aws.front.mark()
    aws.front.command(expire={"name": ROLE})
    taken, _ = aws.front.wait_exchange(lambda each: each.operation == "container", start)
    assert taken.status == 200
    _wait_look(aws, aws.front.mark())
    assert agent.events() == []


def test_credentials_that_expire_in_the_middle_of_a_sweep(aws, identity):
    customer = aws.customer("secretsmanager")
    names = [f"many/{number:02}" for number in range(70)]
    for name in names:
        customer.create_secret(Name=name, SecretString="x")
    configuration = aws.configure(*(aws.secret(f"r{name[5:]}", name) for name in names))
    env = identity.web_identity()
    aws.front.fault("expire", identity=ROLE, after=33, times=1)
    finished = aws.once(configuration, env=env)
    assert finished.status == 0, finished.err
    assert len(aws.asked("AssumeRoleWithWebIdentity")) == 2
    refused = [each for each in aws.asked() if each.error]
    assert {each.error for each in refused} == {"ExpiredTokenException"}
    assert len(refused) < 10, "more than were under way, and one more each"


def test_the_last_good_keys_are_kept_while_fresh_ones_cannot_be_had(aws, identity, wanted):
    env = identity.web_identity(lifetime=400)
    agent = aws.start(wanted, env={**env, **aws.hurry(20)})
    _told(aws, agent)
    aws.front.fault("answer", "AssumeRoleWithWebIdentity", status=503, body="", kind="text/xml")
    start = aws.front.mark()
    aws.front.wait_exchange(lambda each: each.operation == "AssumeRoleWithWebIdentity", start, 30)
    _wait_look(aws, aws.front.mark())
    aws.front.mend()
    assert not [line for line in agent.log.lines if "unreachable" in line]


def test_keys_that_were_deleted(aws, wanted):
    """There are no others in the environment: it says that they are not accepted."""
    aws.front.command(forget={"name": "agent"})
    finished = aws.once(wanted, "--timeout", "3s")
    assert finished.status == 3
    detail = finished.requirement("secret")["detail"]
    assert "does not accept" in detail or "credentials" in detail


@pytest.mark.parametrize("minutes", [20, -20])
def test_a_clock_that_is_off(aws, wanted, minutes):
    aws.front.command(clock={"offset": minutes * 60})
    finished = aws.once(wanted)
    assert finished.status == 0, finished.out
    wrong = [each for each in aws.asked() if each.error == "InvalidSignatureException"]
    assert wrong, "the front's clock was not off"
    for operation in ("DescribeSecret", "DescribeParameters"):
        assert [each.error for each in aws.asked(operation)][-1] == ""


def test_a_clock_that_is_set_right_again(aws, wanted):
    """The correction goes back with it."""
    env = {**aws.environment(), **aws.hurry()}
    aws.front.command(clock={"offset": 1200, "rate": 10})
    agent = aws.start(wanted, env=env)
    _told(aws, agent)
    aws.front.command(clock={"offset": 0, "rate": 10})
    start = aws.front.mark()
    _wait_look(aws, start)
    assert agent.events() == []


def test_awss_own_names_through_a_proxy(aws, wanted):
    """No endpoint is named, as in a real account: the host is the region's."""
    env = {**aws.environment(), "HTTPS_PROXY": f"http://{aws.front.addresses['proxy']}"}
    del env["AWS_ENDPOINT_URL"]
    assert aws.once(wanted, env=env).status == 0
    hosts = {each.host for each in aws.asked() if each.operation != "CONNECT"}
    assert hosts == {"secretsmanager.us-east-1.amazonaws.com", "ssm.us-east-1.amazonaws.com"}


def test_fips_names(aws, wanted):
    env = {**aws.environment(), "HTTPS_PROXY": f"http://{aws.front.addresses['proxy']}",
           "AWS_USE_FIPS_ENDPOINT": "true"}
    del env["AWS_ENDPOINT_URL"]
    assert aws.once(wanted, env=env).status == 0
    hosts = {each.host for each in aws.asked() if each.operation != "CONNECT"}
    assert hosts == {"secretsmanager-fips.us-east-1.amazonaws.com",
                     "ssm-fips.us-east-1.amazonaws.com"}


@pytest.mark.parametrize("place", ["container", "instance"])
def test_places_on_this_machine_are_never_asked_through_a_proxy(aws, identity, wanted, place):
    proxy = f"http://{aws.front.addresses['proxy']}"
    env = {**getattr(identity, place)(), "HTTP_PROXY": proxy, "http_proxy": proxy}
    assert aws.once(wanted, env=env).status == 0
    assert aws.asked(place) and not aws.asked("CONNECT")


def test_an_authority_that_is_not_trusted(aws, wanted):
    other = aws.folder / "other.crt"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=another",
                    "-keyout", aws.folder / "other.key", "-out", other],
                   check=True, capture_output=True)
    env = {**aws.environment(), "AWS_CA_BUNDLE": str(other)}
    finished = aws.once(wanted, "--timeout", "3s", env=env)
    assert finished.status == 3 and aws.asked() == []
    assert "vouch" in finished.requirement("secret")["detail"]


def test_a_profile_that_is_not_there(aws, identity, wanted):
    env = {**identity.key_profile(), "AWS_PROFILE": "another"}
    finished = aws.run(wanted, "--once", env=env)
    assert finished.status == 2 and "another" in finished.err


def test_what_is_asked_says_who_asks_and_no_more(aws, wanted):
    aws.once(wanted)
    for each in aws.asked():
        head = each.received().partition(b"\r\n\r\n")[0].decode().lower()
        assert "user-agent: blindfold/" in head
        assert set(each.asked) <= {"SecretId", "ParameterFilters", "MaxResults", "Filters",
                                   "IncludePlannedDeletion", "IncludeDeprecated",
                                   "NextToken"}
