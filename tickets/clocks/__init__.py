"""The clocks of a ticket: which promise runs, since when, until when; met, breached, paused.

Everything here is derived from the ticket's events by pure functions. `fold` takes one event further; `derive` folds
all of them from nothing, and the two agree by construction. What starts, meets, pauses and ends a clock is data
(`ClockRule`), so that procedures can bring a rule of their own without this room hearing of them.

All instants are aware UTC. A met clock carries the instant at which it was met, a breached one the instant at which
the promise ran out, whoever looked when.
"""

from tickets.clocks.carried import CLOCKS, to_data
from tickets.clocks.folding import TAKE_BACK, UNDONE, derive, fold, standing, touches_clocks
from tickets.clocks.rules import RULES, ClockRule
from tickets.clocks.values import (
    FIRST_RESPONSE,
    NEXT_RESPONSE,
    RESOLUTION,
    SECOND_LINE,
    ClockState,
    Happening,
    TermsOf,
)

__all__ = [
    "CLOCKS",
    "FIRST_RESPONSE",
    "NEXT_RESPONSE",
    "RESOLUTION",
    "RULES",
    "SECOND_LINE",
    "TAKE_BACK",
    "UNDONE",
    "ClockRule",
    "ClockState",
    "Happening",
    "TermsOf",
    "derive",
    "fold",
    "standing",
    "to_data",
    "touches_clocks",
]
