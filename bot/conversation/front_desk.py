"""Where a contact's message goes when one number or one bot serves several desks, in the transaction that takes it in.

`reception` decides. A message that waits for the contact's choice is a ticket of the first desk that sleeps: its clocks
run, nothing is lost, and when nobody chooses the desk takes it up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot import dialogues
from bot.conversation import reception
from bot.conversation.conversing import begin, converse
from bot.conversation.foretelling import foretold_of
from bot.conversation.kept_words import KeptWords, kept_in
from bot.conversation.reception import CHOICE_HOLDS, DESK, MENU_WAITS, Standing, Step, Way
from bot.conversation.turn_taking import note_matters
from bot.desks import OpenDesk
from bot.dialogues import Memory
from bot.incoming import Incoming, Means
from bot.listening import Heard
from bot.survey import public
from bot.turn import Expectation
from bot.voice import contact_voice
from procedures.cases import on_tickets
from templates_replies import desk_menu_phrases
from templates_replies.catalogue import Language
from templates_replies.matcher import Suggestion
from templates_replies.matters import Requests
from tickets import contacts, predictions
from tickets import ticket as tickets_
from tickets.actions import answering, moving, snoozing
from tickets.actions.answering import Words
from tickets.actor import BOT, CONTACT
from tickets.clocks import FIRST_RESPONSE
from tickets.hours import Span
from tickets.intake import Taken, take_in
from tickets.ledger.tx import Tx
from tickets.lifecycle import TO_DO, Arrival, Status
from tickets.message import Button, Said
from tickets.placing import Reading, find, name_matter, ticket_of
from tickets.snooze import wake
from tickets.ticket import TicketNow

Suggested = Mapping[str, Sequence[Suggestion]]  # by desk


def receive(
    tx: Tx, incoming: Incoming, suggested: Suggested, *, desks: Sequence[OpenDesk], means: Means
) -> Taken | None:
    """Take a message in at the desk that it is for; None if it was there already."""
    if len(desks) == 1 or public.pressed(incoming.said.button) is not None:
        return converse(tx, incoming, desk=desks[0], means=means)
    return _FrontDesk(tx, incoming, suggested, desks=desks).receive(means)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What there is when the message comes in."""

    ticket: TicketNow | None  # that it joins
    memory: Memory
    menu: Expectation | None  # that waits for an answer, or holds one
    stopped: bool


