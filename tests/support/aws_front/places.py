"""The places that hand out keys without a signature: an instance's metadata, a container's
endpoint, the single sign-on portal."""

import secrets
import urllib.parse

from .clock import iso
from .wire import Response, json_response

PLAIN, JSON = "text/plain", "application/json"
TOKEN_PATH = "/latest/api/token"
ROLES_PATH = "/latest/meta-data/iam/security-credentials/"
LONGEST_TTL = 21600


def _plain(status, text=""):
    return Response(status, text.encode(), PLAIN, error="" if status == 200 else str(status))


class Instance:
    """IMDSv2: a token by PUT, then what it is asked for. Version 1, without one, is refused."""

    def __init__(self, identities, clock):
        self._identities, self._clock = identities, clock
        self.role, self.region = "", "us-east-1"
        self._tokens = {}

    def forget_tokens(self):
        self._tokens.clear()

    def answer(self, request, tell):
        if request.path == TOKEN_PATH:
            return self._token(request)
        until = self._tokens.get(request.header("x-aws-ec2-metadata-token"))
        if until is None or until <= self._clock.now():
            return _plain(401)
        if request.method != "GET":
            return _plain(405)
        if request.path == "/latest/meta-data/placement/region":
            return _plain(200, self.region)
        if not self.role or not request.path.startswith(ROLES_PATH):
            return _plain(404)
        return self._credentials(request.path[len(ROLES_PATH):], tell)

    def _token(self, request):
        """What came through a proxy is refused: that is how IMDSv2 keeps others out."""
        ttl = request.header("x-aws-ec2-metadata-token-ttl-seconds")
        if request.method != "PUT":
            return _plain(405)
        if request.header("x-forwarded-for"):
            return _plain(403)
        if not ttl.isdigit() or not 1 <= int(ttl) <= LONGEST_TTL:
            return _plain(400)
        token = secrets.token_urlsafe(40)
        self._tokens[token] = self._clock.now() + int(ttl)
        return Response(200, token.encode(), PLAIN,
                        {"X-Aws-Ec2-Metadata-Token-Ttl-Seconds": ttl})

    def _credentials(self, name, tell):
        if name == "":
            return _plain(200, self.role)
        role = self._identities.named(self.role)
        if name != self.role or role is None:
            return _plain(404)
        tell(role, "")
        key = self._identities.issue(role)
        return json_response({
            "Code": "Success", "LastUpdated": iso(self._clock.now()), "Type": "AWS-HMAC",
            "AccessKeyId": key.id, "SecretAccessKey": key.secret, "Token": key.token,
            "Expiration": iso(key.expires)})


class Container:
    """ECS and EKS Pod Identity. `tokens` are those it takes in Authorization; none: any."""

    def __init__(self, identities):
        self._identities = identities
        self.role, self.tokens = "", []

    def answer(self, request, tell):
        role = self._identities.named(self.role)
        if request.method != "GET" or role is None:
            return _plain(404)
        if self.tokens and request.header("authorization") not in self.tokens:
            return json_response({"code": "AccessDenied", "message": "token"}, 401, "401")
        tell(role, "")
        key = self._identities.issue(role)
        return json_response({"RoleArn": role.arn, "AccessKeyId": key.id,
                              "SecretAccessKey": key.secret, "Token": key.token,
                              "Expiration": iso(key.expires)})


class Portal:
    """GetRoleCredentials of single sign-on; `tokens` are those of people who signed in."""

    PATH = "/federation/credentials"

    def __init__(self, identities):
        self._identities = identities
        self.tokens = []

    def answer(self, request, tell):
        if request.header("x-amz-sso_bearer_token") not in self.tokens:
            return json_response({"message": "Session token not found or invalid"}, 401,
                                 "UnauthorizedException",
                                 {"x-amzn-ErrorType": "UnauthorizedException"})
        fields = dict(urllib.parse.parse_qsl(request.query))
        role = self._identities.named(fields.get("role_name", ""))
        if role is None or role.account != fields.get("account_id"):
            return json_response({"message": "No access"}, 403, "ForbiddenException")
        tell(role, "")
        key = self._identities.issue(role)
        return json_response({"roleCredentials": {
            "accessKeyId": key.id, "secretAccessKey": key.secret, "sessionToken": key.token,
            "expiration": int(key.expires * 1000)}})
