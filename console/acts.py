"""The acts that consist of more than one step, as the console asks for them.

Closing a ticket also tells the contact, escalating tells the second line: that is the conversation's business, so the
wiring hands in who knows how. `PlainActs` is what there is without a conversation: the act and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from procedures import carrying
from procedures.cases import on_tickets
from templates_replies.catalogue import Language, ReplyTemplate
from templates_replies.moments import date_in_words
from templates_replies.render import Rendered, render
from tickets import ticket as tickets_
from tickets.actions import handling, handover, incidents, proving, supervising
from tickets.actions.answering import Words
from tickets.actions.errors import TemplateUnusableError
from tickets.actions.handover import Move
from tickets.actions.incidents import Answered
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.approval import Fault
from tickets.desk import DeskNow
from tickets.ledger.blobs import Stored
from tickets.ledger.tx import Tx
from tickets.proofs import CodeNow
from tickets.ticket import TicketNow


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What a reply template can be filled with."""

    desk: DeskNow
    number: int
    subject: str | None
    status: str  # in words
    category: str | None  # its name
    contact: str | None
    identity: str | None
    unit: str | None
    agent: str | None  # None: a program, whose name no contact shall read
    language: Language
    at: datetime
    given: Mapping[str, str] = field(default_factory=dict)  # what was asked of whoever answers

    @property
    def values(self) -> Mapping[str, str | None]:
        """Return the placeholders' values that need no more than this."""
        return {
            "contact": self.contact,
            "identity": self.identity,
            "unit": self.unit,
            "ticket": f"#{self.number}",
            "subject": self.subject,
            "category": self.category,
            "status": self.status,
            "desk": self.desk.desk.name,
            "agent": self.agent,
            "today": date_in_words(self.desk.desk.calendar.day_of(self.at), self.language),
            **self.given,
        }


class Acts(Protocol):
    """Each raises what the acts in `tickets.actions` raise, and is run by the writer."""

    def close(
        self, tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime, reason: str | None = None
    ) -> TicketNow:
        """Solve the ticket and tell the contact."""

    def reopen(
        self, tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime, reason: str | None = None
    ) -> TicketNow: ...

    def escalate(
        self, tx: Tx, number: int, team: str | None, *, desk: DeskNow, by: Actor, at: datetime,
        reason: str | None = None,
    ) -> TicketNow:  # fmt: skip
        """Hand the ticket to a team of the second line, or with None take it back."""

    def send_back(
        self, tx: Tx, number: int, note: str, *, desk: DeskNow, by: Actor, at: datetime
    ) -> TicketNow:
        """Do not confirm a solved ticket: it is open again, and its agent is told why."""

    def send_code(self, tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime) -> CodeNow:
        """Send a one-time code to the contact's mailbox in the directory, and ask them to type it."""

    def knock(self, tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime) -> int:
        """Ask the contact for a word with an approved template, where free text may not be sent; the message."""

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
        """End a ticket in another one; `tell` the contact, or None: as the desk has it."""

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

    def close_all(
        self, tx: Tx, incident: int, *, desk: DeskNow, by: Actor, at: datetime, category: str | None = None
    ) -> tuple[int, ...]:
        """Solve everything open of an incident, and tell each contact; the tickets."""

    def hand_over(
        self, tx: Tx, who: str, *, desk: DeskNow, to: str | None, by: Actor, at: datetime
    ) -> tuple[Move, ...]:
        """Hand over what somebody holds, each ticket with a note that says from whom."""

    def fill(self, reply: ReplyTemplate, occasion: Occasion) -> Rendered:
        """Fill in a reply template; what has no value stays visible as a placeholder. Pure."""


class PlainActs:
    """The bare acts: nobody is told anything."""

    def close(
        self, tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime, reason: str | None = None
    ) -> TicketNow:
        del desk
        require_agent(by, tickets_.load(tx, number))
        on_tickets.require_none_running(tx, number)
        return handling.solve(tx, number, by=by, at=at, reason=reason)

    def reopen(
        self, tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime, reason: str | None = None
    ) -> TicketNow:
        del reason
        return handling.reopen(tx, number, desk=desk, by=by, at=at)

    def escalate(
        self, tx: Tx, number: int, team: str | None, *, desk: DeskNow, by: Actor, at: datetime,
        reason: str | None = None,
    ) -> TicketNow:  # fmt: skip
        return handling.escalate(tx, number, team, desk=desk, by=by, at=at, reason=reason)

    def send_back(
        self, tx: Tx, number: int, note: str, *, desk: DeskNow, by: Actor, at: datetime
    ) -> TicketNow:
        return supervising.send_back(tx, number, note, desk=desk, by=by, at=at)

    def send_code(self, tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime) -> CodeNow:
        return proving.send_code(tx, number, desk=desk, by=by, at=at)

    def knock(self, tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime) -> int:
        del desk, at
        require_agent(by, tickets_.load(tx, number))
        raise TemplateUnusableError(number, Fault.UNNAMED, template=None)

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
        del tell
        return carrying.merge(tx, number, into, desk=desk, by=by, at=at)

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
        del agent
        return incidents.answer_all(
            tx, incident, lambda _: Words(text=text, files=tuple(files)), by=by, at=at
        )

    def close_all(
        self, tx: Tx, incident: int, *, desk: DeskNow, by: Actor, at: datetime, category: str | None = None
    ) -> tuple[int, ...]:
        def solve(number: int) -> TicketNow:
            return handling.solve(tx, number, by=by, at=at)

        return incidents.solve_all(tx, incident, solve, desk=desk, by=by, at=at, category=category)

    def hand_over(
        self, tx: Tx, who: str, *, desk: DeskNow, to: str | None, by: Actor, at: datetime
    ) -> tuple[Move, ...]:
        return handover.hand_over(
            tx, who, desk=desk, to=to, say=lambda who, move: f"{who} → {move.to or '…'}", by=by, at=at
        )

    def fill(self, reply: ReplyTemplate, occasion: Occasion) -> Rendered:
        return render(reply, occasion.values, occasion.language)
