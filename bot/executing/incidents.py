"""One incident with many tickets: this one is part of it, and everybody is answered or solved at once."""

from bot.commands import Verb
from bot.executing.belonging import other_ticket
from bot.executing.doing import Doing
from bot.executing.handling import category_named
from bot.executing.verbs import OnTicket
from templates_replies import belonging_phrases
from tickets.actions import incidents
from tickets.actions.errors import CategoriesMissingError, NothingToSayError


def _attach(doing: Doing, rest: str) -> None:
    named = other_ticket(doing, Verb.INCIDENT, rest)
    if named is not None:
        incidents.attach(doing.tx, named[0], [doing.number], by=doing.by, at=doing.at)
        doing.tell(
            belonging_phrases.part_of_incident(doing.voice.language, ticket=doing.number, other=named[0])
        )  # fmt: skip


def _answer_all(doing: Doing, rest: str) -> None:
    if not rest:
        raise NothingToSayError("an answer needs words")
    answered = doing.acts.answer_all(
        doing.tx, doing.number, rest, agent=doing.person.name, files=doing.written.files, by=doing.by, at=doing.at
    )  # fmt: skip
    doing.tell(
        belonging_phrases.answered_all(
            doing.voice.language, count=len(answered.messages), tickets=answered.tickets
        )
    )


def _close_all(doing: Doing, rest: str) -> None:
    category = category_named(doing, rest) if rest else None
    language = doing.voice.language
    try:
        solved = doing.acts.close_all(
            doing.tx, doing.number, desk=doing.desk.now, by=doing.by, at=doing.at, category=category
        )
    except CategoriesMissingError as missing:  # nothing is written yet
        offered = doing.ticket.category or next((pair[0] for pair in doing.ticket.suggestions or []), "…")
        doing.tell(belonging_phrases.many_categories(language, tickets=missing.tickets, category=offered))
        return
    doing.tell(belonging_phrases.solved_all(language, tickets=solved))


VERBS: OnTicket = {
    Verb.INCIDENT: _attach,
    Verb.ANSWER_ALL: _answer_all,
    Verb.CLOSE_ALL: _close_all,
}
