"""What a turn of the conversation with a contact rests on, and what it decides: values that say nothing by themselves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.identity import Identity
from bot.listening import Heard
from procedures.definition.procedure import Procedure
from procedures.requests.wanted import Wanted
from tickets.hours import Calendar, Span
from tickets.lifecycle import Arrival, Status
from tickets.one_time_codes import Tried

HELPED = "helped"
IDENTITY = "identity"
TOPIC = "topic"
CATEGORY = "category"
HELPED_FOR = timedelta(days=3)
IDENTITY_FOR = timedelta(days=1)
TOPIC_FOR = timedelta(days=1)
CATEGORY_FOR = timedelta(days=1)
YES, NO = "helped:yes", "helped:no"
NONE_OF_THEM = "category:-"  # no category is called so
_CATEGORY_PRESSED = "category:"


def pressed_data(category: str) -> str:
    """Return the data of the button that chooses a category."""
    return f"{_CATEGORY_PRESSED}{category}"


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
    REQUEST = "request"  # words about what they ask for by a procedure, made elsewhere
    ASK_IDENTITY = "ask_identity"
    IDENTITY_THANKS = "identity_thanks"
    WHICH_CATEGORY = "which_category"
    CATEGORY_CHOSEN = "category_chosen"
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

    what: str  # helped, identity, desk, topic, category
    data: dict[str, Any] = field(default_factory=dict)
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class AutoAnswer:
    """A reply that the gate lets out by itself, ready to send."""

    category: str
    template: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A category that the contact may choose for their message."""

    category: str
    name: str
    answer: AutoAnswer | None = None  # what goes out by itself once it is chosen
    procedures: tuple[Procedure, ...] = ()  # what is offered once it is chosen


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
    offers: tuple[Offer, ...] = ()  # categories that they are to be asked about, or have been asked about
    wants: Wanted | None = None  # the procedures that the message asks for, if they are to be offered
    stands: str | None = None  # how what they asked for stands, where the message asks that


@dataclass(frozen=True, kw_only=True)
class Say:
    line: Line
    values: dict[str, Any] = field(default_factory=dict)  # instants and lengths are put in words later


@dataclass(frozen=True, kw_only=True)
class Decision:
    say: tuple[Say, ...] = ()  # one message, its paragraphs
    ask_helped: bool = False  # with the two buttons
    ask: tuple[Offer, ...] = ()  # with a button each, and one for none of them
    procedures: tuple[Procedure, ...] = ()  # offer these
    choose: str | None = None  # the category that the contact has chosen
    expect: Expectation | None = None
    forget: bool = False  # what was expected is over
    identity: Identity | None = None  # newly read
    auto_answer: AutoAnswer | None = None  # send this, and remember it
    helped: bool | None = None  # the automatic answer did: confirm it and solve the ticket; or it did not
    stop: bool | None = None  # True: no more automatic messages; False: again
