"""An open page is told nothing more once whoever sits at it is let in no longer."""

import httpx

from console.guard import LOOKS_EVERY, Guard
from tests.standins.serving import serving
from tests.tickets.desks import whatsapp


async def test_a_live_stream_ends_with_its_session_and_others_go_on(office, budi, rina):
    time = [0.0]
    office.app.state.guard = Guard(office.ledger, office.clock, clock=lambda: time[0])

    def cookies(visitor):
        return {"cookie": "; ".join(f"{name}={value}" for name, value in visitor.client.cookies.items())}

    async with (
        serving(office.app) as url,
        httpx.AsyncClient(base_url=url, timeout=10) as away,
        away.stream("GET", "/live", headers=cookies(budi)) as his,
        away.stream("GET", "/live", headers=cookies(rina)) as hers,
    ):
        heard = his.aiter_lines(), hers.aiter_lines()
        for lines in heard:
            assert await anext(lines) == "retry: 2000"
        await budi.sends(await budi.opens("/inbox"), "/logout")
        time[0] += LOOKS_EVERY
        office.receives(whatsapp("halo", sid="SM1"))
        assert "event: news" not in [line async for line in heard[0]]
        while await anext(heard[1]) != "event: news":
            pass
