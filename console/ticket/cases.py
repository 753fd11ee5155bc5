"""What a ticket's page shows of procedures: the cases that it has, and what could be begun."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from sqlmodel import Session

from console.house import House
from console.ticket.case_panel import Offer, Panel, attached, bills_of, bookings_of, offers, panel
from console.ticket.case_words import CaseWords, of_desk
from console.ticket.papers_shown import lines_of
from procedures.bookings.rows import BookingNow
from procedures.cases import views
from procedures.cases.happened import Moment
from procedures.cases.rows import CaseNow
from procedures.cases.step_clock import JOINED, STEP
from procedures.definition.procedure import Procedure
from procedures.money.invoices import InvoiceNow
from procedures.papers.rows import PaperNow
from procedures.words.masking import hidden_at_desk, whole
from templates_replies.catalogue import Language
from tickets import absences, staff
from tickets.actor import Actor
from tickets.presence import away_at
from tickets.views import WholeTicket

_HERE = frozenset({Moment.CASE_BEGUN, JOINED})  # how a ticket comes to a case


@dataclass(frozen=True, kw_only=True)
class Cases:
    """The cases of a ticket, the newest first, and the procedures that it could begin now."""

    panels: Sequence[Panel]
    offers: Sequence[Offer]
    of_desk: CaseWords

    @cached_property
    def words(self) -> CaseWords:
        """What the history calls what happened to them; a case's own procedure has the last word."""
        return self.of_desk.and_those(each.words for each in self.panels)


def cases_of(session: Session, found: WholeTicket) -> tuple[CaseNow, ...]:
    """Return the cases of a ticket, the newest first. Reads nothing for one that has never had any."""
    had_any = any(event.kind in _HERE for event in found.events)
    return views.cases_of(session, found.ticket.number) if had_any else ()


def absent_at(session: Session, desk: str, now: datetime) -> frozenset[str]:
    """Return the ids of those who are away, or work here no longer, in whose place others may act."""
    return frozenset(away_at(absences.seen(session, frozenset({desk})), now)) | staff.seen_gone(session, desk)


async def shown(
    house: House, found: WholeTicket, cases: Sequence[CaseNow], language: Language, *, invoices: Sequence[InvoiceNow],
    papers: Sequence[PaperNow], bookings: Sequence[BookingNow], by: Actor, may_begin: bool, numbers: bool, absent: frozenset[str], names: Mapping[str, str], when: Callable[[datetime], str], now: datetime,
) -> Cases:  # fmt: skip
    """Return the cases as they are shown, each by the procedure as it was when the case began; with `numbers` whole ones."""
    desk, known = found.ticket.desk, found.ticket.contact.identity.number
    files = attached(found.messages)
    clocks = {(clock.subject, clock.cycle): clock for clock in found.ticket.clocks if clock.kind == STEP}
    begun = [case.within for case in cases if case.within is not None and case.ended is None]
    panels = []
    for case in cases:
        under = await house.ledger.aside(house.procedures_under, case.desk, case.revision)
        procedure = next((one for one in under if one.id == case.procedure), None)
        if procedure is not None:
            each = panel(
                case, procedure, language, desk=house.desk(desk).desk, by=by, absent=absent, files=files,
                clocks=clocks, names=names, when=when, now=now, begun=begun,
                mask=whole if numbers else lambda text: hidden_at_desk(text, known),
            )  # fmt: skip
            bills = [one for one in invoices if one.case == case.id]
            made = [one for one in papers if one.case == case.id]
            lines = lines_of(made, language, names=names, when=when)
            held = bookings_of(
                [one for one in bookings if one.case == case.id], house.desk(desk).desk, language
            )
            panels.append(replace(each, bookings=held, bills=bills_of(bills, language), papers=lines))
    may_begin = may_begin and all(case.ended is not None for case in cases)
    known_now = house.procedures(desk)
    return Cases(
        panels=panels,
        offers=offers(known_now, language, files=files) if may_begin else (),
        of_desk=of_desk(house.desk(desk).desk, known_now),
    )


def newer(house: House, case: CaseNow, before: Procedure) -> Procedure | None:
    """Return the procedure of a running case as it is now, where that is other than it was; None else."""
    known = house.procedures(case.desk)
    after = next((one for one in known if one.id == case.procedure), None)
    return after if after is not None and after != before and case.ended is None else None
