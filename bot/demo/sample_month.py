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

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from random import Random

from bot.demo.sample_texts import Persona, Speaker, Topic, invented, pools
from bot.identity import Identity
from tickets import hours
from tickets.hours import Calendar, Window
from tickets.message import Author, Channel

AGENTS = ("budi@example.ac.id", "sari@example.ac.id", "dimas@example.ac.id", "ayu@example.ac.id")
AGENT_NAMES = {agent: agent.partition("@")[0].title() for agent in AGENTS}
DEVELOPERS = ("yoga@example.ac.id", "intan@example.ac.id", "farhan@example.ac.id")
SUPERVISOR = "rina@example.ac.id"
TEAM = "edunex"

CONVERSATIONS = 220
LENGTH = timedelta(days=30)
RETURNS_AFTER = timedelta(days=12)  # a contact who writes sooner would take up the old ticket
MINUTE = timedelta(minutes=1)


class Action(StrEnum):
    REPLY = "reply"
    NOTE = "note"
    CATEGORISE = "categorise"
    ASSIGN = "assign"
    WAIT = "wait"
    ESCALATE = "escalate"
    CLOSE = "close"
    VERIFY = "verify"


@dataclass(frozen=True, kw_only=True)
class SampleContact:
    name: str
    address: str  # as the channel knows them: number, chat id, mailbox, visitor
    identity: Identity | None = None  # what they say of themselves in the conversation, if they do


@dataclass(frozen=True, kw_only=True)
class SampleTurn:
    at: datetime  # UTC
    who: Author
    text: str = ""
    agent: str | None = None  # staff id, of an agent's turn
    action: Action | None = None  # None: the contact says something
    value: str | None = None


@dataclass(frozen=True, kw_only=True)
class SampleConversation:
    channel: Channel
    contact: SampleContact
    turns: tuple[SampleTurn, ...]  # oldest first, at least one
    subject: str | None = None  # email


def _office_week() -> Calendar:
    day = (Window.parse("08:00-12:00"), Window.parse("13:00-16:00"))
    friday = (Window.parse("08:00-11:30"), Window.parse("13:00-16:30"))
    return Calendar(zone="Asia/Jakarta", week=(day, day, day, day, friday, (), ()))


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
    for start, category in _schedule(rng, week, until):
        month.append(_conversation(crowd, pools().topics[category], start=start, until=until, calendar=week))
    return tuple(month)


# When people write, and about what


_WEEKDAYS = (1.35, 1.15, 1.0, 1.0, 0.85, 1.0, 1.0)
_CLOSED_DAY = 0.18
_IN_HOURS = 0.86  # share of an open day's messages that come while somebody is there
_ELSEWHEN = ((6, 8, 3), (12, 13, 2), (16, 19, 5), (19, 23, 6), (0, 2, 1))  # from hour, to hour, weight
_OUTAGE = 11  # messages on the morning on which Edunex was down

_Dates = tuple[tuple[int, int], tuple[int, int]]  # (month, day) from and to
_SEASONS: Mapping[str, tuple[_Dates, ...]] = {
    "krs": (((1, 10), (2, 10)), ((8, 10), (9, 5))),
    "exams": (((3, 10), (4, 5)), ((5, 20), (6, 15)), ((10, 12), (11, 6)), ((12, 1), (12, 20))),
}


def _in_season(season: str | None, day: date) -> bool:
    return any(first <= (day.month, day.day) <= last for first, last in _SEASONS.get(season or "", ()))


def _schedule(rng: Random, calendar: Calendar, until: datetime) -> list[tuple[datetime, str]]:
    """Return when each conversation starts and what it is about, in order."""
    since = until - LENGTH
    zone = calendar.tz
    first = since.astimezone(zone).date()
    days = [first + timedelta(days=n) for n in range((until.astimezone(zone).date() - first).days + 1)]
    weights = [_busy(calendar, day) for day in days]
    starts = [
        (start, _topic(rng, start.astimezone(zone).date()))
        for start in _moments(rng, calendar, days, weights, since=since, until=until)
    ]
    return sorted(starts + list(_outage(rng, calendar, days, since=since, until=until)))


