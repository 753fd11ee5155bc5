"""A contact's message and the form that they are filling in: whether the two have to do with each other, and what follows."""

from dataclasses import dataclass
from datetime import datetime

from bot.desks import OpenDesk
from bot.incoming import Incoming
from bot.requesting import mailing
from bot.requesting.going_on import FormLink, Going, Occasion
from bot.requesting.mailing import Letter
from bot.requesting.moves import Meant, Move, Standing, read, read_press
from bot.requesting.presses import pressed
from bot.turn import Expectation
from procedures.requests import rows
from procedures.requests.rows import RequestNow, Stage
from procedures.requests.wanted import SURE, open_to_contacts
from templates_replies.catalogue import Language
from tickets import ticket as tickets_
from tickets.actions.answering import Words
from tickets.ledger.tx import Tx
from tickets.message import Channel, Said
from tickets.placing import ticket_of

_AGAIN = frozenset({Move.FAULT, Move.REPEAT, Move.OVER})


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A message that belongs to a form."""

    request: RequestNow
    meant: Meant | Letter
    text: str

    @property
    def is_for_people(self) -> bool:
        return self.meant.is_for_people

    @property
    def is_idle(self) -> bool:
        """Whether it takes the form nowhere: what is said to it counts as the bot's talk, and may be enough of it."""
        return isinstance(self.meant, Meant) and self.meant.move in _AGAIN

    def expects(self, before: Expectation | None, _at: datetime) -> Expectation | None:
        """Return what is waited for then: a form waits in a table of its own."""
        return before

    def go(self, tx: Tx, on: Occasion, *, link: FormLink) -> Words:
        if isinstance(self.meant, Letter):
            return mailing.answer(tx, self.meant, self.request, on, link=link(self.request.id))
        return Going(tx, self.request, on, text=self.text).go(self.meant)


def listen(
    tx: Tx, incoming: Incoming, request: RequestNow, *, desk: OpenDesk, language: Language
) -> Talk | None:
    """Return what a message means to a form of its contact; None for one that is none of its matter."""
    said, heard, at = incoming.said, incoming.heard, incoming.at
    if request.desk != desk.slug or (request.is_live and request.drop_at <= at):
        return None
    offered = tuple(each for each in open_to_contacts(desk.procedures) if each.id in request.offered)
    if request.is_live and request.stage is Stage.OFFERED and not offered:
        return None
    has_files = any(each.inline_id is None for each in incoming.files)
    today = desk.now.desk.calendar.day_of(at)
    meant: Meant | Letter | None
    if said.place.channel is Channel.EMAIL:
        meant = mailing.read(request, offered, heard, said, files=has_files, today=today)
    else:
        standing = Standing(
            request=request,
            offered=offered,
            procedure=next((each for each in offered if each.id == request.procedure), None),
            with_people=request.stage is not Stage.OFFERED and rows.is_with_people(tx, request),
            sure=bool(incoming.suggestions) and incoming.suggestions[0].score >= SURE,
            language=language,
            today=today,
        )
        press = pressed(said.button)
        meant = read_press(standing, press) if press else read(standing, heard, files=has_files)
    return Talk(request=request, meant=meant, text=heard.text) if meant is not None else None


def request_of(tx: Tx, said: Said, *, contact: int) -> RequestNow | None:
    """Return the request that a message can be about: the one whose button it pressed, if it is theirs, or their ticket's."""
    press = pressed(said.button)
    if press is not None:
        request = rows.load(tx, press.request)
        is_theirs = request is not None and tickets_.load(tx, request.ticket).contact == contact
        return request if is_theirs else None
    if said.button is not None or not rows.has_live(tx, contact):
        return None
    ticket = ticket_of(tx, said)
    return rows.live(tx, ticket.number) if ticket is not None else None
