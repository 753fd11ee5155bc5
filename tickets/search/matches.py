"""What an index hands over."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Found:
    numbers: Sequence[int]  # of tickets, newest first
    below: int | None = None  # where to go on: what is older was not looked at; None: nothing is left
