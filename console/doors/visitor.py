"""Who is inside: somebody who is logged in, where they sit, and what they may do at which desk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from tickets.actor import Actor, Kind, Role
from tickets.desk import Desk, SecondFactor
from tickets.staff import StaffNow

_Desk = TypeVar("_Desk")


class Way(StrEnum):
    """How somebody came in."""

    PASSWORD = "password"  # noqa: S105  a word, and none of those that open anything
    LINK = "link"  # the one-time link with which the account was made, or its password set anew
    SSO = "sso"  # whose second factor is the provider's matter


@dataclass(frozen=True, kw_only=True)
class Knock:
    """Where somebody sits who comes to the door."""

    place: str = ""  # network address
    browser: str = ""  # as it calls itself


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody who is logged in, and what they may do at which desk."""

    email: str
    name: str
    admin: bool
    session: str  # hash of the session's key
    seen_at: datetime
    posts: tuple[StaffNow, ...]  # where they work
    way: Way = Way.PASSWORD
    has_second_factor: bool = False
    undo_within: timedelta | None = None  # for how long they want to undo an answer; None: as the desk has it
    named_on: int = 0  # so many tickets that they have not opened since
    chosen: str = ""  # the desk of theirs that they look at now; empty: all of them

    @property
    def desks(self) -> frozenset[str] | None:
        """The desks they may see; None: all."""
        return None if self.admin else frozenset(post.desk for post in self.posts)

    @property
    def supervises(self) -> bool:
        """Whether they supervise any desk."""
        return self.admin or any(post.role is Role.SUPERVISOR for post in self.posts)

    @property
    def begins_tickets(self) -> bool:
        """Whether they may write somebody's matter down anywhere, or write first: the first line does."""
        return self.admin or any(post.role is not Role.VIEWER and post.helps is None for post in self.posts)

    def supervised(self, desks: Iterable[str]) -> tuple[str, ...]:
        """Return those of the desks that they supervise."""
        theirs = {post.desk for post in self.posts if post.role is Role.SUPERVISOR}
        return tuple(desk for desk in desks if self.admin or desk in theirs)

    def begins_with(self, desks: Mapping[str, _Desk]) -> _Desk:
        """Return the desk that a page begins with: the chosen one if it is among them, else one where they work, else the first."""
        own = (post.desk for post in self.posts)
        slug = next((each for each in (self.chosen, *own) if each in desks), None)
        return next(iter(desks.values())) if slug is None else desks[slug]

    @property
    def only_teams(self) -> Mapping[str, frozenset[str]]:
        """Of which desks they see only what second-line teams of theirs have."""
        if self.admin:
            return {}
        return {post.desk: frozenset(post.helps) for post in self.posts if post.helps is not None}

    def may_see(self, desk: str, team: str | None) -> bool:
        """Whether a ticket of a desk, which a team may have, is for their eyes."""
        teams = self.only_teams.get(desk)
        return teams is None or team in teams

    def actor(self, desk: str) -> Actor:
        """Return them as whoever acts at a desk; without any right where they do not work."""
        post = next((post for post in self.posts if post.desk == desk), None)
        if self.admin:
            return Actor(kind=Kind.STAFF, id=post.id if post else self.email, role=Role.ADMIN)
        return post.actor if post else Actor(kind=Kind.STAFF, id=self.email)

    def needs_second_factor(self, installation: SecondFactor, desks: Mapping[str, Desk]) -> bool:
        """Whether the installation, or a desk where they work, lets them in with a second factor alone."""
        if self.admin:
            return any(
                rule.asks(Role.ADMIN)
                for rule in (installation, *(desk.second_factor for desk in desks.values()))
            )
        return any(
            installation.asks(post.role)
            or (post.desk in desks and desks[post.desk].second_factor.asks(post.role))
            for post in self.posts
        )

    def lacks_second_factor(self, installation: SecondFactor, desks: Mapping[str, Desk]) -> bool:
        """Whether they have to set one up before anything else."""
        return (
            self.way is not Way.SSO
            and not self.has_second_factor
            and self.needs_second_factor(installation, desks)
        )
