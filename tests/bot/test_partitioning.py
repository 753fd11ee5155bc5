"""Messages and events by month, on PostgreSQL: what was there stays, what comes has its month, and the next ones are ready."""

from datetime import UTC, datetime

import psycopg
import pytest
from sqlmodel import SQLModel

import bot.wiring.building  # noqa: F401  every table is known with it
from bot.desks import OpenDesk
from bot.dropping import RESTING, Whose, drop_months, months_over
from bot.partitioning import TABLES, keep_ahead, partition
from bot.personal.keeping import Keeping
from reports.filed.closing import ToClose, close_as_asked
from reports.handed import Known
from reports.month_data import month_data
from reports.monthly import Asked, facts_of_month
from templates_replies.catalogue import Catalogue
from tests.conftest import clocks_that_differ
from tests.tickets.desks import SLUG, open_desk, whatsapp
from tickets import removals, revisions
from tickets import ticket as tickets_
from tickets.actor import SYSTEM
from tickets.erasure import Thing
from tickets.intake import Reading, take_in
from tickets.ledger.store import Ledger
from tickets.lifecycle import Status
from tickets.message import File
from tickets.removals import RETENTION

NOVEMBER, DECEMBER = (datetime(2026, month, 3, 2, tzinfo=UTC) for month in (11, 12))
LONG_AFTER = datetime(2032, 2, 1, tzinfo=UTC)


@pytest.fixture
def url(cluster, migrated_template):
    name = cluster.create(template=migrated_template)
    yield cluster.url(name)
    cluster.drop(name)


def places(url):
    with psycopg.connect(url) as connection:
        return {
            (table, where)
            for table in ("messages", "events")
            for (where,) in connection.execute(f"SELECT DISTINCT tableoid::regclass::text FROM {table}")
        }


def test_a_ledger_in_use_is_partitioned_and_goes_on(url, tmp_path):
    ledger = Ledger(url, files=tmp_path / "files")
    try:
        desk = open_desk(ledger)

        def takes_in(sid, at):
            said = whatsapp("lupa sandi", sid=sid)
            return ledger.write_blocking(
                lambda tx: take_in(tx, said, desk=desk, reading=Reading(), files=(), at=at)
            )

        takes_in("SM1", NOVEMBER)
        made = partition(url, now=NOVEMBER)
        assert {"messages_2026_12", "events_2026_12", "messages_2027_01"} <= set(made)
        assert partition(url, now=NOVEMBER) == ()
        takes_in("SM2", NOVEMBER)
        takes_in("SM3", DECEMBER)
        takes_in("SM4", datetime(2031, 5, 1, tzinfo=UTC))  # a clock that was set wrong loses nothing
        assert places(url) == {
            (table, f"{table}_{part}")
            for table in ("messages", "events")
            for part in ("before", "2026_12", "other")
        }
        assert ledger.write_blocking(clocks_that_differ) == []
    finally:
        ledger.close()


def test_the_coming_months_are_made_before_they_begin(url):
    assert keep_ahead(url, now=NOVEMBER) == ()  # nobody has asked for any
    partition(url, now=NOVEMBER)
    assert keep_ahead(url, now=DECEMBER) == ("messages_2027_03", "events_2027_03")


def test_names_of_indexes_stay_what_migrations_call_them(url):
    def names():
        with psycopg.connect(url) as connection:
            return {
                name
                for (name,) in connection.execute(
                    "SELECT indexname FROM pg_indexes WHERE tablename IN ('messages', 'events')"
                )
            }

    before = names()
    partition(url, now=NOVEMBER)
    assert names() == before


def _told_of(session, desk, month):
    """Return what a report of a month says is gone, of itself and of what it is compared with."""
    known = Known(category_names={}, staff_names={})
    found = facts_of_month(session, Asked(month=month), desk=desk.now.desk, now=LONG_AFTER, known=known)
    return tuple(month_data(found)["gone"])


KEPT_BESIDE_THE_HISTORY = {  # numbers, figures and records that are read by themselves; an erasure has emptied them
    "archived_cases", "bookings", "cases", "codes", "drafts", "edits", "examples", "findings", "held_messages", "hook_tries",
    "imported", "inbound", "invoices", "lookups", "mentions", "origins", "outbox", "papers", "payments", "predictions",
    "requests", "rule_turns", "scheduled_answers", "staff_prompts", "surveys", "team_issues", "team_places", "ticket_drafts",
    "ticket_links", "ticket_seen", "ticket_tags", "topics", "turns", "verification_draws", "verifications",
}  # fmt: skip


def test_what_rests_on_the_history_goes_with_it_or_is_known_to_stay():
    """A table that names tickets or messages stands here, or goes with their month, once it is known which."""
    found = {
        table.name
        for table in SQLModel.metadata.tables.values()
        if {"ticket", "message", "event"} & set(table.c.keys())
    }
    assert found ^ {*TABLES, *RESTING} == KEPT_BESIDE_THE_HISTORY


