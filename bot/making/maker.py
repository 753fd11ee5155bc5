"""Makes the files that people have asked for: takes the next, notes how far it is, and lets old ones go."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import structlog
from sqlmodel import Session

from bot.desks import Desks, OpenDesk
from bot.making.apart import BrokenOffError, MakesFiles
from bot.reporting.monthly_reports import known_of
from reports.errors import ReportError
from reports.exports.lines import Whose
from reports.filed import filing
from reports.filed.closing import close_as_asked
from reports.filed.filing import Occasion
from reports.making import queue, shelf
from reports.making.order import Order, Surroundings
from reports.making.work import Made, Refused, Task, refusal
from reports.progress import Progress, Stage
from tickets.ledger.prepared import Row
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx

NOTED_EVERY = 1.0  # seconds
MOST_AT_ONCE = 50  # old ones that are let go
NO_DESK = "NoDesk"

log = structlog.get_logger()


class Maker:
    def __init__(
        self, ledger: Ledger, desks: Desks, *, apart: MakesFiles, search_index: Path,
        clock: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self._ledger, self._desks, self._apart, self._clock = ledger, desks, apart, clock
        self._search_index = search_index
        self._making: asyncio.Task[None] | None = None

    async def turn(self) -> int:
        """Let old files go, and begin the next, if none is being made; how many were let go or begun."""
        gone = await self._let_go()
        if self._making is not None and not self._making.done():
            return gone
        row = await self._ledger.write(lambda tx: queue.take(tx, now=self._clock()), name="making")
        if row is None:
            return gone
        self._making = asyncio.create_task(self._make(row))
        return gone + 1

    async def drain(self) -> None:
        """Make all that is waiting: for tests."""
        while await self.turn():
            if self._making is not None:
                await self._making

    async def close(self) -> None:
        """Break off what is being made; it begins anew after the next start."""
        if self._making is not None:
            self._making.cancel()
            with suppress(asyncio.CancelledError):
                await self._making

    async def _make(self, row: Row) -> None:
        try:
            await self._made(row)
        except BrokenOffError as error:
            log.warning("making.broken_off", making=row.id, desk=row.desk, says=str(error))
            await self._ledger.write(lambda tx: queue.break_off(tx, row.id, at=self._clock()), name="making")
        except Exception:
            log.exception("making.failed", making=row.id, desk=row.desk)
            await self._ledger.write(lambda tx: queue.break_off(tx, row.id, at=self._clock()), name="making")

    async def _made(self, row: Row) -> None:
        order = Order.from_data(row.ordered)
        found = {slug: self._desks.get(slug) for slug in (row.desk, *order.beside)}
        gone = [slug for slug, desk in found.items() if desk is None]
        if gone:
            refused = Refused(failure=NO_DESK, why=f"there is no desk {gone[0]} any more", about={})
            await self._settle(row, refused)
            return
        own, *beside = (desk for desk in found.values() if desk is not None)
        around = await self._ledger.read(lambda session: self._around(session, own, beside))
        task = Task(
            key=row.id, order=order, around=around,
            to=shelf.path_of(self._ledger.blobs, row.id, order.format), database_url=self._ledger.url, files=self._ledger.files,
            bucket=self._ledger.bucket, search_index=self._search_index,
        )  # fmt: skip
        outcome = await self._watched(row.id, task)
        if outcome is None or not await self._settle(row, outcome):
            await self._ledger.put_aside(shelf.remove, self._ledger.blobs, row.id)

    def _around(self, session: Session, own: OpenDesk, beside: Sequence[OpenDesk]) -> Surroundings:
        return Surroundings(
            desk=own.now.desk, known=known_of(session, own), now=self._clock(),
            beside=[Whose(desk=each.now.desk, known=known_of(session, each)) for each in beside],
        )  # fmt: skip

    async def _watched(self, key: int, task: Task) -> Made | Refused | None:
        """Make it and note now and then how far it is; None: nobody wants it any more."""
        newest = Progress(what=Stage.READING)

        def hear(progress: Progress) -> None:
            nonlocal newest
            newest = progress

        work = asyncio.ensure_future(self._apart(task, hear))
        try:
            while not work.done():
                await asyncio.wait({work}, timeout=NOTED_EVERY)
                if not await self._note(key, newest):
                    return None
            return work.result()
        finally:
            if not work.done():
                work.cancel()
                with suppress(asyncio.CancelledError):
                    await work

    async def _note(self, key: int, progress: Progress) -> bool:
        at = self._clock()
        return await self._ledger.write(lambda tx: queue.tell(tx, key, progress, at=at), name="making")

    async def _settle(self, row: Row, outcome: Made | Refused) -> bool:
        """Write down what came of it; False: nobody wants it any more."""
        at = self._clock()

        def settle(tx: Tx) -> bool:
            if not queue.is_running(tx, row.id):
                return False
            if isinstance(outcome, Refused):
                queue.fail(tx, row.id, outcome.failure, outcome.why, outcome.about, at=at)
                return True
            report = _filed(tx, outcome, by=row.asked_by)
            queue.finish(tx, row.id, name=outcome.name, size=outcome.size, report=report, at=at)
            return True

        try:
            return await self._ledger.write(settle, name="making")
        except ReportError as refused:  # the month was closed meanwhile
            return await self._settle(row, refusal(refused))

    async def _let_go(self) -> int:
        now = self._clock()
        old = await self._ledger.read(lambda session: queue.expired(session, now=now, most=MOST_AT_ONCE))
        for key in old:
            await self._ledger.put_aside(shelf.remove, self._ledger.blobs, key)
        if old:
            await self._ledger.write(lambda tx: queue.forget(tx, old), name="making")
        return len(old)


def _filed(tx: Tx, made: Made, *, by: str) -> int | None:
    """File the report that was made, and close the month that it closes; its id. Raises ReportError."""
    if made.printed is None:
        return None
    occasion = Occasion.ASKED if made.closes is None else Occasion.CLOSED
    report = filing.put(tx, made.printed, by=by, occasion=occasion)
    if made.closes is not None:
        close_as_asked(tx, made.closes, filed=report, by=by)
    return report
