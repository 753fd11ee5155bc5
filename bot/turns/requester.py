"""Whoever asked is told on their channel when it is their turn; what they answer, somebody of the desk notes down."""

from datetime import datetime

from bot.turns.called import Called
from bot.turns.calling import due_in_words, reason_before
from procedures.cases.telling import KIND, contact_language
from procedures.words.answer_words import spoken, ways_of
from templates_replies import requester_turn_phrases as phrases
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.ledger.writer import Tx


def tell_requester_of_turn(tx: Tx, called: Called, *, at: datetime) -> None:
    """Say what is theirs to do; nothing where they are told already: what is to be paid, by its invoice."""
    step, answers = called.step, called.case.answers
    if step.money.settles or step.begins:
        return
    ticket = tickets_.load(tx, called.case.ticket)
    language = contact_language(ticket, called.desk.now)
    asked = [each for each in step.asks if each.only_if is None or each.only_if.hold(answers)]
    text = phrases.your_turn(
        language,
        procedure=called.procedure.name,
        ticket=ticket.number,
        step=step.does,
        reason=reason_before(called),
        asks=[spoken(each.ask, language) for each in asked],
        ways=[label for _, label in ways_of(step, language)] if step.decides else [],
        due=due_in_words(tx, called, language),
    )
    answering.say_automatically(tx, ticket, answering.Words(text=text), at=at, kind=KIND)
