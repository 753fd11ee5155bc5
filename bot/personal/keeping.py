"""What a desk has kept for as long as it says goes by night: what was said on tickets, and who wrote them.

A ticket counts from its closing. One whose procedures are not over, or whose bills are not paid, stays whole, and so does one
of which the archive keeps a case. Rows, figures and the numbers of closed months stay. What a night removes is one record,
to which each piece is added in its own transaction; a stop leaves the rest to the next turn.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.desks import OpenDesk
from bot.personal.erasing import dropped, noted
from bot.personal.wiping import Cause, cause, wipe_contact, wipe_ticket
from procedures import discarding
from tickets import removals
from tickets.actor import SYSTEM
from tickets.erasure import Thing
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.personal import alone, keeping
from tickets.personal.keeping import Due
from tickets.personal.wiping import Wiped
from tickets.removals import RETENTION

AT_ONCE = 100  # tickets that are read at a time; each is removed in a transaction of its own
PARCELS = 5_000
MOST = 5_000  # tickets of a desk in one turn


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """What a turn would remove."""

    before: datetime
    tickets: int
    contacts: int  # of whom nothing else is kept today
    cases: int
    raw: int  # events as they came, which belong to no ticket


class Keeping:
    def __init__(self, ledger: Ledger, *, clock: Callable[[], datetime]) -> None:
        self._ledger, self._clock = ledger, clock

    async def foresee(self, desk: OpenDesk, before: datetime, *, most: int = MOST) -> Foreseen:
        """Say what has been kept for long enough; nothing is changed."""
        read = self._ledger.read
        return Foreseen(
            before=before,
            tickets=await read(partial(keeping.how_many, desk=desk.slug, before=before)),
            contacts=len(
                await read(partial(keeping.quiet, desk=desk.slug, before=before, above=0, most=most))
            ),
            cases=len(
                await self._ledger.write(partial(discarding.due, desk=desk.slug, before=before, most=most))
            ),
            raw=await read(partial(alone.how_many, desk=desk.slug, before=before)),
        )

    async def turn(self, desk: OpenDesk, before: datetime, *, most: int = MOST) -> Mapping[Thing, int]:
        """Remove what a desk has kept for long enough, `most` tickets and contacts of each; what that was."""
        why = cause(desk, why=RETENTION, who=SYSTEM.key)
        removal = await self._ledger.write(partial(_record, desk=desk.slug, before=before, at=self._clock()))
        await self._tickets(desk.slug, removal, why, before, most=most)
        await self._contacts(desk.slug, removal, why, before, most=most)
        while await self._alone(desk.slug, removal, before):
            pass
        while await self._ledger.write(
            partial(keeping.empty_parcels, desk=desk.slug, before=before, most=PARCELS), name="retain"
        ):
            pass
        all_gone = await dropped(self._ledger, removal, self._clock())
        return await self._ledger.write(
            partial(_settled, removal=removal, all_gone=all_gone, at=self._clock()), name="retain"
        )

    async def _tickets(self, desk: str, removal: int, why: Cause, before: datetime, *, most: int) -> None:
        after: Due | None = None
        for _ in range(0, most, AT_ONCE):
            found = await self._ledger.read(
                partial(keeping.due, desk=desk, before=before, after=after, most=min(AT_ONCE, most))
            )
            for each in found:
                job = partial(_ticket, number=each.number, cause=why, at=self._clock())
                await self._ledger.write(partial(noted, removal=removal, job=job), name="retain")
            if len(found) < AT_ONCE:
                return
            after = found[-1]

    async def _alone(self, desk: str, removal: int, before: datetime) -> bool:
        """Empty some of what came in and belongs to no ticket; whether there was any."""
        job = partial(alone.empty, desk=desk, before=before, most=AT_ONCE, at=self._clock())
        wiped = await self._ledger.write(partial(noted, removal=removal, job=job), name="retain")
        return bool(wiped.counts)

    async def _contacts(self, desk: str, removal: int, why: Cause, before: datetime, *, most: int) -> None:
        found = await self._ledger.read(partial(keeping.quiet, desk=desk, before=before, above=0, most=most))
        for each in found:
            job = partial(wipe_contact, key=each, cause=why, at=self._clock())
            await self._ledger.write(partial(noted, removal=removal, job=job), name="retain")


def _record(tx: Tx, *, desk: str, before: datetime, at: datetime) -> int:
    """Return the record of this turn: the one that was not done with, or a new one."""
    begun = removals.begun(tx, desk)
    if begun is not None:
        return begun.id
    return removals.begin(tx, desk=desk, kind=RETENTION, by=SYSTEM.key, before=before, at=at)


def _settled(tx: Tx, *, removal: int, all_gone: bool, at: datetime) -> Mapping[Thing, int]:
    """End the record, unless a file is still to go; one of nothing is not kept."""
    now = removals.load(tx, removal)
    if not now.counts:
        removals.forget(tx, removal)
    elif all_gone:
        removals.done(tx, removal, at=at)
    return now.counts


def _ticket(tx: Tx, *, number: int, cause: Cause, at: datetime) -> Wiped:
    if discarding.hindered(tx, number) or discarding.is_filed(tx, number):
        return Wiped()
    return wipe_ticket(tx, number, cause, at=at)
