"""How a made-up conversation goes, turn by turn."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.demo.sample_texts import Speaker, Topic, pools
from bot.demo.sample_values import (
    AGENT_NAMES,
    AGENTS,
    DEVELOPERS,
    MINUTE,
    SUPERVISOR,
    TEAM,
    Action,
    SampleTurn,
)
from tickets import hours
from tickets.hours import Calendar
from tickets.message import Author, Channel

#: What the bot answers by itself (`auto: send` in the desk's categories).
_HARMLESS = frozenset(
    {"password", "activation", "email-quota", "copy-course", "co-lecturer", "groups", "file-size", "late-assignment", "quiz-setup",
     "grade-export", "gradebook", "forum", "calendar", "browser", "notifications", "training"}
)  # fmt: skip
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


class Story:
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


_Plot = Callable[[Story], None]
_PLOTS: tuple[tuple[_Plot, int], ...] = (
    (Story.straight, 50),
    (Story.with_questions, 14),
    (Story.late, 8),
    (Story.waiting, 8),
    (Story.helped_by_the_bot, 7),
    (Story.escalated, 5),
    (Story.reopened, 4),
    (Story.left_open, 4),
)
_PLAIN_PLOTS: tuple[tuple[_Plot, int], ...] = (
    (Story.straight, 85),
    (Story.late, 8),
    (Story.left_open, 7),
)
