"""Who else has a ticket's page open, and who is typing there: known for seconds, in memory, and written nowhere.

Every process knows the pages of all: each tells the others of its own by whispers (`tickets/ledger/whispers`), again
from time to time, so that whoever is not heard of any more is gone. Nobody's clock is compared with anybody else's.
"""

import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tickets.ledger.whispers import Whispers

LOOKS_FOR = 45.0  # seconds; a page that is open says so again long before
RENEWS_EVERY = 20.0
TYPES_FOR = 4.0
SAYS_EVERY = 1.0  # how often at most one person's typing on a ticket is told

Wake = Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Names of those who are at a ticket beside somebody."""

    looking: tuple[str, ...] = ()
    typing: tuple[str, ...] = ()


@dataclass
class _Somebody:
    name: str
    pages: dict[str, float] = field(default_factory=dict)  # until when each is known to be open
    types_until: float = 0.0

    def forget_what_is_over(self, now: float) -> None:
        self.pages = {page: until for page, until in self.pages.items() if until > now}

    def ends(self, now: float) -> list[float]:
        """Return when what is known of them changes by itself."""
        return [until for until in (*self.pages.values(), self.types_until) if until > now]


class Seat:
    """One open page of a ticket."""

    def __init__(self, company: "Company", ticket: int, who: str, name: str) -> None:
        self.ticket, self.who, self.name = ticket, who, name
        self.page = secrets.token_urlsafe(6)
        self.wake: Wake = _nobody
        self._company = company
        self._renewed_at = 0.0

    def take(self, wake: Wake) -> None:
        """Be there from now on; `wake` is called when somebody comes, goes or types."""
        self.wake = wake
        self._company.seated(self)
        self.renew()

    def renew(self) -> None:
        """Say that the page is still open, if it is time to."""
        now = self._company.clock()
        if now - self._renewed_at >= RENEWS_EVERY or not self._renewed_at:
            self._renewed_at = now
            self.looks()

    def looks(self) -> None:
        self._company.say("looks", self.ticket, self.who, name=self.name, page=self.page)

    def leave(self, *, comes_again: bool = False) -> None:
        """Be there no longer. Of a page that only connects anew nobody is told: it would go and come in a moment."""
        self._company.left(self)
        if not comes_again:
            self._company.say("leaves", self.ticket, self.who, page=self.page)

    def beside(self) -> Beside:
        return self._company.beside(self.ticket, self.who)

    def changes_within(self, longest: float) -> float:
        """Return in how many seconds something changes even if nobody says anything."""
        return min(longest, self._company.changes_in(self.ticket))


class Company:
    """All that this process knows of who is where."""

    def __init__(self, whispers: Whispers, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._whispers = whispers
        self._lock = threading.Lock()
        self._known: dict[int, dict[str, _Somebody]] = {}  # by ticket, then by person
        self._seats: dict[int, list[Seat]] = {}  # of this process
        self._told: dict[tuple[int, str], float] = {}  # when it was said last that somebody types
        whispers.listen(self.hear)

    def types(self, ticket: int, who: str, name: str) -> None:
        """Tell that somebody is typing; what was told a moment ago is not told again."""
        now = self.clock()
        with self._lock:
            self._told = {key: at for key, at in self._told.items() if now - at < SAYS_EVERY}
            if (ticket, who) in self._told:
                return
            self._told[ticket, who] = now
        self.say("types", ticket, who, name=name)

    def beside(self, ticket: int, who: str) -> Beside:
        """Return who is there besides somebody; whoever types is not named twice."""
        now = self.clock()
        with self._lock:
            others = [each for key, each in self._at(ticket, now).items() if key != who]
        typing = sorted(each.name for each in others if each.types_until > now)
        return Beside(
            looking=tuple(sorted(each.name for each in others if each.types_until <= now)),
            typing=tuple(typing),
        )

    def changes_in(self, ticket: int) -> float:
        now = self.clock()
        with self._lock:
            ends = [end for each in self._at(ticket, now).values() for end in each.ends(now)]
        return max(min(ends, default=now + LOOKS_FOR) - now, 0.05)

    def say(self, what: str, ticket: int, who: str, **more: str) -> None:
        self._whispers.say(json.dumps({"what": what, "ticket": ticket, "who": who, **more}))

    def hear(self, words: str) -> None:
        """Take in what this process or another one says."""
        said = json.loads(words)
        if "ticket" not in said:
            return
        with self._lock:
            is_new = self._take_in(said)
            seats = list(self._seats.get(said["ticket"], ()))
        for seat in seats:
            seat.wake()
            if is_new and seat.who != said["who"]:
                seat.looks()  # whoever has just come does not know of it yet

    def seated(self, seat: Seat) -> None:
        with self._lock:
            self._seats.setdefault(seat.ticket, []).append(seat)

    def left(self, seat: Seat) -> None:
        with self._lock:
            self._seats[seat.ticket] = [each for each in self._seats.get(seat.ticket, ()) if each is not seat]
            if not self._seats[seat.ticket]:
                del self._seats[seat.ticket]

    def _take_in(self, said: Any) -> bool:
        """Change what is known; whether somebody has come who was not there."""
        now, who = self.clock(), said["who"]
        people = self._at(said["ticket"], now)
        is_new = who not in people
        if said["what"] == "leaves":
            if not is_new:
                people[who].pages.pop(said["page"], None)
                people[who].types_until = 0.0
            return False
        people = self._known.setdefault(said["ticket"], people)
        somebody = people.setdefault(who, _Somebody(said["name"]))
        if said["what"] == "types":
            somebody.types_until = now + TYPES_FOR
        else:
            somebody.pages[said["page"]] = now + LOOKS_FOR
        return is_new

    def _at(self, ticket: int, now: float) -> dict[str, _Somebody]:
        """Return who is at a ticket, without those of whom nothing is known any more."""
        people = self._known.get(ticket, {})
        for each in people.values():
            each.forget_what_is_over(now)
        for who in [who for who, each in people.items() if not each.ends(now)]:
            del people[who]
        if not people:
            self._known.pop(ticket, None)
        return people


def _nobody() -> None:
    """Nobody is to be woken."""
