"""The rows of requests, read and written inside the writer's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, select, update

from procedures.asking import answer_data
from procedures.requests.tables import Request
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.seeking import among
from tickets.ledger.tx import Tx
from tickets.tables import Attachment, Message, Ticket
from tickets.ticket import said_on

_REQUESTS = Request.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_CHANGING = (
    "procedure", "stage", "answers", "passed", "asking", "aside", "case", "touched_at", "remind_at", "drop_at", "ended_at",
)  # fmt: skip
_INSERT = inserting(Request)
_BY_ID = Prepared(select(_REQUESTS).where(_REQUESTS.c.id == bindparam("id")))
_LIVE = Prepared(
    select(_REQUESTS).where(_REQUESTS.c.ticket == bindparam("ticket"), _REQUESTS.c.ended_at.is_(None))
)
_LIVE_OF = Prepared(
    select(_REQUESTS.c.id)
    .join(_TICKETS, _TICKETS.c.number == _REQUESTS.c.ticket)
    .where(_TICKETS.c.contact == bindparam("contact"), _REQUESTS.c.ended_at.is_(None))
    .limit(1)
)
_LIVE_OF_MANY = Prepared(
    select(_TICKETS.c.contact)
    .join(_REQUESTS, _TICKETS.c.number == _REQUESTS.c.ticket)
    .where(among(_TICKETS.c.contact), _REQUESTS.c.ended_at.is_(None))
)
_IDLE = "idle"  # under this a transaction remembers contacts who have no live request
_SAVE = Prepared(
    update(_REQUESTS)
    .where(_REQUESTS.c.id == bindparam("of_id"))
    .values({name: bindparam(name) for name in _CHANGING})
)
_CARRY = Prepared(
    update(_REQUESTS).where(_REQUESTS.c.id == bindparam("of_id")).values(ticket=bindparam("to"))
)
_OLD = Prepared(
    select(_REQUESTS)
    .where(_REQUESTS.c.ended_at.is_(None), _REQUESTS.c.drop_at <= bindparam("at"))
    .order_by(_REQUESTS.c.id)
    .limit(bindparam("most"))
)
_FORGOTTEN = Prepared(
    select(_REQUESTS)
    .where(_REQUESTS.c.ended_at.is_(None), _REQUESTS.c.remind_at <= bindparam("at"))
    .order_by(_REQUESTS.c.id)
    .limit(bindparam("most"))
)
_ANSWERED_SINCE = Prepared(
    select(_MESSAGES.c.id)
    .where(
        _MESSAGES.c.ticket == bindparam("ticket"),
        _MESSAGES.c.at > bindparam("since"),
        _MESSAGES.c.direction == "out",
        _MESSAGES.c.author == "agent",
    )
    .limit(1)
)
_FILES = Prepared(
    select(_ATTACHMENTS.c.id, _ATTACHMENTS.c.name, _ATTACHMENTS.c.sha256, _ATTACHMENTS.c.state)
    .join(_MESSAGES, _MESSAGES.c.id == _ATTACHMENTS.c.message)
    .where(
        said_on(_MESSAGES.c.ticket),
        _MESSAGES.c.id >= bindparam("since"),
        _MESSAGES.c.direction == "in",
        _ATTACHMENTS.c.inline_id.is_(None),
    )
    .order_by(_ATTACHMENTS.c.id)
)
_SENT_SINCE = Prepared(
    select(_ATTACHMENTS.c.id, _ATTACHMENTS.c.name, _ATTACHMENTS.c.sha256, _ATTACHMENTS.c.state)
    .join(_MESSAGES, _MESSAGES.c.id == _ATTACHMENTS.c.message)
    .where(
        said_on(_MESSAGES.c.ticket),
        _MESSAGES.c.at >= bindparam("since"),
        _MESSAGES.c.direction == "in",
        _ATTACHMENTS.c.inline_id.is_(None),
    )
    .order_by(_ATTACHMENTS.c.id)
)


class Stage(StrEnum):
    OFFERED = "offered"  # the contact has not said yet that they want it
    OPEN = "open"
    PAUSED = "paused"  # they speak with a person meanwhile
    SENT = "sent"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True)
class RequestNow:
    """One request as it stands in this transaction."""

    id: int
    desk: str
    ticket: int
    offered: Sequence[str]
    message: int
    begun_at: datetime
    touched_at: datetime
    drop_at: datetime
    remind_at: datetime | None = None
    procedure: str | None = None
    stage: Stage = Stage.OFFERED
    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)  # a file by its attachment's number
    passed: frozenset[str] = frozenset()
    asking: str | None = None
    aside: str | None = field(default=None, repr=False)
    case: int | None = None
    ended_at: datetime | None = None

    @property
    def is_live(self) -> bool:
        return self.ended_at is None


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file that the contact has sent since the request began."""

    attachment: int
    name: str
    sha256: str | None  # None: it is not here yet, or never will be
    failed: bool


