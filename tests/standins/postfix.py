"""A throw-away Postfix with a configuration, a queue and a log of its own, on a free port of the loopback.

# in front of the desk, and a smart host behind it
with running_postfix(relay_domains="itb.example", relay_transport="lmtp:[127.0.0.1]:8025") as postfix:
with running_postfix(default_transport="smtp:[127.0.0.1]:2525") as postfix:
    postfix.port
    postfix.queued()      # mails that wait for another try
    postfix.flush()       # try them now
"""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.standins.ports import free_port

PROGRAM = "/usr/sbin/postfix"
START_WITHIN = 20.0  # seconds


def unavailable() -> str | None:
    """Say why there can be no Postfix here, or None."""
    if not Path(PROGRAM).exists():
        return "Postfix is not installed (Debian: postfix)"
    return None if os.geteuid() == 0 else "Postfix is started by root only"


class Postfix:
    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self._folder = folder
        self._config = folder / "etc"

    def queued(self) -> int:
        """Return how many mails wait."""
        told = self._run("/usr/sbin/postqueue", "-j").stdout
        return len(told.splitlines())

    def flush(self) -> None:
        self._run("/usr/sbin/postqueue", "-f")

    def log(self) -> str:
        written = self._folder / "log" / "postfix.log"
        return written.read_text("utf-8", "replace") if written.exists() else ""

    def prepare(self, settings: dict[str, str]) -> None:
        for name in ("etc", "queue", "data", "log"):
            (self._folder / name).mkdir()
        shutil.chown(self._folder / "data", "postfix")
        main = {
            "compatibility_level": "3.6",
            "queue_directory": f"{self._folder}/queue",
            "data_directory": f"{self._folder}/data",
            "maillog_file": f"{self._folder}/log/postfix.log",
            "maillog_file_prefixes": str(self._folder),
            "myhostname": "mx.itb.example",
            "mydestination": "",
            "mynetworks": "127.0.0.0/8",
            "inet_interfaces": "127.0.0.1",
            "inet_protocols": "ipv4",
            "alias_maps": "",
            "local_recipient_maps": "",
            "message_size_limit": "26214400",
            "smtp_host_lookup": "native",
            "minimal_backoff_time": "1s",
            "queue_run_delay": "1s",
            **settings,
        }
        (self._config / "main.cf").write_text("".join(f"{name} = {value}\n" for name, value in main.items()))
        services = Path("/usr/share/postfix/master.cf.dist").read_text()
        lines = [
            f"127.0.0.1:{self.port} inet n - n - - smtpd" if line.split()[:2] == ["smtp", "inet"] else line
            for line in services.splitlines()
            if not line.startswith("#")
        ]
        (self._config / "master.cf").write_text("\n".join(lines) + "\n")

    def start(self) -> None:
        started = self._run(PROGRAM, "-c", str(self._config), "start")
        until = time.monotonic() + START_WITHIN
        while not self._greets():
            if started.returncode != 0 or time.monotonic() > until:
                raise RuntimeError(f"Postfix did not start: {started.stderr[-1000:]} {self.log()[-2000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        self._run(PROGRAM, "-c", str(self._config), "stop")

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=30,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "MAIL_CONFIG": str(self._config)},
        )  # fmt: skip

    def _greets(self) -> bool:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), 1) as connection,
        ):
            connection.settimeout(5)
            return connection.recv(100).startswith(b"220")
        return False


@contextlib.contextmanager
def running_postfix(**settings: str) -> Iterator[Postfix]:
    """Start one with these settings of main.cf beside the usual ones; it and its queue are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="tanggap-mta-"))
    folder.chmod(0o755)
    postfix = Postfix(folder, free_port())
    postfix.prepare(settings)
    try:
        postfix.start()
        yield postfix
    finally:
        postfix.stop()
        shutil.rmtree(folder, ignore_errors=True)
