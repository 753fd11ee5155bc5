"""Asking after closing: the closing notice and the question in one message, within what the channel allows."""

from datetime import datetime

from bot.desks import OpenDesk
from bot.pressing import may_press
from bot.templates import choosing
from bot.templates.choosing import Unusable
from bot.voice import Voice, contact_voice
from templates_replies import survey_phrases
from tickets import contacts, windows
from tickets.actions import answering, survey
from tickets.actions.answering import Words
from tickets.approval import Purpose
from tickets.contacts import AddressNow
from tickets.ledger.tx import Tx
from tickets.message import Button
from tickets.survey import Survey, When, Withheld
from tickets.ticket import TicketNow

PRESS = "survey"  # a button's data: survey:<ticket>:<cycle>:<score>
_A_ROW = 5  # buttons


def say_closed(tx: Tx, ticket: TicketNow, *, desk: OpenDesk, at: datetime) -> None:
    """Tell the contact that the ticket is solved, and ask in the same message how satisfied they are."""
    voice = _voice(tx, ticket, desk)
    notice = voice.closed(ticket)
    asked = desk.now.desk.survey
    if (
        asked is not None
        and asked.after is When.SOLVED
        and _ask(tx, ticket, asked, desk, notice=notice, at=at)
    ):
        return
    answering.say_automatically(tx, ticket, Words(text=notice), at=at, kind="closed")


def ask_about_closed(tx: Tx, ticket: TicketNow, *, desk: OpenDesk, at: datetime) -> None:
    """Ask in a message of its own, at a desk that asks when a ticket is confirmed."""
    asked = desk.now.desk.survey
    if asked is not None and asked.after is When.CLOSED:
        _ask(tx, ticket, asked, desk, notice=None, at=at)


def pressed(data: str | None) -> tuple[int, int, int] | None:
    """Read a button's data back: ticket, cycle, score."""
    head, *parts = (data or "")[:64].split(":")
    if head != PRESS or len(parts) != 3 or not all(part.isdecimal() and len(part) <= 15 for part in parts):
        return None
    ticket, cycle, score = (int(part) for part in parts)
    return ticket, cycle, score


def _ask(
    tx: Tx, ticket: TicketNow, asked: Survey, desk: OpenDesk, *, notice: str | None, at: datetime
) -> bool:
    """Put the question; False if it was not, for whatever reason."""
    if survey.why_not(tx, ticket, asked, at=at) is not None or ticket.address is None:
        return False
    voice = _voice(tx, ticket, desk)
    address = contacts.load_address(tx, ticket.address)
    pressable = may_press(desk.now.desk, account=address.account, channel=address.channel)
    if windows.is_open(address.channel, address.last_inbound_at, at):
        words: Words | None = _in_words(ticket, asked, voice, notice=notice, pressable=pressable)
    else:
        words = _as_template(tx, ticket, address, desk, at=at)
    if words is None:
        survey.could_not_ask(tx, ticket, why=Withheld.WINDOW, scale=asked.scale, at=at)
        return False
    message = answering.say_automatically(
        tx, ticket, words, at=at, kind="survey" if notice is None else "closed"
    )
    if message is not None:
        survey.asked(tx, ticket, message=message, scale=asked.scale, at=at)
    return message is not None


def _in_words(
    ticket: TicketNow, asked: Survey, voice: Voice, *, notice: str | None, pressable: bool
) -> Words:
    language, best = voice.language, asked.scale
    if notice is None:
        text = survey_phrases.question_about(language, ticket=ticket.number, best=best)
    else:
        text = f"{notice}\n\n{survey_phrases.question(language, best=best)}"
    return Words(text=text, buttons=_buttons(ticket, best) if pressable else ())


def _buttons(ticket: TicketNow, best: int) -> tuple[tuple[Button, ...], ...]:
    every = [
        Button(label=label, data=f"{PRESS}:{ticket.number}:{ticket.cycle}:{score}")
        for score, label in enumerate(survey_phrases.labels(best), start=1)
    ]
    return tuple(tuple(every[first : first + _A_ROW]) for first in range(0, best, _A_ROW))


def _as_template(
    tx: Tx, ticket: TicketNow, address: AddressNow, desk: OpenDesk, *, at: datetime
) -> Words | None:
    """Return the approved template that the desk has for the question, filled in; None if there is none to use."""
    reply = choosing.reply_for(desk, Purpose.SURVEY)
    choice = choosing.on_ticket(tx, reply, ticket, account=address.account, desk=desk, at=at)
    return None if isinstance(choice, Unusable) else choosing.as_words(choice)


def _voice(tx: Tx, ticket: TicketNow, desk: OpenDesk) -> Voice:
    spoken = contacts.load_contact(tx, ticket.contact).language or ticket.language
    return contact_voice(desk, spoken)
