"""What a ticket is about, once a case of it has begun: the category by which its procedure is asked for."""

from collections.abc import Iterator

from procedures.cases.happened import Happened
from tickets import ticket as tickets_
from tickets.actions import handling
from tickets.actor import Kind
from tickets.ledger.tx import Tx


def category_of(happened: Happened) -> Iterator[str]:
    """Yield the category of the procedure that has begun."""
    category = happened.doing.procedure.starts.category
    if category is not None:
        yield category


def categorise(tx: Tx, happened: Happened, category: str) -> None:
    """Put the ticket under it: as the contact's choice, or as the word of whoever began it where nobody had said anything."""
    doing, number = happened.doing, happened.case.ticket
    if doing.by.kind is Kind.CONTACT:
        handling.choose(tx, number, category, desk=doing.desk, at=doing.at)
    elif doing.by.is_person and tickets_.load(tx, number).category is None:
        handling.categorise(tx, number, category, desk=doing.desk, by=doing.by, at=doing.at)
