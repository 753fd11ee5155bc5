"""The question after closing: asked once a cycle, answered by a score and perhaps a remark, followed up where it is low.

Nothing here opens or reopens a ticket, and no event of it moves a clock.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update

from tickets import contacts
from tickets import ticket as tickets_
from tickets.actions.errors import NothingToSayError, RuleError
from tickets.actions.rights import require_on
from tickets.actor import CONTACT, Actor, Role
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row, inserting_once
from tickets.ledger.tx import Tx
from tickets.survey import Survey, Withheld, is_low, still_counts, withheld
from tickets.tables import AskedSurvey, Link, Message, SurveyInvitation
from tickets.ticket import TicketNow

_SURVEYS = AskedSurvey.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_INVITATIONS = SurveyInvitation.__table__  # type: ignore[attr-defined]
_LINKS = Link.__table__  # type: ignore[attr-defined]
_INSERT = inserting_once(AskedSurvey)
_OF_CYCLE = Prepared(
    select(_SURVEYS).where(_SURVEYS.c.ticket == bindparam("ticket"), _SURVEYS.c.cycle == bindparam("cycle"))
)
_LAST_ASKED = Prepared(
    select(func.max(_SURVEYS.c.asked_at).label("asked_at")).where(
        _SURVEYS.c.contact == bindparam("contact"), _SURVEYS.c.withheld.is_(None)
    )
)
_LAST_INVITED = Prepared(
    select(func.max(_INVITATIONS.c.invited_at).label("asked_at")).where(
        _INVITATIONS.c.contact == bindparam("contact")
    )
)
_ONE_OF_MANY = Prepared(
    select(_LINKS.c.to)
    .where(
        _LINKS.c.ticket == bindparam("ticket"), or_(_LINKS.c.kind == "duplicate", _LINKS.c.kind == "incident")
    )
    .limit(1)
)
_TO_FOLLOW_UP = Prepared(
    select(_SURVEYS)
    .where(
        _SURVEYS.c.ticket == bindparam("ticket"),
        _SURVEYS.c.found_at.is_not(None),
        _SURVEYS.c.followed_up_at.is_(None),
    )
    .order_by(_SURVEYS.c.cycle.desc())
    .limit(1)
)
_ANSWERED_SINCE = Prepared(
    select(_MESSAGES.c.id)
    .where(
        _MESSAGES.c.ticket == bindparam("ticket"),
        _MESSAGES.c.id > bindparam("message"),
        _MESSAGES.c.direction == "out",
        _MESSAGES.c.author == "agent",
    )
    .limit(1)
)
_MINE = (_SURVEYS.c.ticket == bindparam("of_ticket"), _SURVEYS.c.cycle == bindparam("of_cycle"))
_SCORE = Prepared(
    update(_SURVEYS)
    .where(*_MINE)
    .values(score=bindparam("score"), answered_at=bindparam("answered_at"), found_at=bindparam("found_at"))
)
_REMARK = Prepared(update(_SURVEYS).where(*_MINE).values(remark=bindparam("remark")))
_FOLLOW_UP = Prepared(
    update(_SURVEYS)
    .where(*_MINE)
    .values(followed_up_at=bindparam("at"), followed_up_by=bindparam("by"), follow_up=bindparam("follow_up"))
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question that was asked, as it stands in this transaction."""

    ticket: int
    cycle: int
    desk: str
    contact: int
    address: int
    asked_at: datetime
    withheld: str | None
    message: int | None  # ours, with the question
    scale: int
    score: int | None
    remark: str | None
    answered_at: datetime | None  # first
    found_at: datetime | None  # a low score is a finding …
    followed_up_at: datetime | None  # … which somebody follows up
    followed_up_by: str | None
    follow_up: str | None


def why_not(tx: Tx, ticket: TicketNow, survey: Survey | None, *, at: datetime) -> Withheld | None:
    """Return why the contact of a ticket is not to be asked now; None if they are."""
    if survey is None or ticket.address is None:
        return Withheld.OFF if survey is None else Withheld.NOWHERE
    address = contacts.load_address(tx, ticket.address)
    return withheld(
        survey,
        is_a_matter=ticket.counts and tx.one(_ONE_OF_MANY, ticket=ticket.number) is None,
        has_address=True,
        stopped=address.stopped_at is not None,
        asked_in_cycle=of_cycle(tx, ticket.number, ticket.cycle) is not None,
        last_asked_at=_last_asked_at(tx, ticket.contact),
        at=at,
    )


