"""Why: the tests of AWS are worth what the AWS is worth that they run against.

Each test shows something that the front does as AWS does, with the aws command line or boto3,
or with a request that botocore signed and that was then changed.
"""

import datetime
import http.client
import json
import ssl
import subprocess
import time

import pytest

from harness import aws_python
from harness.aws_front import OTHER_REGION, REGION
from harness.aws_world import CUSTOMER, arn

DESCRIBE = "secretsmanager.DescribeSecret"


def signed(aws, key, target=DESCRIBE, body='{"SecretId":"prod/db"}', service="secretsmanager",
           region=REGION, unsigned=(), at=None):
    """A request as botocore signs it, but for the headers in `unsigned`."""
    aws_python.use()
    import botocore.auth
    from botocore.awsrequest import AWSRequest, HeadersDict
    from botocore.credentials import Credentials

    class Signer(botocore.auth.SigV4Auth):
        def headers_to_sign(self, request):
            found = super().headers_to_sign(request)
            for name in unsigned:
                del found[name]
            return found

    asked = AWSRequest("POST", f"{aws.front.url}/", data=body, headers=HeadersDict({
        "Host": aws.front.addresses["services"], "X-Amz-Target": target,
        "Content-Type": "application/x-amz-json-1.1"}))
    signer = Signer(Credentials(key["id"], key["secret"], key["token"] or None), service, region)
    moment = at or datetime.datetime.now(datetime.timezone.utc)
    asked.context["timestamp"] = moment.strftime("%Y%m%dT%H%M%SZ")
    signer._modify_request_before_signing(asked)
    text = signer.string_to_sign(asked, signer.canonical_request(asked))
    signer._inject_signature_to_request(asked, signer.signature(text, asked))
    return dict(asked.headers.items()), body


def send(aws, headers, body, method="POST", target="/"):
    """(status, headers, document)"""
    trust = ssl.create_default_context(cafile=str(aws.front.authority))
    host, _, port = aws.front.addresses["services"].partition(":")
    connection = http.client.HTTPSConnection(host, int(port), context=trust, timeout=20)
    connection.request(method, target, body, headers)
    reply = connection.getresponse()
    text = reply.read()
    connection.close()
    return reply.status, reply.headers, json.loads(text)


def refused(aws, *request):
    """What it was refused with; empty where it was not."""
    status, _, document = send(aws, *request)
    assert status in (200, 400)
    return document.get("__type", "")


def code_of(call, **given):
    """The error that boto3 raises; empty where it raises none."""
    from botocore.exceptions import ClientError
    try:
        call(**given)
    except ClientError as why:
        return why.response["Error"]["Code"]
    return ""


def boto(aws, key, service, region=REGION):
    aws_python.use()
    import boto3
    from botocore.config import Config
    return boto3.client(
        service, region_name=region, endpoint_url=aws.front.url, verify=str(aws.front.authority),
        aws_access_key_id=key["id"], aws_secret_access_key=key["secret"],
        aws_session_token=key["token"] or None, config=Config(retries={"max_attempts": 0}))


def test_the_command_line_creates_describes_and_reads(aws):
    value = aws.world.value.decode()
    aws.aws("secretsmanager", "create-secret", "--name", "prod/db", "--secret-string", value)
    told = json.loads(aws.aws("secretsmanager", "describe-secret", "--secret-id", "prod/db",
                              key=aws.key).stdout)
    assert told["Name"] == "prod/db" and "SecretVersionsToStages" not in told
    assert list(told["VersionIdsToStages"].values()) == [["AWSCURRENT"]]
    read = aws.aws("secretsmanager", "get-secret-value", "--secret-id", "prod/db")
    assert json.loads(read.stdout)["SecretString"] == value
    denied = aws.aws("secretsmanager", "get-secret-value", "--secret-id", "prod/db",
                     key=aws.key, check=False)
    assert b"AccessDeniedException" in denied.stderr
    answered = aws.front.exchanges("GetSecretValue")
    assert [(each.claimed, each.status) for each in answered] == [(CUSTOMER, 200), ("agent", 400)]


@pytest.mark.parametrize("operation, given", [
    ("get_secret_value", {"SecretId": "prod/db"}),
    ("batch_get_secret_value", {"SecretIdList": ["prod/db"]})])
