"""The writer, when the database gives out under it: it says so, in the one word that all know, and goes on afterwards."""

import asyncio
import secrets
import traceback
from datetime import UTC, datetime

import pytest
from psycopg import OperationalError
from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import DBAPIError

from tickets.contacts import (
    address_at,
    change_address,
    change_contact,
    load_contact,
    new_address,
    new_contact,
)
from tickets.ledger import events
from tickets.ledger.bookmarks import read, save
from tickets.ledger.events import append
from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.ledger.wake import PostgresEar, Wakes
from tickets.ledger.writer import StoreUnavailableError
from tickets.tables import Contact, Event

_NO_MORE_PAGES = Prepared(text("PRAGMA max_page_count = 1"))  # as many as there are: SQLite takes none away
NOW = datetime(2026, 10, 6, 2, 0, tzinfo=UTC)
_EVENT = inserting(Event)
_CONTACTS = Contact.__table__
_CALLED = Prepared(select(_CONTACTS).where(_CONTACTS.c.name == bindparam("name")))
_CUT = Prepared(text("SELECT pg_terminate_backend(pg_backend_pid())"))


def gives_out(ledger: Ledger) -> None:
    """Let the disk be full, or the connection cut, in the middle of a transaction."""

    def job(tx: Tx) -> None:
        save(tx, "lost", "x")
        tx.lasting["of a row"] = "that is not there"
        tx.run(_CUT if ledger.is_postgres else _NO_MORE_PAGES)
        save(tx, "larger", "x" * 1_000_000)

    ledger.write_blocking(job)


def test_what_was_asked_for_does_not_stand_in_a_failure(ledger: Ledger):
    """Failures are logged, and words of people are not."""
    words = "rahasia" * 2
    with ledger.reading() as session, pytest.raises(DBAPIError) as failed:
        session.execute(text("SELECT 1 FROM nowhere WHERE said = :words"), {"words": words})
    assert "nowhere" in str(failed.value)
    assert words not in "".join(traceback.format_exception(failed.value))


def test_a_database_that_gives_out_is_said_to_be_unavailable_and_is_written_to_again(ledger: Ledger):
    with pytest.raises(StoreUnavailableError):
        gives_out(ledger)
    ledger.write_blocking(lambda tx: save(tx, "kept", "y"))
    found = ledger.write_blocking(lambda tx: [read(tx, name) for name in ("lost", "larger", "kept")])
    assert found == [None, None, "y"]


def test_what_no_database_could_write_is_no_reason_to_come_again(ledger: Ledger):
    """PostgreSQL looks up no key of three kilobytes: whoever brought it would bring it for ever."""
    key = secrets.token_hex(5_000)
    if ledger.is_postgres:
        with pytest.raises(OperationalError, match="index row"):
            ledger.write_blocking(lambda tx: save(tx, key, "x"))
    else:
        ledger.write_blocking(lambda tx: save(tx, key, "x"))
    ledger.write_blocking(lambda tx: save(tx, "kept", "y"))


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


def test_rows_that_wait_for_the_commit_are_seen_by_whoever_reads_their_table_before(ledger: Ledger):
    def job(tx: Tx) -> list[str]:
        for kind in ("test.first", "test.second"):
            append(tx, kind, desk="d", at=NOW)
        seen = events.since(tx, 0, most=10)
        append(tx, "test.third", desk="d", at=NOW)
        return [event.kind for event in seen]

    assert ledger.write_blocking(job) == ["test.first", "test.second"]
    kept = ledger.write_blocking(lambda tx: events.since(tx, 0, most=10))
    assert [event.kind for event in kept] == ["test.first", "test.second", "test.third"]


def test_changes_of_a_row_wait_for_the_commit_as_one_and_are_seen_before(ledger: Ledger):
    def job(tx: Tx) -> list[str | None]:
        contact = new_contact(tx, desk="d", name="Ana", at=NOW)
        change_contact(tx, contact, name="Ani")
        seen = [load_contact(tx, contact).name]
        new_contact(tx, desk="d", name="Budi", at=NOW)  # what was known of all is read anew
        seen.append(load_contact(tx, contact).name)
        change_contact(tx, contact, language="id")
        seen += [row.name for row in tx.all(_CALLED, name="Ani")]
        change_contact(tx, contact, name="Ana", language=None)
        change_contact(tx, contact, name="Anisa")
        return seen

    assert ledger.write_blocking(job) == ["Ani", "Ani", "Ani"]
    kept = ledger.write_blocking(lambda tx: load_contact(tx, 1))
    assert (kept.name, kept.language) == ("Anisa", None)


def test_a_contact_who_gives_up_a_number_leaves_it_to_another_in_the_same_transaction(ledger: Ledger):
    def job(tx: Tx) -> list[int | None]:
        told: dict[str, str | None] = {
            "account": "d/whatsapp",
            "channel": "whatsapp",
            "name": None,
            "handle": None,
        }
        first = new_address(tx, external_id="+62811", contact=1, **told)
        found = [_id_at(tx, "+62811")]
        change_address(tx, first, external_id="+62822")
        found.append(_id_at(tx, "+62811"))
        new_address(tx, external_id="+62811", contact=2, **told)
        return [*found, _id_at(tx, "+62811"), _id_at(tx, "+62822")]

    assert ledger.write_blocking(job) == [1, None, 2, 1]


def _id_at(tx: Tx, number: str) -> int | None:
    found = address_at(tx, account="d/whatsapp", external_id=number)
    return None if found is None else found.id


async def test_a_row_that_the_database_refuses_at_the_end_fails_its_own_job_alone(ledger: Ledger):
    def twice(tx: Tx) -> None:
        for _ in range(2):
            tx.add(_EVENT, id=7_000, desk="d", at=NOW, kind="test.twice")

    good = [ledger.write(lambda tx: append(tx, "test.good", desk="d", at=NOW)) for _ in range(4)]
    *numbers, refused = await asyncio.gather(*good, ledger.write(twice), return_exceptions=True)

    assert isinstance(refused, Exception)
    kept = await ledger.write(lambda tx: events.since(tx, 0, most=10))
    assert [event.id for event in kept] == numbers


async def test_what_is_asked_for_in_one_turn_of_a_loop_is_one_transaction_and_what_is_given_up_is_not_done(
    ledger,
):
    went: list[int] = []
    ledger.writer.measured_by(lambda _name, _seconds, jobs: went.append(jobs))
    asked = [asyncio.ensure_future(ledger.write(lambda tx, n=n: save(tx, "said", str(n)))) for n in range(21)]
    await asyncio.sleep(0)  # all have asked, and nothing is handed over yet
    asked[-1].cancel()
    *done, given_up = await asyncio.gather(*asked, return_exceptions=True)

    assert isinstance(given_up, asyncio.CancelledError)
    assert done == [None] * 20
    assert went == [20]
    assert await ledger.write(lambda tx: read(tx, "said")) == "19"


async def test_a_process_hears_of_others_and_not_of_itself(two_ledgers):
    here, there = two_ledgers
    wakes = Wakes()
    papers, files = wakes.sleeper(News.PAPERS), wakes.sleeper(News.FILES)
    ear = PostgresEar(here.url, wakes, here.whispers, own=lambda: here.writer.backend)
    assert await papers.sleep(30)  # all are woken when it begins to listen
    assert await files.sleep(30)
    await here.write(lambda tx: tx.tell(News.PAPERS))
    await there.write(lambda tx: tx.tell(News.FILES))
    assert await files.sleep(30)
    assert not await papers.sleep(0)
    ear.close()
