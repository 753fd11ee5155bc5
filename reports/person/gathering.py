"""What is kept of a person, read piece by piece: who they are, and one ticket after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlmodel import Session

from procedures.archive.gathering import Attached
from procedures.cases import views as cases
from procedures.cases.rows import CaseNow
from procedures.money import views as money
from procedures.papers import views as papers
from tickets import views
from tickets.message import Author
from tickets.personal.whose import Theirs
from tickets.tables import Address, AskedSurvey, Attachment, Contact, Message, SurveyInvitation, Verification
from tickets.verification import Outcome

_CONTACTS, _ADDRESSES = Contact.__table__, Address.__table__  # type: ignore[attr-defined]
_SURVEYS, _INVITED = AskedSurvey.__table__, SurveyInvitation.__table__  # type: ignore[attr-defined]
_VERIFICATIONS, _FILES = Verification.__table__, Attachment.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_MOST_OUTSIDE = 10_000
_OF_THE_DIRECTORY = frozenset({"listed", "compared", "entry"})
_OURS = frozenset({str(Author.AGENT), str(Author.BOT)})


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who somebody is, as the desk knows them."""

    contacts: list[dict[str, Any]]
    addresses: list[dict[str, Any]]
    verifications: list[dict[str, Any]]
    invitations: list[dict[str, Any]]  # to the survey of public services, with the answers

    @property
    def known_as(self) -> frozenset[str]:
        """Every number, telephone and mailbox of theirs."""
        of_contacts = {
            each.get(name) for each in self.contacts for name in ("identity_number", "identity_email")
        }
        return frozenset(filter(None, {*of_contacts, *(each["external_id"] for each in self.addresses)}))


@dataclass(frozen=True, kw_only=True)
class Said:
    at: datetime
    by: str  # contact, other, agent, bot
    note: bool
    subject: str | None
    text: str
    earlier: tuple[str, ...] = ()
    files: tuple[str, ...] = ()  # names
    location: Any = None
    content: Any = None


@dataclass(frozen=True, kw_only=True)
class Outside:
    """What was said to or by them outside any ticket, such as a greeting, or by them on tickets of others."""

    said: tuple[Said, ...]
    files: tuple[Attached, ...]


@dataclass(frozen=True, kw_only=True)
class OneTicket:
    number: int
    facts: Mapping[str, Any]
    said: tuple[Said, ...]
    events: tuple[Mapping[str, Any], ...]
    cases: tuple[Mapping[str, Any], ...] = ()
    surveys: tuple[Mapping[str, Any], ...] = ()
    files: tuple[Attached, ...] = field(default=())


def person(session: Session, whose: Theirs) -> Person:
    """Read who somebody is, under all of their contacts."""

    def rows(table: Any, column: Any) -> list[dict[str, Any]]:
        found = session.execute(select(table).where(column.in_(whose.contacts)).order_by(table.c.id))
        return [dict(row._mapping) for row in found]  # noqa: SLF001  SQLAlchemy's own name for it

    return Person(
        contacts=rows(_CONTACTS, _CONTACTS.c.id),
        addresses=rows(_ADDRESSES, _ADDRESSES.c.contact),
        verifications=[_check(row) for row in rows(_VERIFICATIONS, _VERIFICATIONS.c.contact)],
        invitations=rows(_INVITED, _INVITED.c.contact),
    )


