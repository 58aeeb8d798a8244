"""Why: AWS answers a wrong signature with a refusal that says nothing of what is wrong.

Thousands of requests, most of them stranger than any that the agent sends, are signed by our
signer and by botocore at the same time, and come to the same.
"""

import datetime
import json
import os
import random
import string
import subprocess
import urllib.parse
from pathlib import Path
from unittest import mock

import pytest

from harness import aws_python, go_builds

SEED = 20261123
REQUESTS = 5000
LETTERS = string.ascii_letters + string.digits
IN_A_KEY = LETTERS + "/+"
IN_A_VALUE = LETTERS + " \t  -_.~:/?#[]@!$&'()*+,;=\"<>{}|\\^`%"
HOSTS = ["secretsmanager.eu-west-1.amazonaws.com", "ssm.us-gov-west-1.amazonaws.com",
         "127.0.0.1:8443", "[::1]:4566", "localhost"]


@pytest.fixture(scope="module")
def botocore_auth():
    try:
        aws_python.use()
    except go_builds.Missing as missing:
        pytest.skip(str(missing))
    import botocore.auth

    return botocore.auth


@pytest.fixture(scope="module")
def program():
    """Stands in the same build folder as the agent that is tested."""
    agent = os.environ.get("BLINDFOLD_AGENT")
    if not agent:
        pytest.skip("needs BLINDFOLD_AGENT: the signer's program is built beside that")
    found = Path(agent).resolve().parents[2] / "tests/support/sign_requests"
    assert found.exists(), f"{found} is not there: build it"
    return found


class Generator:
    """Requests to sign: those of the agent, and others."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self, letters, least, most):
        return "".join(self.random.choices(letters, k=self.random.randint(least, most)))

    def anything(self, most):
        """Text of any alphabet, no surrogates."""
        return "".join(chr(self.random.choice([
            self.random.randint(0x20, 0x7E), self.random.randint(0xA0, 0x7FF),
            self.random.randint(0x4E00, 0x9FFF), self.random.randint(0x1F300, 0x1F6FF)]))
            for _ in range(self.random.randint(0, most)))

    def request(self):
        made = self.ours() if self.random.random() < 0.4 else self.strange()
        made["access_key_id"] = self.text(string.ascii_uppercase + string.digits, 16, 32)
        made["key"] = self.text(IN_A_KEY, 1, 80)
        made["token"] = self.text(IN_A_KEY + "=", 1, 2000) if self.random.random() < 0.5 else ""
        made["at"] = self.random.randint(0, 2**32)
        self.random.shuffle(made["headers"])
        return made

    def ours(self):
        service, kind, body = self.random.choice([
            ("secretsmanager", "application/x-amz-json-1.1", {"SecretId": self.anything(60)}),
            ("ssm", "application/x-amz-json-1.1", {"NextToken": self.anything(200)}),
            ("sts", "application/x-www-form-urlencoded; charset=utf-8", None)])
        headers = [["Host", self.random.choice(HOSTS)], ["Content-Type", kind]]
        if body is None:
            text = urllib.parse.urlencode({"Action": "AssumeRole", "RoleArn": self.anything(40)})
        else:
            text = json.dumps(body, ensure_ascii=self.random.random() < 0.5)
            headers.append(["X-Amz-Target", f"{service}.{self.text(LETTERS, 1, 30)}"])
        return {"method": "POST", "path": "/", "query": "", "headers": headers,
                "body": text.encode().hex(), "service": service,
                "region": self.random.choice(["eu-west-1", "us-east-1", "us-gov-west-1"])}

    def strange(self):
        headers = [["Host", self.random.choice(HOSTS)]]
        for _ in range(self.random.randint(0, 8)):
            # Prefixes of one another, the same twice, any case.
            name = "X-" + self.random.choice(["Amz-Meta", "amz-meta-a", "a", "A-", "ab", "B"])
            headers.append([self.random.choice([name, name.lower(), name.upper()]),
                            self.text(IN_A_VALUE, 0, 40)])
        return {"method": self.random.choice(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"]),
                "path": self.path(), "query": self.query(), "headers": headers,
                "body": self.random.randbytes(self.random.randint(0, 300)).hex(),
                "service": self.text(string.ascii_lowercase, 1, 20),
                "region": self.text(string.ascii_lowercase + string.digits + "-", 1, 20)}

    def path(self):
        segments = [self.random.choice(["", ".", "..", "...", "a~b-c_d", "%2F", "%2e%2e",
                                        urllib.parse.quote(self.anything(10), safe="!$&'()*+,=:@")])
                    for _ in range(self.random.randint(0, 6))]
        return "/" + "/".join(segments)

    def query(self):
        parameters = []
        for _ in range(self.random.randint(0, 6)):
            name = self.random.choice(["a", "A", "a-b", "aa", urllib.parse.quote(self.anything(6))])
            value = urllib.parse.quote(self.anything(10), safe="-_.~")
            parameters.append((name or "x") + ("=" + value if self.random.random() < 0.9 else ""))
        return "&".join(parameters)


def botocores(auth, request):
    """What botocore adds to the same request at the same time."""
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    query = f"?{request['query']}" if request["query"] else ""
    asked = AWSRequest(request["method"], f"https://localhost{request['path']}{query}",
                       data=bytes.fromhex(request["body"]))
    for name, value in request["headers"]:
        asked.headers.add_header(name, value)
    credentials = Credentials(request["access_key_id"], request["key"], request["token"] or None)
    at = datetime.datetime.fromtimestamp(request["at"], datetime.timezone.utc)
    with mock.patch.object(auth, "get_current_datetime", lambda: at):
        auth.SigV4Auth(credentials, request["service"], request["region"]).add_auth(asked)
    return {name: asked.headers[name] for name in ("X-Amz-Date", "Authorization")}


def ours(program, requests):
    lines = "".join(json.dumps(each) + "\n" for each in requests)
    done = subprocess.run([program], input=lines.encode(), capture_output=True, timeout=60, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_botocore_signs_every_request_as_we_do(program, botocore_auth):
    generator = Generator(SEED)
    requests = [generator.request() for _ in range(REQUESTS)]
    signed = ours(program, requests)
    assert len(signed) == REQUESTS
    different = [(request, got, expected) for request, got in zip(requests, signed)
                 if got != (expected := botocores(botocore_auth, request))]
    assert not different, f"{len(different)} of {REQUESTS}, the first: {different[0]}"


def test_the_comparison_sees_a_request_that_was_changed(program, botocore_auth):
    """Without this the one above could compare nothing."""
    generator = Generator(SEED + 1)
    requests = [generator.request() for _ in range(50)]
    for name, change in {"body": lambda text: text + "00", "path": lambda text: text + "x",
                         "query": lambda text: text + "&z=1" if text else "z=1",
                         "region": lambda text: text + "x", "token": lambda text: text + "x",
                         "key": lambda text: text + "x", "at": lambda at: at + 1}.items():
        changed = [each | {name: change(each[name])} for each in requests]
        for request, got in zip(requests, ours(program, changed)):
            assert got["Authorization"] != botocores(botocore_auth, request)["Authorization"], name
