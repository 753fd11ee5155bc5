"""What an erasure would do, or did, in lines that a person reads. Pure."""

from collections.abc import Iterator, Mapping

from bot.personal.keeping import Foreseen
from templates_replies.catalogue import Language
from templates_replies.personal_phrases import beyond, heading, hindered, stays, thing
from tickets.erasure import Plan, Thing
from tickets.removals import RemovalNow


def plan_lines(plan: Plan, language: Language) -> Iterator[str]:
    """Yield what would go, what stays and why, what cannot be reached, and what has to end first."""
    yield heading(language, "goes")
    yield from count_lines(plan.goes, language)
    yield heading(language, "stays")
    yield from (f"  - {stays(language, each)}" for each in plan.stays)
    yield heading(language, "beyond")
    yield from (f"  - {beyond(language, each)}" for each in plan.beyond)
    if plan.hindered:
        yield heading(language, "hindered")
        for each in plan.hindered:
            values = {"ticket": str(each.ticket), "number": each.number}
            yield f"  - {hindered(language, each.by, values)}"


def removal_lines(removal: RemovalNow, language: Language) -> Iterator[str]:
    """Yield what went."""
    yield heading(language, "gone")
    yield from count_lines(removal.counts, language)


def foreseen_lines(foreseen: Foreseen, language: Language) -> Iterator[str]:
    """Yield what a night of retention would remove."""
    counts = {
        Thing.TICKETS: foreseen.tickets, Thing.CONTACTS: foreseen.contacts, Thing.CASES: foreseen.cases,
        Thing.RAW: foreseen.raw,
    }  # fmt: skip
    yield from count_lines(counts, language)


def count_lines(counts: Mapping[Thing, int], language: Language) -> Iterator[str]:
    """Yield how many of each kind."""
    yield from (f"  {many:>7,}  {thing(language, each)}" for each, many in counts.items())
