"""A certificate for 127.0.0.1 that signs itself, made by openssl."""

import base64
import hashlib
import os
import shutil
import smtplib
import ssl
import subprocess
from pathlib import Path


def unavailable() -> str | None:
    return None if shutil.which("openssl") else "openssl is not installed"


class Certificate:
    def __init__(self, folder: Path) -> None:
        self.file, self.key = folder / "certificate.pem", folder / "key.pem"
        self._age = 0
        self.renew()

    def renew(self) -> None:
        """Make another one in its place, as certbot does."""
        subprocess.run(
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                "-keyout", self.key, "-out", self.file,
            ],
            check=True, capture_output=True,
        )  # fmt: skip
        self._age += 10
        for each in (self.file, self.key):  # a file system may tell instants only by the second
            os.utime(each, (self._age, self._age))

    def fingerprint(self) -> str:
        """Return by what Chromium is told to trust it (`--ignore-certificate-errors-spki-list`)."""
        read = ["openssl", "x509", "-in", self.file, "-pubkey", "-noout"]
        pem = subprocess.run(read, check=True, capture_output=True, text=True).stdout
        der = base64.b64decode("".join(pem.splitlines()[1:-1]))
        return base64.b64encode(hashlib.sha256(der).digest()).decode()

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.file)

    def shown(self, client: smtplib.SMTP) -> bytes:
        """Return the certificate that a server shows at STARTTLS."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        client.starttls(context=context)
        assert isinstance(client.sock, ssl.SSLSocket)
        return client.sock.getpeercert(binary_form=True) or b""