def test_secrets_cannot_be_read_with_the_agents_key(aws, operation, given):
    aws.create_secret("prod/db")
    assert code_of(getattr(boto(aws, aws.key, "secretsmanager"), operation),
                   **given) == "AccessDeniedException"
    assert code_of(getattr(aws.customer("secretsmanager"), operation), **given) == ""


@pytest.mark.parametrize("operation, given", [
    ("get_parameter", {"Name": "/db"}), ("get_parameters", {"Names": ["/db"]}),
    ("get_parameters_by_path", {"Path": "/"}), ("get_parameter_history", {"Name": "/db"})])
def test_parameters_cannot_be_read_with_the_agents_key(aws, operation, given):
    aws.put_parameter("/db")
    assert code_of(getattr(boto(aws, aws.key, "ssm"), operation),
                   **given) == "AccessDeniedException"
    assert code_of(getattr(aws.customer("ssm"), operation), **given) == ""


def test_the_four_reading_verbs_tell_whether_an_account_is_blind(aws):
    """With versions that cannot exist: denied where it is blind, not found where it is not."""
    aws.create_secret("prod/db")
    aws.put_parameter("/db")
    never = "00000000-0000-0000-0000-000000000000"
    for key, secret, parameter in (
            (aws.key, "AccessDeniedException", "AccessDeniedException"),
            (aws.customer_key, "ResourceNotFoundException", "ParameterVersionNotFound")):
        assert code_of(boto(aws, key, "secretsmanager").get_secret_value, SecretId="prod/db",
                       VersionId=never) == secret
        assert code_of(boto(aws, key, "ssm").get_parameter, Name="/db:999999999") == parameter


def test_a_right_signature_is_taken(aws):
    aws.create_secret("prod/db")
    assert refused(aws, *signed(aws, aws.key)) == ""


@pytest.mark.parametrize("header", ["X-Amz-Target", "Host"])
def test_what_is_not_signed_is_refused(aws, header):
    assert refused(aws, *signed(aws, aws.key, unsigned=[header])) == "InvalidSignatureException"


def test_a_session_token_has_to_be_signed_and_right(aws):
    aws.create_secret("prod/db")
    key = aws.front.issue("agent")
    assert refused(aws, *signed(aws, key)) == ""
    assert refused(aws, *signed(aws, key, unsigned=["X-Amz-Security-Token"])) == (
        "InvalidSignatureException")
    other = {**key, "token": "another"}
    assert refused(aws, *signed(aws, other)) == "UnrecognizedClientException"
    assert refused(aws, *signed(aws, {**key, "token": ""})) == "UnrecognizedClientException"


@pytest.mark.parametrize("change, error", [
    ({"id": "AKIAIOSFODNN7EXAMPLE"}, "UnrecognizedClientException"),
    ({"secret": "wrong"}, "InvalidSignatureException")])
def test_a_wrong_key_is_refused(aws, change, error):
    assert refused(aws, *signed(aws, {**aws.key, **change})) == error


@pytest.mark.parametrize("header, value", [
    ("X-Amz-Target", "secretsmanager.ListSecrets"), ("X-Amz-Date", "20260101T000000Z"),
    ("X-Amz-Content-SHA256", "0" * 64), (None, '{"SecretId":"prod/other"}')])
def test_what_was_changed_on_the_way_is_refused(aws, header, value):
    aws.create_secret("prod/db")
    headers, body = signed(aws, aws.key)
    changed = ({**headers, header: value}, body) if header else (headers, value)
    assert refused(aws, *changed) == "InvalidSignatureException"


def test_a_signature_for_another_service_is_refused(aws):
    assert refused(aws, *signed(aws, aws.key, service="ssm")) == "InvalidSignatureException"


def test_what_is_not_signed_at_all_is_refused(aws):
    headers, body = signed(aws, aws.key)
    del headers["Authorization"]
    assert refused(aws, headers, body) == "MissingAuthenticationTokenException"


def test_expired_credentials_are_refused(aws):
    aws.create_secret("prod/db")
    key = aws.front.issue("agent")
    assert refused(aws, *signed(aws, key)) == ""
    aws.front.command(expire={"name": "agent"})
    assert refused(aws, *signed(aws, key)) == "ExpiredTokenException"
    assert refused(aws, *signed(aws, aws.key)) == ""


