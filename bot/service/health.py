"""`/healthz` (the process lives), `/readyz` (it can do its work), `/metrics`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.service.metrics import Beat, Metrics
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.ledger.writer import StoreUnavailableError

LATE = 30.0  # a loop that has not gone round for so many seconds is stuck, …
MISSED = 3.0  # … or one that has let so many turns pass, where it rests for longer
LONG_TURNS: Mapping[str, float] = {"listen": 180.0, "holidays": 180.0}  # what asks others may take minutes


class Health:
    def __init__(
        self, ledger: Ledger, metrics: Metrics, *, troubles: Callable[[], Mapping[str, str]] = dict,
        matchers: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:  # fmt: skip
        """`troubles`: of accounts that only a person can help, each with a sentence; `matchers`: how each desk's stands."""
        self._ledger = ledger
        self._metrics = metrics
        self._troubles = troubles
        self._matchers = matchers

    def routes(self) -> Sequence[BaseRoute]:
        return (
            Route("/healthz", self._healthz, methods=["GET"]),
            Route("/readyz", self._readyz, methods=["GET"]),
            Route("/metrics", self._metrics_page, methods=["GET"]),
        )

    async def _healthz(self, _request: Request) -> Response:
        return PlainTextResponse("ok")

    async def _readyz(self, _request: Request) -> Response:
        beats = self._metrics.beats()
        late = late_loops(beats)
        store = await self._store_answers()
        body = {
            "ready": store and not late,
            "store": store,
            "late": late,
            "behind": {group: round(age, 1) for group, age in self._metrics.behind.items()},
            "troubles": dict(self._troubles()),
            "matchers": dict(self._matchers()),
            "loops": {name: round(beat.age, 1) for name, beat in beats.items()},
        }
        return JSONResponse(body, status_code=200 if body["ready"] else 503)

    async def _metrics_page(self, _request: Request) -> Response:
        return Response(self._metrics.exposition(), media_type="text/plain; version=0.0.4")

    async def _store_answers(self) -> bool:
        try:
            await self._ledger.write(_nothing, name="ready")
        except StoreUnavailableError:
            return False
        return True


def late_loops(beats: Mapping[str, Beat]) -> list[str]:
    """Return the loops that have not gone round for too long."""
    return [name for name, beat in beats.items() if beat.age > _longest(name, beat.every)]


def _longest(loop: str, every: float) -> float:
    return max(LONG_TURNS.get(loop.partition(":")[0], LATE), MISSED * every)


def _nothing(_tx: Tx) -> None:
    """Ask the writer for nothing but to answer."""
