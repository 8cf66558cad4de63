"""A server that speaks TLS of its own, with certificates made for the test."""

import shutil
import subprocess
import unittest

from serving import ServingTest


@unittest.skipUnless(shutil.which("openssl"), "openssl makes the certificates")
class TLSTest(ServingTest):
    def setUp(self):
        super().setUp()
        self.certificate, self.key = (self.place.folder / name for name in ("server.pem", "server.key"))
        self.renew()

    def renew(self):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=factory.example", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(self.key),
             "-out", str(self.certificate)], check=True, capture_output=True)
        self.key.chmod(0o600)

    def start_server(self, *arguments):
        process = self.place.spawn(
            "serve", "--data", self.place.data, "--listen", "127.0.0.1:0", "--tls-certificate", self.certificate,
            "--tls-key", self.key, *arguments)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        url = process.stdout.readline().strip()
        self.assertTrue(url.startswith("https://127.0.0.1:"), url)
        return process, int(url.rsplit(":", 1)[1])