def _busy(calendar: Calendar, day: date) -> float:
    if not calendar.windows_on(day)[0]:
        return _CLOSED_DAY
    return _WEEKDAYS[day.weekday()] * (1.4 if any(_in_season(season, day) for season in _SEASONS) else 1.0)


def _moments(
    rng: Random,
    calendar: Calendar,
    days: Sequence[date],
    weights: Sequence[float],
    *,
    since: datetime,
    until: datetime,
) -> Iterator[datetime]:
    left = CONVERSATIONS - _OUTAGE
    while left:
        at = _moment_on(rng, calendar, rng.choices(days, weights)[0])
        if since <= at < until - MINUTE:
            left -= 1
            yield at


def _moment_on(rng: Random, calendar: Calendar, day: date) -> datetime:
    windows = calendar.windows_on(day)[0]
    if windows and rng.random() < _IN_HOURS:
        window = rng.choices(windows, [each.end - each.start for each in windows])[0]
        minute = int(rng.triangular(window.start, window.end, window.start + (window.end - window.start) / 3))
    else:
        since, to, _ = rng.choices(_ELSEWHEN, [weight for *_, weight in _ELSEWHEN])[0]
        minute = rng.randrange(since * 60, to * 60)
    local = datetime.combine(day, time(), tzinfo=calendar.tz) + timedelta(
        minutes=minute, seconds=rng.randrange(60)
    )
    return local.astimezone(UTC)


def _outage(
    rng: Random, calendar: Calendar, days: Sequence[date], *, since: datetime, until: datetime
) -> Iterator[tuple[datetime, str]]:
    """Yield the messages of one morning on which half the campus found Edunex down."""
    open_days = [day for day in days[2:-3] if calendar.windows_on(day)[0]] or list(days)
    morning = datetime.combine(rng.choice(open_days), time(8, 50), tzinfo=calendar.tz).astimezone(UTC)
    for _ in range(_OUTAGE):
        at = morning + timedelta(seconds=rng.randrange(80 * 60))
        if since <= at < until:
            yield at, rng.choices(("slow", "error-page", "login"), (7, 2, 1))[0]


def _topic(rng: Random, day: date) -> str:
    topics = list(pools().topics.values())
    weights = [topic.weight * (2.0 if _in_season(topic.season, day) else 1.0) for topic in topics]
    return rng.choices(topics, weights)[0].category


# Who writes


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


