"""Which tickets are asked for, and how lists of them are answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tickets.views.message_values import MessageView
from tickets.views.ticket_values import TicketView
from tickets.views.trouble import Trouble

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which tickets are asked for. None: whatever it is."""

    desks: frozenset[str] | None = None  # those that the asker may see
    desk: str | None = None
    status: frozenset[str] | None = None
    channel: str | None = None
    category: str | None = None
    tag: str | None = None
    assignees: frozenset[str] | None = None
    external_id: str | None = None
    q: str | None = None
    priority: str | None = None
    asleep: bool | None = None  # True: only sleeping ones; False: none of them
    team: str | None = None  # the second-line team that has it
    # of these desks only what these teams have; compared, but a mapping has no hash
    only_teams: Mapping[str, frozenset[str]] | None = field(default=None, hash=False)
    aside: bool | None = None  # True: only spam and merged ones; False: none of them
    unheld: bool = False  # only those that nobody holds
    trouble: Trouble | None = None  # only those with a promise that is broken, or about to be

    @property
    def has_words(self) -> bool:
        """Whether something has to be looked for before the tickets can be asked for."""
        return self.external_id is not None or bool(self.q and self.q.strip())


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    items: tuple[T, ...]
    next: str | None  # hand it back as `after`


@dataclass(frozen=True, kw_only=True)
class InboxLine:
    ticket: TicketView
    last: MessageView | None  # what was said last, notes left out
    messages: int = 0  # how many there are, notes among them
    files: int = 0
    waits: int | None = None  # the contact's newest message, while no person has answered it
