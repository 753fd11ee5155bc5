"""A throw-away Dovecot for the tests: one mailbox in a temporary Maildir on a free port, gone with the test.

    with running_dovecot() as mailbox:
        mailbox.deliver(b"From: ...")            # as an MTA would
        ...  # the desk's imap is mailbox.url
        assert mailbox.raws("Processed") == [...]

`capability` hides what a server does not offer (IDLE, MOVE). The server can be stopped and started again with the mail
as it was, and can give its folders a new UIDVALIDITY, as a rebuilt server does.
"""

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER = "desk@example.ac.id"
PASSWORD = "s3cret/with:odd@signs"

NO_IDLE = "IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE LITERAL+ NAMESPACE UIDPLUS MOVE"
BARE = "IMAP4rev1 LITERAL+ NAMESPACE"  # neither IDLE nor MOVE nor UIDPLUS

_PATIENCE = 15.0  # seconds for starting and for `wait`
_PLACES = ("/usr/sbin/dovecot", "/usr/local/sbin/dovecot")


def binary() -> str | None:
    return shutil.which("dovecot") or next((place for place in _PLACES if Path(place).exists()), None)


def available() -> str | None:
    """Return None where Dovecot can run here, else why a test has to be skipped."""
    return None if binary() else "Dovecot is not installed (Debian: dovecot-imapd)"


