"""What the ledger has to teach a desk's matcher, and what has changed of that."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.fitting.rule import Lesson
from bot.fitting.texts import learnable
from templates_replies.catalogue import Catalogue
from tickets.views.examples import ExampleRead, examples_of_tickets, newest_examples, tickets_changed

MOST_OF_A_CATEGORY, MOST = 300, 15_000
_MAY_CHANGE = (
    "ticket.categorised", "ticket.out_of_scope", "message.edited", "message.completed", "message.deleted",
)  # fmt: skip


def lessons_for(session: Session, desk: str, catalogue: Catalogue) -> Sequence[Lesson]:
    """Return what a desk's matcher may learn from, the newest first: bounded, and of offered categories only."""
    read = newest_examples(session, desk, categories=_offered(catalogue), each=MOST_OF_A_CATEGORY, most=MOST)
    return [lesson for lesson in map(_lesson, read) if lesson.text]


def changed_since(session: Session, position: int | None) -> tuple[int, Sequence[ExampleRead]]:
    """Return the position of the newest event, and how the examples stand that may have changed since the other."""
    newest, tickets = tickets_changed(session, position, _MAY_CHANGE)
    return newest, examples_of_tickets(session, tickets) if tickets else ()


def lesson_of(read: ExampleRead, catalogue: Catalogue) -> Lesson | None:
    """Return what is to be learned of an example now; None: nothing any more."""
    if not read.counts or read.category not in _offered(catalogue):
        return None
    lesson = _lesson(read)
    return lesson if lesson.text else None


def _offered(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(category.id for category in catalogue.offered)


def _lesson(read: ExampleRead) -> Lesson:
    text = learnable(read.subject, read.text, names=read.names, number=read.number)
    return Lesson(message=read.message, ticket=read.ticket, category=read.category, text=text)
