"""Messages and events by month, on PostgreSQL: what was there stays, what comes has its month, and the next ones are ready."""

from datetime import UTC, datetime

import psycopg
import pytest

from bot.partitioning import keep_ahead, partition
from tests.conftest import clocks_that_differ
from tests.tickets.desks import open_desk, whatsapp
from tickets.intake import Reading, take_in
from tickets.ledger.store import Ledger

NOVEMBER, DECEMBER = (datetime(2026, month, 3, 2, tzinfo=UTC) for month in (11, 12))


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