@pytest.mark.parametrize("minutes, words", [(7, "Signature expired"), (-7, "not yet current")])
def test_a_clock_that_is_off_is_refused_with_the_right_time(aws, minutes, words):
    aws.front.command(clock={"offset": minutes * 60})
    status, headers, document = send(aws, *signed(aws, aws.key))
    assert status == 400 and document["__type"] == "InvalidSignatureException"
    assert words in document["message"]
    told = datetime.datetime.strptime(headers["Date"], "%a, %d %b %Y %H:%M:%S GMT")
    there = told.replace(tzinfo=datetime.timezone.utc)
    off = there - datetime.datetime.now(datetime.timezone.utc)
    assert abs(off.total_seconds() - minutes * 60) < 10
    assert refused(aws, *signed(aws, aws.key, at=there)) == "ResourceNotFoundException"


def test_denied_comes_before_whether_it_exists(aws):
    aws.create_secret("prod/db")
    aws.front.identity("agent", [{
        "Effect": "Allow", "Action": "secretsmanager:DescribeSecret",
        "Resource": arn("secretsmanager", "secret:app/db-??????")}])
    describe = boto(aws, aws.key, "secretsmanager").describe_secret
    assert code_of(describe, SecretId="prod/db") == "AccessDeniedException"
    assert code_of(describe, SecretId="prod/other") == "AccessDeniedException"
    assert code_of(describe, SecretId="app/db") == "ResourceNotFoundException"
    arn_of_it = aws.create_secret("app/db")
    assert code_of(describe, SecretId="app/db") == ""
    assert code_of(describe, SecretId=arn_of_it) == ""


def test_a_policy_can_be_for_some_regions(aws):
    aws.front.identity("agent", [{
        "Effect": "Allow", "Action": "secretsmanager:ListSecrets", "Resource": "*",
        "Condition": {"StringEquals": {"aws:RequestedRegion": [OTHER_REGION]}}}])
    answers = [code_of(boto(aws, aws.key, "secretsmanager", region).list_secrets)
               for region in (REGION, OTHER_REGION)]
    assert answers == ["AccessDeniedException", ""]


def test_names_and_arns_find_a_secret(aws):
    full = aws.create_secret("prod/db")
    aws.create_secret("prod/db-extra1")
    describe = boto(aws, aws.key, "secretsmanager").describe_secret
    for identifier in ("prod/db", full, full[:-7]):
        assert describe(SecretId=identifier)["ARN"] == full
    assert code_of(describe, SecretId="prod/d") == "ResourceNotFoundException"
    assert code_of(describe, SecretId=full[:-1] + "?") == "ResourceNotFoundException"
    elsewhere = boto(aws, aws.key, "secretsmanager", OTHER_REGION).describe_secret
    assert code_of(elsewhere, SecretId=full) == "ResourceNotFoundException"


def test_only_versions_that_hold_a_value_are_listed(aws):
    aws.create_secret("full")
    customer, agent = aws.customer("secretsmanager"), boto(aws, aws.key, "secretsmanager")
    customer.create_secret(Name="empty")
    assert agent.list_secret_version_ids(SecretId="empty")["Versions"] == []
    assert "VersionIdsToStages" not in agent.describe_secret(SecretId="empty")
    assert len(agent.list_secret_version_ids(SecretId="full")["Versions"]) == 1
    aws.front.command(drop_value={"account": "123456789012", "region": REGION, "name": "full"})
    assert agent.list_secret_version_ids(SecretId="full")["Versions"] == []
    assert len(agent.describe_secret(SecretId="full")["VersionIdsToStages"]) == 1
    assert code_of(agent.list_secret_version_ids, SecretId="none") == "ResourceNotFoundException"


def test_a_deleted_secret_waits_and_is_restored(aws):
    aws.create_secret("prod/db")
    aws.aws("secretsmanager", "delete-secret", "--secret-id", "prod/db",
            "--recovery-window-in-days", "7")
    agent = boto(aws, aws.key, "secretsmanager")
    assert agent.describe_secret(SecretId="prod/db")["DeletedDate"]
    assert agent.list_secrets()["SecretList"] == []
    assert len(agent.list_secrets(IncludePlannedDeletion=True)["SecretList"]) == 1
    aws.aws("secretsmanager", "restore-secret", "--secret-id", "prod/db")
    assert "DeletedDate" not in agent.describe_secret(SecretId="prod/db")


