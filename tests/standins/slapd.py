"""A throw-away slapd with a few people in it, reached by plain LDAP, StartTLS and LDAPS, under a certificate of its own."""

import contextlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.standins.ports import free_port

PROGRAM = Path("/usr/sbin/slapd")
MODULES = Path("/usr/lib/ldap")
SCHEMAS = Path("/etc/ldap/schema")
BASE = "dc=example,dc=ac,dc=id"
READER = f"cn=reader,{BASE}"
PASSWORD = "secret word"
START_WITHIN = 10.0  # seconds

Person = Mapping[str, str]


def unavailable() -> str | None:
    """Say why there can be no slapd here, or None."""
    if not PROGRAM.exists():
        return "slapd is not installed (Debian: slapd)"
    return None if shutil.which("openssl") else "openssl is not installed (Debian: openssl)"


class Slapd:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port, self.tls_port = free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def ca(self) -> Path:
        """The authority that the server's certificate is from; it names 127.0.0.1 and nothing else."""
        return self._folder / "ca.pem"

    @property
    def plain(self) -> str:
        return f"ldap://127.0.0.1:{self.port}"

    @property
    def starttls(self) -> str:
        return f"ldap+starttls://127.0.0.1:{self.port}"

    @property
    def ldaps(self) -> str:
        return f"ldaps://127.0.0.1:{self.tls_port}"

    def prepare(self, people: Sequence[Person]) -> None:
        self._certify()
        (self._folder / "data").mkdir()
        self._config.write_text(f"""
include {SCHEMAS}/core.schema
include {SCHEMAS}/cosine.schema
include {SCHEMAS}/inetorgperson.schema
modulepath {MODULES}
moduleload back_mdb
pidfile {self._folder}/pid
argsfile {self._folder}/args
TLSCACertificateFile {self.ca}
TLSCertificateFile {self._folder}/server.pem
TLSCertificateKeyFile {self._folder}/server.key
disallow bind_anon
database mdb
suffix "{BASE}"
directory {self._folder}/data
rootdn "{READER}"
rootpw "{PASSWORD}"
access to * by users read by anonymous auth
""")
        ldif = [f"dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: Kampus\n"]
        ldif += [_ldif(person) for person in people]
        subprocess.run(
            ["/usr/sbin/slapadd", "-f", self._config], input="\n".join(ldif), text=True, check=True,
            capture_output=True,
        )  # fmt: skip

    def start(self) -> None:
        urls = f"ldap://127.0.0.1:{self.port}/ ldaps://127.0.0.1:{self.tls_port}/"
        self._process = subprocess.Popen(
            [PROGRAM, "-d", "0", "-h", urls, "-f", self._config],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + START_WITHIN
        while not _listens(self.tls_port):
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("slapd did not start")
            time.sleep(0.02)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    @property
    def _config(self) -> Path:
        return self._folder / "slapd.conf"

    def _certify(self) -> None:
        """Make an authority and a certificate from it."""
        key, request = self._folder / "server.key", self._folder / "server.csr"
        (self._folder / "server.ext").write_text("subjectAltName=IP:127.0.0.1\n")
        new = ("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        for command in (
            (*new, "-x509", "-days", "2", "-subj", "/CN=Test authority", "-keyout", self._folder / "ca.key",
             "-out", self.ca),
            (*new, "-subj", "/CN=directory", "-keyout", key, "-out", request),
            ("openssl", "x509", "-req", "-days", "2", "-in", request, "-CA", self.ca, "-CAkey", self._folder / "ca.key",
             "-CAcreateserial", "-extfile", self._folder / "server.ext", "-out", self._folder / "server.pem"),
        ):  # fmt: skip
            subprocess.run(command, check=True, capture_output=True)


@contextlib.contextmanager
def running_slapd(people: Sequence[Person]) -> Iterator[Slapd]:
    """Start a slapd of our own on free ports; it and its people are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="tanggap-ldap-"))
    slapd = Slapd(folder)
    try:
        slapd.prepare(people)
        slapd.start()
        yield slapd
    finally:
        slapd.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _ldif(person: Person) -> str:
    lines = [f"dn: uid={person['uid']},{BASE}", "objectClass: inetOrgPerson"]
    return "\n".join([*lines, *(f"{name}: {value}" for name, value in person.items()), ""])


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
