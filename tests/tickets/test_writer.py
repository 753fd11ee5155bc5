"""The writer, when the database gives out under it: it says so, in the one word that all know, and goes on afterwards."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from tickets.contacts import change_contact, load_contact, new_contact
from tickets.ledger.bookmarks import read, save
from tickets.ledger.prepared import Prepared
from tickets.ledger.store import Ledger
from tickets.ledger.writer import StoreUnavailableError, Tx

_NO_MORE_PAGES = Prepared(text("PRAGMA max_page_count = 1"))  # as many as there are: SQLite takes none away
NOW = datetime(2026, 10, 6, 2, 0, tzinfo=UTC)
_CUT = Prepared(text("SELECT pg_terminate_backend(pg_backend_pid())"))


def gives_out(ledger: Ledger) -> None:
    """Let the disk be full, or the connection cut, in the middle of a transaction."""

    def job(tx: Tx) -> None:
        save(tx, "lost", "x")
        tx.lasting["of a row"] = "that is not there"
        tx.run(_CUT if ledger.is_postgres else _NO_MORE_PAGES)
        save(tx, "larger", "x" * 1_000_000)

    ledger.write_blocking(job)


def test_a_database_that_gives_out_is_said_to_be_unavailable_and_is_written_to_again(ledger: Ledger):
    with pytest.raises(StoreUnavailableError):
        gives_out(ledger)
    ledger.write_blocking(lambda tx: save(tx, "kept", "y"))
    found = ledger.write_blocking(lambda tx: [read(tx, name) for name in ("lost", "larger", "kept")])
    assert found == [None, None, "y"]


def test_what_was_read_in_a_transaction_that_failed_is_not_remembered(ledger: Ledger):
    with pytest.raises(StoreUnavailableError):
        gives_out(ledger)
    assert ledger.write_blocking(lambda tx: tx.lasting.get("of a row")) is None
    ledger.write_blocking(lambda tx: tx.lasting.update({"of a row": "that is there"}))
    assert ledger.write_blocking(lambda tx: tx.lasting.get("of a row")) == "that is there"


def test_a_row_is_read_once_until_its_table_is_changed(ledger: Ledger):
    def job(tx: Tx) -> list[str | None]:
        found = []
        for contact in (1, 2):
            new_contact(tx, desk="d", name="Ana", at=NOW)
            found.append(load_contact(tx, contact).name)
            change_contact(tx, contact, name="Ani")
            found.append(load_contact(tx, contact).name)
        return found

    assert ledger.write_blocking(job) == ["Ana", "Ani", "Ana", "Ani"]
