"""What the ledger has to teach a desk's matcher, and what has changed of that."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from bot.fitting.pupil import example_of
from bot.fitting.rule import Lesson
from templates_replies.catalogue import Catalogue
from templates_replies.matcher import OUTSIDE, Example
from tickets.predictions import NO_CATEGORY
from tickets.views.examples import ExampleRead, examples_of_tickets, newest_examples, tickets_changed

MOST_OF_A_CATEGORY, MOST = 300, 15_000
_MAY_CHANGE = (
    "ticket.categorised", "ticket.out_of_scope", "message.edited", "message.completed", "message.deleted",
    "ticket.spam", "ticket.restored", "ticket.erased", "message.erased",
)  # fmt: skip


def lessons_for(session: Session, desk: str, catalogue: Catalogue) -> Sequence[Lesson]:
    """Return what a desk's matcher may learn from, the newest first: bounded, and of offered categories or none."""
    now = _called_now(catalogue)
    read = newest_examples(session, desk, categories=now.keys(), each=MOST_OF_A_CATEGORY, most=MOST)
    return [_lesson(each, now[each.category]) for each in read]


def examples_for(session: Session, desk: str, catalogue: Catalogue) -> Sequence[Example]:
    """Return what a desk's matcher would learn under a catalogue, which need not be the one in force."""
    return [example_of(lesson) for lesson in lessons_for(session, desk, catalogue)]


def changed_since(session: Session, position: int | None) -> tuple[int, Sequence[ExampleRead]]:
    """Return the position of the newest event, and how the examples stand that may have changed since the other."""
    newest, tickets = tickets_changed(session, position, _MAY_CHANGE)
    return newest, examples_of_tickets(session, tickets) if tickets else ()


def lesson_of(read: ExampleRead, catalogue: Catalogue) -> Lesson | None:
    """Return what is to be learned of an example now; None: nothing any more."""
    category = _called_now(catalogue).get(read.category)
    return _lesson(read, category) if read.counts and category is not None else None


def _called_now(catalogue: Catalogue) -> Mapping[str, str]:
    """Return what each is called now that may be learned: itself, or the category that it was merged into."""
    offered = {category.id: category.id for category in catalogue.offered}
    return {**catalogue.merged, **offered, NO_CATEGORY: OUTSIDE}


def _lesson(read: ExampleRead, category: str) -> Lesson:
    return Lesson(
        message=read.message, ticket=read.ticket, category=category, subject=read.subject, words=read.text,
        names=read.names, number=read.number,
    )  # fmt: skip
