"""Whoever watches the service reads there what only a person can mend."""

import httpx
import pytest
from starlette.applications import Starlette

from bot.accounts.adapters import Adapters
from bot.accounts.building import Channels
from bot.jobs import SECONDS
from bot.service.health import Health, late_loops
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


def test_a_job_is_late_when_it_has_missed_its_turns_and_not_while_it_waits_for_the_next():
    for name, seconds in SECONDS.items():
        assert late_loops({name: seconds + 1.0}) == []
        assert late_loops({name: max(3 * seconds, 30) + 1.0}) == [name]