class Dovecot:
    """One server with one mailbox."""

    def __init__(
        self, folder: Path, port: int, *, capability: str | None, tls: tuple[Path, Path] | None
    ) -> None:
        self.folder = folder
        self.port = port
        self.maildir = folder / "Maildir"
        self._capability = capability
        self._tls = tls  # certificate and key: then imaps is spoken, and nothing else
        self._process: subprocess.Popen[bytes] | None = None
        self._root = os.geteuid() == 0
        self._me = pwd.getpwuid(os.geteuid())
        # Dovecot refuses mail access as root: there the mail belongs to nobody.
        self._owner = pwd.getpwnam("nobody") if self._root else self._me

    @property
    def url(self) -> str:
        """Return the URL for a desk's `imap`."""
        scheme = "imaps" if self._tls else "imap"
        return f"{scheme}://{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/INBOX"

    def start(self) -> None:
        """Start, or start again with the mail as it was; returns when it answers."""
        config = self.folder / "dovecot.conf"
        config.write_text(self._config(), encoding="utf-8")
        found = binary()
        assert found is not None
        with (self.folder / "stderr").open("wb") as complaints:
            self._process = subprocess.Popen(
                [found, "-F", "-c", str(config)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                cwd="/",
            )
        deadline = time.monotonic() + _PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Dovecot did not start:\n{self.complaints()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop; connections are cut."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def complaints(self) -> str:
        """Return what Dovecot wrote to its logs."""
        logs = (self.folder / name for name in ("log", "stderr"))
        return "\n".join(log.read_text(errors="replace") for log in logs if log.exists())

    def deliver(self, raw: bytes, *, folder: str = "INBOX") -> None:
        """Put a mail into the mailbox as an MTA does: written aside, then moved in."""
        place = self._place(folder)
        name = f"{time.time():.6f}.{uuid.uuid4().hex}.test"
        aside = place / "tmp" / name
        aside.write_bytes(raw)
        self._hand_over(aside)
        aside.rename(place / "new" / name)

    def raws(self, folder: str = "INBOX") -> list[bytes]:
        """Return the mails of a folder, oldest first; none where there is no such folder."""
        place = self._place(folder)
        files = [
            file for part in ("new", "cur") if (place / part).exists() for file in (place / part).iterdir()
        ]
        return [file.read_bytes() for file in sorted(files, key=lambda file: file.name)]

    def wait(self, count: int, *, folder: str = "Processed", timeout: float = _PATIENCE) -> list[bytes]:
        """Return the mails of a folder once there are so many. Raises TimeoutError. In a coroutine: in a thread."""
        deadline = time.monotonic() + timeout
        while len(found := self.raws(folder)) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(found)} of {count} mails are in {folder} after {timeout} seconds")
            time.sleep(0.02)
        return found

    def forget_uids(self) -> None:
        """Give every folder a new UIDVALIDITY, as after a rebuilt server. Only while it is stopped."""
        assert self._process is None, "stop Dovecot first"
        for pattern in ("dovecot-uidlist*", "dovecot-uidvalidity*", "dovecot.index*"):
            for file in self.maildir.rglob(pattern):
                file.unlink()
        time.sleep(1.1)  # a UIDVALIDITY is made of seconds

    def prepare(self) -> None:
        self.folder.chmod(0o755)
        for part in ("tmp", "new", "cur"):
            (self.maildir / part).mkdir(parents=True)
        for path in (self.maildir, *self.maildir.iterdir()):
            self._hand_over(path)

    def _place(self, folder: str) -> Path:
        return self.maildir if folder.upper() == "INBOX" else self.maildir / f".{folder}"

    def _hand_over(self, path: Path) -> None:
        if self._root:
            os.chown(path, self._owner.pw_uid, self._owner.pw_gid)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as probe:
                return True if self._tls else probe.recv(4) == b"* OK"
        except OSError:
            return False

    def _config(self) -> str:
        listener = "imaps" if self._tls else "imap"
        lines = [
            "protocols = imap",
            "listen = 127.0.0.1",
            f"base_dir = {self.folder}/run",
            f"state_dir = {self.folder}/state",
            f"log_path = {self.folder}/log",
            "disable_plaintext_auth = no",
            f"mail_location = maildir:{self.maildir}",
            f"mail_uid = {self._owner.pw_uid}",
            f"mail_gid = {self._owner.pw_gid}",
            "first_valid_uid = 1",
            "first_valid_gid = 1",
            "mail_fsync = never",
            "shutdown_clients = yes",
            "passdb {",
            "  driver = static",
            f"  args = password={PASSWORD}",
            "}",
            "userdb {",
            "  driver = static",
            f"  args = uid={self._owner.pw_uid} gid={self._owner.pw_gid} home={self.folder}",
            "}",
            "namespace inbox {",
            "  inbox = yes",
            "  separator = .",
            "}",
            "service imap-login {",
            f"  inet_listener {'imap' if self._tls else 'imaps'} {{",
            "    port = 0",
            "  }",
            f"  inet_listener {listener} {{",
            f"    port = {self.port}",
            "  }",
            "}",
        ]
        if self._tls:
            certificate, key = self._tls
            lines += ["ssl = required", f"ssl_cert = <{certificate}", f"ssl_key = <{key}"]
        else:
            lines.append("ssl = no")
        if self._capability:
            lines.append(f"imap_capability = {self._capability}")
        if not self._root:
            lines += self._for_one_user()
        return "\n".join([*lines, ""])

    def _for_one_user(self) -> list[str]:
        """Without root there is one user for all processes, and no chroot."""
        group = grp.getgrgid(self._me.pw_gid).gr_name
        services = ("anvil", "imap-login", "imap-urlauth-login", "stats")
        return [
            f"default_login_user = {self._me.pw_name}",
            f"default_internal_user = {self._me.pw_name}",
            f"default_internal_group = {group}",
            *(f"service {name} {{\n  chroot =\n}}" for name in services),
        ]


@contextmanager
def running_dovecot(
    *, capability: str | None = None, tls: tuple[Path, Path] | None = None
) -> Iterator[Dovecot]:
    """Run a Dovecot until the block ends. `tls` are the files of a certificate and its key, for imaps."""
    folder = Path(tempfile.mkdtemp(prefix="tanggap-dovecot-"))
    server = Dovecot(folder, _free_port(), capability=capability, tls=tls)
    try:
        server.prepare()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
