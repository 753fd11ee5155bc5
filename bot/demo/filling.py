"""The demo: a state of its own, filled with a month of sample conversations through the desk's ordinary acts.

Nothing is written beside the acts: contacts' words go through the same conversation as real ones, agents' turns are
the acts of the console, and the clocks are swept as time goes by.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import bindparam, select

from bot.acts import Acts
from bot.conversation.conversing import converse
from bot.demo.sample_month import sample_month
from bot.demo.sample_values import Action, SampleConversation, SampleTurn
from bot.desks import Desks, OpenDesk
from bot.house import House
from bot.incoming import Incoming, Means
from bot.listening import listen, words_to_match
from bot.settings import Settings
from reports.quality import gate_of
from templates_replies.matcher import Suggestion
from tickets import outbox, staff
from tickets import ticket as tickets_
from tickets.actions import answering, handling, opening, supervising, survey
from tickets.actions.answering import Words
from tickets.actions.errors import ActError
from tickets.actor import Actor, Role
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.message import Author, Channel, Person, Place, Said, Sent
from tickets.sweep import sweep
from tickets.tables import Event

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_SPOKEN = Prepared(
    select(_EVENTS.c.data).where(
        _EVENTS.c.ticket == bindparam("ticket"), _EVENTS.c.kind == "message.automatic"
    )
)
DATA_DIR = Path("demo-var")
DESK = "itb-care-center"
SEED = 2022
CHUNK = 40  # turns a transaction
# What contacts say when they are asked how satisfied they are, one after the other; None says nothing.
OPINIONS = (
    "5", None, "4 - cepat dan ramah", None, "5 terima kasih banyak", "4", None, "5 - sangat membantu", None, "3",
    "2 - lama sekali balasannya", None, "5", None, "1 - jawabannya kurang jelas",
)  # fmt: skip
OPINION_AFTER = timedelta(minutes=12)


class _DemoSettings(Settings):
    """Settings under which no desk finds a secret: the demo's people are made up and must reach nobody."""

    @property
    def environment(self) -> Mapping[str, str]:
        return {}


def demo_settings(settings: Settings) -> Settings:
    """Return the same settings over a state of the demo's own; accounts of the environment stay out of it."""
    own = {"data_dir": DATA_DIR, "database_url": f"sqlite:///{DATA_DIR}/tanggap.db", "blobs_url": None}
    return _DemoSettings.model_construct(**settings.model_dump() | own)


def fill(house: House, *, until: datetime) -> int:
    """Play the month up to `until` into a ledger that has no ticket yet; how many turns were played."""
    desk = house.desks.get(DESK)
    if desk is None or house.ledger.write_blocking(_has_tickets):
        return 0
    play = _Play(desk, sample_month(until=until, seed=SEED, calendar=desk.now.desk.calendar))
    turns = [turn for turn in play.in_order() if turn[3].at <= until]
    for start in range(0, len(turns), CHUNK):
        chunk = turns[start : start + CHUNK]
        house.ledger.write_blocking(partial(play.turns, turns=chunk), name="demo")
        with house.ledger.reading() as session:
            play.earns(gate_of(session, DESK).threshold)
    house.ledger.write_blocking(lambda tx: play.end(tx, until), name="demo")
    return len(turns)


def _has_tickets(tx: Tx) -> bool:
    return tx.next_id("tickets") > 1


Turn = tuple[int, int, SampleConversation, SampleTurn]  # place of the conversation and of the turn in it


