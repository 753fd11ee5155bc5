"""Whoever watches the service reads there what only a person can mend."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette

from bot.accounts.adapters import Adapters
from bot.accounts.building import Channels
from bot.service.health import Health
from bot.service.loops import turn_by_turn
from bot.service.metrics import Metrics
from channels.email.oauth import OAuth, TokenRefusedError, Tokens
from tests.standins.authority import CLIENT, REFRESH, SECRET, running_authority


async def test_a_mailbox_whose_permission_was_revoked_is_named_with_the_reason(ledger):
    async with running_authority() as authority:
        oauth = OAuth(
            provider=authority.token_url, client_id=CLIENT, client_secret=SECRET, refresh_token=REFRESH
        )
        tokens = Tokens(oauth, account="itb/email")
        channels = Channels(adapters=Adapters({}), tokens={"itb/email": tokens})
        health = Health(ledger, Metrics(), troubles=channels.troubles)
        door = httpx.ASGITransport(Starlette(routes=list(health.routes())))
        async with httpx.AsyncClient(transport=door, base_url="http://desk.test") as client:
            assert (await client.get("/readyz")).json()["troubles"] == {}
            authority.revoke()
            with pytest.raises(TokenRefusedError):
                await tokens.token()
            told = (await client.get("/readyz")).json()["troubles"]
    assert "access was revoked" in told["itb/email"]


async def test_a_loop_is_late_when_it_has_missed_its_turns_and_not_while_it_waits_for_the_next(ledger):
    now = 0.0
    metrics = Metrics(seconds=lambda: now)
    gone_round = asyncio.Event()

    async def turn():
        gone_round.set()
        return 0

    metrics.beat("sweep", every=1)
    loop = asyncio.create_task(turn_by_turn("reconcile", turn, ledger=ledger, metrics=metrics, seconds=60.0))
    await gone_round.wait()
    loop.cancel()
    door = httpx.ASGITransport(Starlette(routes=list(Health(ledger, metrics).routes())))
    async with httpx.AsyncClient(transport=door, base_url="http://desk.test") as client:
        late = {}
        for now in (29.0, 61.0, 181.0):
            late[now] = (await client.get("/readyz")).json()["late"]
    assert late == {29.0: [], 61.0: ["sweep"], 181.0: ["reconcile", "sweep"]}