_CHANNELS = (Channel.WHATSAPP, Channel.TELEGRAM, Channel.EMAIL, Channel.WEBCHAT, Channel.OTHER)
_CASUAL = (52, 19, 12, 14, 3)
_FORMAL = (22, 6, 58, 8, 6)


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
    story = _Story(
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


# How a conversation goes


class _Story:
    """Tells one conversation turn by turn; `at` is how far it has come."""

    def __init__(
        self, speaker: Speaker, topic: Topic, answer: str, *, start: datetime, calendar: Calendar
    ) -> None:
        self.rng = speaker.rng
        self.speaker = speaker
        self.topic = topic
        self.answer = answer
        self.calendar = calendar
        self.at = start
        self.agent = self.rng.choice(AGENTS)
        self.turns: list[SampleTurn] = []
        self.introduced_at: datetime | None = None

    def tell(self, opening: str) -> None:
        spoken = self.speaker.channel is Channel.OTHER
        introduced = spoken or self.rng.random() < (0.8 if self.speaker.channel is Channel.EMAIL else 0.55)
        self._says(self.speaker.opening(opening, introduced=introduced))
        if introduced:
            self.introduced_at = self.at
        if spoken:
            self._at_the_counter()
            return
        self._acknowledged()
        plots = _PLAIN_PLOTS if self.topic.category in _NOT_TECHNICAL else _PLOTS
        plot, _ = self.rng.choices(plots, [weight for _, weight in plots])[0]
        plot(self)

    def subject(self) -> str:
        if self.speaker.english:
            return "Question about Edunex"
        subject = self._pool("subjects")
        return self.speaker.fill(subject, category=self.topic.category.replace("-", " ").capitalize())

    # Plots

    def straight(self) -> None:
        """Answered, thanked for, closed, verified."""
        self._taken_up()
        if self.introduced_at is None and self.rng.random() < 0.5:
            self._asks_who()
        self._answers(self.answer)
        if self.rng.random() < 0.7:
            self._thanks()
        self._settled()

    def late(self) -> None:
        """The first answer comes too late; some contacts ask where it stays."""
        if self.rng.random() < 0.5:
            self._later(minutes=(14, 40))
            self._says(self._pool("nudges"))
        self._worked(minutes=(18, 100))
        self._categorised(0.9)
        sorry = self._pool("sorry_en" if self.speaker.english else "sorry")
        self._answers(f"{sorry}{self.answer[0].upper()}{self.answer[1:]}", after=(1, 2))
        self._thanks()
        self._settled()

    def with_questions(self) -> None:
        """One or two further questions."""
        self._taken_up()
        self._answers(self.answer)
        for question, answer in self._further():
            self._later(minutes=(3, 50))
            self._says(self.speaker.fill(question))
            self._worked(minutes=(2, 13))
            self._answers(answer, after=(0, 1))
        self._thanks()
        self._settled()

    def waiting(self) -> None:
        """The agent needs to know more, and waits for it; some never tell."""
        self._taken_up()
        self._answers(self._question_for_details())
        self._acts(Action.WAIT)
        if self.rng.random() < 0.25:
            return
        self._later(minutes=(20, 900))
        self._says(self._details())
        self._worked(minutes=(3, 14))
        self._answers(self.answer, after=(0, 1))
        self._thanks()
        self._settled()

    def escalated(self) -> None:
        """The developers repair something; it takes a day or two."""
        self._taken_up(surely=True)
        self._acts(Action.NOTE, text=self._pool("to_developers"))
        self._acts(Action.ESCALATE, value=TEAM)
        self._answers(self._told_escalated(), after=(1, 4))
        self._worked(minutes=(90, 900))
        developer = self.rng.choice(DEVELOPERS)
        self._acts(Action.NOTE, text=self._pool("notes_of_developers"), agent=developer)
        self._acts(Action.ESCALATE, agent=developer)
        self._worked(minutes=(5, 40))
        self._answers(self._repaired(), after=(0, 1))
        self._thanks()
        self._settled()

    def reopened(self) -> None:
        """It seemed solved, and was not."""
        self._taken_up(surely=True)
        self._answers(self.answer)
        self._worked(minutes=(4, 60))
        self._acts(Action.CLOSE)
        self._later(minutes=(60, 2600))
        self._says("Sorry, it still does not work." if self.speaker.english else self._pool("back_again"))
        self._worked(minutes=(3, 25))
        self._answers(
            "we have found the reason now and repaired it. Please try again."
            if self.speaker.english
            else self._pool("back_answers"),
            after=(1, 5),
        )
        self._thanks()
        self._settled()

    def left_open(self) -> None:
        """Answered, but nobody closed it, and often nobody categorised it."""
        self._worked(minutes=(2, 13))
        self._categorised(0.4)
        self._answers(self.answer, after=(0, 1))
        if self.rng.random() < 0.4:
            self._thanks()

    def helped_by_the_bot(self) -> None:
        """The automatic answer was enough."""
        if self.topic.category not in _HARMLESS:
            self.straight()
            return
        self._later(seconds=(1, 3))
        self._bot(Action.REPLY, text=self._addressed(self.speaker.fill(self.answer), bot=True))
        self._later(minutes=(2, 25))
        self._says("yes, thank you" if self.speaker.english else self._pool("bot_helped"))
        self._later(seconds=(1, 3))
        self._bot(Action.CATEGORISE, value=self.topic.category)
        self._bot(Action.CLOSE)
        self._verified()

    def _at_the_counter(self) -> None:
        """An agent writes down what was said, and answers by mouth."""
        self._later(seconds=(20, 90))
        self._acts(Action.CATEGORISE, value=self.topic.category)
        self._acts(Action.REPLY, text=self._addressed(self.speaker.fill(self.answer)))
        self._settled()

    # Scenes

    def _taken_up(self, *, surely: bool = False) -> None:
        """Somebody takes the ticket, nearly always in time, and mostly says what it is about."""
        self._worked(minutes=(1, 13))
        if self.rng.random() < 0.35:
            self._acts(Action.ASSIGN, value=self.agent)
        if self.introduced_at is not None and self.rng.random() < 0.25:
            self._acts(Action.NOTE, text=self._pool("notes"))
        self._categorised(1.0 if surely else 0.85)

    def _categorised(self, chance: float) -> None:
        if self.rng.random() < chance:
            self._acts(Action.CATEGORISE, value=self.topic.category)

    def _asks_who(self) -> None:
        if self.speaker.english:
            self._answers("could you tell us your full name, student ID and programme?")
        else:
            self._answers(self._pool("identity_questions"))
        self._later(minutes=(1, 20))
        self._says(self.speaker.identity_alone())
        self.introduced_at = self.at
        self._worked(minutes=(1, 9))

    def _further(self) -> Sequence[Sequence[str]]:
        if self.speaker.english:
            return (
                ("Is there anything else I need to do?", "no, that is all. It takes effect within an hour."),
            )
        if self.topic.follow_ups:
            return self.rng.sample(self.topic.follow_ups, self.rng.randint(1, len(self.topic.follow_ups)))
        return (self.rng.choice(pools().texts["generic_follow_ups"]),)

    def _question_for_details(self) -> str:
        return (
            "could you send a screenshot and the time it happened?"
            if self.speaker.english
            else self._pool("detail_questions")
        )

    def _details(self) -> str:
        if self.speaker.english:
            return self.speaker.fill("It was around {clock}, in {course}, class {class}.")
        return self.speaker.fill(self._pool("detail_answers"))

    def _told_escalated(self) -> str:
        if self.speaker.english:
            return "this needs a repair of the system, so we have passed it to the Edunex developers. It usually takes 1 to 3 working days."
        return self._pool("told_escalated")

    def _repaired(self) -> str:
        return (
            "the developers have repaired it. Please log in again and try once more."
            if self.speaker.english
            else self._pool("repaired")
        )

    def _thanks(self) -> None:
        self._later(minutes=(1, 45))
        self._says(self._pool("thanks_en" if self.speaker.english else "thanks"))

    def _settled(self) -> None:
        """Closed and, mostly, verified by the supervisor. What was never categorised cannot be closed."""
        self._worked(minutes=(2, 40))
        if not self._is_categorised():
            if self.rng.random() < 0.25:
                return
            self._acts(Action.CATEGORISE, value=self.topic.category)
        if self.rng.random() < 0.06:
            return
        if self.rng.random() < 0.35:
            self._acts(Action.REPLY, text=self._pool("farewells_en" if self.speaker.english else "farewells"))
        self._acts(Action.CLOSE)
        self._verified()

    def _verified(self) -> None:
        if self.rng.random() < 0.85:
            self._worked(minutes=(30, 420))
            self._acts(Action.VERIFY, agent=SUPERVISOR)

    def _is_categorised(self) -> bool:
        return any(turn.action is Action.CATEGORISE for turn in self.turns)

    # Single turns

    def _says(self, text: str) -> None:
        self.turns.append(SampleTurn(at=self.at, who=Author.CONTACT, text=text))

    def _acknowledged(self) -> None:
        self._later(seconds=(1, 4))
        text = pools().texts["acknowledgements"]["en" if self.speaker.english else "id"]
        self._bot(Action.REPLY, text=text)

    def _answers(self, text: str, *, after: tuple[int, int] = (0, 2)) -> None:
        self._acts(Action.REPLY, text=self._addressed(self.speaker.fill(text)), after=after)

    def _addressed(self, text: str, *, bot: bool = False) -> str:
        opener = self._opener(bot=bot)
        return opener + (text[0].upper() + text[1:] if not opener or opener.endswith(". ") else text)

    def _opener(self, *, bot: bool = False) -> str:
        answered = any(turn.action is Action.REPLY and turn.who is Author.AGENT for turn in self.turns)
        name = "openers_again" if answered else "openers_of_agents"
        if self.speaker.english:
            name = "openers_again_en" if answered else "openers_en"
        first = pools().texts[name][0] if bot else self._pool(name)
        hour = self.at.astimezone(self.calendar.tz).hour
        part = "pagi" if hour < 11 else "siang" if hour < 15 else "sore"
        return self.speaker.fill(first, agent=AGENT_NAMES[self.agent], part=part)

    def _acts(
        self,
        action: Action,
        *,
        text: str = "",
        value: str | None = None,
        agent: str | None = None,
        after: tuple[int, int] = (0, 1),
    ) -> None:
        self.at += after[0] * MINUTE
        self._later(seconds=(4, 4 + 55 * max(1, after[1] - after[0])))
        self.turns.append(
            SampleTurn(
                at=self.at, who=Author.AGENT, text=text, agent=agent or self.agent, action=action, value=value
            )
        )

    def _bot(self, action: Action, *, text: str = "", value: str | None = None) -> None:
        self._later(seconds=(1, 2))
        self.turns.append(SampleTurn(at=self.at, who=Author.BOT, text=text, action=action, value=value))

    def _later(self, *, minutes: tuple[int, int] = (0, 0), seconds: tuple[int, int] = (0, 0)) -> None:
        """Let plain time go by, as it does for a contact."""
        self.at += timedelta(
            seconds=self.rng.randint(minutes[0] * 60 + seconds[0], minutes[1] * 60 + seconds[1])
        )

    def _worked(self, *, minutes: tuple[int, int]) -> None:
        """Let operating time go by, as it does for the desk; short waits are more frequent than long ones."""
        low, high = minutes[0] * 60, minutes[1] * 60
        seconds = int(self.rng.triangular(low, high, low + (high - low) / 4))
        self.at = hours.next_open(
            self.calendar, hours.add(self.calendar, self.at, timedelta(seconds=seconds))
        )

    def _pool(self, name: str) -> str:
        return pools().one(self.rng, name)


_Plot = Callable[[_Story], None]
_PLOTS: tuple[tuple[_Plot, int], ...] = (
    (_Story.straight, 50),
    (_Story.with_questions, 14),
    (_Story.late, 8),
    (_Story.waiting, 8),
    (_Story.helped_by_the_bot, 7),
    (_Story.escalated, 5),
    (_Story.reopened, 4),
    (_Story.left_open, 4),
)
_PLAIN_PLOTS: tuple[tuple[_Plot, int], ...] = (
    (_Story.straight, 85),
    (_Story.late, 8),
    (_Story.left_open, 7),
)
#: Nothing to repair, nothing that could fail again.
_NOT_TECHNICAL = frozenset(
    {
        "spam",
        "feedback",
        "complaint",
        "finance",
        "academic",
        "campus-it",
        "alumni",
        "studio",
        "training",
        "integration",
    }
)
#: What the bot answers by itself (`auto: send` in the desk's categories).
_HARMLESS = frozenset(
    {"password", "activation", "email-quota", "copy-course", "co-lecturer", "groups", "file-size", "late-assignment", "quiz-setup",
     "grade-export", "gradebook", "forum", "calendar", "browser", "notifications", "training"}
)  # fmt: skip
