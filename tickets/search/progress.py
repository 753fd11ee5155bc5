"""How far an index has come."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Progress:
    position: int  # the last event that was followed
    below: int | None = None  # while it is first built, newest tickets first: those below are still to come
