"""Why: whoever signs in with the aws command line expects the agent to be the same identity.

Hundreds of environments, with shared files of every shape, come to the same credentials, region
and endpoints in botocore and in ours, and what the one refuses the other refuses. Where they are
meant to differ (AWS_REGION, codes of a device), the unit tests say how.
"""

import json
import os
import random
import subprocess
from pathlib import Path
from unittest import mock

import pytest

from harness import aws_python, go_builds

SEED = 20261123
ENVIRONMENTS = 1500
SERVICES = {"secretsmanager": "SECRETS_MANAGER", "ssm": "SSM", "sts": "STS", "sso": "SSO"}
PROFILES = ["default", "a", "b", "with space", "c.d"]


@pytest.fixture(scope="module")
def botocore():
    try:
        aws_python.use()
    except go_builds.Missing as missing:
        pytest.skip(str(missing))
    import botocore.session

    return botocore


@pytest.fixture(scope="module")
def program():
    """Stands in the same build folder as the agent that is tested."""
    agent = os.environ.get("BLINDFOLD_AGENT")
    if not agent:
        pytest.skip("needs BLINDFOLD_AGENT: the program is built beside that")
    found = Path(agent).resolve().parents[2] / "tests/support/find_accounts"
    assert found.exists(), f"{found} is not there: build it"
    return found


class Generator:
    """Writes shared files into a folder of their own and says the environment."""

    def __init__(self, seed, folder):
        self.random = random.Random(seed)
        self.folder = folder
        self.count = 0
        self.process = folder / "print keys"
        self.process.write_text('#!/bin/sh\nprintf %s \'{"Version":1,"AccessKeyId":"AKIDP",'
                                '"SecretAccessKey":"s"}\'\n')
        self.process.chmod(0o755)

    def maybe(self, chance):
        return self.random.random() < chance

    def environment(self):
        self.count += 1
        home = self.folder / str(self.count)
        (home / ".aws").mkdir(parents=True)
        if self.maybe(0.9):
            (home / ".aws/config").write_text(self.config())
        if self.maybe(0.6):
            (home / ".aws/credentials").write_text(self.credentials())
        made = {"HOME": str(home), "AWS_EC2_METADATA_DISABLED": "true"}
        choices = {"AWS_ACCESS_KEY_ID": ("AKIDENV", 0.2), "AWS_SECRET_ACCESS_KEY": ("s", 0.25),
                   "AWS_PROFILE": (self.random.choice(PROFILES), 0.4),
                   "AWS_DEFAULT_REGION": ("eu-north-1", 0.2),
                   "AWS_ENDPOINT_URL": ("http://all.example", 0.1),
                   "AWS_USE_FIPS_ENDPOINT": (self.random.choice(["true", "false"]), 0.1),
                   "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": ("true", 0.05)}
        choices |= {f"AWS_ENDPOINT_URL_{each}": (f"http://{each.lower().replace('_', '-')}.example",
                                                0.1) for each in SERVICES.values()}
        return made | {name: value for name, (value, chance) in choices.items()
                       if self.maybe(chance)}

    def section(self, header, lines):
        self.random.shuffle(lines)
        sign = self.random.choice([" = ", "=", ": ", " :\t"])
        indent = self.random.choice(["", "", " "])
        out = [header] + [f"{indent}{key}{sign}{value}" if value is not None else indent + key
                          for key, value in lines]
        for _ in range(self.random.randint(0, 2)):
            out.insert(self.random.randint(1, len(out)),
                       self.random.choice(["", "# region = no", "  ; region = no", "   "]))
        return "\n".join(out) + "\n"

    def keys(self, letter):
        lines = [("aws_access_key_id", f"AKID{letter}{self.random.randint(0, 99)}")]
        if self.maybe(0.95):
            lines.append((self.random.choice(["aws_secret_access_key", "AWS_Secret_Access_Key"]),
                          "s/+=#"))
        return lines + ([("aws_session_token", "t")] if self.maybe(0.3) else [])

    def credentials(self):
        return "".join(self.section(f"[{name}]", self.keys("S") if self.maybe(0.8) else [])
                       for name in PROFILES if self.maybe(0.4))

    def config(self):
        out = [self.section(self.header(name), self.profile()) for name in PROFILES
               if self.maybe(0.7)]
        if self.maybe(0.8):
            out.append(self.section("[sso-session acme]", [
                each for each in [("sso_region", "eu-west-1"), ("sso_start_url", "https://x/start"),
                                  ("sso_registration_scopes", "sso:account:access")]
                if self.maybe(0.95)]))
        if self.maybe(0.8):
            out.append("[services mine]\nec2 =\n  endpoint_url = http://x\n" + "".join(
                f"{name} =\n  endpoint_url = http://{name}.of.services\n  other = x\n"
                for name in ["secrets_manager", "ssm", "sts", "sso", "s3"] if self.maybe(0.5)))
        if self.maybe(0.2):
            out.append(self.section("[bare]", [("region", "no")]))
        self.random.shuffle(out)
        return "".join(out)

    def header(self, name):
        if name == "default":
            return "[default]"
        return self.random.choice([f'[profile "{name}"]', f"[profile '{name}']"] + (
            [f"[profile {name}]", f"[profile   {name}]"] if " " not in name else []))

    def profile(self):
        lines = []
        if self.maybe(0.5):
            lines.append((self.random.choice(["region", "REGION"]), "eu-west-1"))
        if self.maybe(0.2):
            lines.append(("output", "json"))
        if self.maybe(0.1):
            lines.append(("s3 =\n     addressing_style = path", None))
        if self.maybe(0.15):
            lines.append(("endpoint_url", "http://profile.example"))
        if self.maybe(0.3):
            lines.append(("services", "mine" if self.maybe(0.9) else "none"))
        if self.maybe(0.2):
            lines.append(("use_fips_endpoint", self.random.choice(["true", "True", "false"])))
        for chance, add in [(0.35, self.role), (0.3, lambda: self.keys("C")), (0.15, self.sign_in),
                            (0.15, lambda: [("credential_process", f"'{self.process}' --x 'a b'")])]:
            if self.maybe(chance):
                lines += add()
        return lines

    def role(self):
        arn = f"arn:aws:iam::123456789012:role/r{self.random.randint(0, 9)}"
        lines = [("role_arn", arn)] if self.maybe(0.97) else []
        if self.maybe(0.7):
            lines.append(("source_profile", self.random.choice(PROFILES)))
        elif self.maybe(0.5):
            lines.append(("web_identity_token_file", "/token"))
        elif self.maybe(0.5):
            lines.append(("credential_source", self.random.choice(["Environment", "Pocket"])))
        if self.maybe(0.3):
            lines.append(("external_id", "e-id"))
        return lines + ([("duration_seconds", "1800")] if self.maybe(0.3) else [])

    def sign_in(self):
        lines = [each for each in [("sso_account_id", "123456789012"), ("sso_role_name", "reader")]
                 if self.maybe(0.9)]
        if self.maybe(0.6):
            return lines + [("sso_session", "acme")]
        return lines + [("sso_start_url", "https://old/start"), ("sso_region", "us-west-2")]


