"""Months of messages and events that go whole, partition and all: of a desk that is alone in its database, on PostgreSQL.

A month goes when it was over before what the desk keeps, every ticket in it has been erased, and all months in which these
tickets did anything have been closed: what is lost with it are figures, and those of a closed month are kept. What such tickets
left in other months goes along, so that no history is without its beginning. What belongs to no ticket, and that a ticket was
erased, stays. The oldest months go first; the first that must stay keeps the later ones.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import structlog
from sqlalchemy import Connection, column, text

from bot.partitioning import TABLES, is_partitioned, until
from tickets import removals
from tickets.erasure import Thing
from tickets.ledger.prepared import Prepared
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.removals import RETENTION

log = structlog.get_logger()

# What rests on the rows that go, and can be read by nobody without them, goes too.
RESTING = ("attachments", "provider_references", "clocks")
_STAYS = {"messages": "ticket IS NULL", "events": "ticket IS NULL OR kind = 'ticket.erased'"}
_WAITS = "5s"  # for whoever reads a month that is to go, before it is left for another time
_PARTS = text(
    "SELECT substr(c.relname, 8) AS name, pg_get_expr(c.relpartbound, c.oid) AS bound FROM pg_inherits"
    " JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = to_regclass('events')"
)
_DESKS = text("SELECT DISTINCT desk FROM desk_revisions")
_IN_PART = "SELECT ticket FROM {table}_{part} WHERE ticket IS NOT NULL"
_KEPT_TICKETS = (
    "SELECT count(*) FROM tickets WHERE number IN {tickets} AND erased_at IS NULL"
    " AND NOT (status = 'closed' AND closed_at < :erasing)"
)
_MONTHS = (
    "SELECT DISTINCT to_char(at AT TIME ZONE :zone, 'YYYY-MM') AS month FROM events"
    " WHERE ticket IN {tickets} AND kind <> 'ticket.erased'"
)
_OPEN_MONTHS = (
    f"{_MONTHS} AND NOT EXISTS (SELECT FROM closed_months c WHERE c.desk = :desk"
    " AND c.month = to_char(at AT TIME ZONE :zone, 'YYYY-MM') AND c.reopened_at IS NULL) ORDER BY month LIMIT 1"
)
_GONE = "(SELECT ticket FROM gone)"
_GONE_MONTHS = Prepared(
    text(f"{_MONTHS} ORDER BY month".replace("{tickets}", _GONE)).columns(column("month"))
)
_GONE_THINGS = {
    Thing.TICKETS: Prepared(text("SELECT count(*) AS many FROM gone").columns(column("many"))),
    Thing.MESSAGES: Prepared(
        text("SELECT count(*) AS many FROM messages WHERE ticket IN (SELECT ticket FROM gone)").columns(
            column("many")
        )
    ),
}
_NOTING = "CREATE TEMP TABLE gone ON COMMIT DROP AS SELECT ticket FROM {tickets} AS of_month"
_PARTING = (
    "ALTER TABLE {table} DETACH PARTITION {table}_{part}",
    "INSERT INTO {table} SELECT * FROM {table}_{part} WHERE {stays}",
)
_ENDING = (
    "DELETE FROM {table} WHERE ticket IN (SELECT ticket FROM gone) AND NOT ({stays})",
    "DROP TABLE {table}_{part}",
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


def months_over(ledger: Ledger, whose: Whose, *, erasing: bool = False) -> Months | None:
    """Return what of a desk may go; None where months are not kept apart, or there are other desks.

    With `erasing`, as if each ticket that is over had been erased already.
    """
    with ledger.reading() as session:
        connection = session.connection()
        if not is_partitioned(connection) or set(connection.scalars(_DESKS)) != {whose.desk}:
            return None
        return _over(connection, whose, whose.before if erasing else datetime.min.replace(tzinfo=UTC))


def drop_months(ledger: Ledger, whose: Whose, *, by: str, at: datetime) -> Months | None:
    """Drop what may go, and write down what it was; what went, and why the next one stays. None as above.

    Raises StoreUnavailableError where somebody reads a month for too long; the earlier ones are gone by then.
    """
    found = months_over(ledger, whose)
    for part in found.over if found is not None else ():
        ledger.write_blocking(partial(_drop, part=part, whose=whose, by=by, at=at), name="drop_month")
        log.info("retention.month_dropped", month=part.name)
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
    tickets = " UNION ".join(_IN_PART.replace("{table}", table) for table in TABLES)
    return statement.replace("{tickets}", f"({tickets})").replace("{part}", part.name)


def _drop(tx: Tx, *, part: Part, whose: Whose, by: str, at: datetime) -> None:
    """Drop one month: the writers wait for it, and readers for its end."""
    tx.run(Prepared(text(f"SET LOCAL lock_timeout = '{_WAITS}'")))
    tx.run(Prepared(text(_of(_NOTING, part))))
    _write_down(tx, whose, before=part.end_at, by=by, at=at)
    for statement in _dropping():
        tx.run(Prepared(text(_of(statement, part))))


def _dropping() -> Iterator[str]:
    for table in TABLES:
        yield from _filled(_PARTING, table)
    yield from (f"DELETE FROM {table} WHERE ticket IN {_GONE}" for table in RESTING)  # noqa: S608  names of ours
    for table in TABLES:
        yield from _filled(_ENDING, table)


def _filled(statements: Iterable[str], table: str) -> Iterator[str]:
    return (each.replace("{table}", table).replace("{stays}", _STAYS[table]) for each in statements)


def _write_down(tx: Tx, whose: Whose, *, before: datetime, by: str, at: datetime) -> None:
    """Keep a record of what goes; none of a month without tickets."""
    months = [row.month for row in tx.all(_GONE_MONTHS, zone=whose.zone)]
    counts = {thing: row.many for thing, each in _GONE_THINGS.items() for row in tx.all(each)}
    if months:
        removals.begin(
            tx, desk=whose.desk, kind=RETENTION, by=by, before=before, counts=counts, months=months, at=at, done_at=at
        )  # fmt: skip
