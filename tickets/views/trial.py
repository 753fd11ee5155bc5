"""Rules tried over a span of a desk's history: everything is read, nothing is written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select
from sqlmodel import Session

from tickets.desk import Desk
from tickets.ledger.events import Recorded
from tickets.rules import Rule
from tickets.tables import Address, Contact, Event, Message, Ticket, Verification
from tickets.trial import Course, RuleTried, SaidThen, Tried, summed_up, try_out
from tickets.verification import Outcome

CHUNK = 500  # tickets read at once

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_VERIFICATIONS = Verification.__table__  # type: ignore[attr-defined]


def trial(
    session: Session, rules: Sequence[Rule], *, desk: Desk, start_at: datetime, end_at: datetime
) -> tuple[RuleTried, ...]:
    """Return what each rule would have done from `start_at` up to `end_at`, beside what people did."""
    if not rules:
        return ()
    return summed_up(rules, _tried(session, rules, desk=desk, start_at=start_at, end_at=end_at))


def _tried(
    session: Session, rules: Sequence[Rule], *, desk: Desk, start_at: datetime, end_at: datetime
) -> Iterator[Tried]:
    for numbers in _tickets_alive(session, desk.slug, start_at, end_at):
        courses = list(_courses(session, numbers))
        session.rollback()  # no snapshot is held while the rules are tried
        for course in courses:
            yield from try_out(rules, course, calendar=desk.calendar, first=start_at, end=end_at)


def _tickets_alive(
    session: Session, desk: str, start_at: datetime, end_at: datetime
) -> Iterator[Sequence[int]]:
    """Yield the tickets that were there in that time and not closed before it."""
    behind = 0
    while True:
        statement = (
            select(_TICKETS.c.number)
            .where(
                _TICKETS.c.desk == desk,
                _TICKETS.c.created_at < end_at,
                or_(_TICKETS.c.closed_at.is_(None), _TICKETS.c.closed_at >= start_at),
                _TICKETS.c.number > behind,
            )
            .order_by(_TICKETS.c.number)
            .limit(CHUNK)
        )
        numbers = list(session.execute(statement).scalars())
        if numbers:
            yield numbers
        if len(numbers) < CHUNK:
            return
        behind = numbers[-1]


def _courses(session: Session, numbers: Sequence[int]) -> Iterator[Course]:
    tickets = session.execute(
        select(
            _TICKETS.c.number, _TICKETS.c.contact, _TICKETS.c.language, _TICKETS.c.address,
            _CONTACTS.c.identity_unit, _CONTACTS.c.language.label("spoken"), _ADDRESSES.c.stopped_at,
        )
        .join(_CONTACTS, _CONTACTS.c.id == _TICKETS.c.contact)
        .outerjoin(_ADDRESSES, _ADDRESSES.c.id == _TICKETS.c.address)
        .where(_TICKETS.c.number.in_(numbers))
        .order_by(_TICKETS.c.number)
    ).all()  # fmt: skip
    people = {ticket.contact for ticket in tickets}
    events = _by(
        "ticket",
        session.execute(select(_EVENTS).where(_EVENTS.c.ticket.in_(numbers)).order_by(_EVENTS.c.id)),
    )
    said = _said(session, numbers)
    addresses = _by(
        "contact",
        session.execute(
            select(_ADDRESSES.c.contact, _ADDRESSES.c.external_id).where(_ADDRESSES.c.contact.in_(people))
        ),
    )
    verified = _by(
        "contact",
        session.execute(
            select(_VERIFICATIONS.c.contact, _VERIFICATIONS.c.at, _VERIFICATIONS.c.outcome)
            .where(_VERIFICATIONS.c.contact.in_(people))
            .order_by(_VERIFICATIONS.c.id)
        ),
    )
    of_contact = _by(
        "contact",
        session.execute(
            select(_TICKETS.c.contact, _TICKETS.c.number, _TICKETS.c.created_at, _TICKETS.c.solved_at).where(
                _TICKETS.c.contact.in_(people)
            )
        ),
    )
    for ticket in tickets:
        yield Course(
            number=ticket.number,
            events=[Recorded(**row._asdict() | {"data": row.data or {}}) for row in events[ticket.number]],
            said=said[ticket.number],
            language=ticket.spoken or ticket.language,
            unit=ticket.identity_unit,
            addresses=tuple(row.external_id for row in addresses[ticket.contact]),
            may_be_answered=ticket.address is not None and ticket.stopped_at is None,
            verified=[(row.at, row.outcome == Outcome.VERIFIED) for row in verified[ticket.contact]],
            others=[
                (row.created_at, row.solved_at)
                for row in of_contact[ticket.contact]
                if row.number != ticket.number
            ],
        )


def _said(session: Session, numbers: Sequence[int]) -> Mapping[int, list[SaidThen]]:
    statement = (
        select(
            _MESSAGES.c.id, _MESSAGES.c.ticket, _MESSAGES.c.at, _MESSAGES.c.subject, _MESSAGES.c.text,
            _MESSAGES.c.automatic, _MESSAGES.c.bounce, _MESSAGES.c.button,
        )
        .where(_MESSAGES.c.ticket.in_(numbers), _MESSAGES.c.direction == "in")
        .order_by(_MESSAGES.c.id)
    )  # fmt: skip
    found: dict[int, list[SaidThen]] = defaultdict(list)
    for row in session.execute(statement):
        words = "\n".join(part for part in (row.subject, row.text) if part)
        found[row.ticket].append(
            SaidThen(
                id=row.id,
                at=row.at,
                text=words,
                automatic=row.automatic or row.bounce,
                pressed=row.button is not None,
            )
        )
    return found


def _by(key: str, rows: Any) -> Mapping[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found
