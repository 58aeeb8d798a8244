"""Sockets: an address that can be closed and opened again, and its connections."""

import contextlib
import itertools
import socket
import ssl
import struct
import threading

from .wire import Ended, Reader, Response

NUMBERS = itertools.count(1)
BROKEN = (OSError, Ended, ValueError)


class Listener:
    """On a port of 127.0.0.1 that stays its own while it is closed.

    `serve(socket, number)` runs in a thread of each connection.
    """

    def __init__(self, serve):
        self._serve = serve
        self._keeper = self._socket()
        self._keeper.bind(("127.0.0.1", 0))
        self.port = self._keeper.getsockname()[1]
        self._lock = threading.Lock()
        self._connections = set()
        self._listening = None
        self.open()

    @staticmethod
    def _socket():
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        return made

    def open(self):
        if self._listening is not None:
            return
        self._listening = self._socket()
        self._listening.bind(("127.0.0.1", self.port))
        self._listening.listen(128)
        threading.Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def close(self):
        """New connections are refused, those that are there end."""
        if self._listening is None:
            return
        listening, self._listening = self._listening, None
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        with self._lock:
            for each in self._connections:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def _accept(self, listening):
        while True:
            try:
                made, _ = listening.accept()
            except OSError:
                return
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._run, args=(made,), daemon=True).start()

    def _run(self, made):
        held = made.dup()  # TLS takes the other one over
        with self._lock:
            self._connections.add(held)
        try:
            self._serve(made, next(NUMBERS))
        except BROKEN:
            pass
        finally:
            with self._lock:
                self._connections.discard(held)
                held.close()
            made.close()


def reset(connection):
    """The other side sees a reset, and not an end."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RD)
        connection.close()


def wait_closed(connection):
    """Says nothing until the other side has enough of it."""
    while connection.recv(65536):
        pass


def converse(connection, front, number, host=""):
    """Requests of one connection to its end."""
    reader = Reader(connection)
    while True:
        request = reader.next()
        handled = front.handle(request, number, host)
        if handled.action == "hang":
            wait_closed(connection)
            return
        if handled.action == "reset":
            reset(connection)
            return
        connection.sendall(handled.data)
        if handled.action == "cut" or request.header("connection").lower() == "close":
            return


def plain(front):
    """For Listener: HTTP."""
    return lambda made, number: converse(made, front, number)


def secured(front, context):
    """For Listener: HTTPS."""
    def serve(made, number):
        with context.wrap_socket(made, server_side=True) as safe:
            converse(safe, front, number)
    return serve


class Proxy:
    """For Listener: an HTTP proxy that makes tunnels to AWS's own names, which end here."""

    def __init__(self, front, context, faults, recorder, clock):
        self._front, self._context = front, context
        self._faults, self._recorder, self._clock = faults, recorder, clock

    def __call__(self, made, number):
        request = Reader(made).next()
        host = request.target.partition(":")[0]
        told = self._recorder.request(request, operation="CONNECT", region="", identity="",
                                      key="", connection=number, host=host)
        fault = self._faults.find(f"CONNECT {host}", "")
        status = 200 if request.method == "CONNECT" and fault is None else 503
        self._recorder.reply(told, b"", status=status, identity="", error="")
        if fault is not None and fault.action == "hang":
            wait_closed(made)
            return
        made.sendall(Response(status, kind="text/plain").to_bytes(self._clock.date())
                     if status != 200 else b"HTTP/1.1 200 Connection established\r\n\r\n")
        if status == 200:
            with self._context.wrap_socket(made, server_side=True) as safe:
                converse(safe, self._front, number, host)


def context_of(folder):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(folder / "server.crt", folder / "server.key")
    return made
