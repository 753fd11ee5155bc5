"""What the bot may offer a contact by itself: the reply of a category, and categories to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.desks import OpenDesk
from bot.turn import CATEGORY, NO, NONE_OF_THEM, YES, AutoAnswer, Decision, Expectation, Offer, pressed_data
from bot.voice import Voice
from procedures.requests.wanted import of_category
from templates_replies.catalogue import AutoReply, Category
from templates_replies.category_menu_phrases import none_label
from templates_replies.matcher import Suggestion
from templates_replies.render import render
from templates_replies.unsure import to_ask
from tickets.actor import is_a_persons
from tickets.contacts import ContactNow
from tickets.message import Button, Channel
from tickets.ticket import TicketNow

_WITHOUT_MENU = frozenset({Channel.EMAIL, Channel.OTHER})  # a mail is answered by people, not by a number


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """Whom it is offered to, and when."""

    desk: OpenDesk
    voice: Voice
    ticket: TicketNow
    contact: ContactNow
    now: datetime


def answer_of(category: Category, on: Occasion) -> AutoAnswer | None:
    """Return a category's reply, ready to send; None without one, or where a value is missing."""
    template = on.desk.catalogue.reply_of(category.id)
    if template is None:
        return None
    values = on.voice.placeholders(ticket=on.ticket, contact=on.contact, now=on.now)
    rendered = render(template, {**values, "category": category.name}, on.voice.language)
    if not rendered.is_complete:
        return None
    return AutoAnswer(category=category.id, template=template.id, text=rendered.text)


def to_offer(suggestions: Iterable[Suggestion], on: Occasion) -> tuple[Offer, ...]:
    """Return the categories that the contact is to be asked about; none by mail, or once it is known what it is about."""
    if on.ticket.channel in _WITHOUT_MENU or on.ticket.category is not None:
        return ()
    return tuple(_offer(each, on) for each in to_ask(tuple(suggestions), on.desk.catalogue))


def offered(expects: Expectation | None, on: Occasion) -> tuple[Offer, ...]:
    """Return the categories that the contact was asked about, as long as no person has said what it is about."""
    if expects is None or expects.what != CATEGORY or is_a_persons(on.ticket.category_by):
        return ()
    asked = [on.desk.catalogue.category(id_) for id_ in expects.data.get("choices", ())]
    return tuple(_offer(each, on) for each in asked if each is not None and not each.retired)


def buttons_of(decision: Decision, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    """Return what stands below the words of a decision."""
    if decision.ask_helped:
        yes, no = voice.helped_labels()
        return ((Button(label=yes, data=YES), Button(label=no, data=NO)),)
    if not decision.ask:
        return ()
    none = Button(label=none_label(voice.language), data=NONE_OF_THEM)
    asked = (Button(label=offer.name, data=pressed_data(offer.category)) for offer in decision.ask)
    return tuple((each,) for each in (*asked, none))


def _offer(category: Category, on: Occasion) -> Offer:
    sends = category.auto is AutoReply.SEND
    return Offer(
        category=category.id,
        name=category.name,
        answer=answer_of(category, on) if sends else None,
        procedures=of_category(category.id, on.desk.procedures),
    )
