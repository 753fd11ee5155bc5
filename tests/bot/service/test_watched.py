"""A process without the web tells how it is on a port of its own."""

import asyncio
import socket

import httpx
import pytest

from bot.service.health import Health
from bot.service.http import answer_watchers
from bot.service.metrics import Metrics


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_watchers_are_answered_and_nobody_else(ledger):
    metrics = Metrics()
    metrics.settled("unit/email", "sent")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        answering = asyncio.create_task(answer_watchers(Health(ledger, metrics), listening))
        async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
            assert (await http.get("/healthz")).text == "ok"
            assert (await http.get("/readyz")).json()["ready"] is True
            assert 'tanggap_deliveries_total{account="unit/email",outcome="sent"} 1.0' in (
                await http.get("/metrics")
            ).text  # fmt: skip
            assert (await http.get("/")).status_code == 404
        answering.cancel()
        with pytest.raises(asyncio.CancelledError):
            await answering
