"""`/healthz` (the process lives), `/readyz` (it can do its work), `/metrics`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.jobs import SECONDS
from bot.service.metrics import Metrics
from tickets.ledger.store import Ledger
from tickets.ledger.writer import StoreUnavailableError, Tx

LATE_ELSE = 30.0
# A loop that has not gone round for so many seconds is stuck: a job that has missed two turns, a listener after minutes.
LATE: Mapping[str, float] = {
    **{name: max(LATE_ELSE, 3.0 * seconds) for name, seconds in SECONDS.items()},
    **dict.fromkeys(("listen", "holidays"), 180.0),
}


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
        ages = self._metrics.ages()
        late = late_loops(ages)
        store = await self._store_answers()
        body = {
            "ready": store and not late,
            "store": store,
            "late": late,
            "behind": {group: round(age, 1) for group, age in self._metrics.behind.items()},
            "troubles": dict(self._troubles()),
            "matchers": dict(self._matchers()),
            "loops": {name: round(age, 1) for name, age in ages.items()},
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


def late_loops(ages: Mapping[str, float]) -> list[str]:
    """Return the loops that have not gone round for too long."""
    return [name for name, age in ages.items() if age > LATE.get(name.partition(":")[0], LATE_ELSE)]


def _nothing(_tx: Tx) -> None:
    """Ask the writer for nothing but to answer."""
