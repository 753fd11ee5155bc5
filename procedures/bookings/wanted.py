"""What of the desk's resources a case wants, out of what its procedure books and what was answered. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from procedures.asking.conditions import Answers
from procedures.asking.periods import Period
from procedures.definition.bookings import Books, When
from procedures.definition.procedure import SKIPPED, Ending, Procedure, Step


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One resource, for a time."""

    resource: str
    period: Period
    count: int
    title: str | None


def wanted(books: Books, answers: Answers) -> tuple[Wanted, ...]:
    """Return what is to be booked; nothing where the resource or the time was not asked for."""
    period, resources = period_in(books.when, answers), resources_in(books, answers)
    count = answers.get(books.counted_by) if books.counted_by else books.count
    if period is None or not count:
        return ()
    title = answers.get(books.title) if books.title else None
    return tuple(
        Wanted(resource=each, period=period, count=int(count), title=str(title) if title else None)
        for each in resources
    )


def period_in(when: When, answers: Answers) -> Period | None:
    """Return from when to when, out of the answers; None where they do not say it."""
    if when.period is not None:
        return answers.get(when.period)
    day, start, end = (answers.get(each or "") for each in (when.on, when.start, when.end))
    if day is None:
        return None
    if when.start is None and when.end is None:
        return Period.of_days(day, day)
    return Period.on_day(day, start, end) if start is not None and end is not None else None


def answers_for(books: Books, period: Period, resource: str, answers: Answers) -> dict[str, object]:
    """Return the answers that say the same as a booking that was moved; those that cannot say it stay as they are."""
    when, changed = books.when, dict[str, object]()
    if when.period is not None:
        changed[when.period] = period
    elif when.on is not None:
        changed[when.on] = period.start.date()
        changed |= {when.start: period.start.time()} if when.start else {}
        changed |= {when.end: period.end.time()} if when.end else {}
    if books.asked is not None and isinstance(answers.get(books.asked), str):
        changed[books.asked] = resource
    return changed


def booked_by(procedure: Procedure, step: Step, outcome: str | None) -> Iterator[Books]:
    """Yield what a step books that has ended in this way: nothing where that leads to no more than a refusal."""
    chosen = step.outcome(outcome or "")
    if chosen is None or outcome == SKIPPED:
        return
    ends = [procedure.end(place) for place in chosen.to]
    leads_on = any(end is None or end.ending is Ending.DONE for end in ends)
    for books in step.bookings.books:
        if (outcome in books.outcomes) if books.outcomes else leads_on:
            yield books


def made_firm_by(procedure: Procedure, step: Step) -> tuple[str, ...]:
    """Return the ids of what is certain once this step has begun."""
    return tuple(books.id for books in all_books(procedure) if books.firm == step.id)


def all_books(procedure: Procedure) -> tuple[Books, ...]:
    """Return everything that a procedure books, at its beginning or by a step."""
    return (*procedure.books, *(each for step in procedure.steps for each in step.bookings.books))


def resources_in(books: Books, answers: Answers) -> tuple[str, ...]:
    """Return the ids of the resources that an entry names or an answer chose."""
    if books.asked is None:
        return books.resources
    chosen = answers.get(books.asked)
    return chosen if isinstance(chosen, tuple) else (chosen,) if chosen else ()
