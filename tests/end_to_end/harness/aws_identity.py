"""The chain's places: each method makes one ready and returns the environment that leads there.

Link-local addresses cannot be bound here: an instance's metadata and a container's endpoint
are on loopback, by the variables that the SDKs have for that.
"""

import datetime
import hashlib
import json
import secrets

from harness.aws_front import ACCOUNT, REGION
from harness.aws_world import BLIND

ROLE = "reader"


class AwsIdentity:
    """Of one AwsWorld. The role may look and not read, unless a test gives it other rights."""

    def __init__(self, aws):
        self.aws, self.front, self.folder = aws, aws.front, aws.folder

    def role(self, name=ROLE, statements=BLIND, **more):
        """`more` is in identities.py: trusted, external_id, web_tokens, lifetime."""
        self.front.identity(name, statements, role=True, **more)
        return f"arn:aws:iam::{ACCOUNT}:role/{name}"

    def _write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.write_text(text)
        draft.chmod(0o644)
        draft.rename(path)
        return path

    def web_token(self, **more):
        """A token in a file, the one that STS takes now; again: it was rotated."""
        token = secrets.token_urlsafe(200)
        arn = self.role(web_tokens=[token], **more)
        return arn, self._write("web-identity-token", token)

    def web_identity(self, **more):
        arn, path = self.web_token(**more)
        return {**self.aws.elsewhere(), "AWS_WEB_IDENTITY_TOKEN_FILE": str(path),
                "AWS_ROLE_ARN": arn, "AWS_ROLE_SESSION_NAME": "blindfold"}

    def instance(self, **more):
        """The instance has this role."""
        self.role(**more)
        self.front.command(instance={"role": ROLE, "region": REGION})
        return {**self.aws.elsewhere(), "AWS_EC2_METADATA_DISABLED": "false",
                "AWS_EC2_METADATA_SERVICE_ENDPOINT": f"http://{self.front.addresses['instance']}"}

    def container_token(self, name="container-token"):
        """A token in a file, the one that the endpoint takes now; again: it was rotated."""
        token = secrets.token_urlsafe(60)
        self.front.command(container={"role": ROLE, "tokens": [token]})
        return self._write(name, token)

    def container(self, **more):
        """As EKS Pod Identity has it: the token is in a file."""
        self.role(**more)
        path = self.container_token()
        address = self.front.addresses["container"]
        return {**self.aws.elsewhere(), "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(path),
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"http://{address}/v1/credentials"}

    def profile(self, config="", credentials="", name="test"):
        """With these shared files. `{...}` in them was filled in by the caller."""
        return {**self.aws.elsewhere(), "AWS_PROFILE": name,
                "AWS_CONFIG_FILE": str(self._write("config", config)),
                "AWS_SHARED_CREDENTIALS_FILE": str(self._write("credentials", credentials))}

    def key_profile(self):
        key = self.aws.key
        return self.profile(credentials=_section("test", aws_access_key_id=key["id"],
                                                 aws_secret_access_key=key["secret"]))

    def role_profile(self, **more):
        """A role taken with the keys of another profile, and an external id."""
        arn = self.role(trusted=["agent"], external_id="outside-7", **more)
        key = self.aws.key
        return self.profile(
            _section("profile test", role_arn=arn, source_profile="keys",
                     external_id="outside-7", region=REGION),
            _section("keys", aws_access_key_id=key["id"], aws_secret_access_key=key["secret"]))

    def process_profile(self):
        """A program that prints credentials."""
        key = self.aws.key
        program = self._write("process", "#!/bin/sh\nexec cat \"$(dirname \"$0\")/printed\"\n")
        program.chmod(0o755)
        self._write("printed", json.dumps({
            "Version": 1, "AccessKeyId": key["id"], "SecretAccessKey": key["secret"]}))
        return self.profile(_section("profile test", credential_process=program))

    def sso_profile(self, **more):
        """A person who signed in: `aws sso login` left a token, which the portal takes."""
        self.role(**more)
        token = secrets.token_urlsafe(60)
        self.front.command(portal={"tokens": [token]})
        digest = hashlib.sha1(b"people").hexdigest()
        until = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)
        self._write(f".aws/sso/cache/{digest}.json", json.dumps({
            "startUrl": "https://people.awsapps.test/start", "region": REGION,
            "accessToken": token, "expiresAt": until.strftime("%Y-%m-%dT%H:%M:%SZ")}))
        return self.profile(
            _section("profile test", sso_session="people", sso_account_id=ACCOUNT,
                     sso_role_name=ROLE, region=REGION)
            + _section("sso-session people", sso_region=REGION,
                       sso_start_url="https://people.awsapps.test/start",
                       sso_registration_scopes="sso:account:access"))


def _section(name, **values):
    return f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in values.items()) + "\n"
