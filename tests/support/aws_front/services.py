"""Secrets Manager and Parameter Store: AWS's JSON protocol, from the signature to the answer."""

import json
import re
import uuid

from . import reads
from .policies import check
from .signatures import verify
from .wire import JSON_KIND, Refused, Response

TARGETS = {"secretsmanager": "secretsmanager", "AmazonSSM": "ssm"}
WRITES = ("Create", "Put", "Update", "Delete", "Restore", "Tag", "Untag", "Rotate", "Label")
OF_ALL = ("ListSecrets", "BatchGetSecretValue", "GetRandomPassword")


def named(request):
    """(service, operation) of an X-Amz-Target; empty where it is none that is known."""
    prefix, _, operation = request.header("x-amz-target").partition(".")
    service = TARGETS.get(prefix, "")
    return (service, operation) if service else ("", "")


def refusal(refused):
    """AWS writes Message for what IAM says, and message otherwise."""
    name = "Message" if refused.code == "AccessDeniedException" else "message"
    headers = {"x-amzn-RequestId": str(uuid.uuid4())}
    if getattr(refused, "retry_after", None) is not None:
        headers["Retry-After"] = str(refused.retry_after)
    body = json.dumps({"__type": refused.code, name: refused.message}).encode()
    return Response(refused.status, body, JSON_KIND, headers, refused.code)


class Services:
    """`tell(identity, region)` is called as soon as it is known who asks."""

    def __init__(self, store, identities, buckets, clock):
        self._store, self._identities = store, identities
        self._buckets, self._clock = buckets, clock
        self.scanned_pages = False

    def answer(self, request, tell):
        try:
            return self._answer(request, tell)
        except Refused as refused:
            return refusal(refused)

    def _answer(self, request, tell):
        signed = verify(request, self._identities, self._clock)
        tell(signed.identity, signed.region)
        service, operation = named(request)
        if not operation:
            raise Refused("UnknownOperationException", "there is no such operation")
        if signed.service != service:
            raise Refused("InvalidSignatureException",
                          f"Credential should be scoped to correct service: '{service}'.")
        self._buckets.take(service, operation, signed.region, signed.identity.name)
        asked = reads.asked_of(request.body)
        with self._store.seen_by(operation):
            if service == "secretsmanager":
                answer = self._secrets(request, operation, signed, asked)
            else:
                answer = self._parameters(request, operation, signed, asked)
        if answer.status != 200:
            answer.error = json.loads(answer.body).get("__type", "")
        elif operation.startswith(WRITES):
            self._store.changed()
        return answer

    def _secrets(self, request, operation, signed, asked):
        account, region = signed.identity.account, signed.region
        action, secret = f"secretsmanager:{operation}", None
        context = {"aws:requestedregion": region}
        if operation in OF_ALL:
            check(signed.identity, action, "*", context)
        else:
            identifier = asked.get("SecretId") or asked.get("Name") or ""
            secret = self._store.secret(account, region, identifier)
            check(signed.identity, action, self._secret_arn(account, region, identifier, secret),
                  context)
        if operation == "ListSecretVersionIds":
            return reads.list_secret_version_ids(self._store, account, region, asked)
        if secret is not None and "SecretId" in asked:
            asked["SecretId"], account = secret.arn, secret.arn.split(":")[4]
        elif "SecretId" in asked:
            raise reads.no_secret()
        answer = self._store.call(request, "secretsmanager", account, json.dumps(asked).encode())
        if operation in ("DescribeSecret", "ListSecrets") and answer.status == 200:
            answer.body = reads.tidied(operation, answer.body)
        return answer

    @staticmethod
    def _secret_arn(account, region, identifier, secret):
        """For what is not there AWS makes an ending up, so that `name-??????` covers it too."""
        if secret is not None:
            return secret.arn
        if not identifier.startswith("arn:"):
            identifier = f"arn:aws:secretsmanager:{region}:{account}:secret:{identifier}"
        return identifier if re.search("-[A-Za-z0-9]{6}$", identifier) else f"{identifier}-aB3dE6"

    def _parameters(self, request, operation, signed, asked):
        account, region = signed.identity.account, signed.region
        names = asked.get("Names") or [asked.get("Name") or asked.get("Path") or ""]
        for name in names:
            resource = self._parameter_arn(account, region, operation, name)
            check(signed.identity, f"ssm:{operation}", resource,
                  {"aws:requestedregion": region,
                   "ssm:overwrite": str(asked.get("Overwrite", False)).lower()})
        if operation == "DescribeParameters":
            return reads.describe_parameters(self._store, account, region, asked,
                                             self.scanned_pages)
        return self._store.call(request, "ssm", account, request.body)

    @staticmethod
    def _parameter_arn(account, region, operation, name):
        start = f"arn:aws:ssm:{region}:{account}:"
        if operation == "DescribeParameters":
            return f"{start}*"
        if name.startswith("arn:"):
            return name.rpartition(":")[0] if name.count(":") > 5 else name
        name = name.partition(":")[0]
        return f"{start}parameter{name if name.startswith('/') else '/' + name}"
