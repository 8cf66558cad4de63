#!/usr/bin/env python3
"""Firefox for Playwright, which starts this in its place: the arguments are passed on, and so is what the two say to each
other (WebDriver BiDi, JSON in WebSocket frames), but for one command.

Playwright sets the media features of every window with `emulation.setMediaFeaturesOverride`, which this Firefox does not know
yet, and gives up when it is refused. It is answered here with success: no test that uses Firefox depends on it.
"""

import json
import re
import signal
import socket
import subprocess
import sys
import threading

FIREFOX = "/usr/bin/firefox-esr"
UNKNOWN = b'"emulation.setMediaFeaturesOverride"'
TEXT, LAST, MASKED = 1, 0x80, 0x80


def frames(stream):
    """The frames of a WebSocket (RFC 6455, section 5.2): first byte, payload, and all their bytes."""
    while head := stream.read(2):
        size = head[1] & 0x7F
        more = stream.read({126: 2, 127: 8}.get(size, 0))
        size = int.from_bytes(more, "big") if more else size
        mask = stream.read(4) if head[1] & MASKED else b""
        data = stream.read(size)
        yield head[0], unmasked(data, mask), head + more + mask + data


def unmasked(data, mask):
    if not mask or not data:
        return data
    whole = (mask * (len(data) // 4 + 1))[:len(data)]
    return (int.from_bytes(data, "big") ^ int.from_bytes(whole, "big")).to_bytes(len(data), "big")


def success(identity):
    data = json.dumps({"type": "success", "id": identity, "result": {}}).encode()
    assert len(data) < 126
    return bytes([LAST | TEXT, len(data)]) + data


class Relay:
    """Between one Playwright and the port of one Firefox."""

    def __init__(self, port):
        self.port, self.turn = port, threading.Lock()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.own_port = self.door.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        self.client, _ = self.door.accept()
        self.server = socket.create_connection(("127.0.0.1", self.port))
        asks, answers = self.client.makefile("rb"), self.server.makefile("rb")
        # Firefox wants to be called by its own port.
        self.server.sendall(header(asks).replace(b":%d" % self.own_port, b":%d" % self.port))
        self.client.sendall(header(answers))
        threading.Thread(target=self.pass_back, args=[answers], daemon=True).start()
        for first, payload, whole in frames(asks):
            if first == LAST | TEXT and UNKNOWN in payload[:200]:
                with self.turn:
                    self.client.sendall(success(json.loads(payload)["id"]))
            else:
                self.server.sendall(whole)
        self.server.shutdown(socket.SHUT_WR)

    def pass_back(self, answers):
        message = []
        for first, _, whole in frames(answers):
            message.append(whole)
            if first & LAST:
                with self.turn:
                    self.client.sendall(b"".join(message))
                message = []
        self.client.close()


def header(stream):
    lines = [stream.readline()]
    while lines[-1] not in (b"\r\n", b""):
        lines.append(stream.readline())
    return b"".join(lines)


def main():
    firefox = subprocess.Popen([FIREFOX, *sys.argv[1:]], stderr=subprocess.PIPE)
    signal.signal(signal.SIGTERM, lambda *_: firefox.terminate())
    for line in firefox.stderr:
        if found := re.search(rb"(WebDriver BiDi listening on ws://127\.0\.0\.1:)(\d+)", line):
            line = found.group(1) + b"%d\n" % Relay(int(found.group(2))).own_port
        sys.stderr.buffer.write(line)
        sys.stderr.buffer.flush()
    return firefox.wait()


if __name__ == "__main__":
    sys.exit(main())