def test_pages_of_secrets_and_their_prefixes(aws):
    customer, agent = aws.customer("secretsmanager"), boto(aws, aws.key, "secretsmanager")
    for number in range(103):
        customer.create_secret(Name=f"many/{number:03}", SecretString="x")
    aws.create_secret("other")
    pages = list(agent.get_paginator("list_secrets").paginate())
    assert [len(page["SecretList"]) for page in pages] == [100, 4]
    filters = [{"Key": "name", "Values": ["many/00", "other"]}]
    found = [each["Name"] for each in agent.list_secrets(Filters=filters)["SecretList"]]
    assert sorted(found) == [*(f"many/00{n}" for n in range(10)), "other"]


def _ask(agent, names, token=None):
    return agent.describe_parameters(
        MaxResults=50, ParameterFilters=[{"Key": "Name", "Option": "Equals", "Values": names}],
        **({"NextToken": token} if token else {}))


def test_pages_of_parameters(aws):
    customer, agent = aws.customer("ssm"), boto(aws, aws.key, "ssm")
    names = [f"/many/{number:03}" for number in range(70)]
    for name in names:
        customer.put_parameter(Name=name, Value=aws.world.value.decode(), Type="SecureString")
    page = _ask(agent, names[:50])
    assert len(page["Parameters"]) == 50 and "NextToken" not in page
    assert all("Value" not in each for each in page["Parameters"])
    pages = list(agent.get_paginator("describe_parameters").paginate(
        PaginationConfig={"PageSize": 50}))
    assert [len(each["Parameters"]) for each in pages] == [50, 20]

    aws.front.command(pages={"scanned": True})
    first = _ask(agent, names[60:])
    assert first["Parameters"] == [] and first["NextToken"]
    assert len(_ask(agent, names[60:], first["NextToken"])["Parameters"]) == 10


def test_versions_and_dates_of_a_parameter(aws):
    agent = boto(aws, aws.key, "ssm")
    for expected in (1, 2):
        aws.aws("ssm", "put-parameter", "--name", "/db", "--type", "SecureString", "--value",
                aws.world.value.decode(), *(["--overwrite"] if expected > 1 else []))
        told = _ask(agent, ["/db"])["Parameters"][0]
        assert (told["Version"], told["Type"]) == (expected, "SecureString")
        age = datetime.datetime.now(datetime.timezone.utc) - told["LastModifiedDate"]
        assert abs(age.total_seconds()) < 60


def test_a_policy_can_deny_overwriting_alone(aws):
    aws.front.identity("writer", [
        {"Effect": "Allow", "Action": "ssm:PutParameter", "Resource": "*"},
        {"Effect": "Deny", "Action": "ssm:PutParameter", "Resource": "*",
         "Condition": {"StringEquals": {"ssm:Overwrite": "true"}}}])
    put = boto(aws, aws.front.issue("writer", lasting=True), "ssm").put_parameter
    given = {"Name": "/db", "Value": "x", "Type": "String"}
    assert code_of(put, **given) == ""
    assert code_of(put, **given, Overwrite=True) == "AccessDeniedException"


def test_more_than_the_bucket_holds_is_throttled(aws):
    aws.front.limit("ssm", 0.001, 2, operation="DescribeParameters", retry_after=3)
    for region, answers in ((REGION, ["", "", "ThrottlingException"]), (OTHER_REGION, [""])):
        describe = boto(aws, aws.key, "ssm", region).describe_parameters
        assert [code_of(describe) for _ in answers] == answers
    status, headers, _ = send(aws, *signed(aws, aws.key, "AmazonSSM.DescribeParameters", "{}",
                                           "ssm"))
    assert status == 400 and headers["Retry-After"] == "3"
    assert code_of(boto(aws, aws.key, "secretsmanager").list_secrets) == ""
    aws.front.command(lift={})
    assert code_of(boto(aws, aws.key, "ssm").describe_parameters) == ""


