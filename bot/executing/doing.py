"""What somebody of the desk wrote, where, and how they are answered: the context in which an order is carried out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.acts import Acts
from bot.desks import Desks, OpenDesk
from bot.executing import prompts
from bot.telling import Rows, to_place
from bot.topics import Seen
from bot.turns.replies import Meant
from bot.voice import staff_voice
from tickets import ticket as tickets_
from tickets.actions.rights import require_helper
from tickets.actor import Actor
from tickets.ledger.blobs import Stored
from tickets.ledger.tx import Tx
from tickets.message import Channel, Said
from tickets.staff import StaffNow


@dataclass(frozen=True, kw_only=True)
class Written:
    """A message of somebody of the desk, ready to be carried out."""

    said: Said
    by: StaffNow
    in_group: bool
    files: tuple[Stored, ...]
    at: datetime
    seen: Seen | None = None  # a mail to a second-line team that this answers
    call: Meant | None = None  # of a turn, that this answers

    @property
    def in_topic(self) -> bool:
        return self.in_group and self.said.place.thread is not None


class AtDesk:
    """An order inside its transaction, that need not be about a ticket."""

    def __init__(
        self, tx: Tx, written: Written, *, desk: OpenDesk, desks: Desks, number: int | None = None
    ) -> None:
        self.tx = tx
        self.written = written
        self.desk = desk
        self.at = written.at
        self.voice = staff_voice(desk)
        self.desks = desks
        self.acts = Acts(desks)
        self.about = number  # the ticket that the place or the words name, if any
        self._told = 0

    @property
    def person(self) -> StaffNow:
        return self.written.by

    @property
    def by(self) -> Actor:
        return self.written.by.actor

    def confirm(self, text: str) -> None:
        """Say that it is done; in a topic the card shows it."""
        if not self.written.in_topic:
            self.tell(text)

    def tell(
        self,
        text: str,
        rows: Rows = (),
        *,
        in_words: str | None = None,
        form: Mapping[str, Any] | None = None,
    ) -> None:
        """Answer them where they wrote, with the SOP form of a procedure or a case if that is what they want.

        `in_words` says what they may write where buttons are not shown; without it they are a list there, to be answered
        with a number.
        """
        said = self.written.said
        self._told += 1
        if rows and in_words is None and said.place.channel is Channel.WHATSAPP:
            offered = [each.data for row in rows for each in row]
            prompts.offer(self.tx, offered, to=self.person, at_place=said.place, at=self.at)
        to_place(
            self.tx, said.place, text, desk=self.desk.slug, ticket=self.about, buttons=rows, in_words=in_words, at=self.at,
            dedup=f"told:{said.place.account}:{said.event_id}:{self._told}",
            replies_to=None if said.button else said.external_id,
            subject=f"Re: {said.subject}" if said.subject else None, form=form,
        )  # fmt: skip


class OfTurn(AtDesk):
    """An order about a ticket's procedure, whose acts look for themselves at whose turn it is.

    Raises NoSuchTicketError for a ticket of another desk.
    """

    def __init__(self, tx: Tx, written: Written, *, desk: OpenDesk, desks: Desks, number: int) -> None:
        super().__init__(tx, written, desk=desk, desks=desks, number=number)
        self.number = number
        self.ticket = tickets_.load(tx, number)
        if self.ticket.desk != desk.slug:
            raise tickets_.NoSuchTicketError(number)


class Doing(OfTurn):
    """An order upon one ticket. Raises NoSuchTicketError for one of another desk, NotAllowedError without a right."""

    def __init__(self, tx: Tx, written: Written, *, desk: OpenDesk, desks: Desks, number: int) -> None:
        super().__init__(tx, written, desk=desk, desks=desks, number=number)
        require_helper(self.by, self.ticket)
