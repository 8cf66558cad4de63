"""The server behind TLS of its own."""

import http.client
import os
import signal
import socket
import ssl
import unittest
import warnings

from support import PATIENCE_SECONDS
from tls import TLSTest


class TLS(TLSTest):
    def ask(self, port, path="/healthz", **headers):
        """The answer, and the certificate that was shown."""
        context = ssl.create_default_context(cafile=self.certificate)
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS, context=context)
        self.addCleanup(connection.close)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        shown = connection.sock.getpeercert(binary_form=True)
        return answer.status, dict(answer.getheaders()), answer.read(), shown

    def test_speaks_tls_and_keeps_browsers_to_it(self):
        _, port = self.start_server()
        status, headers, body, _ = self.ask(port)
        self.assertEqual((status, body), (200, b'{"status":"ok"}'))
        self.assertEqual(headers["Strict-Transport-Security"], "max-age=31536000")
        own = "https://127.0.0.1:%d" % port
        for origin, expected in ((own, 200), (own.replace("https", "http"), 403), ("https://example.com", 403)):
            self.assertEqual(self.ask(port, Origin=origin)[0], expected, origin)
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as plain:
            plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port)
            try:
                self.assertNotIn(b"HTTP/1.1", plain.recv(4096))
            except ConnectionResetError:
                pass
        old = ssl.create_default_context(cafile=self.certificate)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            old.minimum_version, old.maximum_version = ssl.TLSVersion.MINIMUM_SUPPORTED, ssl.TLSVersion.TLSv1_1
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as connection:
            with self.assertRaises((ssl.SSLError, OSError)):
                old.wrap_socket(connection, server_hostname="127.0.0.1")

    def test_reads_the_certificate_anew_when_told(self):
        process, port = self.start_server()
        first = self.ask(port)[3]
        self.renew()
        process.send_signal(signal.SIGHUP)
        self.said(process, "the certificate was read anew")
        second = self.ask(port)[3]
        self.assertNotEqual(first, second)
        # What cannot be used changes nothing.
        good = self.certificate.read_text()
        self.key.chmod(0o644)
        process.send_signal(signal.SIGHUP)
        self.said(process, "the certificate stays as it was")
        self.certificate.write_text(good)
        self.assertEqual(self.ask(port)[3], second)

    def said(self, process, words):
        for line in process.stderr:
            if words in line:
                return
        self.fail("the server never said: " + words)

    def test_starts_with_no_key_that_others_can_read_and_no_half_of_a_pair(self):
        self.key.chmod(0o644)
        answer = self.place.factory(
            "serve", "--data", self.place.data, "--tls-certificate", self.certificate, "--tls-key", self.key)
        self.assertNotEqual(answer.code, 0)
        self.assertIn("chmod 600", answer.stderr)
        self.key.chmod(0o600)
        for arguments in (["--tls-key", self.key], ["--tls-certificate", self.certificate]):
            answer = self.place.factory("serve", "--data", self.place.data, *arguments)
            self.assertEqual(answer.code, 2, answer.stderr)
            self.assertIn("go together", answer.stderr)
        other = self.place.folder / "other.key"
        os.rename(self.key, other)
        self.renew()
        answer = self.place.factory(
            "serve", "--data", self.place.data, "--tls-certificate", self.certificate, "--tls-key", other)
        self.assertNotEqual(answer.code, 0)
        self.assertIn("belong together", answer.stderr)


if __name__ == "__main__":
    unittest.main()
