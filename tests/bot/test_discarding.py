"""The archive of reports keeps their files as long as the desk says, and deletes by night what nothing else names."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import SQLModel

import bot.wiring.building  # noqa: F401  every table is known with it
from bot.desks import Desks, OpenDesk
from bot.discarding import Discarding
from bot.named_files import unneeded
from reports.filed import closing, filing
from reports.filed.tables import ClosedMonth, FiledReport
from templates_replies.catalogue import Catalogue
from tests.tickets.desks import RINA, SLUG, small_desk
from tickets.desk import DeskNow, Retention
from tickets.ledger.prepared import inserting
from tickets.ledger.store import Ledger

NIGHT = datetime(2026, 11, 9, 19, 30, tzinfo=UTC)  # half past two in Jakarta
LONG_AGO = NIGHT - timedelta(days=100)


@dataclass(frozen=True)
class Kept:
    """A desk that keeps the files of its reports for ninety days."""

    ledger: Ledger
    desks: Desks


@pytest.fixture
def desk(ledger):
    terms = small_desk()
    terms = replace(terms, supervision=replace(terms.supervision, reports_kept=Retention(days=90)))
    now = DeskNow(desk=terms, revision=1, categories=frozenset())
    return Kept(ledger, Desks({SLUG: OpenDesk(now=now, catalogue=Catalogue(), matcher=None)}))


def files(desk, content, *, made_at=LONG_AGO):
    """File a report; its SHA-256."""
    sha256 = desk.ledger.blobs.put(content)

    def put(tx):
        row = FiledReport(
            id=tx.next_id("filed_reports"), desk=SLUG, month="2026-07", format="pdf", language="id", occasion="asked",
            name="x.pdf", size=1, sha256=sha256, made_by="system", made_at=made_at,
        )  # fmt: skip
        tx.run(inserting(FiledReport), **row.model_dump())
        return row.id

    return desk.ledger.write_blocking(put), sha256


def closes(desk, report):
    row = ClosedMonth(
        id=1, desk=SLUG, month="2026-07", figures={}, report=report, closed_by=RINA.key, closed_at=LONG_AGO
    )
    desk.ledger.write_blocking(lambda tx: tx.run(inserting(ClosedMonth), **row.model_dump()))


async def turn(desk, at=NIGHT):
    # Blobs were put a moment ago by the machine's own clock, and what was put within a day stays.
    await Discarding(desk.ledger, desk.desks, clock=lambda: at).turn()


def kept(desk):
    with desk.ledger.reading() as session:
        return {one.id: one.discarded_at for one in filing.filed(session, {SLUG}, most=9)}


def needs(desk, sha256):
    return desk.ledger.write_blocking(lambda tx: unneeded(tx, [sha256])) == ()


async def test_files_go_by_night_once_they_are_old_and_the_line_stays(desk):
    old, its_file = files(desk, b"lama")
    closed, as_closed = files(desk, b"penutupan")
    new, _ = files(desk, b"baru", made_at=NIGHT - timedelta(days=80))
    same, _ = files(desk, b"lama", made_at=NIGHT - timedelta(days=80))  # the same file once more
    closes(desk, closed)
    await turn(desk, NIGHT + timedelta(hours=7))  # at work
    assert set(kept(desk).values()) == {None}
    await turn(desk)
    assert kept(desk) == {old: NIGHT, closed: None, new: None, same: None}
    assert needs(desk, its_file)
    await turn(desk, NIGHT + timedelta(days=20))
    assert not needs(desk, its_file)
    assert needs(desk, as_closed)  # for as long as the month is closed
    at = NIGHT + timedelta(days=20)
    desk.ledger.write_blocking(lambda tx: closing.reopen(tx, SLUG, "2026-07", by=RINA, at=at))
    await turn(desk, at)
    assert (kept(desk)[closed], needs(desk, as_closed)) == (at, False)
    with desk.ledger.reading() as session:
        assert [one.is_kept for one in closing.closings(session, SLUG)] == [False]


def test_whatever_names_files_is_asked_before_one_goes():
    """A column that keeps a file's sum or files stands here once `bot/named_files` asks it, or says why it need not."""
    asked = {
        "attachments.sha256", "ticket_drafts.files", "scheduled_answers.files", "inbound.raw_sha256", "papers.sha256",
        "papers.previews", "filed_reports.sha256",
    }  # fmt: skip
    not_bytes = {
        "desk_revisions.files",
        "holiday_feeds.file",
        "removals.files",
    }  # texts; a name; on their way out
    words = ("sha256", "file", "preview", "blob")
    found = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.tables.values()
        for column in table.c
        if any(word in column.name for word in words)
    }
    assert found == asked | not_bytes
