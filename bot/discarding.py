"""What was kept for long enough goes: archived cases, and by night tickets, files of old reports, commands upon no ticket.

The rows go first, in small batches; then the files that nothing names any more, each by itself. A stop in between leaves
a file that nobody asks for, never a row without its file.
"""

import math
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from bot.desks import Desks, OpenDesk
from bot.named_files import unneeded
from bot.personal.keeping import Keeping
from bot.voice import staff_voice
from procedures import discarding
from reports.filed import keeping
from tickets.erasure import Thing
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.personal import alone, looks

FEW = 20  # at a time
COMMANDS = 100
MOST = 1_000  # reports of a desk in one turn
A_DAY = timedelta(days=1)

Gone = tuple[int, tuple[str, ...]]  # how many, and the files that nothing names any more
Batch = Callable[[Tx], Gone]


class Discarding:
    def __init__(self, ledger: Ledger, desks: Desks, *, clock: Callable[[], datetime]) -> None:
        self._ledger, self._desks, self._clock = ledger, desks, clock
        self._keeping = Keeping(ledger, clock=clock)

    async def turn(self) -> None:
        """Delete what is over; of tickets and reports only while it is night at their desk."""
        now = self._clock()
        nights = []
        for desk in self._desks:
            night = keeping.is_night(now.astimezone(desk.now.desk.calendar.tz))
            nights.append(night)
            retention = desk.now.desk.retention
            if retention is not None:
                await self.cases(desk, retention.cutoff(now), now)
            if night:
                await self._ledger.write(partial(looks.forget, now=now), name="discard")
            if retention is not None and night:
                await self._keeping.turn(desk, retention.cutoff(now))
            kept = desk.now.desk.supervision.reports_kept
            if kept is not None and night:
                await self.reports(desk, kept.cutoff(now), now)
        if any(nights):
            await self.commands(now)

    def kept_by_none(self, now: datetime) -> datetime | None:
        """Return from before when no desk keeps anything; None where one keeps all, or there is none."""
        kept = [desk.now.desk.retention for desk in self._desks]
        cutoffs = [each.cutoff(now) for each in kept if each is not None]
        return min(cutoffs) if cutoffs and len(cutoffs) == len(kept) else None

    async def commands(self, now: datetime) -> int:
        """Empty what pages and programs commanded outside any ticket, once no desk keeps it any more; how many.

        Nobody knows of which desk it was: the one that keeps the longest says when it goes.
        """
        before = self.kept_by_none(now)
        return 0 if before is None else await self._all(partial(_commands, before=before, at=now), now)

    async def cases(self, desk: OpenDesk, before: datetime, now: datetime) -> int:
        """Delete the cases that ended before an instant; how many."""
        return await self._all(partial(_cases, desk=desk, before=before, at=now), now)

    async def reports(self, desk: OpenDesk, before: datetime, now: datetime) -> int:
        """Delete the files of reports that were made before an instant; how many."""
        return await self._all(partial(_reports, desk=desk, before=before, at=now), now, most=MOST)

    async def _all(self, batch: Batch, now: datetime, *, most: float = math.inf) -> int:
        """Let go of one batch after another until there is none, or about so many are gone; how many went."""
        done = 0
        while done < most:
            many, files = await self._ledger.write(batch, name="discard")
            await self._drop(files, now)
            done += many
            if not many:
                break
        return done

    async def _drop(self, files: Iterable[str], now: datetime) -> None:
        for file in files:
            await self._ledger.put_aside(partial(self._ledger.blobs.drop, file, unless_since=now - A_DAY))


def _cases(tx: Tx, *, desk: OpenDesk, before: datetime, at: datetime) -> Gone:
    found = discarding.due(tx, desk=desk.slug, before=before, most=FEW)
    language = staff_voice(desk).language
    files = {file for case in found for file in discarding.discard(tx, case, language=language, at=at)}
    return len(found), unneeded(tx, sorted(files))


def _commands(tx: Tx, *, before: datetime, at: datetime) -> Gone:
    wiped = alone.empty_commands(tx, before=before, most=COMMANDS, at=at)
    return wiped.counts.get(Thing.RAW, 0), unneeded(tx, sorted(wiped.files))


def _reports(tx: Tx, *, desk: OpenDesk, before: datetime, at: datetime) -> Gone:
    files = keeping.discard(tx, desk=desk.slug, before=before, most=FEW, at=at)
    return len(files), unneeded(tx, sorted({*files}))
