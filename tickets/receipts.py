"""How an outgoing message's state moves: pure rules over what providers tell, in whatever order they tell it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from tickets.message import Delivery

_RANK = {
    Delivery.QUEUED: 0,
    Delivery.SENDING: 1,
    Delivery.UNKNOWN: 2,
    Delivery.SENT: 3,
    Delivery.FAILED: 4,
    Delivery.DELIVERED: 5,
    Delivery.READ: 6,
}


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long what could not be sent waits for its next try, and for how long it is tried at all."""

    first_wait: timedelta
    longest_wait: timedelta
    gives_up_after: timedelta


PEOPLE_WAIT = Patience(
    first_wait=timedelta(seconds=2), longest_wait=timedelta(minutes=5), gives_up_after=timedelta(hours=24)
)
# What may stand in a group already: each try is perhaps one more copy for people to read over.
REPEATS_WAIT = Patience(
    first_wait=timedelta(seconds=5), longest_wait=timedelta(minutes=30), gives_up_after=timedelta(days=365)
)
# A program's outage may last a weekend, and nobody looks at their screen meanwhile.
PROGRAMS_WAIT = Patience(
    first_wait=timedelta(seconds=5), longest_wait=timedelta(hours=2), gives_up_after=timedelta(days=3)
)


def advance(known: Delivery, told: Delivery) -> Delivery:
    """Return the state after the provider told one; it never goes backwards.

    A failure outranks *sent* but not *delivered*: what has arrived has arrived. An unknown outcome gives way to
    whatever is known.
    """
    return told if _RANK[told] > _RANK[known] else known


def overall(parts: Iterable[Delivery]) -> Delivery:
    """Return the state of a message that left in several parts: a failed part fails it, else the slowest counts."""
    states = list(parts)
    if Delivery.FAILED in states:
        return Delivery.FAILED
    return min(states, key=_RANK.__getitem__)


def wait_before_retry(attempts: int, asked: timedelta | None, patience: Patience = PEOPLE_WAIT) -> timedelta:
    """Return how long to wait after so many attempts; what the provider asks for counts if it is longer."""
    doubled = patience.first_wait * (1 << max(0, min(attempts, 16) - 1))
    own: timedelta = min(doubled, patience.longest_wait)
    return max(own, asked) if asked is not None else own
