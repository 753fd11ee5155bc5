"""Tickets that may be about the same as one that came by mail: nothing proves it, so a person decides."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session

from tickets.message import Channel
from tickets.tables import Message, Ticket
from tickets.threads import numbers_in, plain_subject
from tickets.views.conversation import named
from tickets.views.ticket_values import OtherTicket

WITHIN = timedelta(days=7)  # before it came
MOST = 3
MOST_LOOKED_AT = 20

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]


def alike_to(session: Session, number: int) -> tuple[int, ...]:
    """Return the numbers of earlier tickets that may be about the same as this one."""
    row = session.execute(select(_TICKETS).where(_TICKETS.c.number == number)).one_or_none()
    return () if row is None else tuple(each.number for each in perhaps_the_same(session, row))


def perhaps_the_same(session: Session, ticket: Row[Any]) -> tuple[OtherTicket, ...]:
    """Return earlier tickets of the desk that its first mail names, or that its contact opened with this subject."""
    if ticket.channel != Channel.EMAIL:
        return ()
    found = {row.number: row for row in (*_named(session, ticket), *_with_its_subject(session, ticket))}
    return tuple(
        OtherTicket(number=row.number, subject=row.subject, assignee=row.assignee)
        for row in list(found.values())[:MOST]
    )


def _named(session: Session, ticket: Row[Any]) -> Iterator[Row[Any]]:
    """Yield what the first mail refers to, although its sender was not known there."""
    statement = (
        select(_MESSAGES.c.subject, _MESSAGES.c.replies_to)
        .where(_MESSAGES.c.ticket == ticket.number, _MESSAGES.c.direction == "in")
        .order_by(_MESSAGES.c.id)
        .limit(1)
    )
    mail = session.execute(statement).first()
    if mail is None:
        return
    numbers = list(numbers_in(mail.subject))
    if mail.replies_to is not None:
        answered = select(_MESSAGES.c.ticket).where(
            named(session, mail.replies_to), _MESSAGES.c.ticket.is_not(None)
        )
        numbers += session.execute(answered.limit(MOST)).scalars()
    yield from session.execute(_earlier(ticket).where(_TICKETS.c.number.in_(numbers[:MOST_LOOKED_AT])))


def _with_its_subject(session: Session, ticket: Row[Any]) -> Iterator[Row[Any]]:
    subject = plain_subject(ticket.subject)
    if not subject:
        return
    statement = _earlier(ticket).where(
        _TICKETS.c.contact == ticket.contact, _TICKETS.c.created_at >= ticket.created_at - WITHIN
    )
    for row in session.execute(statement.limit(MOST_LOOKED_AT)):
        if plain_subject(row.subject) == subject:
            yield row


def _earlier(ticket: Row[Any]) -> Any:
    return (
        select(_TICKETS.c.number, _TICKETS.c.subject, _TICKETS.c.assignee)
        .where(
            _TICKETS.c.number < ticket.number,
            _TICKETS.c.desk == ticket.desk,
            _TICKETS.c.merged_into.is_(None),
        )
        .order_by(_TICKETS.c.number.desc())
    )
