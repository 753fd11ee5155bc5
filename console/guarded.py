"""Tries at the doors, as the pages make them: counted before they are judged, written down when they fail."""

from collections.abc import Sequence

from console.doors import Knock, throttle, trail
from console.doors.throttle import Limit
from console.doors.trail import Entry, Kind
from console.house import House
from tickets.ledger.tx import Tx


async def may_try(house: House, limits: Sequence[Limit], *, who: str, knock: Knock) -> bool:
    """Count a try. Whoever makes too many is written down once, not once a try."""
    now = house.clock()

    def count(tx: Tx) -> bool:
        over = throttle.too_many(tx, limits, at=now)
        if over == 1:
            trail.write(tx, Entry(kind=Kind.SLOWED, who=who, knock=knock), at=now)
        return over == 0

    return await house.ledger.write(count, name="door")


async def failed(house: House, kind: Kind, *, who: str, knock: Knock, **about: str) -> None:
    now = house.clock()
    entry = Entry(kind=kind, who=who, knock=knock, data=about)
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=now), name="door")
