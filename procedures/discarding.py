"""Cases whose time in the archive is over: what is deleted of them, and what is kept.

Deleted are the answers, the reasons that people gave, what was booked for, what papers say, the files of the ticket, and the line in the archive. Kept
are the history (who did what when), the turns, the numbers of papers and invoices with their sums, and the sum of each
paper's file: whether a paper is genuine can still be told.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from procedures.archive.tables import ArchivedCase
from procedures.bookings.tables import Booking
from procedures.cases import rows as cases
from procedures.cases.rows import CaseNow
from procedures.cases.tables import CaseTurn
from procedures.money.invoices import State
from procedures.money.tables import Invoice, Payment
from procedures.papers import rows as papers
from procedures.requests.tables import Request
from templates_replies.archive_phrases import word
from templates_replies.catalogue import Language
from tickets import attachments
from tickets import ticket as tickets_
from tickets.actor import SYSTEM
from tickets.erasure import Hindered, Hindrance, Thing
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.personal.whose import Theirs

DISCARDED = "case.discarded"
_KEPT_OF_PAPER = ("id", "name", "kind", "language", "day", "letterhead", "approval", "draft")

_ARCHIVED = ArchivedCase.__table__  # type: ignore[attr-defined]
_TURNS = CaseTurn.__table__  # type: ignore[attr-defined]
_BOOKINGS = Booking.__table__  # type: ignore[attr-defined]
_PAYMENTS = Payment.__table__  # type: ignore[attr-defined]
_INVOICES = Invoice.__table__  # type: ignore[attr-defined]
_REQUESTS = Request.__table__  # type: ignore[attr-defined]
_DUE = Prepared(
    select(_ARCHIVED.c.case)
    .where(_ARCHIVED.c.desk == bindparam("desk"), _ARCHIVED.c.ended_at < bindparam("before"))
    .order_by(_ARCHIVED.c.ended_at)
    .limit(bindparam("most"))
)
_UNFILE = Prepared(delete(_ARCHIVED).where(_ARCHIVED.c.case == bindparam("of_case")))
_SILENCED = (
    Prepared(update(_TURNS).where(_TURNS.c.case == bindparam("of_case")).values(reason=None, votes=None)),
    Prepared(update(_BOOKINGS).where(_BOOKINGS.c.case == bindparam("of_case")).values(title=None)),
    Prepared(
        update(_REQUESTS).where(_REQUESTS.c.case == bindparam("of_case")).values(answers=None, aside=None)
    ),
)
_FORMS = Prepared(
    update(_REQUESTS).where(_REQUESTS.c.ticket == bindparam("of_ticket")).values(answers=None, aside=None)
)
_UNTITLED = Prepared(update(_BOOKINGS).where(_BOOKINGS.c.ticket == bindparam("of_ticket")).values(title=None))
_UNBILLED = Prepared(
    update(_INVOICES).where(_INVOICES.c.ticket == bindparam("of_ticket")).values(reason=None)
)
_NOT_PAID = Prepared(
    select(_INVOICES.c.number).where(
        _INVOICES.c.ticket == bindparam("ticket"), _INVOICES.c.state == str(State.OPEN)
    )
)
_NO_REASONS = Prepared(
    update(_PAYMENTS).where(_PAYMENTS.c.ticket == bindparam("of_ticket")).values(reason=None)
)
_OTHERS = Prepared(select(_ARCHIVED.c.case).where(_ARCHIVED.c.ticket == bindparam("ticket")).limit(1))


def due(tx: Tx, *, desk: str, before: datetime, most: int) -> tuple[int, ...]:
    """Return cases of a desk that ended before an instant, the longest over first."""
    return tuple(row.case for row in tx.all(_DUE, desk=desk, before=before, most=most))


def discard(tx: Tx, case_id: int, *, language: Language, at: datetime) -> frozenset[str]:
    """Delete what was said in a case; the SHA-256 of the files that may go with it."""
    case = cases.load(tx, case_id)
    cases.save(tx, replace(case, answers={}), ())
    for statement in _SILENCED:
        tx.run(statement, of_case=case.id)
    tx.run(_UNFILE, of_case=case.id)
    files = {*_papers_of(tx, case), *_attached_to(tx, case, language)}
    append(
        tx, DISCARDED, desk=case.desk, ticket=case.ticket, subject=case.id, at=at, actor=SYSTEM.key,
        procedure=case.procedure,
    )  # fmt: skip
    return frozenset(files)


def hindered(tx: Tx, ticket: int) -> tuple[Hindered, ...]:
    """Return what of a ticket has to end before anything of it may go: cases under way, bills that are open."""
    running = [
        Hindered(by=Hindrance.CASE, ticket=ticket, number=str(case.id))
        for case in cases.of_ticket(tx, ticket)
        if case.ended is None
    ]
    bills = [
        Hindered(by=Hindrance.INVOICE, ticket=ticket, number=row.number)
        for row in tx.all(_NOT_PAID, ticket=ticket)
    ]
    return (*running, *bills)


def beside(tx: Tx, whose: Theirs) -> tuple[dict[Thing, int], Sequence[Hindered]]:
    """Return how many cases somebody has, and what of their tickets has to end before anything may be erased."""
    cases_ = sum(len(cases.of_ticket(tx, number)) for number in whose.tickets)
    return ({Thing.CASES: cases_} if cases_ else {}), [
        each for number in whose.tickets for each in hindered(tx, number)
    ]


def is_filed(tx: Tx, ticket: int) -> bool:
    """Whether the archive keeps a case of a ticket still."""
    return tx.one(_OTHERS, ticket=ticket) is not None


def erase(tx: Tx, ticket: int, *, language: Language, at: datetime) -> tuple[int, frozenset[str]]:
    """Delete what was said in all that a ticket's procedures were for; how many cases, and the files that may go.

    What people paid, the numbers of papers and bills, and who did what when stay.
    """
    files = set[str]()
    found = cases.of_ticket(tx, ticket)
    for case in found:
        files |= discard(tx, case.id, language=language, at=at)
    for statement in (_FORMS, _UNTITLED, _UNBILLED, _NO_REASONS):
        tx.run(statement, of_ticket=ticket)
    return len(found), frozenset(files)


def _papers_of(tx: Tx, case: CaseNow) -> set[str]:
    """Empty the papers of a case; the files that they had."""
    files = set[str]()
    for paper in papers.of_case(tx, case.id):
        files |= {each for each in (paper.sha256, *paper.previews) if each}
        kept = {key: paper.content.get(key) for key in _KEPT_OF_PAPER}
        papers.save(
            tx, replace(paper, content=kept, name=None, previews=(), void_reason=None, said=None, due_at=None)
        )
    return files


def _attached_to(tx: Tx, case: CaseNow, language: Language) -> frozenset[str]:
    """Let go of the files of a closed ticket of which no other case is kept."""
    if tickets_.load(tx, case.ticket).status is not Status.CLOSED or _has_others(tx, case):
        return frozenset()
    tx.run(_NO_REASONS, of_ticket=case.ticket)
    return attachments.forget(tx, case.ticket, why=word(language, "retention"))


def _has_others(tx: Tx, case: CaseNow) -> bool:
    under_way = any(each.ended is None for each in cases.of_ticket(tx, case.ticket))
    return under_way or is_filed(tx, case.ticket)
