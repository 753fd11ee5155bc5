"""Tickets as they are shown, by themselves and with everything that was said and done."""

from dataclasses import dataclass
from datetime import datetime

from tickets.views.contact_values import ContactView
from tickets.views.message_values import EventView, MessageView


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    category: str
    score: float


@dataclass(frozen=True, kw_only=True)
class ClockView:
    kind: str
    subject: str
    cycle: int  # which run of its kind it is on this ticket
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    breached_at: datetime | None
    ended_at: datetime | None  # it ended without being met
    paused: bool
    promise: str = ""  # "15m operating"
    extended_at: datetime | None = None  # a supervisor gave more time
    acknowledged_at: datetime | None = None  # a supervisor looks after it
    acknowledged_by: str | None = None  # actor

    @property
    def running(self) -> bool:
        return self.met_at is None and self.ended_at is None


@dataclass(frozen=True, kw_only=True)
class TicketView:
    number: int
    desk: str
    account: str  # to which the contact wrote
    channel: str
    status: str
    subject: str | None
    category: str | None
    category_by: str | None
    suggestions: tuple[Suggestion, ...]
    tags: tuple[str, ...]
    contact: ContactView
    assignee: str | None
    team: str | None
    team_holder: str | None  # who in the team works on it
    language: str | None
    linked_to: int | None
    created_at: datetime
    updated_at: datetime
    clocks: tuple[ClockView, ...]  # oldest first
    solved_at: datetime | None
    closed_at: datetime | None
    verified_by: str | None
    priority: str  # low, normal, high, urgent
    snoozed_until: datetime | None
    spam_at: datetime | None  # thrown out then
    merged_into: int | None
    medium: str | None  # of what was written down by hand: telephone, counter, other

    @property
    def next_due(self) -> ClockView | None:
        """The running promise that comes first."""
        running = [clock for clock in self.clocks if clock.running and not clock.paused]
        return min(running, key=lambda clock: clock.due_at, default=None)


@dataclass(frozen=True, kw_only=True)
class LinkView:
    """How a ticket hangs together with another."""

    ticket: int  # the other one
    kind: str  # related, duplicate, caused_by, incident
    outgoing: bool  # said of this ticket: it is caused by, or part of, the other; else the other way round
    subject: str | None
    status: str


@dataclass(frozen=True, kw_only=True)
class OtherTicket:
    number: int
    subject: str | None
    assignee: str | None


@dataclass(frozen=True, kw_only=True)
class IncidentTicket:
    """One ticket of an incident, and how the last answer on it fares."""

    number: int
    subject: str | None
    contact: str | None
    channel: str
    status: str
    category: str | None
    delivery: str | None


@dataclass(frozen=True, kw_only=True)
class SurveyView:
    """The question after closing, and the answer to it."""

    cycle: int
    asked_at: datetime
    withheld: str | None  # why it could not be put
    scale: int
    score: int | None
    comment: str | None
    answered_at: datetime | None
    found_at: datetime | None  # since when the score is low
    followed_up_at: datetime | None
    followed_up_by: str | None
    follow_up: str | None  # what was done about it


@dataclass(frozen=True, kw_only=True)
class IssueView:
    """What a second-line team's tracker calls a ticket."""

    team: str
    key: str
    url: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class WindowView:
    """WhatsApp's 24 hours: until when the contact may be written to freely."""

    closes_at: datetime | None  # None: they have never written
    knocked_at: datetime | None  # when a template asked them for a word, since they last wrote
    waiting: int  # answers that wait for them to write


@dataclass(frozen=True, kw_only=True)
class WholeTicket:
    """One ticket with everything that was said and done."""

    ticket: TicketView
    messages: tuple[MessageView, ...]  # oldest first, with those of tickets that were merged into it
    events: tuple[EventView, ...]  # oldest first
    links: tuple[LinkView, ...]
    absorbed: tuple[int, ...]  # tickets that were merged into it
    others: tuple[OtherTicket, ...]  # open ones of the same contact
    blocked: bool  # its address is blocked
    silent: bool  # the contact asked for no more messages and has not written since
    alike: tuple[OtherTicket, ...] = ()  # of a mail: earlier ones that may be about the same
    survey: SurveyView | None = None  # the newest
    issues: tuple[IssueView, ...] = ()
    window: WindowView | None = None  # None: the channel has none
