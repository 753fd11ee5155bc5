"""What a message asks for is offered to its contact: one procedure, or several to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.requesting import mailing
from bot.requesting.asking import offering
from bot.requesting.going_on import FormLink, Occasion
from procedures.cases import rows as cases
from procedures.definition.procedure import Procedure
from procedures.requests import acts, rows
from procedures.requests.patience import KEPT_FOR, OFFER_STANDS
from procedures.requests.wanted import Wanted, open_on, wanted_by, wanted_for
from procedures.words.season_words import closed_words
from tickets.actions.answering import Words
from tickets.ledger.tx import Tx
from tickets.message import Channel, Said
from tickets.ticket import TicketNow

Suggested = Sequence[tuple[str, float]]


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """The message that asks for something."""

    said: Said
    message: int
    ticket: TicketNow
    on: Occasion


def wanted(
    tx: Tx, text: str, ticket: TicketNow, procedures: Sequence[Procedure], suggested: Suggested
) -> Wanted | None:
    """Return what a message asks for by its words, or by the category that it is likeliest about.

    Nothing while a form or a case of the ticket is under way, for a ticket has one at a time.
    """
    by_words = wanted_by(text, procedures)
    found = by_words or wanted_for(suggested, procedures)
    request = rows.live(tx, ticket.number) if found else None
    if request is not None and request.procedure is not None:
        return None
    if not found or any(case.ended is None for case in cases.of_ticket(tx, ticket.number)):
        return None
    return Wanted(procedures=found, by_words=bool(by_words))


def offer(tx: Tx, procedures: Sequence[Procedure], what: Occurrence, *, link: FormLink) -> Words:
    """Write down that they are asked, and return the words; a mail that fills the form in already is taken at its word."""
    on, by_mail = what.on, what.on.channel == Channel.EMAIL
    in_season = open_on(procedures, on.today)
    if not in_season:
        return Words(text="\n\n".join(closed_words(each, on.language, today=on.today) for each in procedures))
    procedures = in_season
    request = acts.offer(
        tx, acts.new_id(tx), procedures, ticket=what.ticket.number, message=what.message, desk=on.desk,
        stands=KEPT_FOR if by_mail else OFFER_STANDS, at=on.at,
    )  # fmt: skip
    url = link(request.id)
    if not by_mail:
        return offering(request.id, procedures, on.language, link=None if on.may_press else url)
    if len(procedures) == 1:
        filled = mailing.filled_in(procedures[0], what.said, today=on.today)
        if filled.answers:
            letter = mailing.Letter(procedure=procedures[0], filled=filled)
            return mailing.answer(tx, letter, request, on, link=url)
    return mailing.offering(request, procedures, rows.files_of(tx, request), on, link=url)
