"""What lies under tickets: their messages, their promises, their cases.

One question to the database answers all of a kind, so that what comes while it is written is not half in it; its rows are
fetched as they are written, in memory that does not grow with them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from procedures.cases.tables import Case
from procedures.definition.procedure import STOPPED, WITHDRAWN, Procedure
from procedures.words.masking import hidden, whole
from reports.columns import Kind
from reports.counted import COUNTED
from reports.exports.lines import Cells, Column, Reading, Records
from reports.reckoning import Reckoning
from reports.rows import masked, who
from templates_replies import sop_phrases
from templates_replies.catalogue import Language, supported_language
from tickets.tables import Clock, Message, Ticket

FETCHED = 1_000  # rows at a time

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_CASES = Case.__table__  # type: ignore[attr-defined]


class _Telling:
    """What their lines are told with."""

    def __init__(self, reading: Reading) -> None:
        self.reckoning = Reckoning(reading.session, now=reading.now)
        self.identities = reading.identities
        self._names = reading.names
        self._language: Language = supported_language(reading.language)
        self._procedures: Mapping[str, Procedure] = {each.id: each for each in reading.known.procedures}

    def words(self, text: str | None) -> str | None:
        return text and (whole if self.identities else hidden)(text)

    def address(self, address: str | None) -> str | None:
        return address if self.identities else masked(address)

    def person(self, actor: str | None) -> str | None:
        return self._names.person(who(actor))

    def procedure(self, name: str) -> str:
        found = self._procedures.get(name)
        return name if found is None else found.name

    def end(self, procedure: str, name: str | None) -> str | None:
        """Return what an end is called; one that the procedures of today have no more is told as it is kept."""
        if name is None:
            return None
        found = self._procedures.get(procedure)
        end = None if found is None else found.end(name)
        if end is not None:
            return end.name
        return sop_phrases.ended_otherwise(self._language, name) if name in (WITHDRAWN, STOPPED) else name


def _message(row: Row[Any], telling: _Telling) -> Cells:
    return (
        row.id, row.ticket, row.at, row.channel, row.direction, row.author, row.actor, telling.person(row.actor),
        row.sender_name, telling.address(row.sender_address), telling.words(row.subject), telling.words(row.text),
        int(row.automatic), row.delivery, row.team, row.edited_at,
    )  # fmt: skip


def _clock(row: Row[Any], telling: _Telling) -> Cells:
    told = telling.reckoning.promise(row, ())
    return (
        row.ticket, row.kind, row.subject, row.cycle, row.promise, row.started_at, row.due_at, row.met_at, row.met_by,
        telling.person(row.met_by), told.breached_at, row.ended_at, row.paused_at, row.extended_at, str(told.outcome),
        told.took, told.late,
    )  # fmt: skip


def _case(row: Row[Any], telling: _Telling) -> Cells:
    return (
        row.id, row.ticket, row.procedure, telling.procedure(row.procedure), row.revision, row.begun_at, row.begun_by,
        telling.person(row.begun_by), row.reached, row.ended, telling.end(row.procedure, row.ended), row.ended_at,
        row.parent, row.parent_step,
    )  # fmt: skip


def _records(
    table: Any, order: Sequence[ColumnElement[Any]], tell: Callable[[Row[Any], _Telling], Cells], columns: Sequence[Column]
) -> Records:  # fmt: skip
    """Return how the rows of a table under tickets are read: in the order of their tickets, then in one of their own, without a tie."""
    joined = _TICKETS.join(table, table.c.ticket == _TICKETS.c.number)
    asked = select(table).select_from(joined).order_by(_TICKETS.c.created_at, _TICKETS.c.number, *order)
    counted = select(func.count()).select_from(joined)

    def lines(reading: Reading) -> Iterator[Cells]:
        telling = _Telling(reading)
        statement = asked.where(*_of_tickets(reading))
        found = reading.session.execute(statement, execution_options={"yield_per": FETCHED})
        for row in reading.only.sieved(found, attrgetter("ticket")):
            yield tell(row, telling)
        reading.session.rollback()  # a workbook is put together for longer than the database lets a question stay open

    def count(reading: Reading) -> int:
        return int(reading.session.execute(counted.where(*_of_tickets(reading))).scalar_one())

    return Records(columns=columns, lines=lines, count=count)


def _of_tickets(reading: Reading) -> Sequence[ColumnElement[bool]]:
    created_at = _TICKETS.c.created_at
    within = (created_at >= reading.start_at, created_at < reading.end_at)
    return (_TICKETS.c.desk == reading.desk.slug, *within, COUNTED, *reading.only.conditions)


def _columns(kinds: Mapping[str, Kind], *, ids: Sequence[str]) -> Sequence[Column]:
    return tuple(Column(key=key, kind=kind, for_people=key not in ids) for key, kind in kinds.items())


MESSAGES = _records(_MESSAGES, (_MESSAGES.c.id,), _message, _columns({
    "id": Kind.NUMBER, "ticket": Kind.NUMBER, "at": Kind.INSTANT, "channel": Kind.WORD, "direction": Kind.WORD,
    "author": Kind.WORD, "actor": Kind.TEXT, "actor_name": Kind.TEXT, "sender_name": Kind.TEXT,
    "sender_address": Kind.TEXT, "subject": Kind.TEXT, "text": Kind.TEXT, "automatic": Kind.YES, "delivery": Kind.WORD,
    "team": Kind.TEXT, "edited_at": Kind.INSTANT,
}, ids=("actor",)))  # fmt: skip
CLOCKS = _records(_CLOCKS, (_CLOCKS.c.started_at, _CLOCKS.c.kind, _CLOCKS.c.subject, _CLOCKS.c.cycle), _clock, _columns({
    "ticket": Kind.NUMBER, "kind": Kind.WORD, "subject": Kind.TEXT, "cycle": Kind.NUMBER, "promise": Kind.TEXT,
    "started_at": Kind.INSTANT, "due_at": Kind.INSTANT, "met_at": Kind.INSTANT, "met_by": Kind.TEXT,
    "met_by_name": Kind.TEXT, "breached_at": Kind.INSTANT, "ended_at": Kind.INSTANT, "paused_at": Kind.INSTANT,
    "extended_at": Kind.INSTANT, "outcome": Kind.WORD, "minutes": Kind.LENGTH, "late_minutes": Kind.LENGTH,
}, ids=("met_by",)))  # fmt: skip
CASES = _records(_CASES, (_CASES.c.id,), _case, _columns({
    "id": Kind.NUMBER, "ticket": Kind.NUMBER, "procedure": Kind.TEXT, "procedure_name": Kind.TEXT,
    "revision": Kind.NUMBER, "begun_at": Kind.INSTANT, "begun_by": Kind.TEXT, "begun_by_name": Kind.TEXT,
    "reached": Kind.TEXT, "ended": Kind.TEXT, "ended_name": Kind.TEXT, "ended_at": Kind.INSTANT, "parent": Kind.NUMBER,
    "parent_step": Kind.TEXT,
}, ids=("procedure", "begun_by", "reached", "ended")))  # fmt: skip