def test_a_list_that_lags(aws):
    aws.create_secret("before")
    aws.front.command(lag={"operations": ["ListSecrets"]})
    aws.create_secret("after")
    agent = boto(aws, aws.key, "secretsmanager")

    def listed():
        return [each["Name"] for each in agent.list_secrets()["SecretList"]]
    assert listed() == ["before"]
    assert agent.describe_secret(SecretId="after")["Name"] == "after"
    aws.front.command(catch_up={})
    assert listed() == ["before", "after"]


def test_reads_that_are_seconds_late(aws):
    aws.front.command(lag={"operations": ["DescribeParameters"], "seconds": 300})
    aws.put_parameter("/db")
    agent = boto(aws, aws.key, "ssm")
    assert agent.describe_parameters()["Parameters"] == []
    aws.front.command(clock={"offset": 299})
    assert agent_at(aws, 299) == []
    aws.front.command(clock={"offset": 310})
    assert agent_at(aws, 310) == ["/db"]


def agent_at(aws, seconds):
    """The parameters as an agent sees them whose clock is so far ahead."""
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    request = signed(aws, aws.key, "AmazonSSM.DescribeParameters", "{}", "ssm", at=at)
    return [each["Name"] for each in send(aws, *request)[2]["Parameters"]]


def test_one_region_is_down_while_another_works(aws):
    from botocore.exceptions import BotoCoreError
    aws.front.fault("reset", region=OTHER_REGION)
    assert code_of(boto(aws, aws.key, "secretsmanager").list_secrets) == ""
    with pytest.raises(BotoCoreError):
        boto(aws, aws.key, "secretsmanager", OTHER_REGION).list_secrets()
    aws.front.mend()
    assert code_of(boto(aws, aws.key, "secretsmanager", OTHER_REGION).list_secrets) == ""


def test_everything_is_refused_while_the_front_is_closed(aws):
    from botocore.exceptions import EndpointConnectionError
    client = boto(aws, aws.key, "secretsmanager")
    client.list_secrets()
    aws.front.listener("services", False)
    with pytest.raises(EndpointConnectionError):
        boto(aws, aws.key, "secretsmanager").list_secrets()
    aws.front.listener("services", True)
    assert code_of(client.list_secrets) == ""


def test_faults_count_down(aws):
    aws.create_secret("prod/db")
    aws.front.refuse("DescribeSecret", "ResourceNotFoundException", contains="prod/db", times=1,
                     after=1)
    describe = boto(aws, aws.key, "secretsmanager").describe_secret
    answers = [code_of(describe, SecretId="prod/db") for _ in range(3)]
    assert answers == ["", "ResourceNotFoundException", ""]


def test_awss_own_names_through_a_proxy(aws):
    """As in a real account: no endpoint is named, and each region has a host."""
    done = aws_through_proxy(aws, OTHER_REGION)
    assert json.loads(done.stdout) == {"SecretList": []}, done.stderr
    hosts = [each.host for each in aws.front.exchanges()]
    assert set(hosts) == {f"secretsmanager.{OTHER_REGION}.amazonaws.com"}
    aws.front.fault("reset", f"CONNECT .*{OTHER_REGION}")
    assert aws_through_proxy(aws, OTHER_REGION).returncode != 0
    assert aws_through_proxy(aws, REGION).returncode == 0


def aws_through_proxy(aws, region):
    env = {**aws.customer_environment(), "HTTPS_PROXY": f"http://{aws.front.addresses['proxy']}",
           "AWS_MAX_ATTEMPTS": "1"}
    del env["AWS_ENDPOINT_URL"]
    return subprocess.run([aws.home / "aws", "secretsmanager", "list-secrets", "--region", region],
                          env=env, capture_output=True, timeout=60)


def test_requests_are_counted_with_their_times(aws):
    agent = boto(aws, aws.key, "secretsmanager")
    start, began = aws.front.mark(), time.monotonic()
    for _ in range(3):
        agent.list_secrets()
    told = aws.front.exchanges("ListSecrets", start, identity="agent")
    assert len(told) == 3 and all(each.identity == "agent" for each in told)
    assert began <= told[0].at <= told[1].at <= told[2].at <= time.monotonic()
    assert {each.connection for each in told} == {told[0].connection}