def _check(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out whom the directory has under a number that is not known to be theirs: it may be anybody."""
    if row["outcome"] == Outcome.VERIFIED:
        return row
    return {name: value for name, value in row.items() if name not in _OF_THE_DIRECTORY}


def one_ticket(session: Session, number: int, known: frozenset[str]) -> OneTicket | None:
    """Read all of one ticket; None where it is gone."""
    found = views.ticket(session, number, link=lambda _file: "")
    if found is None:
        return None
    ticket = found.ticket
    running = cases.cases_of(session, number)
    at = {each.id: each.created_at for each in found.messages}
    issued = papers.of_cases(session, [each.id for each in running]) if running else ()
    return OneTicket(
        number=number,
        facts={
            "number": number, "channel": ticket.channel, "status": ticket.status, "subject": ticket.subject,
            "category": ticket.category, "language": ticket.language, "created_at": ticket.created_at,
            "solved_at": ticket.solved_at, "closed_at": ticket.closed_at,
        },
        said=tuple(_said(each, known) for each in found.messages),
        events=tuple({"at": each.at, "kind": each.kind} for each in found.events),
        cases=tuple(_case(session, each) for each in running),
        surveys=_surveys(session, number),
        files=(
            *_attached(session, at),
            *(
                Attached(name=each.name or each.title, sha256=each.sha256, at=each.made_at)
                for each in issued
                if each.sha256 and each.name
            ),
        ),
    )  # fmt: skip


def outside(session: Session, whose: Theirs) -> Outside:
    """Read what was said to or by them outside tickets of their own."""
    of_others = and_(_MESSAGES.c.ticket.in_(whose.elsewhere), _MESSAGES.c.direction == "in")
    rows = session.execute(
        select(_MESSAGES)
        .where(or_(_MESSAGES.c.ticket.is_(None), of_others), _MESSAGES.c.address.in_(whose.addresses))
        .order_by(_MESSAGES.c.id)
        .limit(_MOST_OUTSIDE)
    ).all()
    files = {row.id: _attached(session, {row.id: row.at}) for row in rows}
    return Outside(
        said=tuple(
            Said(
                at=row.at, by=row.author, note=False, subject=row.subject, text=row.full_text or row.text,
                files=tuple(each.name for each in files[row.id]),
            )
            for row in rows
        ),
        files=tuple(each for of_one in files.values() for each in of_one),
    )  # fmt: skip


def _said(message: views.MessageView, known: frozenset[str]) -> Said:
    by = message.author
    if by not in _OURS and message.sender.address and message.sender.address not in known:
        by = "other"
    return Said(
        at=message.said_at or message.created_at, by=by, note=message.direction == "note", subject=message.subject,
        text=message.full_text or message.text, earlier=tuple(each.text for each in message.edits),
        files=tuple(each.name for each in message.attachments), location=message.location, content=message.content,
    )  # fmt: skip


def _case(session: Session, case: CaseNow) -> Mapping[str, Any]:
    bills = money.of_cases(session, [case.id])
    return {
        "procedure": case.procedure, "begun_at": case.begun_at, "ended": case.ended, "ended_at": case.ended_at,
        "answers": dict(case.answers),
        "steps": [
            {"step": each.step, "begun_at": each.begun_at, "ended_at": each.ended_at, "outcome": each.outcome,
             "reason": each.reason}
            for each in case.turns
        ],
        "invoices": [
            {"number": each.number, "total": each.total, "paid": each.paid, "state": str(each.state),
             "due_on": each.due_on}
            for each in bills
        ],
    }  # fmt: skip


def _surveys(session: Session, number: int) -> tuple[Mapping[str, Any], ...]:
    rows = session.execute(
        select(_SURVEYS.c.asked_at, _SURVEYS.c.answered_at, _SURVEYS.c.score, _SURVEYS.c.remark).where(
            _SURVEYS.c.ticket == number
        )
    )
    return tuple(row._asdict() for row in rows)


def _attached(session: Session, messages: Mapping[int, datetime]) -> tuple[Attached, ...]:
    rows = session.execute(
        select(_FILES.c.name, _FILES.c.sha256, _FILES.c.message)
        .where(_FILES.c.message.in_(list(messages)), _FILES.c.sha256.is_not(None))
        .order_by(_FILES.c.id)
    )
    return tuple(Attached(name=row.name, sha256=row.sha256, at=messages[row.message]) for row in rows)
