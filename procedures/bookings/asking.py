"""What a form that books says while it is filled in: what is taken and free, and why an answer cannot be had."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from procedures.asking.conditions import Answers
from procedures.asking.questions import Question
from procedures.bookings import rows
from procedures.bookings.availability import free_on, open_on, taken_on
from procedures.bookings.taking import Wish, refuse
from procedures.bookings.wanted import all_books, resources_in, wanted
from procedures.bookings.words import day_words
from procedures.definition.bookings import Books
from procedures.definition.procedure import Procedure
from templates_replies.catalogue import Language
from tickets.desk import Desk
from tickets.ledger.tx import Tx
from tickets.resources import Resource

DAYS_SHOWN, RESOURCES_SHOWN = 3, 3
_SEARCHED = 14  # days
_DAY = timedelta(days=1)


def require_free(
    tx: Tx, procedure: Procedure, answers: Answers, *, desk: Desk, at: datetime, asked: Question | None = None
) -> None:
    """Raise NotToBeHadError where what the form books cannot be had, as far as it is answered.

    Only what rests on the answer to `asked`, where that is given.
    """
    for books in procedure.books:
        if asked is not None and asked.id not in books.questions:
            continue
        for want in wanted(books, answers):
            resource = desk.resource(want.resource)
            if resource is not None:
                refuse(tx, Wish(resource=resource, period=want.period, count=want.count), desk=desk, at=at)


def asked_when(procedure: Procedure) -> str | None:
    """Return the question by which another time is chosen for what the form books."""
    return next((name for books in procedure.books for name in books.when.questions), None)


def times_shown(
    tx: Tx, procedure: Procedure, question: Question, answers: Answers, language: Language, *, desk: Desk, at: datetime
) -> str | None:  # fmt: skip
    """Say, beside a question of when, what is taken and free of what was chosen: on the day that was said, or the next."""
    books = next((each for each in all_books(procedure) if question.id in each.when.questions), None)
    if books is None:
        return None
    chosen = resources_in(books, answers) or _offered(procedure, books)
    found = [desk.resource(name) for name in chosen[:RESOURCES_SHOWN]]
    lines = [
        _day_words(tx, resource, day, language, count=books.count, desk=desk)
        for resource in found
        if resource is not None
        for day in _days(books, resource, question, answers, at)
    ]
    return "\n".join(lines) or None


def _offered(procedure: Procedure, books: Books) -> tuple[str, ...]:
    """Return what can be chosen, where nothing has been yet."""
    asks = next((each for each in procedure.questions if each.id == books.asked), None)
    return tuple(choice.id for choice in asks.choices) if asks else ()


def _days(
    books: Books, resource: Resource, question: Question, answers: Answers, at: datetime
) -> Iterator[date]:
    said = answers.get(books.when.on or "")
    if books.when.on is not None and question.id != books.when.on:
        if said is not None:  # of another day nobody wants to know
            yield said
        return
    today = resource.calendar.day_of(at)
    first = today + max(question.ahead or timedelta(), resource.notice or timedelta())
    days = (first + _DAY * ahead for ahead in range(_SEARCHED))
    opened = (day for day in days if open_on(resource, day) is not None)
    for _, day in zip(range(DAYS_SHOWN), opened, strict=False):
        yield day


def _day_words(tx: Tx, resource: Resource, day: date, language: Language, *, count: int, desk: Desk) -> str:
    since = datetime.combine(day, datetime.min.time(), tzinfo=resource.calendar.tz) - resource.after
    found = rows.taking(tx, desk.slug, resource.id, since, since + 2 * _DAY + resource.before)
    taken = [each.taken for each in found]
    return day_words(
        resource, day, language, taken=taken_on(resource, day, count, taken=taken),
        free=free_on(resource, day, count, taken=taken),
    )  # fmt: skip
