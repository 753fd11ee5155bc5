"""Slowing down whoever guesses: so many tries in so long a time, counted where all processes see it.

A try is counted before it is judged, so that many at once gain nothing, and is taken back when it was right. Of what is
counted (a mailbox, a place) only a hash is kept.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, delete, select, update

from console.tables import Throttle
from console.tokens import hash_of
from tickets.ledger.prepared import Insert, Prepared
from tickets.ledger.tx import Tx

WINDOW = timedelta(minutes=15)  # from the first try on

_THROTTLES = Throttle.__table__  # type: ignore[attr-defined]
_OF_KEY = _THROTTLES.c.key_hash == bindparam("of_key")


def _counting(insert: Insert) -> object:
    into = insert(_THROTTLES)
    is_over = _THROTTLES.c.began_at <= bindparam("over_before")
    return into.on_conflict_do_update(
        index_elements=["key_hash"],
        set_={
            "tries": case((is_over, 1), else_=_THROTTLES.c.tries + 1),
            "began_at": case((is_over, into.excluded.began_at), else_=_THROTTLES.c.began_at),
        },
    )


_COUNT = Prepared(_counting)  # type: ignore[arg-type]  # both dialects' inserts are executable
_TRIES = Prepared(select(_THROTTLES.c.tries).where(_OF_KEY))
_TAKE_BACK = Prepared(
    update(_THROTTLES).where(_OF_KEY, _THROTTLES.c.tries > 0).values(tries=_THROTTLES.c.tries - 1)
)
_FORGET = Prepared(delete(_THROTTLES).where(_OF_KEY))
_SWEEP = Prepared(delete(_THROTTLES).where(_THROTTLES.c.began_at <= bindparam("over_before")))


@dataclass(frozen=True, kw_only=True)
class Limit:
    """How often something may be tried within the window."""

    what: str
    most: int
    forgiven: bool = False  # one that was right clears those before it

    @property
    def key(self) -> str:
        return hash_of(self.what)


def at_the_door(email: str, place: str) -> tuple[Limit, ...]:
    """Return what bounds the guessing of a password: by one person's place, by the place, by the mailbox from anywhere."""
    near = neighbourhood(place)
    return (
        Limit(what=f"password {near} {email}", most=8, forgiven=True),
        Limit(what=f"place {near}", most=50),
        Limit(what=f"mailbox {email}", most=100),
    )


def second_step(email: str) -> tuple[Limit, ...]:
    """Return what bounds the guessing of a code. Whoever guesses has the password: where they come from says nothing."""
    return (Limit(what=f"code {email}", most=10, forgiven=True),)


def at_home(email: str) -> tuple[Limit, ...]:
    """Return what bounds the guessing of one's own password by somebody who sits at an open session."""
    return (Limit(what=f"own {email}", most=8, forgiven=True),)


def neighbourhood(place: str) -> str:
    """Return what one person can hardly leave at will: an address, of IPv6 its network of 64 bits."""
    try:
        address = ipaddress.ip_address(place)
    except ValueError:
        return place
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def too_many(tx: Tx, limits: Sequence[Limit], *, at: datetime) -> int:
    """Count a try, and return by how many there are too many: 0 lets it be judged, 1 is the first that is not."""
    over = 0
    for limit in sorted(
        limits, key=lambda each: each.key
    ):  # one order for all, so that none waits for the other
        tx.run(_COUNT, key_hash=limit.key, began_at=at, tries=1, over_before=at - WINDOW)
        row = tx.one(_TRIES, of_key=limit.key)
        assert row is not None
        over = max(over, row.tries - limit.most)
    return over


def was_right(tx: Tx, limits: Sequence[Limit]) -> None:
    """Take a try back that was none of a guesser."""
    for limit in sorted(limits, key=lambda each: each.key):
        tx.run(_FORGET if limit.forgiven else _TAKE_BACK, of_key=limit.key)


def sweep(tx: Tx, *, at: datetime) -> None:
    """Forget what is over; in a transaction of its own, for it takes rows in no order."""
    tx.run(_SWEEP, over_before=at - WINDOW)
