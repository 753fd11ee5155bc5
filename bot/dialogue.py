"""What the bot says to a contact, as one pure decision.

Everything it rests on comes in as a `Situation`; what shall be done goes out as a `Decision`. It is called inside the
transaction that takes the message in, for what it would decide from older state may be wrong by then.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.identity import Identity, missing, read_identity
from bot.listening import Heard
from templates_replies.cues import StateQuestion
from tickets.hours import Calendar, Span, due, is_open, next_open
from tickets.lifecycle import Arrival, Status
from tickets.one_time_codes import Tried, Try

HELPED = "helped"
IDENTITY = "identity"
TOPIC = "topic"
HELPED_FOR = timedelta(days=3)
IDENTITY_FOR = timedelta(days=1)
TOPIC_FOR = timedelta(days=1)
YES, NO = "helped:yes", "helped:no"


class Line(StrEnum):
    """What the bot can say; the words are in `templates_replies.phrases`."""

    WELCOME = "welcome"
    OPENED = "greeting_new_ticket"
    FOLLOW_UP = "follow_up_ticket"
    WHEN_INSIDE = "when_answered_inside_hours"
    WHEN_OUTSIDE = "when_answered_outside_hours"
    WHEN_BY = "when_answered_by"
    WHEN_SOON = "when_answered_soon"
    TELL_US = "tell_us"
    TOPIC = "topic_chosen"
    ASK_IDENTITY = "ask_identity"
    IDENTITY_THANKS = "identity_thanks"
    AUTO_ANSWER = "auto_answer_frame"
    HELPED_YES = "helped_yes_thanks"
    HELPED_NO = "helped_no_handover"
    HANDED = "handed_to_person"
    STATE = "ticket_state"
    NO_TICKET = "no_ticket"
    NOT_YOURS = "not_your_ticket"
    REOPENED = "reopened_notice"
    STOPPED = "stopped_notice"
    STARTED = "started_notice"
    SCORED = "survey_thanks"
    REMARKED = "survey_remark_thanks"
    CODE_RIGHT = "code_right"
    CODE_WRONG = "code_wrong"
    CODE_SPENT = "code_spent"
    CODE_EXPIRED = "code_expired"


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What the bot waits for from this address."""

    what: str  # helped, identity, desk, topic
    data: dict[str, Any] = field(default_factory=dict)
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class AutoAnswer:
    """A reply that the gate lets out by itself, ready to send."""

    category: str
    template: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The message answers the question after closing."""

    counts: bool  # False: too late, or nothing to keep
    score: int | None  # None: a remark alone
    low: bool
    ask_remark: bool
    first_remark: bool
    asks: bool  # it is an ordinary message as well


@dataclass(frozen=True, kw_only=True)
class Situation:
    heard: Heard
    arrival: Arrival | None  # None with `opened`: a new ticket; None without: no ticket
    opened: bool
    first_matter: (
        bool  # the first words that say what an open ticket is about: before, there was only a greeting
    )
    status: Status | None  # of the ticket as it stands now; None: there is none
    known: Identity  # what is known of the contact already
    expects: Expectation | None
    stopped: bool  # the contact asked for no more automatic messages
    silenced: bool  # the bot has said enough to this address for now
    calendar: Calendar
    promise: Span | None  # to a first answer
    auto_answer: AutoAnswer | None
    judged: Judged | None = None
    now: datetime
    topic: str | None = None  # the category for which their link stands
    tried: Tried | None = None  # they typed a one-time code


@dataclass(frozen=True, kw_only=True)
class Say:
    line: Line
    values: dict[str, Any] = field(default_factory=dict)  # instants and lengths are put in words later


@dataclass(frozen=True, kw_only=True)
class Decision:
    say: tuple[Say, ...] = ()  # one message, its paragraphs
    ask_helped: bool = False  # with the two buttons
    expect: Expectation | None = None
    forget: bool = False  # what was expected is over
    identity: Identity | None = None  # newly read
    auto_answer: AutoAnswer | None = None  # send this, and remember it
    helped: bool | None = None  # the automatic answer did: confirm it and solve the ticket; or it did not
    stop: bool | None = None  # True: no more automatic messages; False: again


SILENT = Decision()
_CODES = {
    Try.RIGHT: Line.CODE_RIGHT,
    Try.WRONG: Line.CODE_WRONG,
    Try.SPENT: Line.CODE_SPENT,
    Try.EXPIRED: Line.CODE_EXPIRED,
}


def decide(at: Situation) -> Decision:
    """Decide what the bot does about a message that has just been stored."""
    heard = at.heard
    if heard.automatic or heard.forged:  # an answer to a forged mail would reach whose name was misused
        return SILENT
    if at.tried is not None:
        return Decision(say=(Say(line=_CODES[at.tried.result], values={"left": at.tried.left}),))
    if heard.stop:
        return Decision(say=(Say(line=Line.STOPPED),), stop=True, forget=True)
    if heard.start:
        return _on_start(at)
    if at.stopped or at.silenced:
        return Decision(identity=_newly_read(at))
    if at.judged is not None and not at.judged.asks:
        return _on_judgement(at.judged)
    if heard.state is not None:
        return Decision(say=(_state(at, heard.state),))
    # Once a person has answered, a yes is said to them.
    if at.expects is not None and at.expects.what == HELPED and at.status is Status.NEW:
        return _after_auto_answer(at)
    if heard.person:
        return Decision(say=(Say(line=Line.HANDED, values={"when": _when(at)}),), forget=True)
    if at.opened:
        return _on_new_ticket(at)
    if at.first_matter:
        return _on_matter(at, greeting=())
    if at.arrival is Arrival.REOPEN:
        reopened = Say(line=Line.REOPENED, values={"when": _when(at)})
        return Decision(say=(reopened,), forget=True, identity=_newly_read(at))
    if at.expects is not None and at.expects.what == IDENTITY:
        return _after_identity_question(at)
    return Decision(identity=_newly_read(at))


def _on_start(at: Situation) -> Decision:
    """Welcome; whoever comes by a category's link is asked about that, and their next words are taken to be of it."""
    welcome = Say(line=Line.STARTED if at.stopped else Line.WELCOME)
    again = False if at.stopped else None
    if at.topic is None:
        return Decision(say=(welcome,), stop=again)
    about = Say(line=Line.TOPIC, values={"category": at.topic})
    expect = Expectation(what=TOPIC, data={"category": at.topic}, expires_at=at.now + TOPIC_FOR)
    return Decision(say=(welcome, about), stop=again, expect=expect)


