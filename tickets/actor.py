"""Who acts: a contact, a person of the desk, the bot, a program by the API, or the service itself."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    CONTACT = "contact"
    STAFF = "staff"
    TEAM = "team"  # its shared mailbox, its tracker: nobody knows which of its members
    API = "api"
    BOT = "bot"
    SYSTEM = "system"


class Role(StrEnum):
    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    AGENT = "agent"
    VIEWER = "viewer"


_RANK = {Role.VIEWER: 0, Role.AGENT: 1, Role.SUPERVISOR: 2, Role.ADMIN: 3}


@dataclass(frozen=True, kw_only=True)
class Actor:
    kind: Kind
    id: str = ""  # staff id, name of the API token
    role: Role | None = None  # of staff and API
    desks: frozenset[str] | None = None  # the desks they may act for; None: all
    helps: frozenset[str] | None = None  # second line: on whose tickets they may note; None: the first line
    answers: frozenset[str] = frozenset()  # those of `helps` whose members may answer contacts

    @property
    def key(self) -> str:
        """How the history names them: `staff:budi@example.ac.id`, `api:laporan`, `bot`, `contact`, `system`."""
        return f"{self.kind}:{self.id}" if self.id else str(self.kind)

    @property
    def is_person(self) -> bool:
        """Whether what they set is a person's work, which no machine undoes."""
        return self.kind in {Kind.STAFF, Kind.TEAM, Kind.API, Kind.CONTACT}

    def may(self, least: Role, desk: str) -> bool:
        """Whether they have at least this role at the desk. The bot and the service act by the desk's own rules."""
        if self.kind in {Kind.BOT, Kind.SYSTEM}:
            return True
        if self.role is None or not self.belongs_to(desk):
            return False
        return _RANK[self.role] >= _RANK[least]

    def belongs_to(self, desk: str) -> bool:
        """Whether the desk is one of theirs: of what others have they are told nothing, not even that it is there."""
        return self.desks is None or desk in self.desks

    def may_note(self, team: str | None) -> bool:
        """Whether they may take part in what is with this team, or with None with the first line."""
        return self.helps is None or team in self.helps

    def may_answer(self, team: str | None) -> bool:
        """Whether they may speak to the contact of what is with this team."""
        return self.helps is None or team in self.answers


def named(key: str) -> Actor:
    """Return whom the history names by a key, without rights."""
    kind, _, id_ = key.partition(":")
    return Actor(kind=Kind(kind), id=id_)


_PERSONS = tuple(str(kind) for kind in (Kind.STAFF, Kind.API, Kind.CONTACT))


def is_a_persons(key: str | None) -> bool:
    """Whether what stands under an actor's key is a person's work: the same question as `is_person`, of the history."""
    return key is not None and key.partition(":")[0] in _PERSONS


BOT = Actor(kind=Kind.BOT)
SYSTEM = Actor(kind=Kind.SYSTEM)
CONTACT = Actor(kind=Kind.CONTACT)
