"""A desk's rules as values, and what follows from them: *when* something happens, *if* it is so, *then* this is done.

Pure: what is known of the ticket, its contact and the words comes in as `Facts`, what is to be done goes out as a list.
Two promises are kept here, for the running desk and for a trial over last month alike: what a person has decided is
left alone, and within one happening the earlier rule goes first.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

import re2
from rapidfuzz import fuzz

from tickets.hours import Calendar, Span, is_open
from tickets.priority import PRIORITIES

NONE = "none"  # in a condition: nothing of the kind is set
ALIKE = 85  # rapidfuzz partial_ratio from which on a misspelt phrase counts as said
LONGEST_TEXT = 20_000  # characters of a message that are looked at
LONGEST_PATTERN = 300


class Happens(StrEnum):
    """What a rule may wait for, and of which event of the history it is."""

    OPENED = "opened"
    RECEIVED = "received"
    ANSWERED = "answered"
    CATEGORISED = "categorised"
    PRIORITISED = "prioritised"
    ASSIGNED = "assigned"
    TAGGED = "tagged"
    ESCALATED = "escalated"
    RETURNED = "returned"
    WAITING = "waiting"
    SOLVED = "solved"
    REOPENED = "reopened"
    CLOSED = "closed"
    VERIFIED = "verified"
    WARNED = "warned"
    BREACHED = "breached"

    @classmethod
    def of_event(cls, kind: str) -> "Happens | None":
        return _BY_EVENT.get(kind)


_BY_EVENT = {
    "message.received": Happens.RECEIVED,
    "message.answered": Happens.ANSWERED,
    "contact.verified": Happens.VERIFIED,
    "clock.warned": Happens.WARNED,
    "clock.breached": Happens.BREACHED,
} | {
    f"ticket.{each}": each
    for each in (
        Happens.OPENED, Happens.CATEGORISED, Happens.PRIORITISED, Happens.ASSIGNED, Happens.TAGGED, Happens.ESCALATED,
        Happens.RETURNED, Happens.WAITING, Happens.SOLVED, Happens.REOPENED, Happens.CLOSED,
    )
}  # fmt: skip


class Lasts(StrEnum):
    """How a ticket may have stood for so long."""

    WAITING = "waiting_for"  # for the contact
    SILENT = "silent_for"  # neither side has written
    UNANSWERED = "unanswered_for"  # the contact has written and no person has answered
    UNASSIGNED = "unassigned_for"
    UNSOLVED = "unsolved_for"


@dataclass(frozen=True, kw_only=True)
class When:
    """What starts a rule: one of these happenings, or having stood like this for so long."""

    happens: frozenset[Happens] = frozenset()
    lasts: Lasts | None = None
    span: Span | None = None  # with `lasts`


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What must be so, all of it; what is empty or None is not asked. A set means: one of these."""

    channels: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    priorities: frozenset[int] = frozenset()
    tags: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    holders: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    older_than: timedelta | None = None
    clocks: frozenset[str] = frozenset()  # of a warning or a breach
    verified: bool | None = None
    units: tuple[str, ...] = ()  # words that the contact's unit contains
    addresses: tuple[str, ...] = ()  # patterns with * and ?
    open_tickets: int | None = None  # the contact has at least so many, this one counted
    any_words: tuple[str, ...] = ()
    all_words: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()  # phrases that may be misspelt
    pattern: str | None = None  # in RE2's syntax
    hours: bool | None = None  # within operating hours, or outside
    weekdays: frozenset[int] = frozenset()  # Monday is 0
    from_on: date | None = None
    to_on: date | None = None  # included


class What(StrEnum):
    """What a rule can do."""

    CATEGORY = "category"
    TAG = "tag"
    UNTAG = "untag"
    PRIORITY = "priority"
    TEAM = "team"
    HOLDER = "assign"
    REPLY = "reply"
    NOTE = "note"
    WEBHOOK = "webhook"


@dataclass(frozen=True, kw_only=True)
class Action:
    what: What
    value: str

    def __str__(self) -> str:
        """How the history names it: ids and values, never texts."""
        return str(self.what) if self.what is What.NOTE else f"{self.what}:{self.value}"


@dataclass(frozen=True, kw_only=True)
class Rule:
    id: str
    name: str
    when: When
    conditions: Conditions = Conditions()
    unless: Conditions | None = None
    then: tuple[Action, ...]
    off: bool = False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything that a rule may ask, at one instant."""

    at: datetime
    calendar: Calendar
    channel: str
    opened_at: datetime
    status: str
    category: str | None = None
    priority: int = 0
    tags: frozenset[str] = frozenset()
    team: str | None = None
    holder: str | None = None
    language: str | None = None
    clock: str | None = None
    verified: bool = False
    unit: str | None = None
    addresses: tuple[str, ...] = ()
    open_tickets: int = 1
    text: str = ""  # subject and words of the message that it is about
    may_be_answered: bool = True  # not automatic mail, not somebody who asked for silence
    settled: frozenset[str] = field(default_factory=frozenset)  # what persons have decided: see `settled_by`


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one rule comes to."""

    rule: Rule
    does: tuple[Action, ...]
    leaves: tuple[Action, ...]  # a person has decided otherwise, or nobody may be written to


def started_by(rules: Iterable[Rule], happenings: AbstractSet[Happens]) -> tuple[Rule, ...]:
    """Return the rules that are on and wait for one of these."""
    return tuple(rule for rule in rules if not rule.off and happenings & rule.when.happens)


