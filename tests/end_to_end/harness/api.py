"""The API server as its administrator sees it, without a program for each request."""

import http.client
import json
import ssl
import threading
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

JSON = "application/json"
WORKERS = 8


class Refused(Exception):
    """A status that was not expected; `document` is what came with it."""

    def __init__(self, what, status, document):
        super().__init__(f"{what}: {status} {document}")
        self.status, self.document = status, document


class Api:
    """Requests with one token, each thread on a connection of its own that is kept alive."""

    def __init__(self, address, authority, token):
        self.address, self.token = address, token
        self._context = ssl.create_default_context(cafile=str(authority))
        self._local = threading.local()

    def _connection(self, anew):
        if anew or not hasattr(self._local, "connection"):
            self._local.connection = http.client.HTTPSConnection(
                self.address, context=self._context, timeout=30)
        return self._local.connection

    def _exchange(self, method, target, body, headers, anew=False):
        connection = self._connection(anew)
        connection.request(method, target, body, headers)
        reply = connection.getresponse()
        return reply.status, reply.read()

    def request(self, method, target, document=None, content_type=JSON, accept=JSON):
        """The status and the document that came back."""
        body = None if document is None else json.dumps(document).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": content_type,
                   "Accept": accept}
        try:
            status, text = self._exchange(method, target, body, headers)
        except (http.client.HTTPException, OSError):  # what was kept alive was closed
            status, text = self._exchange(method, target, body, headers, anew=True)
        return status, json.loads(text) if text.startswith(b"{") else text.decode()

    def _expect(self, good, method, target, *arguments, **more):
        status, document = self.request(method, target, *arguments, **more)
        if status not in good:
            raise Refused(f"{method} {target}", status, document)
        return document

    def get(self, target):
        return self._expect([200], "GET", target)

    def post(self, target, document):
        return self._expect([200, 201, 202], "POST", target, document)

    def put(self, target, document):
        return self._expect([200, 201], "PUT", target, document)

    def merge(self, target, document):
        return self._expect([200], "PATCH", target, document, "application/merge-patch+json")

    def delete(self, target):
        """What is not there is deleted already."""
        return self._expect([200, 202, 404], "DELETE", target)

    def post_all(self, target, documents):
        """Many of them, over several connections."""
        with ThreadPoolExecutor(WORKERS) as pool:
            for _ in pool.map(lambda document: self.post(target, document), documents):
                continue


def query(**parameters):
    return "?" + urllib.parse.urlencode(parameters)
