"""Answers that go later: written now, given by the ordinary act when their time has come.

Until then one is a row of its own and nothing in the outbox, so it holds nobody's line up, and the response clocks run:
the answer counts when it goes. It goes in the transaction in which its row goes away, hence once. Where something has
happened that its author could not know of (`scheduled.what_stops`) it is held, and the author decides.

One may solve its ticket when it goes. How a ticket is solved, and what its contact is told then, is the house's
business: whoever lets an answer go hands that in. It is not solved where the contact has written since.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update

from tickets import collisions, contacts, scheduled, windows
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.actions.answering import Given, Words
from tickets.actions.errors import (
    ActError,
    CategoryMissingError,
    CollisionError,
    NotAllowedError,
    RuleError,
    UnknownValueError,
)
from tickets.actions.rights import require_agent
from tickets.actor import Actor, Kind, Role
from tickets.ledger.blobs import from_data, to_data
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.scheduled import Found, Stop, Then, Unsolved, then_of
from tickets.staff import active
from tickets.tables import Message, ScheduledAnswer, Ticket
from tickets.ticket import TicketNow

SCHEDULED, RESCHEDULED, HELD, CANCELLED = (
    "answer.scheduled",
    "answer.rescheduled",
    "answer.held",
    "answer.cancelled",
)
UNSOLVED = "answer.unsolved"  # it went, but did not solve its ticket
MOST = 20  # that wait on one ticket

# How the house solves a ticket, as somebody, at an instant; raises ActError.
Solve = Callable[[Tx, TicketNow, Actor, datetime], object]

_ANSWERS = ScheduledAnswer.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_INSERT = inserting(ScheduledAnswer)
_ONE = Prepared(select(_ANSWERS).where(_ANSWERS.c.id == bindparam("id")))
_HOW_MANY = Prepared(select(func.count().label("many")).where(_ANSWERS.c.ticket == bindparam("ticket")))
_CHANGE = Prepared(
    update(_ANSWERS)
    .where(_ANSWERS.c.id == bindparam("key"))
    .values({name: bindparam(name) for name in ("by", "role", "at", "due_at", "text", "as_written", "wait", "solve", "seen",
                                                "assignee", "team", "held_at", "held_why")})
)  # fmt: skip
_HOLD = Prepared(
    update(_ANSWERS)
    .where(_ANSWERS.c.id == bindparam("key"))
    .values(held_at=bindparam("at"), held_why=bindparam("why"))
)
_FORGET = Prepared(delete(_ANSWERS).where(_ANSWERS.c.id == bindparam("key")))
_NEWEST = Prepared(
    select(func.max(_MESSAGES.c.id).label("id")).where(
        _MESSAGES.c.ticket.in_(select(_TICKETS.c.number).where(_TICKETS.c.contact == bindparam("contact")))
    )
)
_WROTE = Prepared(
    select(_MESSAGES.c.id)
    .where(
        _MESSAGES.c.ticket == bindparam("ticket"), _MESSAGES.c.direction == "in", _MESSAGES.c.automatic.is_(False),
        _MESSAGES.c.id > bindparam("seen"),
    )
    .limit(1)
)  # fmt: skip


def schedule(
    tx: Tx,
    number: int,
    words: Words,
    *,
    due_at: datetime,
    by: Actor,
    at: datetime,
    then: Then = Then.NOTHING,
    despite: bool = False,
    seen: int | None = None,
) -> int:
    """Let an answer go later; its id. `despite`: also if the contact writes until then.

    What cannot be said now is refused now: a gap, a closed ticket, a colleague's answer that is newer than `seen`.
    """
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    answering.require_words(words)
    _require_time(due_at, at=at)
    if ticket.status is Status.CLOSED:
        raise RuleError(
            f"ticket #{number} is closed; reopen it first", ticket=number, status=str(ticket.status)
        )
    _require_category(ticket, then)
    if _waiting_on(tx, number) >= MOST:
        raise RuleError(f"{MOST} answers wait on ticket #{number} already", ticket=number)
    collision = None if seen is None else collisions.unseen(tx, ticket, by=by, seen=seen)
    if collision is not None:
        raise CollisionError(number, collision)
    id_ = tx.next_id("scheduled_answers")
    tx.run(
        _INSERT, id=id_, ticket=number, desk=ticket.desk, by=by.key, role=_role(by), at=at, due_at=due_at,
        text=words.text, files=to_data(words.files), began_as=words.began_as,
        as_written=words.as_written, **_columns(then), despite=despite, seen=_newest(tx, ticket) if seen is None else seen,
        assignee=ticket.assignee, team=ticket.team, held_at=None, held_why=None,
    )  # fmt: skip
    append(
        tx, SCHEDULED, desk=ticket.desk, ticket=number, at=at, subject=id_, actor=by.key, due_at=due_at.isoformat()
    )  # fmt: skip
    return id_


def change(
    tx: Tx, number: int, id: int, *, by: Actor, at: datetime, due_at: datetime | None = None,  # noqa: A002
    text: str | None = None, then: Then | None = None,
) -> None:  # fmt: skip
    """Let it go at another time, say something else, or do something else to the ticket.

    One that was held waits again. It is theirs from then on.
    """
    ticket, row = _found(tx, number, id, by=by)
    due_at, then = due_at or row.due_at, then or then_of(row)
    _require_category(ticket, then)
    words = _words(row) if text is None else replace(_words(row), text=text, as_written=False)
    answering.require_words(words)
    _require_time(due_at, at=at)
    tx.run(
        _CHANGE, key=id, by=by.key, role=_role(by), at=at, due_at=due_at, text=words.text, as_written=words.as_written,
        **_columns(then), seen=_newest(tx, ticket), assignee=ticket.assignee, team=ticket.team, held_at=None, held_why=None,
    )  # fmt: skip
    append(
        tx, RESCHEDULED, desk=ticket.desk, ticket=number, at=at, subject=id, actor=by.key, due_at=due_at.isoformat()
    )  # fmt: skip


def send_now(tx: Tx, number: int, id: int, *, solve: Solve, by: Actor, at: datetime) -> int:  # noqa: A002
    """Give it now, as the answer of whoever says so; the message."""
    ticket, row = _found(tx, number, id, by=by)
    return _give(tx, row, ticket, solve=solve, by=by, at=at, seen=None)


def cancel(tx: Tx, number: int, id: int, *, by: Actor, at: datetime) -> Given:  # noqa: A002
    """Let it not go at all; its words."""
    ticket, row = _found(tx, number, id, by=by)
    words = _words(row)
    tx.run(_FORGET, key=id)
    append(tx, CANCELLED, desk=ticket.desk, ticket=number, at=at, subject=id, actor=by.key)
    return Given(text=words.text, files=words.files)


def send_due(tx: Tx, id: int, *, solve: Solve, now: datetime) -> int | None:  # noqa: A002
    """Give the answer whose time has come, or hold it; the message, None if it did not go."""
    row = tx.one(_ONE, id=id)
    if row is None or row.held_at is not None or row.due_at > now:
        return None  # gone, held or put off meanwhile
    ticket = tickets_.load(tx, row.ticket)
    by = _author(tx, row, ticket)
    stop = _what_stops(tx, row, ticket, now=now) if by is not None else Stop.RIGHTS
    if by is not None and stop is None:
        try:
            return _give(tx, row, ticket, solve=solve, by=by, at=now, seen=row.seen)
        except CollisionError:
            stop = Stop.COLLEAGUE
        except NotAllowedError:
            stop = Stop.RIGHTS
        except ActError:
            stop = Stop.REFUSED
    tx.run(_HOLD, key=id, at=now, why=str(stop))
    append(
        tx, HELD, desk=ticket.desk, ticket=row.ticket, at=now, subject=id, actor="system", why=str(stop),
        to=row.by.partition(":")[2],
    )  # fmt: skip
    return None


def _give(
    tx: Tx, row: Row, ticket: TicketNow, *, solve: Solve, by: Actor, at: datetime, seen: int | None
) -> int:
    """Answer with it, and solve the ticket if it is to; a refusal to answer leaves everything as it is."""
    message = answering.answer(tx, row.ticket, _words(row), by=by, at=at, wait=row.wait, seen=seen)[1]
    tx.run(_FORGET, key=row.id)
    why = _solve(tx, row, ticket, solve, by=by, at=at) if row.solve else None
    if why is not None:
        append(
            tx, UNSOLVED, desk=ticket.desk, ticket=row.ticket, at=at, subject=message, actor="system", why=str(why),
            to=row.by.partition(":")[2],
        )  # fmt: skip
    return message


def _solve(tx: Tx, row: Row, ticket: TicketNow, solve: Solve, *, by: Actor, at: datetime) -> Unsolved | None:
    """Solve the ticket; why it is not, None if it is."""
    if _contact_wrote(tx, row):
        return Unsolved.CONTACT
    try:
        solve(tx, ticket, by, at)
    except ActError:
        return Unsolved.REFUSED
    return None


def _what_stops(tx: Tx, row: Row, ticket: TicketNow, *, now: datetime) -> Stop | None:
    address = contacts.load_address(tx, ticket.address) if ticket.address is not None else None
    found = Found(
        status=ticket.status, holder=(ticket.assignee, ticket.team), held_by=(row.assignee, row.team),
        author=row.by.partition(":")[2],
        contact_wrote=_contact_wrote(tx, row),
        window_open=address is None or windows.is_open(address.channel, address.last_inbound_at, now),
    )  # fmt: skip
    return scheduled.what_stops(found, despite=row.despite)


def _contact_wrote(tx: Tx, row: Row) -> bool:
    return tx.one(_WROTE, ticket=row.ticket, seen=row.seen) is not None


def _author(tx: Tx, row: Row, ticket: TicketNow) -> Actor | None:
    """Return its author with the rights that they have now; None if they do not work here any more."""
    kind, _, id_ = row.by.partition(":")
    role = Role(row.role) if row.role is not None else None
    if kind == Kind.API:
        return Actor(kind=Kind.API, id=id_, role=role, desks=frozenset({row.desk}))
    if role is Role.ADMIN:
        return Actor(kind=Kind(kind), id=id_, role=role)
    return next((person.actor for person in active(tx, ticket.desk) if person.id == id_), None)


def _found(tx: Tx, number: int, id: int, *, by: Actor) -> tuple[TicketNow, Row]:  # noqa: A002
    """Return the ticket, and the answer that waits on it. Raises UnknownValueError if none does, and for rights."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    row = tx.one(_ONE, id=id)
    if row is None or row.ticket != number:
        raise UnknownValueError(f"no answer {id} waits on ticket #{number}", field="id", value=str(id))
    return ticket, row


def _require_time(due_at: datetime, *, at: datetime) -> None:
    if not scheduled.is_a_time(due_at, at=at):
        raise UnknownValueError(
            "an answer goes later, and within a year", field="send_at", value=due_at.isoformat()
        )


def _require_category(ticket: TicketNow, then: Then) -> None:
    if then is Then.SOLVE and ticket.category is None:
        raise CategoryMissingError(ticket.number)


def _columns(then: Then) -> dict[str, bool]:
    return {"wait": then is Then.WAIT, "solve": then is Then.SOLVE}


def _waiting_on(tx: Tx, number: int) -> int:
    row = tx.one(_HOW_MANY, ticket=number)
    return 0 if row is None else int(row.many)


def _newest(tx: Tx, ticket: TicketNow) -> int:
    row = tx.one(_NEWEST, contact=ticket.contact)
    return 0 if row is None else row.id or 0


def _words(row: Row) -> Words:
    return Words(
        text=row.text, files=from_data(row.files), began_as=row.began_as, as_written=row.as_written
    )  # fmt: skip


def _role(by: Actor) -> str | None:
    return str(by.role) if by.role is not None else None
