"""Which part of a desk's tickets is meant: those of a channel, a category, somebody, a team."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tickets.tables import Ticket

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
KEY = (_TICKETS.c.channel, _TICKETS.c.category, _TICKETS.c.assignee, _TICKETS.c.team)


@dataclass(frozen=True, kw_only=True)
class Part:
    """Which of the tickets are meant; None: all."""

    channel: str | None = None
    category: str | None = None
    agent: str | None = None
    team: str | None = None

    @property
    def is_whole(self) -> bool:
        return self == Part()

    def conditions(self) -> Iterable[Any]:
        wanted = zip(KEY, (self.channel, self.category, self.agent, self.team), strict=True)
        return (column == value for column, value in wanted if value is not None)


WHOLE = Part()
