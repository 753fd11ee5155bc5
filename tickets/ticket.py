"""A ticket as a value, and the few statements that find and change its row inside the writer's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal_column, or_, select, text

from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.seeking import Seeking
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.tables import Ticket

_TABLE = Ticket.__table__  # type: ignore[attr-defined]
_FIELDS = tuple(column.name for column in _TABLE.c)
_INSERT = inserting(Ticket)
_BY_NUMBER = Seeking(_TABLE, "number")
_CURRENT = Seeking(_TABLE, "account", "thread", where=_TABLE.c.status != literal_column("'closed'"))
_NEWEST_OF_THREAD = Seeking(_TABLE, "account", "thread", newest=True)

_OTHERS_OPEN = Prepared(
    select(_TABLE.c.number, _TABLE.c.assignee)
    .where(
        _TABLE.c.contact == bindparam("contact"),
        _TABLE.c.number != bindparam("number"),
        text("tickets.status IN ('new', 'open', 'waiting')"),
    )
    .order_by(_TABLE.c.number)
    .limit(5)
)


class NoSuchTicketError(Exception):
    """There is no ticket of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"there is no ticket #{number}")
        self.number = number


@dataclass(frozen=True, kw_only=True)
class TicketNow:
    """One ticket as it stands in this transaction."""

    number: int
    desk: str
    account: str
    channel: str
    thread: str
    address: int | None
    contact: int
    status: Status
    subject: str | None
    category: str | None
    category_by: str | None
    suggestions: list[list[Any]] | None  # [[category, score], …]
    assignee: str | None
    assigned_by: str | None
    team: str | None
    team_holder: str | None
    language: str | None
    priority: int
    revision: int
    cycle: int
    linked_to: int | None
    created_at: datetime
    updated_at: datetime
    solved_at: datetime | None
    closed_at: datetime | None
    verified_by: str | None
    snoozed_until: datetime | None
    spam_at: datetime | None
    merged_into: int | None
    medium: str | None
    erased_at: datetime | None = None  # when all that was said on it was erased

    @property
    def counts(self) -> bool:
        """Whether it stands for a matter of its own: not spam, not part of another ticket."""
        return self.spam_at is None and self.merged_into is None


def load(tx: Tx, number: int) -> TicketNow:
    """Return the ticket of that number. Raises NoSuchTicketError."""
    row = tx.knows(_TABLE, number) or tx.known(_BY_NUMBER, number=number)
    if row is None:
        raise NoSuchTicketError(number)
    return _value(row)


def current(tx: Tx, *, account: str, thread: str) -> TicketNow | None:
    """Return the one ticket of this thread that is not closed."""
    row = tx.known(_CURRENT, account=account, thread=thread)
    return None if row is None else _value(row)


def newest(tx: Tx, *, account: str, thread: str) -> TicketNow | None:
    row = tx.known(_NEWEST_OF_THREAD, account=account, thread=thread)
    return None if row is None else _value(row)


def foresee(tx: Tx, threads: Sequence[tuple[str, str]]) -> list[int]:
    """Read at once the current ticket of each of these accounts' threads, or else the newest; the numbers of the former."""
    now = tx.foresee(_CURRENT, threads)
    had = {(row.account, row.thread) for row in now}
    tx.foresee(_NEWEST_OF_THREAD, [thread for thread in threads if thread not in had])
    return [row.number for row in now]


def standing(ticket: TicketNow) -> dict[str, Any]:
    """Return what promises may depend on, for the data of events that start a clock; what is usual is left out."""
    found = {"category": ticket.category, "priority": ticket.priority}
    return {name: value for name, value in found.items() if value}


def others_open(tx: Tx, ticket: TicketNow) -> list[tuple[int, str | None]]:
    """Return the other tickets of the same contact that are worked on, and who holds each."""
    rows = tx.all(_OTHERS_OPEN, contact=ticket.contact, number=ticket.number)
    return [(row.number, row.assignee) for row in rows]


def free_thread(tx: Tx, ticket: TicketNow) -> str:
    """Return the thread on which a closed ticket may be open again: its own, or a new one if that is taken."""
    other = current(tx, account=ticket.account, thread=ticket.thread)
    taken = other is not None and other.number != ticket.number
    return f"{ticket.thread} #{ticket.number}" if taken else ticket.thread


def remaining(tx: Tx, ticket: TicketNow) -> TicketNow:
    """Return the ticket in which a merged one goes on; itself, if it was not merged."""
    while ticket.merged_into is not None:
        ticket = load(tx, ticket.merged_into)
    return ticket


def said_on(ticket_of: ColumnElement[int], bound: str = "ticket") -> ColumnElement[bool]:
    """Say of messages, by the column of their ticket, that they were said on the one `bound`, or on one merged into it."""
    merged = select(_TABLE.c.number).where(_TABLE.c.merged_into == bindparam(bound))
    return or_(ticket_of == bindparam(bound), ticket_of.in_(merged))


def going_on(tx: Tx, number: int) -> int:
    """Return the number of the ticket in which one goes on: its own, if it was not merged. Raises NoSuchTicketError."""
    return remaining(tx, load(tx, number)).number


def create(tx: Tx, **fields: Any) -> TicketNow:
    """Insert a ticket under the next number."""
    return _value(tx.insert(_INSERT, _TABLE, number=tx.next_id("tickets"), **fields))


def change(tx: Tx, ticket: TicketNow, *, at: datetime, **fields: Any) -> TicketNow:
    """Write some fields of a ticket and return it as it stands then."""
    fields["updated_at"] = at
    tx.change(_TABLE, ticket.number, **fields)
    return replace(ticket, **fields)


def _value(row: Row) -> TicketNow:
    fields = {name: getattr(row, name) for name in _FIELDS}
    fields["status"] = Status(fields["status"])
    return TicketNow(**fields)
