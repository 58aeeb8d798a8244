"""STS: roles by another key or by a web identity's token. AWS's query protocol, in XML."""

import urllib.parse
import xml.sax.saxutils

from .clock import iso
from .signatures import verify
from .wire import Refused, Response

NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/"
# What the JSON services say in other words.
CODES = {"UnrecognizedClientException": "InvalidClientTokenId",
         "ExpiredTokenException": "ExpiredToken",
         "InvalidSignatureException": "SignatureDoesNotMatch",
         "IncompleteSignatureException": "IncompleteSignature",
         "MissingAuthenticationTokenException": "MissingAuthenticationToken",
         "AccessDeniedException": "AccessDenied"}
XML = "text/xml"


def _escaped(text):
    return xml.sax.saxutils.escape(str(text))


def _refusal(refused):
    code, status = refused.code, refused.status
    if code in CODES:
        code, status = CODES[code], 403
    body = (f'<ErrorResponse xmlns="{NAMESPACE}"><Error><Type>Sender</Type><Code>{code}</Code>'
            f"<Message>{_escaped(refused.message)}</Message></Error>"
            "<RequestId>6c1d2a32-test</RequestId></ErrorResponse>")
    return Response(status, body.encode(), XML, error=code)


def _result(action, key, role, session):
    account = role.account
    body = (f'<{action}Response xmlns="{NAMESPACE}"><{action}Result>'
            f"<AssumedRoleUser><AssumedRoleId>AROATEST:{_escaped(session)}</AssumedRoleId>"
            f"<Arn>arn:aws:sts::{account}:assumed-role/{role.name}/{_escaped(session)}</Arn>"
            f"</AssumedRoleUser><Credentials><AccessKeyId>{key.id}</AccessKeyId>"
            f"<SecretAccessKey>{key.secret}</SecretAccessKey>"
            f"<SessionToken>{key.token}</SessionToken><Expiration>{iso(key.expires)}</Expiration>"
            f"</Credentials></{action}Result><ResponseMetadata><RequestId>6c1d2a32-test"
            f"</RequestId></ResponseMetadata></{action}Response>")
    return Response(200, body.encode(), XML)


class Sts:
    def __init__(self, identities, clock):
        self._identities, self._clock = identities, clock

    @staticmethod
    def action_of(request):
        return urllib.parse.parse_qs(request.body.decode("latin-1")).get("Action", [""])[0]

    def answer(self, request, tell):
        fields = {name: values[0] for name, values in
                  urllib.parse.parse_qs(request.body.decode(), keep_blank_values=True).items()}
        try:
            return self._answer(request, fields, tell)
        except Refused as refused:
            return _refusal(refused)

    def _answer(self, request, fields, tell):
        action = fields.get("Action", "")
        if action == "AssumeRoleWithWebIdentity":
            return self._by_web_identity(fields, tell)
        signed = verify(request, self._identities, self._clock)
        tell(signed.identity, signed.region)
        if signed.service != "sts":
            raise Refused("InvalidSignatureException", "Credential should be scoped to sts")
        if action == "AssumeRole":
            return self._by_key(signed, fields)
        if action == "GetCallerIdentity":
            return self._caller(signed)
        raise Refused("InvalidAction", f"Could not find operation {action}")

    def _by_web_identity(self, fields, tell):
        role = self._identities.by_arn(fields.get("RoleArn", ""))
        if role is not None:
            tell(role, "")
        if role is None or fields.get("WebIdentityToken") not in role.web_tokens:
            raise Refused("InvalidIdentityToken", "Couldn't retrieve verification key from your "
                          "identity provider", 400)
        return self._issued("AssumeRoleWithWebIdentity", role, fields)

    def _by_key(self, signed, fields):
        arn = fields.get("RoleArn", "")
        role = self._identities.by_arn(arn)
        trusted = role is not None and signed.identity.name in role.trusted
        if not trusted or role.external_id != fields.get("ExternalId", ""):
            raise Refused("AccessDenied", f"User: {signed.identity.arn} is not authorized to "
                          f"perform: sts:AssumeRole on resource: {arn}", 403)
        return self._issued("AssumeRole", role, fields)

    def _issued(self, action, role, fields):
        if not fields.get("RoleSessionName"):
            raise Refused("ValidationError", "RoleSessionName is missing")
        # A test's own lifetime counts before what was asked for.
        key = self._identities.issue(role)
        return _result(action, key, role, fields["RoleSessionName"])

    @staticmethod
    def _caller(signed):
        identity, action = signed.identity, "GetCallerIdentity"
        body = (f'<{action}Response xmlns="{NAMESPACE}"><{action}Result><Arn>{identity.arn}</Arn>'
                f"<UserId>AIDATEST</UserId><Account>{identity.account}</Account></{action}Result>"
                f"<ResponseMetadata><RequestId>test</RequestId></ResponseMetadata>"
                f"</{action}Response>")
        return Response(200, body.encode(), XML)
