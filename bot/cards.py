"""What a ticket's card shows, and the buttons below it. Drawn when it is sent, from the ledger as it stands then."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from bot.commands import LONGEST_DATA, Verb, button
from bot.desks import OpenDesk
from bot.directory.verdicts import Verdict, verdict_on
from bot.holders import Holders
from bot.identity import masked_in
from bot.mirroring import sender_check
from bot.telling import Rows
from bot.voice import staff_voice
from templates_replies import (
    belonging_phrases,
    identity_phrases,
    matching_phrases,
    second_line_phrases,
    window_phrases,
)
from templates_replies.catalogue import Language
from templates_replies.desk_menu_phrases import to_desk_label
from templates_replies.matters_phrases import split_off_label
from templates_replies.promise_phrases import explain_label
from templates_replies.staff_cards import Card, CardClock
from tickets import contacts, links, matters, parked, predictions, windows
from tickets.actions import knocking
from tickets.actions.identity import can_be_looked_up
from tickets.actions.tagging import tags_of
from tickets.clocks import ClockState
from tickets.contacts import AddressNow, ContactNow
from tickets.issues import issue_of
from tickets.ledger import events
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.lifecycle import TO_DO, Status
from tickets.matters import SeveralMatters
from tickets.message import Authenticity, Button, Channel, Direction
from tickets.priority import Priority as Urgency
from tickets.tables import Message
from tickets.ticket import TicketNow, others_open
from tickets.verification import Outcome, masked

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_NEWEST_MAIL = Prepared(
    select(_MESSAGES.c.authenticity)
    .where(_MESSAGES.c.ticket == bindparam("ticket"), _MESSAGES.c.direction == str(Direction.IN))
    .order_by(_MESSAGES.c.id.desc())
    .limit(1)
)


def card_of(
    tx: Tx, ticket: TicketNow, *, desk: OpenDesk, now: datetime, for_team: str | None = None,
    alike: Sequence[tuple[int, str | None]] = (), beside: Mapping[str, str] | None = None,
) -> tuple[Card, Rows]:  # fmt: skip
    """Return what a ticket's card shows now, and its buttons: those of the agents, or of a second-line team.

    `alike` are tickets that may be about the same, and their links: found outside of this transaction. `beside` are the
    desks that share the contact's account with this one, to which it goes by one tap.
    """
    voice = staff_voice(desk)
    contact = contacts.load_contact(tx, ticket.contact)
    address = contacts.load_address(tx, ticket.address) if ticket.address is not None else None
    holders = Holders(tx, ticket, desk)
    number = masked(contact.identity_number) if contact.identity_number else None
    written = address.shown if address else None  # a mailbox, too, may be made of the number

    def mask(said: str | None) -> str | None:
        return masked_in(said, contact.identity_number) if said else None

    verdict = verdict_on(tx, contact.id, ticket.address, desk=desk, now=now)
    several = matters.several_in(tx, ticket)
    suggestions = [
        (voice.category_name(category), score) for category, score in (ticket.suggestions or [])[:3]
    ]
    card = Card(
        ticket=ticket.number,
        subject=mask(ticket.subject),
        contact=mask(contact.called) or mask(written) or "?",
        channel=ticket.channel,
        address=mask(written) if ticket.channel != Channel.WEBCHAT else None,
        identity=[part for part in (contact.identity_name, number, contact.identity_unit) if part],
        verification=verdict.outcome,
        verdict=verdict.lines,
        status=str(ticket.status),
        holder=holders.first_line,
        team=holders.team,
        category=voice.category_name(ticket.category) if ticket.category else None,
        suggestions=suggestions,
        why=_why(tx, ticket, voice.language),
        matters=[voice.category_name(each.category) for each in several.matters] if several else (),
        priority=Urgency(ticket.priority).key,
        snoozed_until=voice.local(ticket.snoozed_until) if ticket.snoozed_until else None,
        spam=ticket.spam_at is not None,
        stopped=address is not None and address.wants_silence,
        merged_into=ticket.merged_into,
        others=[(number, holders.called(holder)) for number, holder in others_open(tx, ticket)],
        alike=alike,
        tags=[desk.catalogue.tag_name(tag) for tag in tags_of(tx, ticket.number)],
        clocks=[
            _card_clock(clock, desk, holders.names) for clock in _newest(events.clocks_of(tx, ticket.number))
        ],
        issue=issue_of(tx, ticket),
        sender_check=_sender_check(tx, ticket, voice.language),
        window=_window(tx, ticket, address, desk, now=now),
    )
    if for_team is not None:
        return card, _team_buttons(ticket, desk, for_team)
    checks = _identity_buttons(ticket, contact, verdict, desk)
    joins = _incident_button(tx, ticket, voice.language)
    moves = _move_buttons(ticket, beside or {}, voice.language)
    return card, [*_buttons(ticket, desk, several), *([checks] if checks else []), *joins, *moves]


def _why(tx: Tx, ticket: TicketNow, language: Language) -> str | None:
    """Say why the first suggestion was made, as long as nobody has said what the ticket is about."""
    if ticket.category is not None or not ticket.suggestions:
        return None
    told = predictions.why(tx, ticket.number)
    if told is None or not told.suggestions or told.suggestions[0][0] != ticket.suggestions[0][0]:
        return None
    return matching_phrases.why_suggested(language, matched=told.matched, nearest=told.nearest)


def _window(
    tx: Tx, ticket: TicketNow, address: AddressNow | None, desk: OpenDesk, *, now: datetime
) -> list[str]:
    """Say until when the contact may be written to freely, and what waits for them to write."""
    if address is None or not windows.has_one(address.channel) or ticket.status is Status.CLOSED:
        return []
    voice = staff_voice(desk)
    closes_at = windows.closes_at(address.channel, address.last_inbound_at)
    knocked_at = knocking.asked_at(tx, address)
    return window_phrases.window_lines(
        voice.language, closes_at=voice.local(closes_at) if closes_at else None,
        is_open=knocking.is_open(tx, ticket.number, address, now),
        knocked_at=voice.local(knocked_at) if knocked_at else None,
        waiting=parked.waiting_on(tx, ticket.number), today=voice.local(now).date(),
    )  # fmt: skip


def _sender_check(tx: Tx, ticket: TicketNow, language: Language) -> str | None:
    """Say what is known of who sent the newest mail."""
    if ticket.channel != Channel.EMAIL:
        return None
    newest = tx.one(_NEWEST_MAIL, ticket=ticket.number)
    if newest is None or not newest.authenticity:
        return None
    return sender_check(Authenticity(**newest.authenticity), language)


def _newest(clocks: tuple[ClockState, ...]) -> list[ClockState]:
    """Return the newest clock of each kind that was not dropped."""
    found = {clock.kind: clock for clock in clocks if clock.ended_at is None}
    return list(found.values())


def _card_clock(clock: ClockState, desk: OpenDesk, names: Mapping[str, str]) -> CardClock:
    tz = desk.now.desk.calendar.tz
    return CardClock(
        kind=clock.kind,
        due_at=clock.due_at.astimezone(tz),
        met_at=clock.met_at.astimezone(tz) if clock.met_at else None,
        breached_at=clock.breached_at.astimezone(tz) if clock.breached_at else None,
        paused=clock.paused_at is not None,
        seen_by=names.get((clock.acknowledged_by or "").partition(":")[2]),
    )


def _identity_buttons(
    ticket: TicketNow, contact: ContactNow, verdict: Verdict, desk: OpenDesk
) -> list[Button]:
    """Offer what settles who the contact is, as long as it is not settled."""
    language, number = staff_voice(desk).language, ticket.number
    if ticket.status in {Status.SOLVED, Status.CLOSED} or not desk.now.desk.has_directory:
        return []
    offered = []
    if verdict.outcome != Outcome.VERIFIED and can_be_looked_up(contact):
        offered.append(Button(label=identity_phrases.check_label(language), data=button(Verb.CHECK, number)))
    if verdict.outcome in {Outcome.MISMATCH, Outcome.NOT_FOUND}:
        offered.append(
            Button(label=identity_phrases.confirm_label(language), data=button(Verb.CONFIRM, number))
        )
    if verdict.listed_mailbox and not verdict.proven and ticket.address is not None:
        offered.append(Button(label=identity_phrases.code_label(language), data=button(Verb.CODE, number)))
    return offered


def _incident_button(tx: Tx, ticket: TicketNow, language: Language) -> Rows:
    """Offer to attach a ticket to an incident that it is likely part of, by one tap."""
    if ticket.status not in TO_DO or links.incident_of(tx, ticket.number) is not None:
        return []
    incident = links.alike(ticket, links.open_incidents(tx, ticket.desk))
    if incident is None:
        return []
    label = belonging_phrases.attach_label(language, other=incident.number)
    return [[Button(label=label, data=button(Verb.INCIDENT, ticket.number, str(incident.number)))]]


def _move_buttons(ticket: TicketNow, beside: Mapping[str, str], language: Language) -> Rows:
    """Offer the other desks behind the number or bot, as long as the ticket is fresh."""
    if ticket.status is not Status.NEW:
        return []
    offered = [
        Button(label=to_desk_label(language, desk=name), data=button(Verb.MOVE, ticket.number, slug))
        for slug, name in beside.items()
    ]
    return [[each] for each in offered if len(each.data.encode()) <= LONGEST_DATA]


def _parting_buttons(ticket: TicketNow, several: SeveralMatters, desk: OpenDesk) -> list[list[Button]]:
    """Offer each matter as what the ticket is about, and the later ones as tickets of their own."""
    voice, number = staff_voice(desk), ticket.number
    ids = [each.category for each in several.matters]
    either = [(f"🏷 {voice.category_name(id_)}"[:60], button(Verb.CATEGORY, number, id_)) for id_ in ids]
    parted = [
        (
            split_off_label(voice.language, name=voice.category_name(id_)),
            button(Verb.SPLIT, number, f"={id_}"),
        )
        for id_ in ids[1:]
    ]
    return [
        [Button(label=label, data=data)]
        for label, data in (*either, *parted)
        if len(data.encode()) <= LONGEST_DATA
    ]


def _team_buttons(ticket: TicketNow, desk: OpenDesk, team: str) -> Rows:
    if ticket.team != team or ticket.status in {Status.SOLVED, Status.CLOSED}:
        return ()
    label = second_line_phrases.return_label(staff_voice(desk).language)
    return ((Button(label=label, data=button(Verb.RETURN, ticket.number)),),)


def _buttons(ticket: TicketNow, desk: OpenDesk, several: SeveralMatters | None) -> Rows:
    voice = staff_voice(desk)
    rows: list[list[Button]] = []
    if ticket.status in {Status.SOLVED, Status.CLOSED}:
        return rows
    if several is not None:
        rows += _parting_buttons(ticket, several, desk)
    elif ticket.category is None:
        rows += [
            [
                Button(
                    label=f"🏷 {voice.category_name(category)}"[:60],
                    data=button(Verb.CATEGORY, ticket.number, category),
                )
            ]
            for category, _ in (ticket.suggestions or [])[:3]
        ]
        if ticket.suggestions:
            none_fits = f"🚫 {matching_phrases.none_fits_label(voice.language)}"
            rows.append([Button(label=none_fits, data=button(Verb.NONE_FITS, ticket.number))])
    acts = []
    if ticket.assignee is None:
        acts.append(Button(label=voice.take_label(), data=button(Verb.CLAIM, ticket.number)))
    acts.append(Button(label=voice.templates_label(), data=button(Verb.REPLY, ticket.number)))
    acts.append(Button(label=explain_label(voice.language), data=button(Verb.EXPLAIN, ticket.number)))
    if ticket.category is not None:
        acts.append(Button(label=voice.close_label(), data=button(Verb.CLOSE, ticket.number)))
    return [*rows, acts]
