"""A month at the Care Center, made up: what `tanggap serve --demo` replays so that a newcomer finds a desk at work.

Pure: the same `until` and `seed` give the same month. The turns of all conversations, replayed in the order of time
through the desk's ordinary actions, make tickets in every state: most are answered within minutes and closed the same
day, some late, some escalated, reopened, waiting, uncategorised, unverified, and the last ones are still open because
the month ends in the middle of them.

Replaying: a contact's turn is a message that comes in on `conversation.channel` (for `other`, a ticket that `agent` of
the next turn writes down). An agent's turn is the act `action` of the member `agent`: reply and note carry `text`,
categorise, assign and escalate carry `value` (a category, a staff id, a team; an escalation with None takes the
ticket back), wait, close and verify carry nothing. A bot's turn is an automatic reply, or its own categorise and
close after the contact said that an automatic answer helped.
"""

from datetime import UTC, datetime, timedelta
from random import Random

from bot.demo.sample_schedule import schedule
from bot.demo.sample_story import Story
from bot.demo.sample_texts import Persona, Speaker, Topic, invented, pools
from bot.demo.sample_values import Action, SampleContact, SampleConversation
from tickets import hours
from tickets.hours import Calendar, Window
from tickets.message import Channel

RETURNS_AFTER = timedelta(days=12)  # a contact who writes sooner would take up the old ticket
_CHANNELS = (Channel.WHATSAPP, Channel.TELEGRAM, Channel.EMAIL, Channel.WEBCHAT, Channel.OTHER)
_CASUAL = (52, 19, 12, 14, 3)
_FORMAL = (22, 6, 58, 8, 6)


def sample_month(
    *, until: datetime, seed: int, calendar: Calendar | None = None
) -> tuple[SampleConversation, ...]:
    """Return the conversations of the thirty days before `until`, by their first turn.

    `calendar`: the desk's own, so that holidays are kept; left out, office hours in Jakarta.
    """
    until = until.astimezone(UTC)
    rng = Random(f"sample month {seed}")  # noqa: S311  it makes up texts, not secrets
    week = calendar or _office_week()
    crowd = _Crowd(rng)
    month: list[SampleConversation] = []
    for start, category in schedule(rng, week, until):
        month.append(_conversation(crowd, pools().topics[category], start=start, until=until, calendar=week))
    return tuple(month)


def _office_week() -> Calendar:
    day = (Window.parse("08:00-12:00"), Window.parse("13:00-16:00"))
    friday = (Window.parse("08:00-11:30"), Window.parse("13:00-16:30"))
    return Calendar(zone="Asia/Jakarta", week=(day, day, day, day, friday, (), ()))


class _Crowd:
    """Hands out people: those of the directory once each, invented ones, and now and then somebody a second time."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._known = rng.sample(pools().known, len(pools().known))
        self._seen: list[tuple[Persona, Channel, str, datetime]] = []
        self._addresses: set[str] = set()

    def somebody(self, channel: Channel, at: datetime, *, lecturer: bool) -> tuple[Persona, str]:
        """Return a person and their address on the channel."""
        for index, (persona, where, address, last) in enumerate(self._seen):
            fits = where is channel and persona.lecturer is lecturer and last + RETURNS_AFTER < at
            if fits and self.rng.random() < 0.25:
                del self._seen[index]
                return persona, address
        persona = self._somebody_new(lecturer=lecturer)
        address = persona.address(channel, self.rng)
        while address in self._addresses:
            persona = invented(self.rng, lecturer=lecturer)
            address = persona.address(channel, self.rng)
        self._addresses.add(address)
        return persona, address

    def left(self, persona: Persona, channel: Channel, address: str, at: datetime) -> None:
        """Remember somebody whose matter was settled at this instant."""
        self._seen.append((persona, channel, address, at))

    def _somebody_new(self, *, lecturer: bool) -> Persona:
        fitting = [persona for persona in self._known if persona.lecturer is lecturer]
        if fitting and self.rng.random() < 0.3:
            self._known.remove(fitting[0])
            return fitting[0]
        return invented(self.rng, lecturer=lecturer)


def _conversation(
    crowd: _Crowd, topic: Topic, *, start: datetime, until: datetime, calendar: Calendar
) -> SampleConversation:
    rng = crowd.rng
    english = bool(topic.english) and rng.random() < 0.3
    opening, answer = topic.english if english else (rng.choice(topic.openings), rng.choice(topic.answers))
    formal = opening[0].isupper() and not english
    lecturer = topic.by == "lecturer" or (formal and rng.random() < 0.5)
    # Nobody telephones or comes to the counter while it is closed.
    is_open = hours.is_open(calendar, start)
    channel = rng.choices(
        _CHANNELS[: 5 if is_open else 4], (_FORMAL if formal else _CASUAL)[: 5 if is_open else 4]
    )[0]
    persona, address = crowd.somebody(channel, start, lecturer=lecturer)
    story = Story(
        Speaker(rng, persona, channel, english=english), topic, answer, start=start, calendar=calendar
    )
    story.tell(opening)
    turns = tuple(turn for turn in story.turns if turn.at <= until)
    if turns[-1].action in {Action.CLOSE, Action.VERIFY}:
        crowd.left(persona, channel, address, turns[-1].at)
    told = story.introduced_at is not None and story.introduced_at <= until
    return SampleConversation(
        channel=channel,
        contact=SampleContact(
            name=persona.name, address=address, identity=persona.identity if told else None
        ),
        turns=turns,
        subject=story.subject() if channel is Channel.EMAIL else None,
    )
