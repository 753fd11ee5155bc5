"""Starting `tanggap serve`, and what it holds: empty, again, with a ledger that has grown, and after messages.

Seconds are from the process's beginning until /readyz and /healthz answer, waited and worked (of a processor, over all
threads). Beside it a bare web of the same engines. `--messages` says how many are written by WhatsApp, `--ledger` a
file of SQLite with tickets of the shipped desks, which is served as it is: give a copy.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import bare_web
from benchmarks.ground import DESKS, Figures
from benchmarks.served import Served, served
from benchmarks.webhooks import Door, write
from tests.standins.ports import free_port

MESSAGES = 2_000
IDLE = 60.0  # seconds
SETTLED = 5.0  # seconds after the last message
DESK = "itb-care-center"
_PUBLIC_URL = "http://localhost"


def measure(messages: int = MESSAGES, ledger: Path | None = None) -> Figures:
    yield from _bare(messages)
    with tempfile.TemporaryDirectory(prefix="tanggap-bench-start-") as folder:
        yield from _tanggap("empty, first start", Path(folder), messages=0)
        yield from _tanggap("empty, second start", Path(folder), messages=messages)
    if ledger is not None:
        with tempfile.TemporaryDirectory(prefix="tanggap-bench-start-") as folder:
            yield from _tanggap("given ledger, first start", Path(folder), messages=0, ledger=ledger)
            yield from _tanggap("given ledger", Path(folder), messages=messages, ledger=ledger)


def _tanggap(called: str, folder: Path, *, messages: int, ledger: Path | None = None) -> Figures:
    port = free_port()
    environment = {
        "TANGGAP_DATA_DIR": str(folder),
        "TANGGAP_DATABASE_URL": f"sqlite:///{ledger or folder / 'tanggap.db'}",
        "TANGGAP_DESKS": str(DESKS),
        "TANGGAP_HTTP_PORT": str(port),
        "TANGGAP_SMTP_PORT": str(free_port()),
        "TANGGAP_PUBLIC_URL": _PUBLIC_URL,
    }
    with served(
        [Path(sys.executable).with_name("tanggap"), "serve"],
        port=port,
        until=("/readyz", "/healthz"),
        environment=environment,
    ) as running:
        yield from _told(called, running)
        if messages:
            own = json.loads((folder / "secrets.json").read_text())
            door = Door(
                port=port, path=f"/channels/whatsapp/{DESK}", public_url=_PUBLIC_URL, sender=own["whatsapp_sender"],
                account_sid=own["twilio_account_sid"], auth_token=own["twilio_auth_token"],
            )  # fmt: skip
            yield from _written(called, running, door, messages)


def _bare(messages: int) -> Figures:
    port, token = free_port(), "bare"
    with tempfile.TemporaryDirectory(prefix="tanggap-bench-bare-") as folder:
        command = [
            sys.executable,
            "-m",
            "benchmarks.bare_web",
            str(port),
            f"sqlite:///{folder}/bare.db",
            token,
        ]
        with served(command, port=port, until=("/healthz",)) as running:
            yield from _told("bare web", running)
            door = Door(
                port=port, path=bare_web.PATH, public_url=bare_web.PUBLIC_URL, sender="", account_sid="", auth_token=token
            )  # fmt: skip
            yield from _written("bare web", running, door, messages)


def _told(called: str, running: Served) -> Figures:
    yield f"start: {called}: waited", running.waited, "s"
    yield f"start: {called}: worked", running.worked, "s"
    time.sleep(IDLE)
    yield from _held(f"{called}: idle", running)


def _written(called: str, running: Served, door: Door, messages: int) -> Figures:
    before = running.worked_until_now()
    write(door, range(messages))
    time.sleep(SETTLED)
    worked = (running.worked_until_now() - before) / messages
    yield f"start: {called}: a message, all that follows from it", worked * 1000, "ms of a processor"
    yield from _held(f"{called}: after {messages:,} messages", running)


def _held(when: str, running: Served) -> Figures:
    held = running.held()
    yield f"start: {when}: resident (RSS)", held.resident, "MB"
    yield f"start: {when}: shared pages by parts (PSS)", held.shared_out, "MB"
    yield f"start: {when}: its own alone (USS)", held.own, "MB"
