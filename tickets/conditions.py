"""What a desk's rules may ask, what has to be known to answer it, and the answers. Pure.

To know whether a rule holds, only that need be looked up which its conditions are about; the rest of the `Facts` may be
left as it is. Of most that happens, a look at the words is enough.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from typing import Any

import re2
from rapidfuzz import fuzz

from tickets.hours import Calendar, is_open
from tickets.words import words_of

NONE = "none"  # in a condition: nothing of the kind is set
ALIKE = 85  # rapidfuzz partial_ratio from which on a misspelt phrase counts as said
LONGEST_TEXT = 20_000  # characters of a message that are looked at
LONGEST_PATTERN = 300
_NOTHING: Sequence[Any] = (None, (), frozenset())  # so it is where it is not asked


class About(Enum):
    """What has to be looked up, and the facts that are known then."""

    TICKET = ("status", "category", "priority", "team", "holder")
    HISTORY = ("channel", "opened_at", "tags", "settled")
    CONTACT = ("language", "unit")
    VERIFIED = ("verified",)
    ADDRESSES = ("addresses",)
    OPEN_TICKETS = ("open_tickets",)
    WORDS = ("text",)
    ANSWERING = ("may_be_answered",)


# By what is asked of it; the clock and the time are known without a look.
_ASKED: Mapping[str, About] = {
    **dict.fromkeys(("categories", "statuses", "priorities", "teams", "holders"), About.TICKET),
    **dict.fromkeys(("channels", "older_than", "tags"), About.HISTORY),
    **dict.fromkeys(("languages", "units"), About.CONTACT),
    "verified": About.VERIFIED,
    "addresses": About.ADDRESSES,
    "open_tickets": About.OPEN_TICKETS,
    **dict.fromkeys(("any_words", "all_words", "alike", "pattern"), About.WORDS),
}


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

    @cached_property
    def about(self) -> frozenset[About]:
        """What has to be looked up to say whether they hold."""
        return frozenset(about for name, about in _ASKED.items() if getattr(self, name) not in _NOTHING)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a rule may ask, at one instant; what was not looked up is as it is here."""

    at: datetime
    calendar: Calendar
    channel: str = ""
    opened_at: datetime | None = None
    status: str = ""
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
    settled: frozenset[str] = frozenset()  # what persons have decided, by the names of `rules.decided_by`

    @cached_property
    def said(self) -> str:
        """The words alone: without case, accents and punctuation."""
        return _plain(self.text[:LONGEST_TEXT])


def are_so(asked: Conditions, facts: Facts) -> bool:
    """Whether all that is asked is so."""
    return all(_answers(asked, facts))


def is_pattern(pattern: str) -> bool:
    """Whether RE2 takes it. RE2 reads any text in time that is linear in its length: no pattern can hang the desk."""
    try:
        _compiled(pattern)
    except re2.error:
        return False
    return True


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
        yield facts.opened_at is not None and facts.at - facts.opened_at >= asked.older_than


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
    if asked.any_words:
        yield any(_says(facts.said, words) for words in asked.any_words)
    if asked.all_words:
        yield all(_says(facts.said, words) for words in asked.all_words)
    if asked.alike:
        yield any(_sounds_like(facts.said, words) for words in asked.alike)
    if asked.pattern is not None:
        yield _compiled(asked.pattern).search(facts.text[:LONGEST_TEXT]) is not None


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
    wanted = _phrase(words)
    return bool(wanted) and f" {wanted} " in f" {said} "


def _sounds_like(said: str, words: str) -> bool:
    wanted = _phrase(words)
    return len(said) >= len(wanted) > 0 and fuzz.partial_ratio(wanted, said) >= ALIKE


def _plain(text: str) -> str:
    """Return the words alone: without case, accents and punctuation."""
    return " ".join(words_of(text))


@lru_cache(maxsize=5_000)
def _phrase(words: str) -> str:
    """Return what a rule's own words are without case, accents and punctuation."""
    return _plain(words)


@lru_cache(maxsize=500)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return re2.compile(pattern, options)
