"""Which approved template is sent where free text may not be, checked against what the provider lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.desks import OpenDesk
from bot.voice import contact_voice
from templates_replies.catalogue import Language, ReplyTemplate
from templates_replies.render import render, render_variables
from tickets import approved, contacts
from tickets.actions.answering import Words
from tickets.approval import Fault, Purpose, filled, pick
from tickets.approved import Listing
from tickets.ledger.tx import Tx
from tickets.ticket import TicketNow

_OF_KIND = {"closed": Purpose.CLOSING, "survey": Purpose.SURVEY}
_ELSE = {Purpose.CLOSING: Purpose.NOTICE}  # what says it as well


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A template ready to be sent."""

    template: Mapping[str, Any]  # name, language, variables: as `tickets.message.Template` has them
    text: str  # what the contact reads


@dataclass(frozen=True, kw_only=True)
class Unusable:
    """Why none can be sent."""

    fault: Fault
    name: str | None = None  # what the desk's files call it: the id of the reply template


Choice = Chosen | Unusable
_UNNAMED = Unusable(fault=Fault.UNNAMED)


def reply_for(desk: OpenDesk, purpose: Purpose) -> ReplyTemplate | None:
    """Return the reply template that the desk has for a purpose."""
    named, survey = desk.now.desk.templates, desk.now.desk.survey
    own = named.get(purpose)
    if own is None and purpose is Purpose.SURVEY and survey is not None:
        own = survey.template
    if own is None and purpose in _ELSE:
        own = named.get(_ELSE[purpose])
    return desk.catalogue.reply(own) if own is not None else None


def purpose_of(kind: str | None) -> Purpose:
    """Return for what the bot speaks, by the word that the history has for it."""
    return _OF_KIND.get(kind or "", Purpose.NOTICE)


def on_ticket(
    tx: Tx, reply: ReplyTemplate | None, ticket: TicketNow, *, account: str, desk: OpenDesk, at: datetime,
    **more: str,
) -> Choice:  # fmt: skip
    """Choose a reply template's approved one for the contact of a ticket, filled in."""
    contact = contacts.load_contact(tx, ticket.contact)
    voice = contact_voice(desk, contact.language or ticket.language)
    values = voice.placeholders(ticket=ticket, contact=contact, now=at) | more
    return choose(approved.listing(tx, account), reply, values, voice.language)


def choose(
    listing: Listing, reply: ReplyTemplate | None, values: Mapping[str, str | None], language: Language
) -> Choice:
    """Choose among those that say it, in the contact's language where there is one. Pure.

    Where a provider's list was never had, nothing is known but what it told, and it has the last word.
    """
    whatsapp = reply.whatsapp if reply is not None else None
    if reply is None or whatsapp is None:
        return _UNNAMED if reply is None else Unusable(fault=Fault.UNNAMED, name=reply.id)
    rendered = render_variables(whatsapp, values)
    if rendered.missing:
        return Unusable(fault=Fault.VALUES, name=reply.id)
    name, listed, fault = pick(
        listing.templates, whatsapp.names(language), language, whatsapp.variables,
        whole=listing.fetched_at is not None,
    )  # fmt: skip
    if fault is not None:
        return Unusable(fault=fault, name=reply.id)
    template: dict[str, Any] = {"content_sid": name, "variables": dict(rendered.variables)}
    if listed is not None:
        template["language"] = listed.language
    words = filled(listed.body, rendered.variables) if listed is not None and listed.body else None
    return Chosen(template=template, text=words or render(reply, values, language).text)


def sendable(listing: Listing, reply: ReplyTemplate, language: Language) -> bool:
    """Whether a reply's approved template can be sent at all, whatever stands in it."""
    whatsapp = reply.whatsapp
    if whatsapp is None:
        return False
    whole = listing.fetched_at is not None
    return (
        pick(listing.templates, whatsapp.names(language), language, whatsapp.variables, whole=whole)[2]
        is None
    )


def as_words(chosen: Chosen) -> Words:
    return Words(text=chosen.text, template=chosen.template)
