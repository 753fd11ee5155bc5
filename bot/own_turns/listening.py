"""A contact's message and their own turn in a procedure: whether the two have to do with each other, and what follows."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.desks import OpenDesk
from bot.dialogues import Memory
from bot.incoming import Incoming
from bot.own_turns import mailing
from bot.own_turns.answering import Answering
from bot.own_turns.presses import Press, pressed
from bot.own_turns.reading import Asked, Meant, Move, read, read_press
from bot.own_turns.standing import ended_in_words, is_of, of_press, of_round, open_turns
from bot.requesting.going_on import FormLink, Occasion
from bot.turn import CATEGORY, HELPED, Expectation
from bot.turns.called import Called
from bot.turns.filling import Filling, read_filling
from procedures.cases import rows as cases
from procedures.cases.refusals import Why, note_refusal
from procedures.words.decision_words import read_decision
from templates_replies import requester_turn_phrases as phrases
from templates_replies.catalogue import Language
from tickets.actions.answering import Words
from tickets.actor import CONTACT
from tickets.actor import Kind as Who
from tickets.ledger.tx import Tx
from tickets.message import Channel
from tickets.placing import ticket_of

OWN_TURN = "own_turn"  # what the bot waits for: the rest of an answer to their turn
_WAITS = timedelta(days=3)
_IDLE = frozenset({Move.AGAIN, Move.OVER, Move.FAULT, Move.CHOOSE})


@dataclass(kw_only=True)
class OwnTurn:
    """A message that answers the contact's own turn. What is waited for then is known once it was carried out."""

    called: Called | None  # None: a button of a turn that is there no more
    meant: Meant
    filling: Filling | None = None
    is_strangers: bool = False  # somebody else than whoever asked answers it
    letter: mailing.Letter | None = None
    _waits: Filling | None = field(default=None, init=False)

    @property
    def is_for_people(self) -> bool:
        return self.meant.is_for_people or (self.letter is not None and self.letter.filled.asks)

    @property
    def is_idle(self) -> bool:
        return self.meant.move in _IDLE

    def expects(self, before: Expectation | None, at: datetime) -> Expectation | None:
        if self._waits is None or self.called is None:
            return None if before is not None and before.what == OWN_TURN else before
        data = {
            "ticket": self.called.case.ticket,
            "case": self.called.case.id,
            "filling": self._waits.to_text(),
        }
        return Expectation(what=OWN_TURN, data=data, expires_at=at + _WAITS)

    def go(self, tx: Tx, on: Occasion, *, link: FormLink) -> Words:  # noqa: ARG002  as every part of it is asked
        if self.called is None:
            return Words(text=phrases.gone(on.language))
        if self.is_strangers:
            return Words(text=phrases.not_theirs(on.language))
        if not self.called.turn.is_open:
            return self._over(tx, self.called, on)
        answering = Answering(tx, self.called, self.filling, on)
        if self.letter is not None:
            return replace(mailing.answer(answering, self.letter, self.called, on), buttons=())
        words = answering.go(self.meant)
        self._waits = answering.filling
        return words

    def refuse(self, tx: Tx, *, at: datetime) -> None:
        """Tell the history that somebody else has answered it."""
        if self.called is not None and self.is_strangers:
            called = self.called
            note_refusal(tx, called.case, called.step.id, called.turn.round, Why.SENDER, by=None, at=at)

    def _over(self, tx: Tx, called: Called, on: Occasion) -> Words:
        turn, case = called.turn, called.case
        note_refusal(tx, case, called.step.id, turn.round, Why.OVER, by=CONTACT.key, at=on.at)
        by = (turn.by or "").partition(":")[0]
        text = phrases.over(
            on.language, step=called.step.does, at=ended_in_words(called, on.language, at=on.at) or "–",
            by_you=turn.by == CONTACT.key, by_staff=by == Who.STAFF,
        )  # fmt: skip
        return Words(text=text)