class _Play:
    def __init__(self, desk: OpenDesk, month: tuple[SampleConversation, ...]) -> None:
        self._desk = desk
        self._month = month
        self._acts = Acts(Desks({desk.slug: desk}))
        self._tickets: dict[int, int] = {}  # conversation → ticket

    def earns(self, threshold: float | None) -> None:
        """Let replies go out by themselves from a score on, as the month so far has earned it."""
        self._desk = replace(self._desk, threshold=threshold)

    def in_order(self) -> Iterator[Turn]:
        turns = [
            (index, place, conversation, turn)
            for index, conversation in enumerate(self._month)
            for place, turn in enumerate(_with_opinion(index, conversation))
        ]
        yield from sorted(turns, key=lambda each: (each[3].at, each[0], each[1]))

    def turns(self, tx: Tx, turns: list[Turn]) -> None:
        for turn in turns:
            self.pass_time(tx, turn[3].at)
            self._play(tx, *turn)
            _deliver(tx, turn[3].at)

    def end(self, tx: Tx, now: datetime) -> None:
        self.pass_time(tx, now)
        _deliver(tx, now)

    def pass_time(self, tx: Tx, now: datetime) -> None:
        """Let the clocks and the desk's patience run up to `now`."""
        while sweep(tx, now=now):
            pass
        desk = self._desk.now.desk
        if desk.close_after is not None:
            supervising.close_silent(
                tx,
                desk=desk.slug,
                solved_until=now - desk.close_after,
                at=now,
                sample=desk.supervision.sample,
            )

    def _play(
        self, tx: Tx, index: int, place: int, conversation: SampleConversation, turn: SampleTurn
    ) -> None:
        if turn.who is Author.CONTACT:
            if place == len(conversation.turns) and not self._is_asked(tx, index):
                return
            self._contact(tx, index, place, conversation, turn)
            return
        number = self._tickets.get(index)
        if number is None or (turn.who is Author.BOT and self._bot_has_answered(tx, number)):
            return
        # What the sample leaves to the bot and the bot was not sure of, somebody at the desk does.
        person = staff.named(tx, self._desk.slug, turn.agent or self._stand_in(index))
        if person is not None:
            try:
                self._agent(tx, number, person.actor, turn)
            except ActError:
                return  # the bot was quicker, or time closed it: as on a real day

    def _is_asked(self, tx: Tx, index: int) -> bool:
        """Return whether a contact was asked how satisfied they are: only then they say so."""
        number = self._tickets.get(index)
        ticket = tickets_.load(tx, number) if number is not None else None
        asked = survey.of_cycle(tx, ticket.number, ticket.cycle) if ticket is not None else None
        return asked is not None and asked.withheld is None

    def _bot_has_answered(self, tx: Tx, number: int) -> bool:
        return any((row.data or {}).get("why") == "answered" for row in tx.all(_SPOKEN, ticket=number))

    def _stand_in(self, index: int) -> str:
        agents = [member.id for member in self._desk.now.desk.staff if member.role is Role.AGENT]
        return agents[index % len(agents)]

    def _contact(
        self, tx: Tx, index: int, place: int, conversation: SampleConversation, turn: SampleTurn
    ) -> None:
        if conversation.channel is Channel.OTHER:
            self._by_hand(tx, index, conversation, turn)
            return
        said = _said(self._desk.slug, index, place, conversation, turn)
        heard = listen(said)
        suggestions: tuple[Suggestion, ...] = ()
        if heard.asks and not heard.greeting:
            suggestions = self._desk.matcher.suggest(words_to_match(said))
        incoming = Incoming(
            said=said, heard=heard, suggestions=suggestions, files=(), raw_sha256=None, at=turn.at
        )
        taken = converse(tx, incoming, desk=self._desk, means=Means(codes_key=b""))
        if taken is not None and taken.ticket is not None:
            self._tickets[index] = taken.ticket.number

    def _by_hand(self, tx: Tx, index: int, conversation: SampleConversation, turn: SampleTurn) -> None:
        person = next((each for each in staff.active(tx, self._desk.slug)), None)
        if person is None or index in self._tickets:
            return
        identity = conversation.contact.identity
        caller = opening.Caller(
            name=conversation.contact.name,
            identity_name=identity.name if identity else None,
            identity_number=identity.number if identity else None,
            identity_unit=identity.unit if identity else None,
        )
        ticket, _ = opening.open_by_hand(
            tx, desk=self._desk.now, by=person.actor, at=turn.at + timedelta(minutes=2), caller=caller,
            text=turn.text, came_at=turn.at,
        )  # fmt: skip
        self._tickets[index] = ticket.number

    def _agent(self, tx: Tx, number: int, by: Actor, turn: SampleTurn) -> None:
        at, desk = turn.at, self._desk.now
        match turn.action:
            case Action.REPLY:
                answering.answer(tx, number, Words(text=turn.text), by=by, at=at)
            case Action.NOTE:
                answering.note(tx, number, turn.text, by=by, at=at)
            case Action.WAIT if turn.text:
                answering.answer(tx, number, Words(text=turn.text), by=by, at=at, wait=True)
            case Action.WAIT:
                handling.wait(tx, number, by=by, at=at)
            case Action.CATEGORISE:
                handling.categorise(tx, number, turn.value or "", desk=desk, by=by, at=at)
            case Action.ASSIGN:
                active = frozenset(each.id for each in staff.active(tx, desk.slug))
                handling.assign(tx, number, turn.value or by.id, staff=active, by=by, at=at)
            case Action.ESCALATE:
                self._acts.escalate(tx, number, turn.value, desk=desk, by=by, at=at)
            case Action.CLOSE:
                if tickets_.load(tx, number).category is not None:
                    self._acts.close(tx, number, desk=desk, by=by, at=at)
            case Action.VERIFY:
                supervising.verify(tx, number, by=by, at=at)


def _deliver(tx: Tx, at: datetime) -> None:
    """Let what was said arrive on its day.

    Left to the worker, a month of it would leave when the demo starts, and find every window of WhatsApp closed.
    """
    while parcels := outbox.claim(tx, now=at, most=CHUNK, lease=timedelta(minutes=1)):
        for parcel in parcels:
            outbox.settle_sent(tx, parcel, Sent(external_ids=()), at=at)


def _with_opinion(index: int, conversation: SampleConversation) -> tuple[SampleTurn, ...]:
    """Let a contact who is asked after closing say how satisfied they are, as the last turn."""
    turns = conversation.turns
    closed = next((turn for turn in reversed(turns) if turn.action is Action.CLOSE), None)
    text = OPINIONS[index % len(OPINIONS)]
    if (
        closed is None
        or text is None
        or any(turn.who is Author.CONTACT and turn.at >= closed.at for turn in turns)
    ):
        return turns
    return (*turns, SampleTurn(at=closed.at + OPINION_AFTER, who=Author.CONTACT, text=text))


def _said(desk: str, index: int, place: int, conversation: SampleConversation, turn: SampleTurn) -> Said:
    contact, channel = conversation.contact, conversation.channel
    key = f"sample-{index}-{place}"
    mail = channel is Channel.EMAIL
    external_id = f"<{key}@sample.example>" if mail else key
    before = tuple(f"<sample-{index}-{earlier}@sample.example>" for earlier in range(place)) if mail else ()
    return Said(
        event_id=key,
        external_id=external_id,
        place=Place(
            account=f"{desk}/{channel}",
            channel=channel,
            address=contact.address,
            thread=external_id if mail else None,
        ),
        sender=Person(address=contact.address, name=contact.name),
        text=turn.text,
        subject=conversation.subject if mail else None,
        references=before,
        raw=turn.text.encode(),
    )
