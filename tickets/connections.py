"""What a desk is connected to: accounts on channels, a directory, programs and trackers outside, feeds of holidays.

Each is off while a variable that it needs is not set. Secrets are never shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tickets.message import Channel


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """What is reached by settings of the desk file, which may hold secrets."""

    settings: Mapping[str, str] = field(repr=False)  # placeholders filled; what is unset or null is left out
    missing: tuple[str, ...] = ()  # names of the variables without which it is off

    @property
    def off(self) -> bool:
        return bool(self.missing)

    def several(self, name: str) -> tuple[str, ...]:
        """Return a setting that may name several, which stand with commas between them."""
        return tuple(part.strip() for part in self.settings.get(name, "").split(",") if part.strip())


@dataclass(frozen=True, kw_only=True)
class AgentsGroup:
    """A Telegram group for the topics of some tickets: those of these categories, those that these teams have."""

    address: str
    categories: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Account(SetUp):
    """One address of a desk on one channel. Its settings may hold secrets and are never shown."""

    key: str  # "<desk>/<channel>", "<desk>/<channel>-2" for the second one
    desk: str
    channel: Channel
    absent: tuple[str, ...] = ()  # names of unset variables that it can do without
    groups: tuple[AgentsGroup, ...] = ()  # those of its agents' groups that are for some tickets only


@dataclass(frozen=True, kw_only=True)
class Directory(SetUp):
    """Where the identity of a contact is looked up."""

    kind: str  # csv, ldap, http
    fields: Mapping[str, str] = field(default_factory=dict)  # what it calls number, name, email, unit, status
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  # http: sent along, may be secret


class Shown(StrEnum):
    """How much of a contact's identity numbers a webhook shows."""

    MASKED = "masked"
    FULL = "full"


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """A program outside that is told what happens at the desk."""

    id: str
    url: str
    secret: str | None = field(repr=False)
    events: tuple[str, ...]  # kinds of events, such as ticket.opened; `ticket.*` for a family, `*` for all
    identity: Shown = Shown.MASKED
    missing: tuple[str, ...] = ()

    @property
    def off(self) -> bool:
        return self.secret is None or bool(self.missing)

    def wants(self, kind: str) -> bool:
        """Whether it asked for events of this kind."""
        family = f"{kind.partition('.')[0]}.*"
        return not {kind, family, "*"}.isdisjoint(self.events)


@dataclass(frozen=True, kw_only=True)
class Tracker:
    """The issue tracker of a team, reached by webhook and answering by one."""

    url: str
    secret: str | None = field(repr=False)  # of both ways; None: its variable is not set
    missing: tuple[str, ...] = ()  # names of the variables without which it is off

    @property
    def off(self) -> bool:
        return self.secret is None or bool(self.missing)


@dataclass(frozen=True, kw_only=True)
class HolidayFeed:
    """A calendar of holidays that somebody publishes. Its address may hold a secret and is never shown."""

    file: str  # under which a revision keeps what it brought
    url: str = field(repr=False)