def steps_of(credentials, home):
    """From the last role to where it begins, as far as botocore knows without a network."""
    if credentials is None:
        return []
    method = credentials.method
    if method in ("env", "shared-credentials-file", "config-file"):
        return [[method, credentials.access_key]]
    if method == "custom-process":
        return [[method]]
    fetcher = credentials._refresh_using.__self__
    if method == "sso":
        name = fetcher._sso_session_name or fetcher._start_url
        import hashlib
        file = Path(home, ".aws/sso/cache", hashlib.sha1(name.encode()).hexdigest() + ".json")
        return [[method, fetcher._account_id, fetcher._role_name, fetcher._sso_region, str(file)]]
    asked = fetcher._assume_kwargs
    if method == "assume-role-with-web-identity":
        return [[method, asked["RoleArn"]]]
    return [[method, asked["RoleArn"], asked.get("ExternalId", ""),
             int(asked.get("DurationSeconds", 0))]] + steps_of(fetcher._source_credentials, home)


def botocores(botocore, environment):
    from botocore.configprovider import ConfiguredEndpointProvider
    from botocore.utils import ensure_boolean

    with mock.patch.dict(os.environ, environment, clear=True):
        session = botocore.session.Session()
        try:
            scoped = session.get_scoped_config()
            found = {"region": session.get_config_variable("region") or "",
                     "fips": bool(session.get_config_variable("use_fips_endpoint"))}
            ignored = ensure_boolean(session.get_config_variable("ignore_configured_endpoint_urls"))
            for service in SERVICES:
                provider = ConfiguredEndpointProvider(session.full_config, scoped, service)
                found[service] = "" if ignored else provider.provide() or ""
            found["steps"] = steps_of(session.get_credentials(), environment["HOME"])
        except Exception as error:  # each of botocore's is a refusal, and so are a few of Python's
            return {"error": f"{type(error).__name__}: {error}"}
    return found


def ours(program, environments):
    lines = "".join(json.dumps(each) + "\n" for each in environments)
    done = subprocess.run([program], input=lines.encode(), capture_output=True, timeout=60,
                          check=True)
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        if "error" not in answer:
            every = answer.pop("all")
            answer |= {each: answer[each] or every for each in SERVICES}
            answer["steps"] = [each[:1] if each[0] == "custom-process" else each
                               for each in answer["steps"]]
        yield answer


def is_the_same(got, expected):
    return "error" in got and "error" in expected or got == expected


def test_botocore_finds_what_we_find(program, botocore, tmp_path):
    generator = Generator(SEED, tmp_path)
    environments = [generator.environment() for _ in range(ENVIRONMENTS)]
    both = [(each, got, botocores(botocore, each))
            for each, got in zip(environments, ours(program, environments), strict=True)]
    different = [each for each in both if not is_the_same(*each[1:])]
    assert not different, f"{len(different)} of {ENVIRONMENTS}, the first: {different[0]}"
    kinds = {step[0] for _, got, _ in both for step in got.get("steps", [])}
    assert kinds == {"env", "shared-credentials-file", "config-file", "assume-role",
                     "assume-role-with-web-identity", "custom-process", "sso"}
    refused = sum("error" in got for _, got, _ in both)
    assert ENVIRONMENTS // 20 < refused < ENVIRONMENTS * 2 // 3, "both sides are compared"