class Aged:
    """A desk alone on PostgreSQL, months apart: a ticket of November, one from there into December, one not over."""

    def __init__(self, ledger):
        self.ledger = ledger
        now = open_desk(ledger)
        self.desk = OpenDesk(now=now, catalogue=Catalogue(), matcher=None)
        self.whose = Whose(desk=SLUG, zone="Asia/Jakarta", before=datetime(2027, 1, 10, tzinfo=UTC))

    def takes(self, sid, sender, at):
        file = self.ledger.blobs.keep(File(name="bukti.txt", type="text/plain", content=sid.encode()))
        said = whatsapp("rahasiaku", sid=sid, sender=sender)
        return self.ledger.write_blocking(
            lambda tx: take_in(tx, said, desk=self.desk.now, reading=Reading(), files=(file,), at=at).ticket
        )

    def is_over(self, ticket, at):
        self.ledger.write_blocking(
            lambda tx: tickets_.change(tx, ticket, at=at, status=Status.CLOSED, closed_at=at)
        )

    def closes(self, *months):
        for month in months:
            done = ToClose(desk=SLUG, month=month, is_running=False, figures={}, at=LONG_AFTER)
            self.ledger.write_blocking(lambda tx, done=done: close_as_asked(tx, done, filed=1, by="rina"))


async def test_months_that_are_wholly_over_go_with_their_partitions(url, tmp_path):
    ledger = Ledger(url, files=tmp_path / "files")
    try:
        aged = Aged(ledger)
        first, second = aged.takes("SM1", "+62811", NOVEMBER), aged.takes("SM2", "+62812", NOVEMBER)
        assert months_over(ledger, aged.whose) is None  # months are not kept apart
        partition(url, now=NOVEMBER)
        aged.takes("SM3", "+62812", DECEMBER)
        kept = aged.takes("SM4", "+62813", DECEMBER)
        aged.is_over(first, NOVEMBER)
        aged.is_over(second, DECEMBER)
        assert months_over(ledger, aged.whose).stays == "before stays: tickets in it that are kept still: 2"
        foreseen = months_over(ledger, aged.whose, erasing=True)
        await Keeping(ledger, clock=lambda: LONG_AFTER).turn(aged.desk, aged.whose.before)
        assert months_over(ledger, aged.whose) == foreseen
        assert (
            foreseen.stays == "before stays: the month 2026-11 is not closed, and its figures would be lost"
        )
        aged.closes("2026-11")
        assert (
            "the month 2026-12 is not closed"
            in drop_months(ledger, aged.whose, by=SYSTEM.key, at=LONG_AFTER).stays
        )
        aged.closes("2026-12")
        gone = drop_months(ledger, aged.whose, by=SYSTEM.key, at=LONG_AFTER)
        assert ([each.name for each in gone.over], gone.stays) == (
            ["before"], "2026_12 stays: tickets in it that are kept still: 1"
        )  # fmt: skip
        with psycopg.connect(url) as connection:
            said = {ticket for (ticket,) in connection.execute("SELECT ticket FROM messages")}
            told = set(
                connection.execute("SELECT ticket, kind FROM events WHERE ticket <> %s", (kept.number,))
            )
            files = {ticket for (ticket,) in connection.execute("SELECT ticket FROM attachments")}
        assert (said, files) == ({kept.number}, {kept.number})
        assert told == {(each.number, "ticket.erased") for each in (first, second)}
        assert ledger.write_blocking(clocks_that_differ) == []
        with ledger.reading() as session:
            (record,) = removals.gone_whole(session)
            assert removals.of_desks(session, [SLUG], below=10, most=1) == [record]
            told = [
                _told_of(session, aged.desk, month) for month in ("2026-11", "2026-12", "2027-12", "2028-01")
            ]
        assert (record.kind, record.by, record.at, record.done_at) == (
            RETENTION,
            "system",
            LONG_AFTER,
            LONG_AFTER,
        )
        assert (record.months, record.counts) == (
            ("2026-11", "2026-12"),
            {Thing.TICKETS: 2, Thing.MESSAGES: 3},
        )
        assert (record.desk, record.before) == (SLUG, gone.over[0].end_at)
        assert told == [
            ("2026-11",),
            ("2026-11", "2026-12"),
            ("2026-12",),
            (),
        ]  # itself, and what it is compared with
        assert partition(url, now=NOVEMBER) == ()
        assert drop_months(ledger, aged.whose, by=SYSTEM.key, at=LONG_AFTER).over == ()
        terms = aged.desk.now.desk.terms
        ledger.write_blocking(
            lambda tx: revisions.save(tx, desk="lain", files={}, terms=terms, by="file", at=NOVEMBER)
        )
        assert months_over(ledger, aged.whose) is None  # another desk's rows lie in the same months
    finally:
        ledger.close()
