"""The service as an operator starts it, with a care center whose WhatsApp and mail come in and whose answers go nowhere far."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket

from benchmarks.ground import DESKS
from benchmarks.served import Served, served
from tests.standins.ports import free_port

SLUG = "itb-care-center"
MAILBOX = "carecenter@example.ac.id"
PUBLIC_URL = "https://tanggap.example.ac.id"
SENDER, SID, TOKEN = "+622150000001", "AC" + "1" * 32, "t" * 32
_ACCOUNTS = f"""accounts:
  whatsapp: {{provider: twilio, sender: "{SENDER}", account_sid: "${{TWILIO_ACCOUNT_SID}}", auth_token: "${{TWILIO_AUTH_TOKEN}}", api: "http://127.0.0.1:SINK"}}
  email: {{address: {MAILBOX}, relay: "smtp://127.0.0.1:RELAY"}}
  webchat: {{}}
"""
_QUIET, _LOOKED = 0.1, 1.0  # of a processor, in seconds: then whatever a start has to do is done
_SETTLES_WITHIN = 120.0


@dataclass(frozen=True, kw_only=True)
class Office:
    running: Served
    smtp: int

    @property
    def http(self) -> int:
        return self.running.port


@contextmanager
def office(
    folder: Path, *, sink: int, relay: int, roles: str = "all", database_url: str | None = None
) -> Iterator[Office]:
    """Serve from `folder`; what leaves for WhatsApp and mail goes to these ports. All it does at a start is done."""
    _lay_desks(folder / "desks", sink=sink, relay=relay)
    http, smtp = free_port(), free_port()
    environment = {
        "TANGGAP_DATA_DIR": str(folder / "var"),
        "TANGGAP_DATABASE_URL": database_url or f"sqlite:///{folder}/var/tanggap.db",
        "TANGGAP_DESKS": str(folder / "desks"),
        "TANGGAP_HTTP_PORT": str(http),
        "TANGGAP_WATCH_PORT": str(http),
        "TANGGAP_SMTP_PORT": str(smtp),
        "TANGGAP_PUBLIC_URL": PUBLIC_URL,
        "TWILIO_ACCOUNT_SID": SID,
        "TWILIO_AUTH_TOKEN": TOKEN,
    }
    command: list[str | Path] = [Path(sys.executable).with_name("tanggap"), "serve", "--roles", roles]
    with served(command, port=http, until=("/readyz",), environment=environment) as running:
        if roles != "workers":
            answering(smtp)
        settled(running)
        yield Office(running=running, smtp=smtp)


@contextmanager
def beside(kind: str) -> Iterator[Served]:
    """Start one of what `bare` has, which answers at a port of its own."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.cost.bare", kind, str(port)]
    with served(command, port=port, until=()) as running:
        answering(port)
        yield running


def answering(port: int) -> None:
    """Wait until somebody listens at a port."""
    while True:
        with closing(socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def settled(running: Served) -> None:
    """Wait until a process does nothing worth a mention."""
    end = time.monotonic() + _SETTLES_WITHIN
    while time.monotonic() < end:
        before = running.worked_until_now()
        time.sleep(_LOOKED)
        if running.worked_until_now() - before <= _QUIET:
            return


def _lay_desks(into: Path, *, sink: int, relay: int) -> None:
    """Copy all shipped desks; one of them has accounts here, the others have no secrets and stay silent."""
    if not into.exists():
        shutil.copytree(DESKS, into)
    shipped = (DESKS / SLUG / "desk.yaml").read_text()
    before, _, after = shipped.partition("\naccounts:\n")
    rest = after.splitlines(keepends=True)
    while rest and rest[0].startswith(" "):
        rest.pop(0)
    accounts = _ACCOUNTS.replace("SINK", str(sink)).replace("RELAY", str(relay))
    (into / SLUG / "desk.yaml").write_text(f"{before}\n{accounts}{''.join(rest)}")
