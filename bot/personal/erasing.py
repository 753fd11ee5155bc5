"""A person is erased, piece by piece, so that nothing waits for it; whoever comes next goes on where it was left.

The contact goes first: whoever writes from the address meanwhile is somebody new. Then what left for them, their tickets one
by one, what they wrote on tickets of others, and the files of reports that name them. Each piece is a transaction, and all of them may be done again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.desks import Desks, OpenDesk
from bot.named_files import unneeded
from bot.personal.wiping import cause, wipe_contact, wipe_elsewhere, wipe_ticket
from reports.filed import keeping
from reports.making import queue as makings
from tickets import removals
from tickets import ticket as tickets_
from tickets.erasure import Thing
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.personal import forgetting
from tickets.personal.whose import Theirs, theirs
from tickets.personal.wiping import Wiped
from tickets.removals import RemovalNow

PARCELS = 5_000  # rows that are looked at in one transaction
NEW, A_DAY = timedelta(minutes=10), timedelta(days=1)


class Erasing:
    def __init__(self, ledger: Ledger, desks: Desks, *, clock: Callable[[], datetime]) -> None:
        self._ledger, self._desks, self._clock = ledger, desks, clock

    async def turn(self) -> int:
        """Go on with every erasure that is not done; how many are not yet, for something is under way to a provider."""
        waiting = 0
        for removal in await self._ledger.write(removals.pending, name="erase"):
            desk = self._desks.get(removal.desk)
            if desk is not None and not await self._erase(desk, removal):
                waiting += 1
        return waiting

    async def _erase(self, desk: OpenDesk, removal: RemovalNow) -> bool:
        assert removal.contact is not None
        why = cause(desk, why=removal.kind, who=removal.by)
        whose = await self._ledger.write(partial(theirs, contact=removal.contact), name="erase")
        for contact in whose.contacts:
            await self._step(removal, partial(wipe_contact, key=contact, cause=why, at=self._clock()))
        leaving = [await self._parcels(contact, removal.desk) for contact in whose.contacts]
        for number in whose.tickets:
            await self._step(removal, partial(wipe_ticket, number=number, cause=why, at=self._clock()))
        for number in whose.elsewhere:
            piece = partial(wipe_elsewhere, number=number, whose=whose, cause=why, at=self._clock())
            await self._step(removal, piece)
        await self._step(removal, partial(_reports, whose=whose, desk=removal.desk, at=self._clock()))
        if not await dropped(self._ledger, removal.id, self._clock()) or any(leaving):
            return False
        await self._ledger.write(partial(removals.done, removal=removal.id, at=self._clock()), name="erase")
        return True

    async def _step(self, removal: RemovalNow, job: Callable[[Tx], Wiped]) -> None:
        """Do one piece, and write down in the same transaction what it was and which files may go with it."""
        await self._ledger.write(partial(noted, removal=removal.id, job=job), name="erase")

    async def _parcels(self, contact: int, desk: str) -> bool:
        """Empty what left, many rows at a time; whether something of it is under way."""
        above: int | None = 0
        leaving = False
        while above is not None:
            emptied = partial(
                forgetting.parcels, contact=contact, desk=desk, above=above, most=PARCELS, at=self._clock()
            )
            above, under_way = await self._ledger.write(emptied, name="erase")
            leaving = leaving or under_way
        return leaving


def noted(tx: Tx, *, removal: int, job: Callable[[Tx], Wiped]) -> Wiped:
    """Do one piece of a removal, and write it down."""
    wiped = job(tx)
    if wiped.counts or wiped.files:
        removals.note(tx, removal, wiped.counts, wiped.files)
    return wiped


async def dropped(ledger: Ledger, removal: int, now: datetime) -> bool:
    """Delete the files of a removal that nothing names any more; False while one is too new.

    A file that was put just now may be somebody else's, whose message is about to be written.
    """

    def free(tx: Tx) -> tuple[str, ...]:
        return unneeded(tx, removals.load(tx, removal).files)

    young = []
    for file in await ledger.write(free, name="erase"):
        gone = await ledger.put_aside(partial(ledger.blobs.drop, file, unless_since=now - NEW))
        if not gone and await ledger.put_aside(ledger.blobs.size, file) is not None:
            young.append(file)
    await ledger.write(partial(removals.leave, removal=removal, files=young), name="erase")
    return not young


def _reports(tx: Tx, *, whose: Theirs, desk: str, at: datetime) -> Wiped:
    """Let go of the files of reports and exports that may name them."""
    wiped = Wiped()
    months = {month for number in (*whose.tickets, *whose.elsewhere) for month in _months(tx, number)}
    for month in sorted(months):
        files = keeping.discard_month(tx, desk=desk, month=month, at=at)
        wiped.count(Thing.REPORTS, len(files))
        wiped.files |= set(files)
    wiped.count(Thing.REPORTS, makings.expire_all(tx, desk, at=at))
    return wiped


def _months(tx: Tx, number: int) -> set[str]:
    """Return the months in whose reports a ticket may stand, as 2026-10; local days may be one off."""
    ticket = tickets_.load(tx, number)
    day, last = ticket.created_at - A_DAY, (ticket.closed_at or ticket.updated_at) + A_DAY
    months = {last.strftime("%Y-%m")}
    while day < last:
        months.add(day.strftime("%Y-%m"))
        day += A_DAY
    return months
