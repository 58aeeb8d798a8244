"""HTTP/1.1 on a socket, with the bytes kept as they came."""

import json

LARGEST_HEAD = 1 << 16
LARGEST_BODY = 1 << 22
REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
           404: "Not Found", 405: "Method Not Allowed", 429: "Too Many Requests",
           500: "Internal Server Error", 503: "Service Unavailable"}
JSON_KIND = "application/x-amz-json-1.1"


class Ended(Exception):
    """The other side closed the connection, or sent what is no request."""


class Request:
    """As it came. Header names keep their letters; a header that came twice is there twice."""

    def __init__(self, head, body):
        self.raw = head + body
        self.body = body
        first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
        try:
            self.method, self.target, _ = first.split(" ")
        except ValueError:
            raise Ended(f"not a request: {first}") from None
        self.path, _, self.query = self.target.partition("?")
        self.headers = [(name.strip(), value.strip()) for name, _, value in
                        (line.partition(":") for line in lines)]

    def all(self, name):
        return [value for each, value in self.headers if each.lower() == name]

    def header(self, name, default=""):
        """Of the first of that name, which is in lower case."""
        return next(iter(self.all(name)), default)


class Response:
    """What is sent, but for Content-Length and Date."""

    def __init__(self, status, body=b"", kind=JSON_KIND, headers=None, error=""):
        self.status, self.body, self.error = status, body, error
        self.headers = {"Content-Type": kind, **(headers or {})}

    def to_bytes(self, date):
        reason = REASONS.get(self.status, "Status")
        lines = [f"HTTP/1.1 {self.status} {reason}", f"Date: {date}",
                 f"Content-Length: {len(self.body)}",
                 *(f"{name}: {value}" for name, value in self.headers.items())]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


def json_response(document, status=200, error="", headers=None):
    return Response(status, json.dumps(document).encode(), headers=headers, error=error)


class Refused(Exception):
    """What a service says instead of an answer."""

    def __init__(self, code, message, status=400):
        super().__init__(f"{code}: {message}")
        self.code, self.message, self.status = code, message, status


class Reader:
    """Requests of one connection, one after the other."""

    def __init__(self, connection):
        self._connection = connection
        self._pending = b""

    def _more(self):
        data = self._connection.recv(65536)
        if not data:
            raise Ended("closed")
        self._pending += data

    def next(self):
        while b"\r\n\r\n" not in self._pending:
            if len(self._pending) > LARGEST_HEAD:
                raise Ended("its head is too large")
            self._more()
        head, _, self._pending = self._pending.partition(b"\r\n\r\n")
        head += b"\r\n\r\n"
        length = self._length(head)
        if b"\r\nexpect: 100-continue\r\n" in head.lower():
            self._connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        while len(self._pending) < length:
            self._more()
        body, self._pending = self._pending[:length], self._pending[length:]
        return Request(head, body)

    @staticmethod
    def _length(head):
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"transfer-encoding":
                raise Ended("a body without a length")
            if name.strip().lower() == b"content-length":
                if int(value) > LARGEST_BODY:
                    raise Ended("its body is too large")
                return int(value)
        return 0
