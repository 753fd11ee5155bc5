"""How sure a suggestion must be at each desk before its reply goes out by itself: worked out beside the conversation.

Each process works it out for itself from the predictions that were judged, when there are new ones; a message that
comes in only reads the figure.
"""

import asyncio
from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.desks import Desks
from bot.service.metrics import Metrics
from reports.quality import gate_of
from tickets.ledger.store import Ledger
from tickets.views.matching import last_settled_at

SECONDS = 15.0


class Gates:
    def __init__(self, ledger: Ledger, desks: Desks, *, metrics: Metrics) -> None:
        self._ledger = ledger
        self._desks = desks
        self._metrics = metrics
        self._seen: dict[str, datetime] = {}  # when something was last judged that counts already
        self._earned: dict[str, float | None] = {}

    async def run(self) -> None:
        """Look again and again. What was judged counts a little later, and nobody waits for it."""
        while True:
            await self.turn()
            self._metrics.beat("gates", every=SECONDS)
            await asyncio.sleep(SECONDS)

    async def turn(self) -> None:
        """Work out anew what desks have earned since the last time."""
        newest = await self._ledger.read(last_settled_at)
        for desk in self._desks:
            judged_at = newest.get(desk.slug)
            if judged_at is not None and self._seen.get(desk.slug) != judged_at:
                self._earned[desk.slug] = await self._ledger.read(partial(_earned, desk.slug))
                self._seen[desk.slug] = judged_at
            earned_now = self._earned.get(desk.slug)
            if earned_now != desk.threshold:
                self._desks.earn(desk.slug, earned_now)


def _earned(desk: str, session: Session) -> float | None:
    return gate_of(session, desk).threshold