def _on_judgement(judged: Judged) -> Decision:
    """Thank for it; what comes too late or says nothing needs no answer."""
    if not judged.counts:
        return SILENT
    if judged.score is not None:
        values = {"low": judged.low, "ask_remark": judged.ask_remark}
        return Decision(say=(Say(line=Line.SCORED, values=values),))
    return Decision(say=(Say(line=Line.REMARKED),)) if judged.first_remark else SILENT


def _on_new_ticket(at: Situation) -> Decision:
    opened = Say(line=Line.FOLLOW_UP if at.arrival is Arrival.FOLLOW_UP else Line.OPENED)
    if at.heard.greeting:
        return Decision(say=(opened, Say(line=Line.TELL_US)), forget=True)
    return _on_matter(at, greeting=(opened,))


def _on_matter(at: Situation, *, greeting: tuple[Say, ...]) -> Decision:
    """Answer the first words that say what it is about: by itself where that is sure, else with a promise."""
    identity = _newly_read(at)
    if at.auto_answer is not None:
        return Decision(
            say=(Say(line=Line.AUTO_ANSWER),),  # the answer greets by itself
            ask_helped=True,
            auto_answer=at.auto_answer,
            expect=Expectation(what=HELPED, expires_at=at.now + HELPED_FOR),
            identity=identity,
        )
    question, expect = _ask_identity(at, identity)
    return Decision(
        say=(*greeting, _when(at), *question), expect=expect, forget=expect is None, identity=identity
    )


def _after_auto_answer(at: Situation) -> Decision:
    expects = at.expects
    assert expects is not None
    helped = at.heard.answer
    if at.heard.button in {YES, NO}:
        helped = at.heard.button == YES
    elif at.heard.text.strip() in {"1", "2"}:  # the buttons as a numbered list
        helped = at.heard.text.strip() == "1"
    if helped is None and at.heard.thanks:
        helped = True
    if helped:
        return Decision(say=(Say(line=Line.HELPED_YES),), helped=True, forget=True)
    question, expect = _ask_identity(at, _newly_read(at))
    return Decision(
        say=(Say(line=Line.HELPED_NO, values={"when": _when(at)}), *question),
        helped=helped,
        expect=expect,
        forget=expect is None,
        identity=_newly_read(at),
    )


def _after_identity_question(at: Situation) -> Decision:
    """Ask once: whoever does not answer is not asked again, an agent will see what is missing."""
    found = read_identity(at.heard.text, asked=True)
    if found == Identity():
        return SILENT
    return Decision(say=(Say(line=Line.IDENTITY_THANKS),), identity=found, forget=True)


def _ask_identity(at: Situation, newly: Identity | None) -> tuple[tuple[Say, ...], Expectation | None]:
    lacking = missing(_joined(at.known, newly))
    if not lacking:
        return (), None
    question = Say(line=Line.ASK_IDENTITY, values={"missing": lacking})
    return (question,), Expectation(what=IDENTITY, expires_at=at.now + IDENTITY_FOR)


def _joined(known: Identity, newly: Identity | None) -> Identity:
    if newly is None:
        return known
    return Identity(
        name=known.name or newly.name,
        number=known.number or newly.number,
        unit=known.unit or newly.unit,
        email=known.email or newly.email,
    )


def _state(at: Situation, question: StateQuestion) -> Say:
    if at.status is not None:
        return Say(line=Line.STATE, values={"when": _when(at)} if at.status is Status.NEW else {})
    if question.ticket is not None:
        return Say(line=Line.NOT_YOURS, values={"ticket": question.ticket})
    return Say(line=Line.NO_TICKET)


def _newly_read(at: Situation) -> Identity | None:
    return None if at.heard.identity == Identity() else at.heard.identity


def _when(at: Situation) -> Say:
    """Say when a person answers: within the promise, by an instant, or from when the desk opens."""
    if at.promise is None:
        return Say(line=Line.WHEN_SOON)
    operating = at.promise.counts == "operating"
    if operating and not is_open(at.calendar, at.now):
        return Say(line=Line.WHEN_OUTSIDE, values={"opens_at": next_open(at.calendar, at.now)})
    due_at = due(at.calendar, at.now, at.promise)
    if due_at - at.now > at.promise.length:  # a break or the night lies between
        return Say(line=Line.WHEN_BY, values={"due_at": due_at})
    return Say(line=Line.WHEN_INSIDE, values={"within": at.promise.length, "operating": operating})