def _last_asked_at(tx: Tx, contact: int) -> datetime | None:
    """Return when a contact was last asked anything, after closing or for the survey of public services."""
    rows = (tx.one(statement, contact=contact) for statement in (_LAST_ASKED, _LAST_INVITED))
    return max((row.asked_at for row in rows if row is not None and row.asked_at is not None), default=None)


def asked(tx: Tx, ticket: TicketNow, *, message: int, scale: int, at: datetime) -> None:
    """Write down that the contact was asked, with this message."""
    _insert(tx, ticket, message=message, scale=scale, withheld=None, at=at)
    append(
        tx, "survey.asked", desk=ticket.desk, ticket=ticket.number, at=at, subject=message, actor="bot",
        cycle=ticket.cycle,
    )  # fmt: skip


def could_not_ask(tx: Tx, ticket: TicketNow, *, why: Withheld, scale: int, at: datetime) -> None:
    """Write down, for everybody to see, that the contact could not be asked."""
    _insert(tx, ticket, message=None, scale=scale, withheld=str(why), at=at)
    append(
        tx, "survey.withheld", desk=ticket.desk, ticket=ticket.number, at=at, actor="bot", why=str(why),
        cycle=ticket.cycle,
    )  # fmt: skip


def of_cycle(tx: Tx, ticket: int, cycle: int) -> Asked | None:
    row = tx.one(_OF_CYCLE, ticket=ticket, cycle=cycle)
    return None if row is None else _asked(row)


def a_person_wrote_since(tx: Tx, asked: Asked) -> bool:
    """Return whether somebody of the desk has written after the question: then a number may be said to them."""
    return (
        asked.message is not None
        and tx.one(_ANSWERED_SINCE, ticket=asked.ticket, message=asked.message) is not None
    )


def score(tx: Tx, asked: Asked, given: int, *, message: int, at: datetime) -> Asked | None:
    """Take a score, or another in its place; None where it comes too late to count."""
    if not still_counts(asked_at=asked.asked_at, answered_at=asked.answered_at, at=at):
        return None
    found_at = asked.found_at
    if asked.followed_up_at is None:
        found_at = (asked.found_at or at) if is_low(given, asked.scale) else None
    tx.run(
        _SCORE, of_ticket=asked.ticket, of_cycle=asked.cycle, score=given, answered_at=asked.answered_at or at,
        found_at=found_at,
    )  # fmt: skip
    append(
        tx, "survey.answered", desk=asked.desk, ticket=asked.ticket, at=at, subject=message, actor=CONTACT.key,
        score=given, before=asked.score, low=found_at is not None, cycle=asked.cycle,
    )  # fmt: skip
    return of_cycle(tx, asked.ticket, asked.cycle)


def remark(tx: Tx, asked: Asked, text: str, *, message: int, at: datetime) -> None:
    """Take a remark to a score; another one is put below it."""
    joined = f"{asked.remark}\n{text}" if asked.remark else text
    tx.run(_REMARK, of_ticket=asked.ticket, of_cycle=asked.cycle, remark=joined)
    append(
        tx, "survey.remarked", desk=asked.desk, ticket=asked.ticket, at=at, subject=message, actor=CONTACT.key,
        cycle=asked.cycle,
    )  # fmt: skip


def follow_up(tx: Tx, number: int, text: str, *, by: Actor, at: datetime) -> None:
    """Say what was done about a low score: the finding is closed. For supervisors."""
    ticket = tickets_.load(tx, number)
    require_on(by, Role.SUPERVISOR, ticket)
    if not text.strip():
        raise NothingToSayError("a follow-up says what was done")
    row = tx.one(_TO_FOLLOW_UP, ticket=number)
    if row is None:
        raise RuleError(f"ticket #{number} has no low score that waits for a follow-up", ticket=number)
    tx.run(
        _FOLLOW_UP, of_ticket=number, of_cycle=row.cycle, at=at, by=by.key, follow_up=text.strip()
    )  # fmt: skip
    append(
        tx, "survey.followed_up", desk=ticket.desk, ticket=number, at=at, actor=by.key, reason=text.strip(),
        cycle=row.cycle,
    )  # fmt: skip


def _insert(tx: Tx, ticket: TicketNow, *, at: datetime, **fields: Any) -> None:
    tx.run(
        _INSERT, ticket=ticket.number, cycle=ticket.cycle, desk=ticket.desk, contact=ticket.contact,
        address=ticket.address, asked_at=at, **fields,
    )  # fmt: skip


def _asked(row: Row) -> Asked:
    return Asked(**row._asdict())
