"""Months of messages and events that go whole, partition and all: of a desk that is alone in its database, on PostgreSQL.

A month goes when it was over before what the desk keeps, every ticket in it has been erased, and all months in which these
tickets did anything have been closed: what is lost with it are figures, and those of a closed month are kept. What such tickets
left in other months goes along, so that no history is without its beginning. What belongs to no ticket, and that a ticket was
erased, stays. The oldest months go first; the first that must stay keeps the later ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import structlog
from sqlalchemy import Connection, Engine, text

from bot.partitioning import is_partitioned, until
from tickets.ledger.database import open_engine
from tickets.ledger.writer import WRITERS_LOCK

log = structlog.get_logger()

_WAITS = "5s"  # for whoever reads a month that is to go, before it is left for another time
_PARTS = text(
    "SELECT substr(c.relname, 8) AS name, pg_get_expr(c.relpartbound, c.oid) AS bound FROM pg_inherits"
    " JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = to_regclass('events')"
)
_DESKS = text("SELECT DISTINCT desk FROM desk_revisions")
_IN_PART = (
    "(SELECT ticket FROM events_{part} WHERE ticket IS NOT NULL"
    " UNION SELECT ticket FROM messages_{part} WHERE ticket IS NOT NULL)"
)
_KEPT_TICKETS = (
    "SELECT count(*) FROM tickets WHERE number IN {tickets} AND erased_at IS NULL"
    " AND NOT (status = 'closed' AND closed_at < :erasing)"
)
_OPEN_MONTHS = (
    "SELECT DISTINCT to_char(at AT TIME ZONE :zone, 'YYYY-MM') AS month FROM events"
    " WHERE ticket IN {tickets} AND kind <> 'ticket.erased' AND NOT EXISTS (SELECT FROM closed_months c WHERE c.desk = :desk"
    " AND c.month = to_char(at AT TIME ZONE :zone, 'YYYY-MM') AND c.reopened_at IS NULL) ORDER BY month LIMIT 1"
)
# What rests on the rows that go, and can be read by nobody without them, goes too.
_DROPPING = (
    "CREATE TEMP TABLE gone ON COMMIT DROP AS SELECT ticket FROM {tickets} AS of_month",
    "ALTER TABLE messages DETACH PARTITION messages_{part}",
    "ALTER TABLE events DETACH PARTITION events_{part}",
    "INSERT INTO messages SELECT * FROM messages_{part} WHERE ticket IS NULL",
    "INSERT INTO events SELECT * FROM events_{part} WHERE ticket IS NULL OR kind = 'ticket.erased'",
    "DELETE FROM attachments WHERE ticket IN (SELECT ticket FROM gone)",
    "DELETE FROM provider_references WHERE ticket IN (SELECT ticket FROM gone)",
    "DELETE FROM clocks WHERE ticket IN (SELECT ticket FROM gone)",
    "DELETE FROM messages WHERE ticket IN (SELECT ticket FROM gone)",
    "DELETE FROM events WHERE ticket IN (SELECT ticket FROM gone) AND kind <> 'ticket.erased'",
    "DROP TABLE messages_{part}",
    "DROP TABLE events_{part}",
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One partition of each table: a month, or all that was there before the first that has its own."""

    name: str  # behind the table's
    end_at: datetime


@dataclass(frozen=True, kw_only=True)
class Months:
    """What may go now, the oldest first, and why the next one has to stay."""

    over: tuple[Part, ...]
    stays: str | None = None  # a whole sentence


@dataclass(frozen=True, kw_only=True)
class Whose:
    """The desk that is asked about."""

    desk: str
    zone: str
    before: datetime  # what it keeps begins here


def months_over(url: str, whose: Whose, *, erasing: bool = False) -> Months | None:
    """Return what of a desk may go; None where months are not kept apart, or there are other desks.

    With `erasing`, as if each ticket that is over had been erased already.
    """
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            if not is_partitioned(connection) or set(connection.scalars(_DESKS)) != {whose.desk}:
                return None
            return _over(connection, whose, whose.before if erasing else datetime.min.replace(tzinfo=UTC))
    finally:
        engine.dispose()


def drop_months(url: str, whose: Whose) -> Months | None:
    """Drop what may go; what went, and why the next one stays. None as above."""
    found = months_over(url, whose)
    if found is None:
        return None
    engine = open_engine(url)
    try:
        for part in found.over:
            _drop(engine, part)
            log.info("retention.month_dropped", month=part.name)
    finally:
        engine.dispose()
    return found


def _over(connection: Connection, whose: Whose, erasing: datetime) -> Months:
    over: list[Part] = []
    for part in sorted(_parts(connection), key=lambda each: each.end_at):
        if part.end_at > whose.before:
            break
        why = _why_it_stays(connection, part, whose, erasing)
        if why is not None:
            return Months(over=tuple(over), stays=why)
        over.append(part)
    return Months(over=tuple(over))


def _parts(connection: Connection) -> Iterator[Part]:
    for row in connection.execute(_PARTS):
        if row.bound != "DEFAULT":
            yield Part(name=row.name, end_at=until(row.bound))


def _why_it_stays(connection: Connection, part: Part, whose: Whose, erasing: datetime) -> str | None:
    ask = partial(_asked, connection, part)
    kept = ask(_KEPT_TICKETS, erasing=erasing)
    if kept:
        return f"{part.name} stays: tickets in it that are kept still: {kept}"
    month = ask(_OPEN_MONTHS, zone=whose.zone, desk=whose.desk)
    if month:
        return f"{part.name} stays: the month {month} is not closed, and its figures would be lost"
    return None


def _asked(connection: Connection, part: Part, statement: str, **values: object) -> object:
    return connection.execute(text(_of(statement, part)), values).scalar()


def _of(statement: str, part: Part) -> str:
    return statement.replace("{tickets}", _IN_PART).replace("{part}", part.name)


def _drop(engine: Engine, part: Part) -> None:
    """Drop one month, in one transaction: the writers wait for it, and readers for its end."""
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS_LOCK})
        connection.execute(text(f"SET LOCAL lock_timeout = '{_WAITS}'"))
        for statement in _DROPPING:
            connection.execute(text(_of(statement, part)))
