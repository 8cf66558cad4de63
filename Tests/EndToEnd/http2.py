"""A client of HTTP/2 that sends whatever it is told to, as frames: also what no honest client would."""

import json
import socket
import ssl
import struct

from support import PATIENCE_SECONDS

DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, _, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)
END_STREAM, ACK, END_HEADERS = 0x1, 0x1, 0x4
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
HEADER_TABLE_SIZE, INITIAL_WINDOW_SIZE = 1, 4
ENHANCE_YOUR_CALM = 11
# What HPACK makes of ten digits.
DIGITS = {"00000": "0", "00001": "1", "00010": "2", **{format(0b011001 + n, "06b"): str(3 + n) for n in range(7)}}


def integer(value, bits):
    most = (1 << bits) - 1
    if value < most:
        return bytes([value])
    out, value = [most], value - most
    while value >= 128:
        out.append(value % 128 + 128)
        value //= 128
    return bytes(out + [value])


def block(fields):
    """Headers, none of them kept by either side."""
    out = b""
    for name, value in fields:
        out += b"\x00"
        for text in (name.encode(), value.encode()):
            out += integer(len(text), 7) + text
    return out


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def settings(**values):
    names = {"table": HEADER_TABLE_SIZE, "window": INITIAL_WINDOW_SIZE}
    return frame(SETTINGS, 0, 0, b"".join(struct.pack(">HI", names[name], value) for name, value in values.items()))


class Connection:
    def __init__(self, port, certificate, *, window=None):
        context = ssl.create_default_context(cafile=certificate)
        context.set_alpn_protocols(["h2"])
        plain = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        self.socket = context.wrap_socket(plain, server_hostname="127.0.0.1")
        assert self.socket.selected_alpn_protocol() == "h2"
        self.authority = "127.0.0.1:%d" % port
        self.next, self.rest = 1, b""
        given = {"table": 0} | ({} if window is None else {"window": window})
        self.send(PREFACE + settings(**given))

    def close(self):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def fields(self, method="GET", path="/healthz", *more, **pseudo):
        own = {"method": method, "scheme": "https", "authority": self.authority, "path": path, **pseudo}
        return [(":" + name, value) for name, value in own.items() if value is not None] + list(more)

    def ask(self, fields, *, ends=True):
        """Sends the head of a request, and gives its stream."""
        stream, self.next = self.next, self.next + 2
        pieces = block(fields)
        first, rest = pieces[:16_384], pieces[16_384:]
        flags = END_STREAM if ends else 0
        data = frame(HEADERS, flags | (0 if rest else END_HEADERS), stream, first)
        while rest:
            piece, rest = rest[:16_384], rest[16_384:]
            data += frame(CONTINUATION, 0 if rest else END_HEADERS, stream, piece)
        self.send(data)
        return stream

    def read(self):
        """The next frame, as kind, flags, stream and payload; None at the end."""
        while True:
            if len(self.rest) >= 9:
                length = int.from_bytes(self.rest[:3], "big")
                if len(self.rest) >= 9 + length:
                    head, payload = self.rest[:9], self.rest[9:9 + length]
                    self.rest = self.rest[9 + length:]
                    kind, flags, stream = head[3], head[4], int.from_bytes(head[5:], "big")
                    if kind == SETTINGS and not flags & ACK:
                        self.try_to_send(frame(SETTINGS, ACK, 0))
                    return kind, flags, stream, payload
            try:
                piece = self.socket.recv(65_536)
            except (ConnectionError, ssl.SSLError):
                return None
            if not piece:
                return None
            self.rest += piece

    def try_to_send(self, data):
        """True where the server still takes it."""
        try:
            self.send(data)
            return True
        except OSError:
            return False

    def until(self, wanted):
        """The first frame of which `wanted` is true."""
        while found := self.read():
            if wanted(*found):
                return found
        return None

    def answer(self, stream):
        """Status and body of an answer, or the code that its stream was reset with."""
        status, body = None, b""
        while found := self.read():
            kind, flags, of, payload = found
            if of != stream:
                continue
            if kind == HEADERS:
                status = read_status(payload)
            elif kind == DATA:
                body += payload
            elif kind == RST_STREAM:
                return "reset", int.from_bytes(payload, "big")
            if kind in (HEADERS, DATA) and flags & END_STREAM:
                return status, body
        return "closed", None

    def problem(self, stream):
        status, body = self.answer(stream)
        return status, json.loads(body)["code"] if isinstance(body, bytes) else body

    def farewell(self):
        """The error that the server says it closes the connection for; None where it says none."""
        found = self.until(lambda kind, *_: kind == GOAWAY)
        return found and int.from_bytes(found[3][4:8], "big")


def read_status(head):
    """`:status` comes first in each answer."""
    known = {8: 200, 9: 204, 10: 206, 11: 304, 12: 400, 13: 404, 14: 500}
    at = 0
    while head[at] & 0xE0 == 0x20:  # a change of the table's size
        at += 1
    if head[at] & 0x80:
        return known[head[at] & 0x7F]
    length, text = head[at + 1] & 0x7F, head[at + 2:]
    if not head[at + 1] & 0x80:
        return int(text[:length])
    digits, code = "", ""
    for bit in "".join(format(byte, "08b") for byte in text[:length]):
        code += bit
        if code in DIGITS:
            digits, code = digits + DIGITS[code], ""
    return int(digits[:3])
