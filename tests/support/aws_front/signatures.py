"""Checks a request's signature as AWS does: botocore computes what it should be."""

import hmac
import re

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from .clock import parsed, stamp
from .wire import Refused

SKEW = 300
FORM = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/,]+)/(\d{8})/([a-z0-9-]+)/([a-z0-9-]+)/"
                  r"aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})")
ONCE = ("host", "authorization", "x-amz-date", "x-amz-target", "x-amz-security-token",
        "content-length")


class Signed:
    """Who signed it and for where."""

    def __init__(self, key, region, service):
        self.key, self.identity, self.region, self.service = key, key.identity, region, service


def _wrong(message):
    return Refused("InvalidSignatureException", message)


def claimed(request):
    """(key id, region, service) as the request says them, unproven; empty where it does not."""
    found = FORM.fullmatch(request.header("authorization"))
    return (found[1], found[3], found[4]) if found else ("", "", "")


def _check_headers(request, signed):
    for name in ONCE:
        if len(request.all(name)) > 1:
            raise _wrong(f"The header {name} was sent more than once")
    needed = {"host"} | {name.lower() for name, _ in request.headers
                         if name.lower().startswith("x-amz-")}
    missing = sorted(needed - set(signed))
    if missing:
        raise _wrong(f"These headers must be signed: {missing}")
    if signed != sorted(signed) or any(not request.all(name) for name in signed):
        raise _wrong("SignedHeaders are not those that were sent, in their order")


def _expected(request, key, region, service, signed, date):
    asked = AWSRequest(request.method, f"https://front.test{request.target}", data=request.body)
    for name, value in request.headers:
        if name.lower() in signed:
            asked.headers.add_header(name, value)
    asked.context["timestamp"] = date
    signer = SigV4Auth(Credentials(key.id, key.secret, key.token), service, region)
    return signer.signature(signer.string_to_sign(asked, signer.canonical_request(asked)), asked)


def _check_time(date, now):
    try:
        at = parsed(date)
    except ValueError:
        raise _wrong("X-Amz-Date is not of its form") from None
    if at < now - SKEW:
        raise _wrong(f"Signature expired: {date} is now earlier than {stamp(now - SKEW)} "
                     f"({stamp(now)} - 5 min.)")
    if at > now + SKEW:
        raise _wrong(f"Signature not yet current: {date} is still later than {stamp(now + SKEW)} "
                     f"({stamp(now)} + 5 min.)")


def verify(request, identities, clock):
    """Who signed it. Raises Refused."""
    if not request.header("authorization"):
        raise Refused("MissingAuthenticationTokenException", "Missing Authentication Token")
    form = FORM.fullmatch(request.header("authorization"))
    if form is None:
        raise Refused("IncompleteSignatureException", "Authorization header is not of its form")
    key_id, day, region, service, names, signature = form.groups()
    key, token = identities.key(key_id), request.header("x-amz-security-token")
    if key is None or key.token != token:
        raise Refused("UnrecognizedClientException",
                      "The security token included in the request is invalid.")
    if key.expires is not None and key.expires <= clock.now():
        raise Refused("ExpiredTokenException",
                      "The security token included in the request is expired")
    date, signed = request.header("x-amz-date"), names.split(";")
    _check_time(date, clock.now())
    _check_headers(request, signed)
    if not date.startswith(day):
        raise _wrong("Credential should be scoped to the day of X-Amz-Date")
    told = request.header("x-amz-content-sha256")
    expected = _expected(request, key, region, service, signed, date)
    if not hmac.compare_digest(expected, signature) or (told and not _is_digest(told, request)):
        raise _wrong("The request signature we calculated does not match the signature you "
                     "provided. Check your AWS Secret Access Key and signing method.")
    return Signed(key, region, service)


def _is_digest(told, request):
    signer = SigV4Auth(Credentials("", ""), "", "")
    return told == signer.payload(AWSRequest("POST", "https://front.test/", data=request.body))
