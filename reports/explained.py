"""Why promises were broken, in words: the clocks' own explanations, for the sheet of breaches."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlmodel import Session

from reports.handed import Handed
from reports.tally import Breach
from templates_replies.catalogue import Language, supported_language
from templates_replies.explain_phrases import explanation
from tickets import views

MOST = (
    300  # each is read out of its ticket's history; a month with more says of the others what its columns say
)


class OfClock(NamedTuple):
    """One breach, as it is found again."""

    ticket: int
    kind: str
    cycle: int


def of_breach(breach: Breach) -> OfClock:
    return OfClock(breach.ticket.number, breach.promise.kind, breach.promise.cycle)


def explained(session: Session, month: Handed) -> Mapping[OfClock, str]:
    """Explain the first breaches of the month: what was promised, what was counted, what was left out, who changed it."""
    language: Language = supported_language(month.language)
    names = {f"staff:{id_}": name for id_, name in month.report.names.staff.items()}
    found: dict[OfClock, str] = {}
    for breach in month.report.breaches[:MOST]:
        one = of_breach(breach)
        for clock in views.explanations(session, one.ticket, now=month.report.made_at, kind=one.kind):
            if clock.cycle == one.cycle:
                said = explanation(language, clock, ticket=one.ticket, names=names)
                found[one] = said.partition("\n")[2]
    return found