def decide(rules: Sequence[Rule], facts: Facts) -> tuple[Outcome, ...]:
    """Say what the rules that were started do, in their order; each knows what those before it did."""
    outcomes = []
    taken: frozenset[str] = frozenset()
    for rule in rules:
        if not holds(rule, facts):
            continue
        outcome = _outcome(rule, facts, taken)
        if outcome.does or outcome.leaves:
            outcomes.append(outcome)
        for action in outcome.does:
            facts = after(facts, action)
            taken |= {decided_by(action)}
    return tuple(outcomes)


def holds(rule: Rule, facts: Facts) -> bool:
    """Whether what the rule asks for is so."""
    if not all(_answers(rule.conditions, facts)):
        return False
    return rule.unless is None or not all(_answers(rule.unless, facts))


def decided_by(action: Action) -> str:
    """Return the name of what an action decides: one value of the ticket, or one tag."""
    tag = action.what in {What.TAG, What.UNTAG}
    return f"tag:{action.value}" if tag else str(action.what)


def after(facts: Facts, action: Action) -> Facts:
    """Return the facts as they are once an action was done."""
    match action.what:
        case What.CATEGORY:
            return replace(facts, category=action.value)
        case What.TAG:
            return replace(facts, tags=facts.tags | {action.value})
        case What.UNTAG:
            return replace(facts, tags=facts.tags - {action.value})
        case What.PRIORITY:
            return replace(facts, priority=int(PRIORITIES[action.value]))
        case What.TEAM:
            return replace(facts, team=action.value)
        case What.HOLDER:
            return replace(facts, holder=action.value)
        case _:
            return facts


def is_pattern(pattern: str) -> bool:
    """Whether RE2 takes it. RE2 reads any text in time that is linear in its length: no pattern can hang the desk."""
    try:
        _compiled(pattern)
    except re2.error:
        return False
    return True


def _outcome(rule: Rule, facts: Facts, taken: frozenset[str]) -> Outcome:
    does: list[Action] = []
    leaves: list[Action] = []
    for action in rule.then:
        name = decided_by(action)
        if after(facts, action) == facts and _changes(action):
            continue  # it is so already
        if name in taken and _changes(action):
            continue  # an earlier rule went first
        forbidden = action.what is What.REPLY and not facts.may_be_answered
        (leaves if name in facts.settled or forbidden else does).append(action)
    return Outcome(rule=rule, does=tuple(does), leaves=tuple(leaves))


def _changes(action: Action) -> bool:
    return action.what not in {What.REPLY, What.NOTE, What.WEBHOOK}


def _answers(asked: Conditions, facts: Facts) -> Iterator[bool]:
    yield from _of_ticket(asked, facts)
    yield from _of_contact(asked, facts)
    yield from _of_words(asked, facts)
    yield from _of_time(asked, facts)


def _of_ticket(asked: Conditions, facts: Facts) -> Iterator[bool]:
    one_of: tuple[tuple[frozenset[Any], Any], ...] = (
        (asked.channels, facts.channel),
        (asked.categories, facts.category or NONE),
        (asked.statuses, facts.status),
        (asked.priorities, facts.priority),
        (asked.teams, facts.team or NONE),
        (asked.holders, facts.holder or NONE),
        (asked.languages, facts.language or NONE),
        (asked.clocks, facts.clock),
    )
    yield from (value in allowed for allowed, value in one_of if allowed)
    if asked.tags:
        yield bool(asked.tags & (facts.tags or {NONE}))
    if asked.older_than is not None:
        yield facts.at - facts.opened_at >= asked.older_than


def _of_contact(asked: Conditions, facts: Facts) -> Iterator[bool]:
    if asked.verified is not None:
        yield facts.verified is asked.verified
    if asked.units:
        unit = _plain(facts.unit or "")
        yield any(_says(unit, words) for words in asked.units)
    if asked.addresses:
        known = [address.casefold() for address in facts.addresses]
        yield any(fnmatchcase(address, like.casefold()) for address in known for like in asked.addresses)
    if asked.open_tickets is not None:
        yield facts.open_tickets >= asked.open_tickets


def _of_words(asked: Conditions, facts: Facts) -> Iterator[bool]:
    text = facts.text[:LONGEST_TEXT]
    said = _plain(text) if asked.any_words or asked.all_words or asked.alike else ""
    if asked.any_words:
        yield any(_says(said, words) for words in asked.any_words)
    if asked.all_words:
        yield all(_says(said, words) for words in asked.all_words)
    if asked.alike:
        yield any(_sounds_like(said, words) for words in asked.alike)
    if asked.pattern is not None:
        yield _compiled(asked.pattern).search(text) is not None


def _of_time(asked: Conditions, facts: Facts) -> Iterator[bool]:
    local = facts.at.astimezone(facts.calendar.tz)
    if asked.hours is not None:
        yield is_open(facts.calendar, facts.at) is asked.hours
    if asked.weekdays:
        yield local.weekday() in asked.weekdays
    if asked.from_on is not None:
        yield local.date() >= asked.from_on
    if asked.to_on is not None:
        yield local.date() <= asked.to_on


def _says(said: str, words: str) -> bool:
    """Whether the words stand in it as whole words, one behind the other."""
    wanted = _plain(words)
    return bool(wanted) and f" {wanted} " in f" {said} "


def _sounds_like(said: str, words: str) -> bool:
    wanted = _plain(words)
    return len(said) >= len(wanted) > 0 and fuzz.partial_ratio(wanted, said) >= ALIKE


def _plain(text: str) -> str:
    """Return the words alone: without case, accents and punctuation."""
    letters = (one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join("".join(one if one.isalnum() else " " for one in letters).casefold().split())


@lru_cache(maxsize=500)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return re2.compile(pattern, options)