class _FrontDesk:
    def __init__(
        self, tx: Tx, incoming: Incoming, suggested: Suggested, *, desks: Sequence[OpenDesk]
    ) -> None:
        self._tx = tx
        self._incoming = incoming
        self._suggested = suggested
        self._desks = {desk.slug: desk for desk in desks}
        self._first = desks[0]
        self._at = incoming.at
        self._found = self._look()

    def receive(self, means: Means) -> Taken | None:
        step = reception.step(self._standing())
        match step.way:
            case Way.TALK:
                return self._talk(step, means)
            case Way.ASK:
                return self._ask()
            case Way.WAIT:
                return self._take(self._reading(opens=False), at_desk=self._here())
            case Way.GO:
                return self._go(step, means)

    # -- what there is ------------------------------------------------------------------------------------------------

    def _look(self) -> _Found:
        tx, said, heard = self._tx, self._incoming.said, self._incoming.heard
        address = contacts.address_at(tx, account=said.place.account, external_id=said.place.address)
        memory = Memory() if address is None else dialogues.of(tx, address.id).lately(self._at)
        ticket = ticket_of(tx, said)
        if ticket is not None:
            desk = self._desks.get(ticket.desk, self._first)
            reading = Reading(asks=heard.asks, assents=heard.answer is True)
            _, arrival = find(tx, said, desk=desk.now, reading=reading, at=self._at)
            ticket = None if arrival is Arrival.FOLLOW_UP else ticket
        return _Found(
            ticket=ticket,
            memory=memory,
            menu=memory.waits_for(DESK, self._at),
            stopped=address is not None and (address.stopped_at or address.blocked_at) is not None,
        )

    def _standing(self) -> Standing:
        ticket, menu = self._found.ticket, self._found.menu
        limit = self._first.now.desk.limits.answers
        chosen = menu.data.get("chosen") if menu is not None else None
        asked = (
            menu is not None
            and chosen is None
            and menu.data.get("ticket") == (ticket.number if ticket is not None else None)
            and (ticket is None or ticket.status is Status.NEW or bool(menu.data.get("anew")))
        )
        return Standing(
            desks={slug: desk.now.desk.name for slug, desk in self._desks.items()},
            heard=self._incoming.heard,
            running=ticket.desk if ticket is not None else None,
            answered=ticket is not None and ticket.status is not Status.NEW,
            asked=asked,
            held=asked and ticket is not None and ticket.snoozed_until is not None,
            chosen=chosen,
            sure=reception.sure_of(self._suggested),
            may_ask=not self._found.stopped and (limit is None or self._found.memory.said < limit.count),
        )

    def _here(self) -> OpenDesk:
        ticket = self._found.ticket
        return self._desks.get(ticket.desk, self._first) if ticket is not None else self._first

    # -- what becomes of it -------------------------------------------------------------------------------------------

    def _talk(self, step: Step, means: Means) -> Taken | None:
        menu, heard = self._found.menu, self._incoming.heard
        if menu is not None and heard.opens and "chosen" in menu.data:
            self._remember(None, spoke=False)  # it has served
        incoming = replace(self._incoming, suggestions=self._suggested[step.desk])
        hint = desk_menu_phrases.change_hint(self._language())
        return converse(self._tx, incoming, desk=self._desks[step.desk], means=means, hint=hint)

    def _ask(self) -> Taken | None:
        """Show the menu; a message that opens a ticket waits for the answer out of the agents' sight."""
        heard = self._incoming.heard
        opens = self._found.ticket is None and heard.opens
        suggestions = self._suggested[self._first.slug]
        taken = self._take(self._reading(opens=opens, suggestions=suggestions if opens else ()), self._here())
        if taken is None or taken.address.blocked_at is not None:
            return taken
        data: dict[str, Any] = {"ticket": taken.ticket.number if taken.ticket else None}
        holds = MENU_WAITS
        if taken.opened and taken.ticket is not None:
            until = self._at + reception.patience(self._promises())
            snoozing.snooze(self._tx, taken.ticket.number, until, by=BOT, at=self._at, reason=DESK)
            data |= KeptWords(
                message=taken.message, greeting=heard.greeting, suggested=self._suggested,
                requests=self._incoming.requests,
            ).as_data  # fmt: skip
            seen = self._incoming.requests.get(self._first.slug, Requests())  # in case nobody chooses
            note_matters(self._tx, taken.ticket, seen, message=taken.message, at=self._at)
            holds = CHOICE_HOLDS
        elif taken.ticket is not None:
            data["anew"] = True
        text = desk_menu_phrases.which_desk(
            self._language(taken), contact=taken.contact.called, ticket=taken.ticket.number if taken.opened and taken.ticket else None,
            otherwise=self._first.now.desk.name,
        )  # fmt: skip
        rows = tuple(
            (Button(label=desk.now.desk.name, data=reception.pressed_data(slug)),)
            for slug, desk in self._desks.items()
        )
        self._say(taken, Words(text=text, buttons=rows), kind="menu")
        expects = Expectation(what=DESK, data=data, expires_at=self._at + holds)
        self._remember(expects, spoke=True, address=taken.address.id)
        return taken

    def _go(self, step: Step, means: Means) -> Taken | None:
        """Take the ticket to the desk that was chosen; without one, remember the choice until there is."""
        taken = self._take(self._reading(opens=False, asks=step.words_decided), self._here())
        if taken is None or taken.address.blocked_at is not None:
            return taken
        desk, ticket = self._desks[step.desk], taken.ticket
        if ticket is None or ticket.status not in TO_DO:
            expects = Expectation(what=DESK, data={"chosen": desk.slug}, expires_at=self._at + CHOICE_HOLDS)
            words = desk_menu_phrases.tell_desk(self._language(taken), desk=desk.now.desk.name)
            self._say(replace(taken, ticket=None), Words(text=words), kind="menu")
            self._remember(expects, spoke=True, address=taken.address.id)
            return taken
        answered = ticket.status is not Status.NEW
        if ticket.desk != desk.slug and on_tickets.is_running(self._tx, ticket.number):
            desk = self._desks.get(ticket.desk, desk)  # what runs there keeps it there
        elif ticket.desk != desk.slug:
            ticket = moving.move(self._tx, ticket.number, to=desk.now, by=BOT, there=BOT, at=self._at)
        ticket = wake(self._tx, ticket, actor=CONTACT.key, at=self._at)
        self._remember(None, spoke=False, address=taken.address.id)
        taken = replace(taken, ticket=ticket)
        if answered:
            words = desk_menu_phrases.passed_to(
                self._language(taken), ticket=ticket.number, desk=desk.now.desk.name
            )
            self._say(taken, Words(text=words), kind="menu")
        else:
            self._begin(step, taken, desk, means)
        return taken

    def _begin(self, step: Step, taken: Taken, desk: OpenDesk, means: Means) -> None:
        """Let the desk greet, and read what it is about as this desk's matcher does."""
        said, menu = self._incoming.said, self._found.menu
        kept = kept_in(menu.data) if menu is not None else KeptWords()
        ticket = taken.ticket
        assert ticket is not None
        own = self._incoming.requests.get(desk.slug, Requests())
        requests = own if own.more else kept.requests.get(desk.slug, own)
        waited = kept.message is not None and not own.more and (requests.more or not step.words_decided)
        if step.words_decided:
            suggestions = self._suggested[desk.slug]
            pairs = tuple((one.category, one.score) for one in suggestions)
            ticket = name_matter(self._tx, ticket, said, reading=Reading(suggestions=pairs), at=self._at)
            heard = replace(self._incoming.heard, button=None)
            self._foretell(ticket, suggestions, message=taken.message, desk=desk)
        else:
            suggestions = kept.suggested.get(desk.slug, ())
            if suggestions:
                pairs = tuple((one.category, one.score) for one in suggestions)
                ticket = tickets_.change(
                    self._tx, ticket, at=self._at, suggestions=[list(pair) for pair in pairs]
                )
            if kept.message is not None and not kept.greeting:
                self._foretell(ticket, suggestions, message=kept.message, desk=desk)
            heard = Heard(text="", language=self._incoming.heard.language, greeting=kept.greeting)
        if waited and kept.message is not None:
            taken = replace(taken, message=kept.message)  # which says what it is about
        begin(
            self._tx,
            replace(taken, ticket=ticket, opened=True, arrival=None, first_matter=False),
            replace(self._incoming, heard=heard, suggestions=suggestions, requests={desk.slug: requests}),
            desk=desk,
            means=means,
            memory=replace(self._found.memory, expects=None),
        )

    def _foretell(
        self, ticket: TicketNow, suggestions: Sequence[Suggestion], *, message: int, desk: OpenDesk
    ) -> None:
        foretold = foretold_of(suggestions)
        revision = desk.now.revision
        predictions.foretell(self._tx, ticket, foretold, message=message, revision=revision, at=self._at)

    # -- the parts ----------------------------------------------------------------------------------------------------

    def _promises(self) -> Iterator[Span]:
        for desk in self._desks.values():
            promise = desk.now.desk.promises.get(FIRST_RESPONSE)
            if promise is not None:
                yield promise

    def _reading(self, *, opens: bool, asks: bool = True, suggestions: Sequence[Suggestion] = ()) -> Reading:
        heard = self._incoming.heard
        return Reading(
            asks=asks and heard.asks and not heard.menu,
            assents=heard.answer is True,
            opens=opens,
            wakes=False,
            held=opens,
            language=heard.language,
            suggestions=tuple((one.category, one.score) for one in suggestions),
        )

    def _take(self, reading: Reading, at_desk: OpenDesk) -> Taken | None:
        incoming = self._incoming
        return take_in(
            self._tx, incoming.said, desk=at_desk.now, reading=reading, files=incoming.files,
            raw_sha256=incoming.raw_sha256, at=self._at,
        )  # fmt: skip

    def _say(self, taken: Taken, words: Words, *, kind: str) -> None:
        if taken.ticket is not None:
            answering.say_automatically(self._tx, taken.ticket, words, at=self._at, kind=kind)
            return
        said: Said = self._incoming.said
        address = contacts.load_address(self._tx, taken.address.id)
        answering.say_outside(
            self._tx, self._first.slug, address, words, at=self._at, replies_to=said.external_id
        )

    def _remember(self, expects: Expectation | None, *, spoke: bool, address: int | None = None) -> None:
        if address is None:
            place = self._incoming.said.place
            known = contacts.address_at(self._tx, account=place.account, external_id=place.address)
            assert known is not None
            address = known.id
        dialogues.save(self._tx, address, self._found.memory, expects=expects, spoke=spoke, at=self._at)

    def _language(self, taken: Taken | None = None) -> Language:
        known = taken.contact.language if taken is not None else None
        return contact_voice(self._first, self._incoming.heard.language or known).language
