"""What the ground floor knows of a desk: its hours and promises, its addresses, its people.

These are values, built from the desk's files at the roof and handed down; nothing here reads a file or a setting. A
desk as it stood under an older revision is another `Desk` with the same slug.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from itertools import chain

from tickets.actor import Role
from tickets.approval import Purpose
from tickets.assignment import BY_HAND, Assignment, Way
from tickets.connections import Account, Directory, HolidayFeed, Tracker, Webhook
from tickets.evaluation import USUAL_CRITERIA, Criterion
from tickets.hours import Calendar, Span, Windows
from tickets.letterhead import Letterhead, Series
from tickets.message import Channel
from tickets.promises import Special, Terms
from tickets.resources import Resource
from tickets.rules import Rule
from tickets.scorecard import Indicator
from tickets.survey import Survey


class Plain(StrEnum):
    """What a plain message of an agent in a ticket's topic is."""

    ANSWER = "answer"  # it goes to the contact; `//` makes a note
    NOTE = "note"  # it stays; only a reply to the contact's message goes out


class SecondFactor(StrEnum):
    """Who must have a second factor to log in with a password."""

    NOBODY = "nobody"
    ADMINISTRATORS = "administrators"
    SUPERVISORS = "supervisors"  # and administrators
    EVERYBODY = "everybody"

    def asks(self, role: Role) -> bool:
        """Whether it asks one of somebody in this role."""
        asked = {
            SecondFactor.NOBODY: (),
            SecondFactor.ADMINISTRATORS: (Role.ADMIN,),
            SecondFactor.SUPERVISORS: (Role.ADMIN, Role.SUPERVISOR),
            SecondFactor.EVERYBODY: tuple(Role),
        }
        return role in asked[self]


class CalendarShows(StrEnum):
    """What readers of the calendar of bookings see of each, beside its time."""

    BUSY = "busy"  # that it is taken
    ACTIVITY = "activity"  # and what for
    REQUESTER = "requester"  # and by whom


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """A person who works at the desk, as its file names them."""

    id: str  # stable: the email in lower case, else a slug of the name
    name: str
    role: Role  # viewer, agent or supervisor
    email: str | None = None  # lower case
    telegram: str | None = None  # user id in digits
    whatsapp: str | None = None  # E.164
    capacity: int | None = None  # tickets to work on at a time; None: what the desk says


@dataclass(frozen=True, kw_only=True)
class Team:
    """People who take over tickets from the first line, with promises of their own."""

    id: str
    name: str
    line: int = 2
    members: tuple[str, ...] = ()  # ids of staff
    promises: Mapping[str, Span] = field(
        default_factory=dict
    )  # by kind of clock; only what differs from the desk's
    telegram_group: str | None = None  # where each ticket of theirs is a topic
    email: str | None = None  # lower case; where each ticket of theirs is a thread
    answers: bool = False  # whether its members may answer contacts; else the first line does
    tracker: Tracker | None = None
    assignment: Assignment | None = None  # None: as the desk does


@dataclass(frozen=True, kw_only=True)
class Rate:
    """So many in so long a time."""

    count: int
    per: timedelta


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much one sender may cause before the desk slows down. None: no limit."""

    answers: Rate | None = Rate(count=30, per=timedelta(hours=1))  # automatic answers
    intake: Rate | None = Rate(count=120, per=timedelta(minutes=1))  # messages taken in


@dataclass(frozen=True, kw_only=True)
class Handling:
    """How the desk handles what concerns several tickets or several agents."""

    tell_merged: bool = False  # the contact gets a line when two of their tickets become one
    collision_within: timedelta = timedelta(
        minutes=5
    )  # so long ago a colleague's answer is still worth a warning
    undo_within: timedelta = timedelta(
        seconds=10
    )  # so long a page's answer can be taken back before it leaves


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long what is finished is kept."""

    years: int = 0
    days: int = 0

    def cutoff(self, now: datetime) -> datetime:
        """Return the instant before which everything finished may go: so many calendar years and days ago."""
        at = now.astimezone(UTC) - timedelta(days=self.days)
        if (at.month, at.day) == (2, 29):
            at -= timedelta(days=1)  # the 29th of February of a common year is the 28th
        return at.replace(year=at.year - self.years)


@dataclass(frozen=True, kw_only=True)
class Digest:
    """The daily letter to the supervisors: what is to do, worst first."""

    at: time = time(7, 30)  # in the desk's zone
    days: frozenset[int] = frozenset(range(7))  # Monday is 0
    on_closed_days: bool = False  # also on a day on which the desk does not work


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """When the report of a month comes by itself, once the month is over."""

    at: time = time(8)  # in the desk's zone
    on_working_day: bool = False  # the first day on which the desk works, instead of the first


