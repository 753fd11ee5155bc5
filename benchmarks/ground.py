"""What measures stand on: a fresh ledger in a temporary folder, and the shipped desk."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.desk_files import load_desk
from bot.desks import OpenDesk
from bot.house import open_desk
from bot.migrations import migrate
from tickets import revisions
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx

DESKS = Path(__file__).parents[1] / "desks"
Figures = Iterator[tuple[str, float, str]]  # what was measured, how much, of what unit
NOW = datetime(2026, 10, 6, 2, 0, tzinfo=UTC)  # a Tuesday, 09:00 in Jakarta


@contextmanager
def fresh_ledger() -> Iterator[Ledger]:
    with tempfile.TemporaryDirectory(prefix="tanggap-bench-") as folder:
        url = f"sqlite:///{folder}/tanggap.db"
        migrate(url)
        ledger = Ledger(url, files=Path(folder) / "files")
        try:
            yield ledger
        finally:
            ledger.close()


def care_center(ledger: Ledger) -> OpenDesk:
    return shipped_desk(ledger, "itb-care-center")


def shipped_desk(ledger: Ledger, slug: str) -> OpenDesk:
    loaded = load_desk(DESKS / slug, {})

    def save(tx: Tx) -> int:
        return revisions.save(
            tx, desk=loaded.desk.slug, files=loaded.files, terms=loaded.desk.terms, by="file", at=NOW
        )

    return open_desk(loaded, ledger.write_blocking(save))
