"""Typesetting papers: a loop of its own, in a process apart, so that no message and no page waits for one."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol

import structlog

from bot.apart.reckoning import Reckoner, ReckoningError
from procedures.papers import typesetting_queue as queue
from procedures.papers.rows import PaperNow, page_of
from procedures.papers.typesetting import Fault, Job, Typeset, attempt, draft_mark
from procedures.papers.typesetting_queue import Order
from procedures.papers.values import settled
from tickets.ledger.blobs import Stored, safe_name
from tickets.ledger.store import Ledger

log = structlog.get_logger()

LONGEST_SECONDS, MOST_MEMORY = 30.0, 2_000_000_000  # of one paper


def press() -> Reckoner:
    """Return where papers are typeset: a process apart that is ended when it takes too much, and finds no network."""
    return Reckoner(seconds=LONGEST_SECONDS, memory=MOST_MEMORY, network=False)


class Apart(Protocol):
    async def __call__(self, call: Callable[[Job], Typeset | Fault], job: Job, /) -> Typeset | Fault:
        """Do it where it harms nobody. Raises ReckoningError."""


class PaperPress:
    def __init__(
        self, ledger: Ledger, *, apart: Apart, public_url: str, clock: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._apart = apart
        self._public_url = public_url.rstrip("/")
        self._clock = clock

    async def turn(self) -> int:
        """Typeset what is due; how many were tried."""
        now = self._clock()
        orders = await self._ledger.write(lambda tx: queue.claim(tx, now=now), name="papers")
        for order in orders:
            await self._print(order)
        return len(orders)

    async def _print(self, order: Order) -> None:
        paper = order.paper
        try:
            made = await self._apart(attempt, self._job(order))
        except ReckoningError as error:
            if paper.attempts + 1 >= queue.TRIES:
                await self._give_up(paper, str(error))
            return
        if isinstance(made, Fault):
            await self._give_up(paper, made.said)
        else:
            await self._keep(paper, made)

    def _job(self, order: Order) -> Job:
        paper = order.paper
        values = settled(paper.content, paper.number)
        return Job(
            values=values,
            template=paper.template or str(values["kind"]),
            files=order.files,
            link=None if values["draft"] else self._public_url + page_of(paper.token),
            at=paper.final_at or paper.made_at,
        )

    async def _keep(self, paper: PaperNow, made: Typeset) -> None:
        blobs = self._ledger.blobs
        sha256 = await self._ledger.put_aside(blobs.put_unbounded, made.content)
        previews = [await self._ledger.put_aside(blobs.put_unbounded, each) for each in made.previews]
        parts = (draft_mark(paper.content), paper.title, paper.number)
        file = Stored(
            name=safe_name(" ".join(part.replace("/", "-") for part in parts if part) + made.suffix),
            type=made.type, size=len(made.content), sha256=sha256, state="stored",
        )  # fmt: skip
        await self._ledger.write(
            partial(queue.keep, order=paper, file=file, previews=tuple(previews), at=self._clock()),
            name="papers",
        )

    async def _give_up(self, paper: PaperNow, error: str) -> None:
        log.warning("paper.failed", paper=paper.id, desk=paper.desk)
        await self._ledger.write(
            partial(queue.give_up, order=paper, error=error, at=self._clock()), name="papers"
        )
