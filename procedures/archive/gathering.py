"""What belongs to a case, read at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from procedures.cases import views
from procedures.cases.rows import NoSuchCaseError
from procedures.cases.views import CaseView
from procedures.money import views as money
from procedures.money.invoices import InvoiceNow
from procedures.papers import views as papers
from procedures.papers.rows import PaperNow, State
from tickets.tables import Attachment, Contact, Message, Staff, Ticket
from tickets.ticket import said_on

_FILES = Attachment.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_STAFF = Staff.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A file that was said on the ticket."""

    name: str
    sha256: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Gathered:
    view: CaseView
    requester: str | None
    number: str | None = field(repr=False)  # of the requester: NIM or NIP
    papers: tuple[PaperNow, ...]  # those that were issued once
    invoices: tuple[InvoiceNow, ...]
    attached: tuple[Attached, ...]  # beside the papers, each content once, the oldest first
    names: Mapping[str, str]  # of all who ever worked at the desk, by id


def gathered(session: Session, case: int) -> Gathered:
    """Read everything of a case. Raises NoSuchCaseError."""
    view = views.case(session, case)
    if view is None:
        raise NoSuchCaseError(case)
    kept = tuple(each for each in papers.of_cases(session, [case]) if each.state is not State.DRAFT)
    asked = session.execute(
        select(_CONTACTS.c.name, _CONTACTS.c.identity_name, _CONTACTS.c.identity_number)
        .join(_TICKETS, _TICKETS.c.contact == _CONTACTS.c.id)
        .where(_TICKETS.c.number == view.case.ticket)
    ).one()
    staff = session.execute(select(_STAFF.c.id, _STAFF.c.name).where(_STAFF.c.desk == view.case.desk))
    return Gathered(
        view=view,
        requester=asked.identity_name or asked.name,
        number=asked.identity_number,
        papers=kept,
        invoices=tuple(money.of_cases(session, [case])),
        attached=_attached(session, view.case.ticket, besides={each.sha256 for each in kept}),
        names={row.id: row.name for row in staff},
    )


def _attached(session: Session, ticket: int, *, besides: set[str | None]) -> tuple[Attached, ...]:
    rows = session.execute(
        select(_FILES.c.name, _FILES.c.sha256, _MESSAGES.c.at)
        .join(_MESSAGES, _MESSAGES.c.id == _FILES.c.message)
        .where(said_on(_MESSAGES.c.ticket), _FILES.c.sha256.is_not(None))
        .order_by(_FILES.c.id),
        {"ticket": ticket},
    )
    found = {row.sha256: row for row in reversed(rows.all()) if row.sha256 not in besides}
    return tuple(
        Attached(name=row.name, sha256=row.sha256, at=row.at) for row in reversed(list(found.values()))
    )
