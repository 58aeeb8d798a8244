"""A server for the tests of platform/http: TLS, with HTTP/2 or HTTP/1.1.

Takes its options as JSON in its first argument, prints its port, and ends when
its standard input does. What it does follows from the path:

    /text            "hello"
    /who             JSON: how the connection and the request looked from here
    /size/N          N bytes
    /hold            a head, and nothing more
    /mute            nothing
    /tell/TEXT       TEXT to every stream that is held, then "told"
    /close           the end of every stream that is held, then "closed"
    /reset           a head, and then RST_STREAM
    /goaway          a head, and then GOAWAY and the connection's end
    /drop            the end of the connection, at once
    /huge            a head of 200 KB
    /stats           JSON: how many connections there were, streams of each
"""

import json
import os
import socket
import ssl
import sys
import threading

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import h2.settings

OPTIONS = json.loads(sys.argv[1])
LOCK = threading.RLock()
CONNECTIONS = []


class Connection:
    """What both protocols share: answering a path."""

    def __init__(self, sock, sni):
        self.socket, self.sni = sock, sni
        self.held = set()
        self.most = 0
        self.over = False

    def write(self):
        pass

    def end(self):
        self.over = True
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def answer(self, stream, fields):
        path = fields[":path"]
        if path == "/text":
            self.whole(stream, b"hello")
        elif path == "/who":
            peer = self.socket.getpeercert() or {}
            names = dict(each[0] for each in peer.get("subject", ()))
            about = {"sni": self.sni, "protocol": self.protocol, "fields": fields,
                     "client": names.get("commonName"), "tls": self.socket.version()}  # fmt: skip
            self.whole(stream, json.dumps(about).encode())
        elif path.startswith("/size/"):
            self.whole(stream, b"x" * int(path.removeprefix("/size/")))
        elif path == "/hold":
            self.head(stream)
            self.held.add(stream)
            self.most = max(self.most, len(self.held))
        elif path.startswith("/tell/"):
            for each in CONNECTIONS:
                for held in sorted(each.held):
                    each.piece(held, path.removeprefix("/tell/").encode())
                each.write()
            self.whole(stream, b"told")
        elif path == "/close":
            for each in CONNECTIONS:
                for held in sorted(each.held):
                    each.finish(held)
                each.held.clear()
                each.write()
            self.whole(stream, b"closed")
        elif path == "/stats":
            stats = {"connections": len(CONNECTIONS), "held": [len(c.held) for c in CONNECTIONS],
                     "most": [c.most for c in CONNECTIONS]}  # fmt: skip
            self.whole(stream, json.dumps(stats).encode())
        elif path == "/drop":
            self.end()
        elif path != "/mute":
            self.fault(stream, path)


class Http2(Connection):
    protocol = "h2"

    def run(self):
        config = h2.config.H2Configuration(client_side=False, header_encoding="utf-8")
        self.h2 = h2.connection.H2Connection(config)
        self.h2.local_settings = h2.settings.Settings(
            client=False,
            initial_values={h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS: OPTIONS["streams"]},
        )
        self.unsent = {}
        self.h2.initiate_connection()
        self.write()
        while not self.over and (data := self.socket.recv(65536)):
            with LOCK:
                for event in self.h2.receive_data(data):
                    self.happened(event)
                if not self.over:
                    self.write()

    def happened(self, event):
        if isinstance(event, h2.events.RequestReceived):
            self.answer(event.stream_id, dict(event.headers))
        elif isinstance(event, h2.events.DataReceived):
            self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2.events.WindowUpdated):
            self.pour()
        elif isinstance(event, h2.events.StreamReset):
            self.held.discard(event.stream_id)
            self.unsent.pop(event.stream_id, None)

    def write(self):
        try:
            self.socket.sendall(self.h2.data_to_send())
        except OSError:
            self.over = True

    def head(self, stream, more=()):
        self.h2.send_headers(stream, [(":status", "200"), ("content-type", "text/plain"), *more])

    def whole(self, stream, body):
        self.head(stream)
        self.unsent[stream] = body
        self.pour()

    def pour(self):
        for stream, body in list(self.unsent.items()):
            while True:
                room = min(self.h2.local_flow_control_window(stream), self.h2.max_outbound_frame_size)
                piece, body = body[:room], body[room:]
                if not body:
                    self.h2.send_data(stream, piece, end_stream=True)
                    del self.unsent[stream]
                    break
                if not piece:
                    self.unsent[stream] = body
                    break
                self.h2.send_data(stream, piece)

    def piece(self, stream, text):
        self.h2.send_data(stream, text)

    def finish(self, stream):
        self.h2.end_stream(stream)

    def fault(self, stream, path):
        if path == "/huge":
            self.head(stream, [(f"x-filler-{i}", "x" * 2000) for i in range(100)])
            self.h2.end_stream(stream)
            return
        self.head(stream)
        if path == "/reset":
            self.h2.reset_stream(stream, 2)
        elif path == "/goaway":
            self.h2.close_connection(0)
            self.write()
            self.end()


class Http1(Connection):
    protocol = "http/1.1"

    def run(self):
        received = b""
        while not self.over and (data := self.socket.recv(65536)):
            received += data
            while b"\r\n\r\n" in received:
                head, received = received.split(b"\r\n\r\n", 1)
                lines = head.decode().split("\r\n")
                fields = dict(line.split(": ", 1) for line in lines[1:])
                fields[":path"] = lines[0].split(" ")[1]
                with LOCK:
                    self.answer(1, fields)

    def send(self, data):
        try:
            self.socket.sendall(data)
        except OSError:
            self.over = True

    def head(self, _):
        self.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")

    def whole(self, _, body):
        self.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

    def piece(self, _, text):
        self.send(b"%x\r\n%b\r\n" % (len(text), text))

    def finish(self, _):
        self.send(b"0\r\n\r\n")

    def fault(self, *_):
        self.end()


def context():
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(OPTIONS["certificate"], OPTIONS["key"])
    made.set_alpn_protocols(OPTIONS["protocols"])
    if OPTIONS["client_ca"]:
        made.load_verify_locations(OPTIONS["client_ca"])
        made.verify_mode = ssl.CERT_REQUIRED
    made.minimum_version = made.maximum_version = ssl.TLSVersion[OPTIONS["tls"]]
    if OPTIONS["tls"] < "TLSv1_2":
        made.set_ciphers("ALL:@SECLEVEL=0")
    names = {}
    made.sni_callback = lambda sock, name, _: names.__setitem__(id(sock), name)
    return made, names


def serve(raw, tls, names):
    try:
        sock = tls.wrap_socket(raw, server_side=True, do_handshake_on_connect=False)
        try:
            sock.do_handshake()
        except ssl.SSLError:
            # The alert is to be read before the connection is reset.
            while os.read(sock.fileno(), 65536):
                pass
            raise
        kind = Http2 if sock.selected_alpn_protocol() == "h2" else Http1
        connection = kind(sock, names.pop(id(sock), None))
        with LOCK:
            CONNECTIONS.append(connection)
        connection.run()
        connection.held.clear()
        sock.close()
    except (OSError, h2.exceptions.ProtocolError):
        sock.close()


def accept(listener):
    tls, names = context()
    while True:
        raw, _ = listener.accept()
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=serve, args=(raw, tls, names), daemon=True).start()


listener = socket.create_server(("127.0.0.1", 0), backlog=200)
threading.Thread(target=accept, args=(listener,), daemon=True).start()
print(listener.getsockname()[1], flush=True)
sys.stdin.read()