def create(tx: Tx, request: RequestNow) -> None:
    fields = {"id": request.id, "desk": request.desk, "ticket": request.ticket, "message": request.message}
    tx.run(_INSERT, **fields, offered=list(request.offered), begun_at=request.begun_at, **_changing(request))


def save(tx: Tx, request: RequestNow) -> None:
    tx.run(_SAVE, of_id=request.id, **_changing(request))


def carry(tx: Tx, request: RequestNow, to: int) -> None:
    """Let a request be of another ticket."""
    tx.run(_CARRY, of_id=request.id, to=to)


def load(tx: Tx, id: int) -> RequestNow | None:  # noqa: A002  the column
    row = tx.one(_BY_ID, id=id)
    return None if row is None else _request(row)


def live(tx: Tx, ticket: int) -> RequestNow | None:
    """Return the request of a ticket that is neither sent nor given up."""
    row = tx.one(_LIVE, ticket=ticket)
    return None if row is None else _request(row)


def foresee(tx: Tx, contacts: Sequence[int]) -> None:
    """Look at once which of these contacts have a live request, so that the others need no look of their own."""
    have = {row.contact for row in tx.among(_LIVE_OF_MANY, [(contact,) for contact in contacts])}
    tx.memo_of(_REQUESTS)[_IDLE] = frozenset(contacts) - have


def has_live(tx: Tx, contact: int) -> bool:
    """Whether a contact has a request on any ticket of theirs that is neither sent nor given up."""
    if contact in tx.memo_of(_REQUESTS).get(_IDLE, ()):
        return False
    return tx.one(_LIVE_OF, contact=contact) is not None


def outlived(tx: Tx, *, at: datetime, most: int) -> list[RequestNow]:
    """Return requests that nobody went on with for too long."""
    return [_request(row) for row in tx.all(_OLD, at=at, most=most)]


def forgotten(tx: Tx, *, at: datetime, most: int) -> list[RequestNow]:
    """Return requests of which their contacts are to be reminded."""
    return [_request(row) for row in tx.all(_FORGOTTEN, at=at, most=most)]


def is_with_people(tx: Tx, request: RequestNow) -> bool:
    """Whether the contact speaks with a person: they asked for one, or one has written since the form's last question."""
    if request.stage is Stage.PAUSED:
        return True
    return tx.one(_ANSWERED_SINCE, ticket=request.ticket, since=request.touched_at) is not None


def files_of(tx: Tx, request: RequestNow) -> tuple[SentFile, ...]:
    """Return the files that the contact has sent for a request, the oldest first; pictures within a mail are none."""
    return tuple(
        SentFile(attachment=row.id, name=row.name, sha256=row.sha256, failed=row.state == "refused")
        for row in tx.all(_FILES, ticket=request.ticket, since=request.message)
    )


def files_since(tx: Tx, ticket: int, since: datetime) -> tuple[SentFile, ...]:
    """Return the files that the contact has sent on a ticket since an instant, the oldest first; pictures within a mail are none."""
    return tuple(
        SentFile(attachment=row.id, name=row.name, sha256=row.sha256, failed=row.state == "refused")
        for row in tx.all(_SENT_SINCE, ticket=ticket, since=since)
    )


def _changing(request: RequestNow) -> dict[str, Any]:
    values = {name: getattr(request, name) for name in _CHANGING}
    return values | {
        "stage": str(request.stage),
        "answers": answer_data.to_data(request.answers),
        "passed": sorted(request.passed),
    }


def _request(row: Row) -> RequestNow:
    fields = row._asdict() | {
        "stage": Stage(row.stage),
        "answers": answer_data.from_data(row.answers),
        "passed": frozenset(row.passed or ()),
        "offered": tuple(row.offered or ()),
    }
    return RequestNow(**fields)
