"""Acts that also tell somebody something: closing, reopening, handing to the second line, sending back.

The bare acts are in `tickets.actions`; here each is joined with its words, once for chat commands, console and API.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.alerts import ways_to
from bot.assigning import notes_of
from bot.desks import Desks, OpenDesk
from bot.survey import asking
from bot.telling import to_person
from bot.templates import choosing
from bot.templates.choosing import Unusable
from bot.voice import contact_voice, staff_voice
from procedures import carrying
from procedures.cases import on_tickets
from templates_replies import identity_phrases, supervision_phrases
from templates_replies.catalogue import Language, ReplyTemplate
from templates_replies.render import Rendered, fill, render
from tickets import contacts
from tickets import ticket as tickets_
from tickets.actions import answering, handling, handover, incidents, knocking, proving, supervising
from tickets.actions.answering import Words
from tickets.actions.errors import TemplateUnusableError, UnknownValueError, ValuesMissingError
from tickets.actions.handover import Move
from tickets.actions.incidents import Answered
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.approval import Purpose
from tickets.desk import DeskNow
from tickets.ledger.blobs import Stored
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.one_time_codes import masked_mailbox
from tickets.proofs import CodeNow
from tickets.staff import active
from tickets.ticket import TicketNow


class Fillable(Protocol):
    """What a page knows of the ticket for which it shows a reply template."""

    @property
    def desk(self) -> DeskNow: ...
    @property
    def language(self) -> Language: ...
    @property
    def values(self) -> Mapping[str, str | None]: ...
    @property
    def at(self) -> datetime: ...


class Acts:
    """What the console asks for and what chat commands do; bound to the desks for their words."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    def close(
        self, tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime, reason: str | None = None
    ) -> TicketNow:
        """Solve the ticket, tell the contact so, once, and ask how satisfied they are."""
        before = tickets_.load(tx, number)
        require_agent(by, before)
        on_tickets.require_none_running(tx, number)
        ticket = handling.solve(tx, number, by=by, at=at, reason=reason)
        if before.status not in {Status.SOLVED, Status.CLOSED}:
            asking.say_closed(tx, ticket, desk=self._desks[desk.slug], at=at)
        return ticket

    def reopen(
        self, tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime, reason: str | None = None
    ) -> TicketNow:
        del reason  # whoever reopens says it in a note or an answer
        return handling.reopen(tx, number, desk=desk, by=by, at=at)

    def escalate(
        self,
        tx: Tx,
        number: int,
        team: str | None,
        *,
        desk: DeskNow,
        by: Actor,
        at: datetime,
        reason: str | None = None,
    ) -> TicketNow:
        """Hand the ticket to the second line and tell the contact; with None take it back, silently."""
        before = tickets_.load(tx, number)
        ticket = handling.escalate(tx, number, team, desk=desk, by=by, at=at, reason=reason)
        if team is not None and before.team != team:
            text = contact_voice(self._desks[desk.slug], _spoken(tx, ticket)).escalated(ticket)
            answering.say_automatically(tx, ticket, Words(text=text), at=at, kind="escalated")
        return ticket

    def send_back(
        self, tx: Tx, number: int, note: str, *, desk: DeskNow, by: Actor, at: datetime
    ) -> TicketNow:
        """Do not confirm a solution, and tell the agent whose it was; the contact hears nothing."""
        solver = (supervising.solved_by(tx, number) or "").removeprefix("staff:")
        ticket = supervising.send_back(tx, number, note, desk=desk, by=by, at=at)
        people = {person.id: person for person in active(tx, desk.slug)}
        agent = people.get(ticket.assignee or solver)
        if agent is not None:
            open_desk = self._desks[desk.slug]
            who = people[by.id].name if by.id in people else by.id
            text = supervision_phrases.to_mend(
                staff_voice(open_desk).language, ticket=number, by=who, note=note
            )
            to_person(
                tx, ways_to(agent, open_desk), text, desk=desk.slug, person=agent.id, ticket=number, at=at,
                dedup=f"sent_back:{number}:{ticket.cycle}",
            )  # fmt: skip
        return ticket

    def send_code(self, tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime) -> CodeNow:
        """Send a one-time code to the contact's mailbox in the directory, and ask them to type it here."""
        code = proving.send_code(tx, number, desk=desk, by=by, at=at)
        ticket = tickets_.load(tx, number)
        voice = contact_voice(self._desks[desk.slug], _spoken(tx, ticket))
        text = identity_phrases.code_sent(voice.language, mailbox=masked_mailbox(code.mailbox))
        answering.say_automatically(tx, ticket, Words(text=text), at=at, kind="code_sent")
        return code

    def knock(self, tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime) -> int:
        """Ask the contact for a word with the desk's approved template; the message."""
        ticket, home = tickets_.load(tx, number), self._desks[desk.slug]
        require_agent(by, ticket)
        reply = choosing.reply_for(home, Purpose.REOPEN)
        address = contacts.load_address(tx, ticket.address) if ticket.address is not None else None
        account = address.account if address is not None else ticket.account
        choice = choosing.on_ticket(tx, reply, ticket, account=account, desk=home, at=at)
        if isinstance(choice, Unusable):
            raise TemplateUnusableError(number, choice.fault, template=choice.name)
        return knocking.knock(tx, number, choosing.as_words(choice), by=by, at=at)

    def merge(
        self,
        tx: Tx,
        number: int,
        into: int,
        *,
        desk: DeskNow,
        by: Actor,
        at: datetime,
        tell: bool | None = None,
    ) -> TicketNow:
        """End a ticket in another one; the contact gets one line if `tell`, or else the desk, says so."""
        merged_already = tickets_.load(tx, number).merged_into == into
        stays = carrying.merge(tx, number, into, desk=desk, by=by, at=at)
        if not merged_already and (desk.desk.handling.tell_merged if tell is None else tell):
            text = contact_voice(self._desks[desk.slug], _spoken(tx, stays)).merged(number, into)
            answering.say_automatically(tx, stays, Words(text=text), at=at, kind="merged")
        return stays

    def answer_all(
        self,
        tx: Tx,
        incident: int,
        text: str,
        *,
        agent: str,
        files: Sequence[Stored] = (),
        by: Actor,
        at: datetime,
    ) -> Answered:
        """Answer everybody in an incident, placeholders filled in for each."""

        def words(ticket: TicketNow) -> Words:
            contact = contacts.load_contact(tx, ticket.contact)
            voice = contact_voice(self._of(ticket), _spoken(tx, ticket))
            values = voice.placeholders(ticket=ticket, contact=contact, now=at, agent=agent)
            filled, missing = fill(text, values)
            if missing:
                raise ValuesMissingError(ticket.number, missing)
            return Words(text=filled, files=tuple(files), as_written=True)

        return incidents.answer_all(tx, incident, words, by=by, at=at)

    def close_all(
        self, tx: Tx, incident: int, *, desk: DeskNow, by: Actor, at: datetime, category: str | None = None
    ) -> tuple[int, ...]:
        """Solve everything open of an incident, and tell each contact."""

        def solve(number: int) -> TicketNow:
            return self.close(tx, number, desk=desk, by=by, at=at)

        return incidents.solve_all(tx, incident, solve, desk=desk, by=by, at=at, category=category)

    def hand_over(
        self, tx: Tx, who: str, *, desk: DeskNow, to: str | None, by: Actor, at: datetime
    ) -> tuple[Move, ...]:
        """Hand over what somebody holds, each ticket with a note that says from whom."""
        say = notes_of(tx, self._desks[desk.slug])
        return handover.hand_over(tx, who, desk=desk, to=to, say=say, by=by, at=at)

    def fill(self, reply: ReplyTemplate, occasion: Fillable) -> Rendered:
        """Fill in a reply template; what has no value stays visible as a placeholder."""
        voice = contact_voice(self._desks[occasion.desk.slug], occasion.language)
        known = {name: value for name, value in occasion.values.items() if value}
        return render(reply, {**voice.common(occasion.at), **known}, occasion.language)

    def preview(
        self, tx: Tx, number: int, template: str, *, agent: str, at: datetime, given: Mapping[str, str]
    ) -> Rendered:
        """Fill in a reply template for a ticket, as it would be sent; raises UnknownValueError.

        `given`: what was asked of the agent.
        """
        ticket = tickets_.load(tx, number)
        desk = self._of(ticket)
        found = desk.catalogue.reply(template)
        if found is None:
            raise UnknownValueError(
                f"{desk.slug} has no reply template {template}", field="template", value=template
            )
        contact = contacts.load_contact(tx, ticket.contact)
        voice = contact_voice(desk, _spoken(tx, ticket))
        values = voice.placeholders(ticket=ticket, contact=contact, now=at, agent=agent)
        return render(found, {**values, **given}, voice.language)

    def _of(self, ticket: TicketNow) -> OpenDesk:
        return self._desks[ticket.desk]


def _spoken(tx: Tx, ticket: TicketNow) -> str | None:
    return contacts.load_contact(tx, ticket.contact).language or ticket.language
