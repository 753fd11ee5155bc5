"""Who gets a ticket that nobody holds: by turns or by load, never somebody absent, never over a capacity.

Pure: candidates in, somebody's id or the reason why nobody out. What is given changes loads and turns, so several
tickets are spread one after the other by the same rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction


class Way(StrEnum):
    """How the tickets of a desk or a team find their holders."""

    MANUAL = "manual"  # people take them, or a supervisor hands them out
    ROUND_ROBIN = "round_robin"  # whoever has waited for a turn the longest
    LEAST_LOADED = "least_loaded"  # whoever has most room; by turns where that is equal


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """What a desk says about giving tickets out."""

    way: Way = Way.MANUAL
    capacity: int = 10  # tickets to work on at a time, for whom the desk file says nothing else
    only_in_hours: bool = True  # outside operating hours tickets wait for the opening


BY_HAND = Assignment()  # what a desk says that says nothing


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who may get a ticket."""

    id: str
    capacity: int
    load: int  # tickets to work on that they hold already, on whichever line
    present: bool
    last_turn: int = 0  # grows with each ticket given out; 0: never had one

    @property
    def is_free(self) -> bool:
        return self.present and self.load < self.capacity


class Nobody(StrEnum):
    """Why nobody gets it."""

    BY_HAND = "by_hand"  # the desk gives nothing out by itself
    CLOSED = "closed"  # outside operating hours
    NO_STAFF = "no_staff"  # nobody works on this line
    ALL_AWAY = "all_away"
    ALL_FULL = "all_full"  # of those who are here


@dataclass(frozen=True, kw_only=True)
class Spread:
    """What becomes of some tickets."""

    given: tuple[tuple[int, str], ...]  # ticket, to whom; in the order of the tickets
    left: tuple[int, ...]  # nobody had room for these
    why: Nobody | None  # why something is left


def choose(candidates: Sequence[Candidate], way: Way, *, is_open: bool = True) -> str | Nobody:
    """Return who gets the next ticket, or why nobody does."""
    if way is Way.MANUAL:
        return Nobody.BY_HAND
    if not is_open:
        return Nobody.CLOSED
    free = [candidate for candidate in candidates if candidate.is_free]
    if not free:
        return _why_nobody(candidates)
    return min(free, key=_by_turn if way is Way.ROUND_ROBIN else _by_load).id


def spread(
    tickets: Sequence[int], candidates: Sequence[Candidate], way: Way, *, is_open: bool = True
) -> Spread:
    """Give tickets out one after the other, until nobody has room."""
    now = {candidate.id: candidate for candidate in candidates}
    turn = max((candidate.last_turn for candidate in candidates), default=0)
    given: list[tuple[int, str]] = []
    for done, ticket in enumerate(tickets):
        chosen = choose(tuple(now.values()), way, is_open=is_open)
        if isinstance(chosen, Nobody):
            return Spread(given=tuple(given), left=tuple(tickets[done:]), why=chosen)
        turn += 1
        now[chosen] = replace(now[chosen], load=now[chosen].load + 1, last_turn=turn)
        given.append((ticket, chosen))
    return Spread(given=tuple(given), left=(), why=None)


def _why_nobody(candidates: Sequence[Candidate]) -> Nobody:
    if not candidates:
        return Nobody.NO_STAFF
    return Nobody.ALL_FULL if any(candidate.present for candidate in candidates) else Nobody.ALL_AWAY


def _by_turn(candidate: Candidate) -> tuple[int, str]:
    return candidate.last_turn, candidate.id


def _by_load(candidate: Candidate) -> tuple[Fraction, int, str]:
    """Compare how full they are: two of four are as much as five of ten."""
    return Fraction(candidate.load, candidate.capacity), candidate.last_turn, candidate.id