@dataclass(frozen=True, kw_only=True)
class Supervision:
    """What a desk wants of those who look after it."""

    reports: Arrival | None = Arrival()  # None: only those that are asked for
    reports_kept: Retention | None = Retention(years=10)  # their files, in the archive; None: without end

    digest: Digest | None = Digest()  # None: nobody is written to
    sample: float | None = (
        None  # share of solved tickets that a person must verify; None: any may close by silence
    )
    waits_long: timedelta = timedelta(days=3)  # for the contact, before the board says so


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One service unit under one revision of its files."""

    slug: str
    name: str
    language: str  # id, en
    calendar: Calendar
    promises: Mapping[
        str, Span
    ]  # by kind of clock: first_response and resolution always, next_response perhaps
    warn_at: float | None  # share of a promise after which supervisors are warned
    close_after: timedelta | None  # solved and silent for so long becomes closed; None: only by hand
    reopen_within: timedelta
    retention: Retention | None = None
    accounts: tuple[Account, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    teams: tuple[Team, ...] = ()
    webhooks: tuple[Webhook, ...] = ()
    directory: Directory | None = None
    plain: Plain = Plain.ANSWER
    quiet_hours: Windows = ()  # daily, in the calendar's zone; alerts wait until they are over
    limits: Limits = Limits()
    supervision: Supervision = Supervision()
    handling: Handling = Handling()
    special: tuple[Special, ...] = ()  # other promises for some categories and priorities
    survey: Survey | None = None
    holiday_feeds: tuple[HolidayFeed, ...] = ()
    rules: tuple[Rule, ...] = ()
    assignment: Assignment = BY_HAND
    templates: Mapping[Purpose, str] = field(default_factory=dict)  # reply templates, by what they are for
    second_factor: SecondFactor = SecondFactor.NOBODY
    letterhead: Letterhead | None = None
    series: Mapping[str, Series] = field(default_factory=dict)  # numbers of papers, by id
    resources: tuple[Resource, ...] = ()
    calendar_shows: CalendarShows = CalendarShows.BUSY
    scorecard: tuple[Indicator, ...] = ()
    evaluation: tuple[Criterion, ...] = USUAL_CRITERIA

    @property
    def has_directory(self) -> bool:
        """Whether identities can be looked up."""
        return self.directory is not None and not self.directory.off

    @property
    def terms(self) -> Terms:
        """Return what a ticket's clocks are derived from."""
        return Terms(
            calendar=self.calendar, promises=self.promises, warn_at=self.warn_at, special=self.special
        )

    def accounts_on(self, channel: Channel) -> tuple[Account, ...]:
        return tuple(account for account in self.accounts if account.channel == channel)

    def team(self, id: str) -> Team | None:  # noqa: A002  the word of the desk file
        return next((team for team in self.teams if team.id == id), None)

    def second_line_of(self, member: StaffMember) -> Mapping[str, bool] | None:
        """Return the teams in whose name somebody works, and whether each may answer; None: the first line.

        Who is in a team of the first line too, or supervises, is no less for helping the second.
        """
        teams = [team for team in self.teams if member.id in team.members]
        if not teams or member.role is not Role.AGENT or any(team.line == 1 for team in teams):
            return None
        return {team.id: team.answers for team in teams}

    def resource(self, id: str) -> Resource | None:  # noqa: A002
        return next((one for one in self.resources if one.id == id), None)

    def webhook(self, id: str) -> Webhook | None:  # noqa: A002
        return next((hook for hook in self.webhooks if hook.id == id), None)

    def members_of(self, team: str | None) -> frozenset[str]:
        found = self.team(team) if team is not None else None
        return frozenset(found.members if found is not None else ())

    def assignment_of(self, team: str | None) -> Assignment:
        """Return how tickets are given out in a team; None: on the first line."""
        found = self.team(team) if team is not None else None
        return (found.assignment if found is not None else None) or self.assignment

    @property
    def gives_out(self) -> bool:
        """Whether tickets find their holders by themselves, on any of the desk's lines."""
        return any(
            self.assignment_of(team).way is not Way.MANUAL
            for team in (None, *(team.id for team in self.teams))
        )

    def capacity_of(self, staff: str, team: str | None = None) -> int:
        """Return how many tickets somebody works on at a time."""
        own = next((member.capacity for member in self.staff if member.id == staff), None)
        return own if own is not None else self.assignment_of(team).capacity


@dataclass(frozen=True, kw_only=True)
class DeskNow:
    """A desk under its newest revision, with the names of its catalogue: what acts upon tickets check against."""

    desk: Desk
    revision: int
    categories: frozenset[str]  # ids of the catalogue, those that are retired left out
    tags: frozenset[str] | None = None  # None: any word may be one
    merged: Mapping[str, str] = field(
        default_factory=dict
    )  # old ids of merged categories → where they are now

    @property
    def slug(self) -> str:
        return self.desk.slug

    def category_now(self, category: str) -> str:
        """Return the category that has the matters of the one named, which an old button may name still."""
        return self.merged.get(category, category)


def behind(account: str, desks: Mapping[str, DeskNow]) -> tuple[str, ...]:
    """Return the desks that one account serves: its own first, then those with which it is shared."""
    own = desks.get(account.partition("/")[0])
    if own is None:
        return ()
    shared = (each.several("shared_with") for each in own.desk.accounts if each.key == account)
    named = dict.fromkeys((own.slug, *chain.from_iterable(shared)))
    return tuple(slug for slug in named if slug in desks)


def beside(account: str, desk: str, desks: Mapping[str, DeskNow]) -> dict[str, str]:
    """Return the names of the other desks that share an account with this one, by slug."""
    found = behind(account, desks)
    return {slug: desks[slug].desk.name for slug in found if slug != desk} if desk in found else {}