def listen(
    tx: Tx,
    incoming: Incoming,
    before: Memory,
    *,
    desk: OpenDesk,
    contact: int,
    language: Callable[[], Language],
) -> OwnTurn | None:
    """Return what a message says to a turn of its contact; None for one that is none of the turn's matter."""
    press = pressed(incoming.said.button)
    if press is not None:
        return _pressed(tx, press, incoming, before, desk=desk, contact=contact, language=language())
    if incoming.said.button is not None or _answers_else(incoming, before):
        return None
    today = desk.now.desk.calendar.day_of(incoming.at)
    if incoming.said.place.channel is Channel.EMAIL:
        return _mailed(tx, incoming, desk=desk, contact=contact, today=today)
    waits = before.waits_for(OWN_TURN, incoming.at)
    called, filling = _waiting(tx, waits, desk)
    if called is None:
        filling = None
        called = _current(tx, incoming, desk=desk, contact=contact)
    if called is None:
        return None
    asked = _asked(called, filling, language(), today)
    meant = read(asked, incoming.heard, files=_has_files(incoming))
    return OwnTurn(called=called, meant=meant, filling=filling) if meant is not None else None


def _pressed(
    tx: Tx,
    press: Press,
    incoming: Incoming,
    before: Memory,
    *,
    desk: OpenDesk,
    contact: int,
    language: Language,
) -> OwnTurn:
    called = of_press(tx, press, desk)
    if called is None or not called.turn.is_open or not is_of(tx, called, contact):
        strangers = called is not None and not is_of(tx, called, contact)
        return OwnTurn(called=called, meant=Meant(move=Move.OVER), is_strangers=strangers)
    waiting, filling = _waiting(tx, before.waits_for(OWN_TURN, incoming.at), desk)
    is_same = waiting is not None and (waiting.case.id, waiting.turn) == (called.case.id, called.turn)
    filling = filling if is_same else None
    today = desk.now.desk.calendar.day_of(incoming.at)
    meant = read_press(_asked(called, filling, language, today), press)
    return OwnTurn(called=called, meant=meant, filling=filling)


def _mailed(tx: Tx, incoming: Incoming, *, desk: OpenDesk, contact: int, today: date) -> OwnTurn | None:
    """Read a mail; of one from another address than whoever asked, only whether it would decide something."""
    said, heard = incoming.said, incoming.heard
    ticket = ticket_of(tx, said) if said.references or cases.running_of(tx, contact) else None
    called = next(open_turns(tx, ticket.number, desk), None) if ticket is not None else None
    if ticket is None or called is None or heard.person or heard.state is not None:
        return None
    if ticket.contact != contact:
        decides = read_decision(called.step, said.text) is not None
        return OwnTurn(called=called, meant=Meant(move=Move.OVER), is_strangers=True) if decides else None
    letter = mailing.read(called, said, files=_has_files(incoming), today=today)
    return OwnTurn(called=called, meant=letter.meant, letter=letter) if letter is not None else None


def _answers_else(incoming: Incoming, before: Memory) -> bool:
    """Whether a bare yes, no or number answers something else that the bot has asked."""
    waits = before.expects
    if waits is None or waits.expires_at <= incoming.at or waits.what not in {HELPED, CATEGORY}:
        return False
    return incoming.heard.answer is not None or incoming.heard.text.strip().isdecimal()


def _waiting(tx: Tx, waits: Expectation | None, desk: OpenDesk) -> tuple[Called, Filling] | tuple[None, None]:
    """Return the turn whose answer they have begun, over or not, and what they have said of it."""
    read_ = read_filling(waits.data["filling"]) if waits is not None else None
    if waits is None or read_ is None:
        return None, None
    filling = read_[0]
    called = of_round(tx, waits.data["case"], filling.step, filling.seen, desk)
    return (called, filling) if called is not None else (None, None)


def _current(tx: Tx, incoming: Incoming, *, desk: OpenDesk, contact: int) -> Called | None:
    """Return the turn at which a case of their ticket stands, the newest of several. Most have no case: one look-up."""
    running = cases.running_of(tx, contact)
    ticket = ticket_of(tx, incoming.said) if running else None
    if ticket is None or ticket.contact != contact or ticket.number not in {each for _, each in running}:
        return None
    return max(
        open_turns(tx, ticket.number, desk), key=lambda each: (each.turn.begun_at, each.case.id), default=None
    )


def _asked(called: Called, filling: Filling | None, language: Language, today: date) -> Asked:
    return Asked(step=called.step, known=called.case.answers, filling=filling, language=language, today=today)


def _has_files(incoming: Incoming) -> bool:
    return any(each.inline_id is None for each in incoming.files)
