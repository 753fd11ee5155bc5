"""What the requester is told as their case moves: by the step that is over, and by the end that it came to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from procedures.cases.happened import Doing
from procedures.cases.rows import CaseNow
from procedures.definition.procedure import Procedure, Step, Words
from procedures.words.answer_words import all_in_words, spoken
from templates_replies import turn_phrases as phrases
from templates_replies.catalogue import Language, supported_language
from templates_replies.money_words import rupiah
from templates_replies.placeholders import names_in
from templates_replies.render import fill
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.actions.answered import count_as_answer
from tickets.actor import Actor, Kind
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx
from tickets.lifecycle import TO_DO
from tickets.ticket import TicketNow

KIND = "procedure"  # why the bot speaks


@dataclass(frozen=True, kw_only=True)
class Issued:
    """What a case has issued last."""

    number: str | None = None  # of a letter
    total: int | None = None  # of an invoice, in rupiah


def told(
    tx: Tx, case: CaseNow, doing: Doing, by_step: Words | None, *, reason: str | None,
    issued: Callable[[], Issued],
) -> str | None:  # fmt: skip
    """Return what the step says, then what the end says, in the contact's language; None where neither says anything.

    `issued` is asked only where a text names what it returns.
    """
    procedure = doing.procedure
    end = procedure.end(case.ended) if case.ended else None
    texts = [texts for texts in (by_step, end.tells if end else None) if texts]
    if not texts:
        return None
    ticket = tickets_.load(tx, case.ticket)
    language = contact_language(ticket, doing.desk)
    said = [spoken(each, language) for each in texts]
    values = {
        **_of_papers(said, issued, language),
        **all_in_words(procedure, case.answers, language),
        "ticket": f"#{ticket.number}",
        "procedure": procedure.name,
        "reason": reason or "–",
    }
    return "\n\n".join(fill(each, {**_unanswered(procedure), **values})[0] for each in said)


def _of_papers(said: Sequence[str], issued: Callable[[], Issued], language: Language) -> dict[str, str]:
    if {"number", "total"}.isdisjoint(name for text in said for name in names_in(text)):
        return {}
    last = issued()
    return {
        "number": last.number or "–",
        "total": rupiah(last.total, language) if last.total is not None else "–",
    }


def say_to_requester(tx: Tx, case: CaseNow, doing: Doing, step: Step, question: str) -> int | None:
    """Ask the requester what whoever's turn it is wants to know; return the message, None where they take none."""
    ticket = tickets_.load(tx, case.ticket)
    said = phrases.asked_of_you(
        contact_language(ticket, doing.desk), ticket=ticket.number, procedure=doing.procedure.name,
        role=doing.procedure.actor(step), question=question,
    )  # fmt: skip
    return say(tx, ticket, answering.Words(text=said), by=doing.by, at=doing.at)


def say(
    tx: Tx, ticket: TicketNow, words: answering.Words, *, by: Actor, at: datetime, kind: str = KIND
) -> int | None:
    """Say it; where somebody of the desk has brought the case to it, the contact has been answered by a person."""
    message = answering.say_automatically(tx, ticket, words, at=at, kind=kind, by=by)
    if message is not None and by.kind is Kind.STAFF and ticket.status in TO_DO:
        count_as_answer(tx, ticket, message, by=by, at=at)
    return message


def _unanswered(procedure: Procedure) -> dict[str, str]:
    """Return what stands for a question that was not asked: never a gap in a message."""
    return {one.id: "–" for question in procedure.questions for one in (question, *question.sums)}


def contact_language(ticket: TicketNow, desk: DeskNow) -> Language:
    return supported_language(ticket.language or desk.desk.language)
