"""Whoever asked is told on their channel when it is their turn, and how they answer it there."""

from datetime import datetime

from bot.own_turns.mailing import lines_of
from bot.own_turns.presses import labels_of, of_ways
from bot.pressing import may_press
from bot.requesting.going_on import FormLink
from bot.turns.called import Called
from bot.turns.calling import due_in_words, reason_before
from procedures.asking.questions import Question
from procedures.cases.rights import may_answer_own
from procedures.cases.telling import KIND, contact_language
from procedures.words.answer_words import spoken, ways_of
from templates_replies import request_mail_phrases
from templates_replies import requester_turn_phrases as phrases
from templates_replies.catalogue import Language
from tickets import contacts, windows
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.contacts import AddressNow
from tickets.ledger.tx import Tx
from tickets.message import Channel


def tell_requester_of_turn(tx: Tx, called: Called, *, link: FormLink, at: datetime) -> None:
    """Say what is theirs to do; nothing where they are told already: what is to be paid, by its invoice."""
    _tell(tx, called, link=link, again=False, at=at)


def remind_requester_of_turn(tx: Tx, called: Called, *, link: FormLink, at: datetime) -> None:
    """Say it once more; nothing to whom no free words can be sent now."""
    address = _address(tx, called)
    if address is not None and windows.is_open(address.channel, address.last_inbound_at, at):
        _tell(tx, called, link=link, again=True, at=at)


def _tell(tx: Tx, called: Called, *, link: FormLink, again: bool, at: datetime) -> None:
    step, answers = called.step, called.case.answers
    if step.money.settles or step.begins:
        return
    ticket = tickets_.load(tx, called.case.ticket)
    language = contact_language(ticket, called.desk.now)
    address = _address(tx, called)
    asked = [each for each in step.asks if each.only_if is None or each.only_if.hold(answers)]
    by_mail = address is not None and address.channel == Channel.EMAIL
    answerable = address is not None and may_answer_own(called.role, step)
    text = phrases.your_turn(
        language,
        procedure=called.procedure.name,
        ticket=ticket.number,
        step=step.does,
        reason=reason_before(called),
        asks=[] if by_mail and answerable else [spoken(each.ask, language) for each in asked],
        ways=[label for _, label in ways_of(step, language)] if step.decides else [],
        due=due_in_words(tx, called, language),
        how=_how(called, asked, address, language, link=link(called.case.id), at=at)
        if address is not None and answerable
        else None,
        again=again,
    )
    buttons = of_ways(called.case, called.turn, step, language) if answerable and not by_mail else ()
    answering.say_automatically(tx, ticket, answering.Words(text=text, buttons=buttons), at=at, kind=KIND)


def _how(
    called: Called, asked: list[Question], address: AddressNow, language: Language, *, link: str, at: datetime
) -> str:
    """Say how they answer: by buttons, by the number of a choice, by mail; on the page as well where that is easier."""
    desk, step = called.desk.now.desk, called.step
    if address.channel == Channel.EMAIL:
        today = desk.calendar.day_of(at)
        lines = request_mail_phrases.lines_in_words(language, lines_of(asked, language, today=today))
        ways = labels_of(step, language) if not asked or step.decides else []
        return phrases.how_by_mail(language, ways=ways, lines=lines, link=link)
    presses = may_press(desk, account=address.account, channel=address.channel)
    how = phrases.how_by_buttons(language, may_press=presses)
    return f"{how}\n{phrases.or_page(language, link=link)}" if link and asked and not presses else how


def _address(tx: Tx, called: Called) -> AddressNow | None:
    ticket = tickets_.load(tx, called.case.ticket)
    return None if ticket.address is None else contacts.load_address(tx, ticket.address)
