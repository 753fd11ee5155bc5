"""`tanggap serve` with a thousand desks and more: those that are shipped, each many times under another name, on PostgreSQL.

One process with all its roles: how long it starts, what it holds, what it works while nothing happens, what a webhook costs,
and how long pages take. Everything is asked over its own doors. Beside it the same with each shipped desk once.
"""

import http.client
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.ground import DESKS, Figures
from benchmarks.served import Served, served
from benchmarks.webhooks import Door, write
from tests.standins import postgres
from tests.standins.ports import free_port

TOKEN = "benchmark-" + "t" * 32
WRITTEN_TO = "itb-care-center-0000"
_PUBLIC_URL = "http://localhost"
_WARM, _MESSAGES, _LOOKS = 100, 200, 20
_IDLE = 30.0  # seconds
_PAGES = {
    "all desks' boards": "/api/v1/board",
    "tickets of a desk": f"/api/v1/tickets?desk={WRITTEN_TO}",
    "a search in all desks": "/api/v1/search?q=sandi",
}


def measure(desks: int) -> Figures:
    if postgres.binaries() is None:
        return
    shipped = sorted(path.parent for path in DESKS.glob("*/desk.yaml"))
    with postgres.running_cluster() as cluster:
        for count in (len(shipped), desks):
            with tempfile.TemporaryDirectory(prefix="tanggap-bench-desks-") as folder:
                _lay(Path(folder), shipped, count)
                url = cluster.url(cluster.create())
                yield from _started(f"{count:,} desks, first start", Path(folder), url)
                yield from _started(f"{count:,} desks", Path(folder), url, written=True)


def _lay(folder: Path, shipped: list[Path], count: int) -> None:
    for number in range(count):
        of = shipped[number % len(shipped)]
        slug = f"{of.name}-{number // len(shipped):04}"
        shutil.copytree(of, folder / "desks" / slug)
        file = folder / "desks" / slug / "desk.yaml"
        file.write_text(file.read_text().replace(f"\ndesk: {of.name}\n", f"\ndesk: {slug}\n"))


def _started(called: str, folder: Path, url: str, *, written: bool = False) -> Figures:
    port = free_port()
    environment = {
        "TANGGAP_DATA_DIR": str(folder / "var"), "TANGGAP_DATABASE_URL": url, "TANGGAP_DESKS": str(folder / "desks"),
        "TANGGAP_HTTP_PORT": str(port), "TANGGAP_SMTP_PORT": str(free_port()), "TANGGAP_PUBLIC_URL": _PUBLIC_URL,
        "TANGGAP_API_TOKEN": TOKEN,
    }  # fmt: skip
    command: list[str | Path] = [Path(sys.executable).with_name("tanggap"), "serve"]
    with served(command, port=port, until=("/readyz",), environment=environment) as running:
        yield f"desks: {called}: waited until it serves", running.waited, "s"
        yield f"desks: {called}: worked until it serves", running.worked, "s"
        if written:
            yield from _served(called, running, folder)


def _served(called: str, running: Served, folder: Path) -> Figures:
    own = json.loads((folder / "var" / "secrets.json").read_text())
    door = Door(
        port=running.port, path=f"/channels/whatsapp/{WRITTEN_TO}", public_url=_PUBLIC_URL, sender=own["whatsapp_sender"],
        account_sid=own["twilio_account_sid"], auth_token=own["twilio_auth_token"],
    )  # fmt: skip
    write(door, range(_WARM))
    yield f"desks: {called}: memory (PSS)", running.held().shared_out, "MB"
    before = running.worked_until_now()
    time.sleep(_IDLE)
    idle = (running.worked_until_now() - before) / _IDLE
    yield f"desks: {called}: worked while nothing happens, of a core", idle * 100, "%"
    before, began = running.worked_until_now(), time.perf_counter()
    write(door, range(_WARM, _WARM + _MESSAGES))
    took = time.perf_counter() - began
    worked = (running.worked_until_now() - before - idle * took) / _MESSAGES
    yield f"desks: {called}: a webhook, all that follows within it, CPU", worked * 1000, "ms"
    for name, path in _PAGES.items():
        yield f"desks: {called}: {name}, CPU", _looked(running, path, idle), "ms"


def _looked(running: Served, path: str, idle: float) -> float:
    before, began = running.worked_until_now(), time.perf_counter()
    for _ in range(_LOOKS):
        asked = http.client.HTTPConnection("127.0.0.1", running.port)
        asked.request("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
        answer = asked.getresponse()
        answer.read()
        asked.close()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path} was answered with {answer.status}")
    worked = running.worked_until_now() - before - idle * (time.perf_counter() - began)
    return worked / _LOOKS * 1000
