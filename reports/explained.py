"""Why promises were broken, in words: the clocks' own explanations, for the sheet of breaches."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from procedures.cases.step_clock import CLOCK_RULES
from reports.rows import Names
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
    subject: str
    cycle: int


def of_breach(breach: Breach) -> OfClock:
    return OfClock(breach.ticket.number, breach.promise.kind, breach.promise.subject, breach.promise.cycle)


def explained(
    session: Session, *, breaches: Sequence[Breach], names: Names, language: str, now: datetime
) -> Mapping[OfClock, str]:
    """Explain breaches as they stand `now`: what was promised, what was counted, what was left out, who changed it."""
    spoken: Language = supported_language(language)
    people = {f"staff:{id_}": name for id_, name in names.staff.items()}
    found: dict[OfClock, str] = {}
    for breach in breaches:
        one = of_breach(breach)
        for clock in views.explanations(session, one.ticket, now=now, kind=one.kind, rules=CLOCK_RULES):
            if (clock.subject, clock.cycle) == (one.subject, one.cycle):
                said = explanation(spoken, clock, ticket=one.ticket, names=people, on_paper=True)
                found[one] = said.partition("\n")[2]
    return found
