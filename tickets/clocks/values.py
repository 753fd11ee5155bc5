"""The words of the clocks: what happened, a clock as it stands, a pause in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tickets.hours import Span
from tickets.promises import Pause, Terms

FIRST_RESPONSE = "first_response"
NEXT_RESPONSE = "next_response"
RESOLUTION = "resolution"
SECOND_LINE = "second_line"  # its subject is the team


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event of a ticket, as the clocks see it."""

    kind: str
    at: datetime
    desk: str = ""  # the ticket's, as of then: `revision` in the data is one of its
    subject: str | None = None  # the message or clock it is about
    actor: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


TermsOf = Callable[[str, int], Terms]  # the terms of a desk under a revision


@dataclass(frozen=True, kw_only=True)
class ClockState:
    """One clock as it stands."""

    kind: str
    subject: str = ""
    cycle: int
    desk: str = ""  # whose terms, and …
    revision: int  # … under which revision of it
    promise: Span
    started_at: datetime
    due_at: datetime
    warn_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    met_at: datetime | None = None
    met_by: str | None = None  # the message that met it
    breached_at: datetime | None = None  # when it was first broken
    lapsed_at: datetime | None = None  # the due instant that was told last: an extended clock may lapse again
    warned_at: datetime | None = None
    ended_at: datetime | None = None
    extended_at: datetime | None = None  # a supervisor gave more time; why and how much the event says
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None  # actor

    @property
    def key(self) -> tuple[str, str, int]:
        return (self.kind, self.subject, self.cycle)

    @property
    def running(self) -> bool:
        """Neither met nor ended; it may be paused, and it may have been breached."""
        return self.met_at is None and self.ended_at is None

    @property
    def paused_at(self) -> datetime | None:
        """Since when it stands still."""
        return self.pauses[-1].start if self.pauses and self.pauses[-1].end is None else None

    @property
    def acts_at(self) -> datetime | None:
        """The next instant at which something must happen: the warning, then the breach."""
        lapsed = self.lapsed_at is not None and self.lapsed_at >= self.due_at
        if not self.running or self.paused_at is not None or lapsed:
            return None
        if self.warn_at is not None and self.warned_at is None:
            return self.warn_at
        return self.due_at
