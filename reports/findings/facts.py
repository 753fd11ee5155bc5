"""What findings are made of: the month as it is handed on, and what its figures alone do not say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select
from sqlmodel import Session

from reports.handed import Handed
from reports.months import MonthSums
from reports.rows import PAGE
from reports.tally import Breach
from tickets.desk import Desk
from tickets.tables import Event, Inbound

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_INBOUND = Inbound.__table__  # type: ignore[attr-defined]
_ESCALATED, _RETURNED = "ticket.escalated", "ticket.returned"
_NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)
_ACCOUNTS: BindParameter[Any] = bindparam("accounts", expanding=True)
_HANDED = (
    select(_EVENTS.c.ticket, _EVENTS.c.kind, _EVENTS.c.at)
    .where(_EVENTS.c.ticket.in_(_NUMBERS), _EVENTS.c.kind.in_((_ESCALATED, _RETURNED)))
    .order_by(_EVENTS.c.ticket, _EVENTS.c.id)
)
_FAILED = (
    select(func.count())
    .select_from(_INBOUND)
    .where(
        _INBOUND.c.processed_at.is_(None), _INBOUND.c.error.is_not(None), _INBOUND.c.account.in_(_ACCOUNTS),
        _INBOUND.c.at >= bindparam("start_at"), _INBOUND.c.at < bindparam("end_at"),
    )
)  # fmt: skip

BreachKey = tuple[int, str, str, int]  # ticket, kind of promise, which of that kind, round


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A month, and what is looked up beside its figures."""

    month: Handed
    months: Sequence[MonthSums]  # the twelve before and this one, oldest first
    with_second_line: frozenset[BreachKey]  # promises that ran out while the second line had the ticket
    unread: int  # what came in within the month and could not be processed; it is kept

    def waited_for_second_line(self, breach: Breach) -> bool:
        return _key(breach) in self.with_second_line


def facts_of(session: Session, month: Handed, *, months: Sequence[MonthSums]) -> Facts:
    """Look up what the month's figures do not say; `months` are those before it, and it itself."""
    report = month.report
    return Facts(
        month=month,
        months=months,
        with_second_line=frozenset(_with_second_line(session, report.breaches)),
        unread=_unread(session, month.desk, report.month.start_at, report.month.end_at),
    )


def _with_second_line(session: Session, breaches: Sequence[Breach]) -> Iterable[BreachKey]:
    by_ticket: defaultdict[int, list[Breach]] = defaultdict(list)
    for breach in breaches:
        by_ticket[breach.ticket.number].append(breach)
    numbers = list(by_ticket)
    for first in range(0, len(numbers), PAGE):
        moves: defaultdict[int, list[tuple[datetime, str]]] = defaultdict(list)
        for row in session.execute(_HANDED, {"numbers": numbers[first : first + PAGE]}):
            moves[row.ticket].append((row.at, row.kind))
        for number, handed in moves.items():
            yield from (_key(each) for each in by_ticket[number] if _had_it(handed, each.promise.breached_at))


def _had_it(handed: Sequence[tuple[datetime, str]], at: datetime | None) -> bool:
    before = [kind for moved_at, kind in handed if at is not None and moved_at <= at]
    return bool(before) and before[-1] == _ESCALATED


def _unread(session: Session, desk: Desk, start_at: datetime, end_at: datetime) -> int:
    accounts = [account.key for account in desk.accounts]
    asked = {"accounts": accounts, "start_at": start_at, "end_at": end_at}
    return int(session.execute(_FAILED, asked).scalar_one())


def _key(breach: Breach) -> BreachKey:
    promise = breach.promise
    return breach.ticket.number, promise.kind, promise.subject, promise.cycle
