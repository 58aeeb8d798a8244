"""An authority of the test's own, and a certificate for loopback and for AWS's names."""

import subprocess

REGIONS = ("us-east-1", "eu-west-1", "eu-central-1", "us-west-2")


def _openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def make(folder):
    """ca.crt is what a client trusts; server.crt and server.key are the front's."""
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2")
    _openssl("req", "-x509", *key, "-subj", "/CN=authority of the tests", "-keyout",
             folder / "ca.key", "-out", folder / "ca.crt")
    names = ["IP:127.0.0.1", "DNS:localhost", "DNS:*.amazonaws.com"]
    for region in REGIONS:
        names += [f"DNS:*.{region}.amazonaws.com", f"DNS:portal.sso.{region}.amazonaws.com"]
    _openssl("req", "-x509", "-CA", folder / "ca.crt", "-CAkey", folder / "ca.key", *key,
             "-subj", "/CN=front of the tests", "-addext", "subjectAltName=" + ",".join(names),
             "-addext", "basicConstraints=critical,CA:FALSE",
             "-keyout", folder / "server.key", "-out", folder / "server.crt")
    (folder / "ca.crt").chmod(0o644)
