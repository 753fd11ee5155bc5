"""A throw-away Dovecot with one mailbox, its mail in a Maildir that the tests fill and look into."""

import contextlib
import grp
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from tests.standins.ports import free_port

PROGRAM = "/usr/sbin/dovecot"
USER = "helpdesk"
PASSWORD = "secret+word"
START_WITHIN = 10.0  # seconds


def unavailable() -> str | None:
    """Say why there can be no Dovecot here, or None."""
    if not Path(PROGRAM).exists():
        return "Dovecot is not installed (Debian: dovecot-imapd)"
    version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=False).stdout
    return None if version.startswith("2.3") else f"Dovecot {version.split(' ')[0]} is not the 2.3 of Debian"


class Dovecot:
    def __init__(self, folder: Path, port: int, owner: pwd.struct_passwd) -> None:
        self.port = port
        self._folder = folder
        self._mail = folder / "Maildir"
        self._owner = owner
        self._counter = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"imap://{USER}:{quote(PASSWORD)}@127.0.0.1:{self.port}/INBOX"

    def deliver(self, raw: bytes) -> None:
        """Put a mail into the inbox, as a mail server would."""
        name = f"{time.time():.6f}.{next(self._counter):06}.test"
        written = self._mail / "tmp" / name
        written.write_bytes(raw)
        self._own(written)
        written.rename(self._mail / "new" / name)

    def folder(self, name: str = "INBOX") -> list[bytes]:
        """Return the mails of a folder in the order they were delivered."""
        return [each.read_bytes() for each in sorted(self.files(name), key=lambda each: each.name)]

    def files(self, name: str) -> list[Path]:
        """Return the files of a folder's mails; whoever moves or flags a mail renames its file."""
        root = self._mail if name == "INBOX" else self._mail / f".{name}"
        return [*root.glob("new/*"), *root.glob("cur/*")]

    def renumber(self) -> None:
        """Lose the UIDs, as after a restored backup: the server counts anew under another UIDVALIDITY."""
        self.stop()
        for each in [*self._mail.glob("dovecot-uidlist*"), *self._mail.glob("dovecot.index*")]:
            each.unlink(missing_ok=True)  # a lock goes with whoever held it
        for each in self._mail.glob("dovecot-uidvalidity*"):
            each.unlink(missing_ok=True)
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [PROGRAM, "-F", "-c", str(self._folder / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + START_WITHIN
        while not self._greets():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"Dovecot did not start: {self.log()[-2000:]}")
            time.sleep(0.02)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def log(self) -> str:
        written = self._folder / "log"
        return written.read_text("utf-8", "replace") if written.exists() else ""

    def prepare(
        self, *, without: str = "", introspection: str | None = None, read_only: bool = False
    ) -> None:
        """Write the configuration; `without` names capabilities the server shall not announce.

        With the URL of an `introspection` endpoint it takes access tokens, and no password; `read_only` lets nobody
        make or fill a folder.
        """
        for name in ("", "new", "cur", "tmp"):
            (self._mail / name).mkdir(mode=0o700)
            self._own(self._mail / name)
        capabilities = "IMAP4rev1 LITERAL+ UIDPLUS MOVE IDLE NAMESPACE UNSELECT CHILDREN"
        kept = " ".join(each for each in capabilities.split() if each not in without.split())
        shown = f"imap_capability = {kept}" if without else ""
        me = pwd.getpwuid(os.geteuid()).pw_name
        group = grp.getgrgid(os.getegid()).gr_name
        users = (
            ""
            if os.geteuid() == 0  # then Dovecot's own users are there
            else f"default_internal_user = {me}\ndefault_internal_group = {group}\ndefault_login_user = {me}"
        )
        (self._folder / "dovecot.conf").write_text(f"""
base_dir = {self._folder}/run
state_dir = {self._folder}/state
log_path = {self._folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = {"xoauth2" if introspection else "plain login"}
mail_location = maildir:{self._mail}
mail_max_userip_connections = 50
first_valid_uid = 1
{_rights(self._folder) if read_only else ""}
{shown}
{users}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
{_passdb(self._folder, introspection)}
userdb {{
  driver = static
  args = uid={self._owner.pw_uid} gid={self._owner.pw_gid} home={self._folder}/home
}}
""")

    def _own(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self._owner.pw_uid, self._owner.pw_gid)

    def _greets(self) -> bool:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), 1) as connection,
        ):
            connection.settimeout(2)
            return connection.recv(100).startswith(b"* OK")
        return False


def _rights(folder: Path) -> str:
    """Let everybody look up, read and flag, and nothing else."""
    rights = folder / "acl"
    rights.mkdir()
    for each in ("INBOX", ".DEFAULT"):
        (rights / each).write_text("owner lrws\n")
    return f"mail_plugins = acl\nplugin {{\n  acl = vfile:{rights}\n}}"


def _passdb(folder: Path, introspection: str | None) -> str:
    if introspection is None:
        return f"passdb {{\n  driver = static\n  args = password={PASSWORD}\n}}"
    asked = folder / "oauth2.conf"
    asked.write_text(f"""
introspection_mode = get
introspection_url = {introspection}
username_attribute = username
active_attribute = active
active_value = true
""")
    return f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2\n  args = {asked}\n}}"


@contextlib.contextmanager
def running_dovecot(
    *, without: str = "", introspection: str | None = None, read_only: bool = False
) -> Iterator[Dovecot]:
    """Start a Dovecot of our own on a free port; it and its mail are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="tanggap-imap-"))
    folder.chmod(0o755)
    (folder / "home").mkdir()
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    dovecot = Dovecot(folder, free_port(), owner)
    dovecot._own(folder / "home")
    dovecot.prepare(without=without, introspection=introspection, read_only=read_only)
    try:
        dovecot.start()
        yield dovecot
    finally:
        dovecot.stop()
        shutil.rmtree(folder, ignore_errors=True)
