"""The door of a practice account, behind which the adapter is made when somebody comes."""

import asyncio
from http import HTTPStatus

import httpx
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.accounts.practice import LateDoor, Practice


class Adapter:
    made = 0

    def __init__(self) -> None:
        type(self).made += 1

    def routes(self, inlet):
        async def take(request):
            return PlainTextResponse(f"{inlet} heard {(await request.body()).decode()}")

        return [Route("/channels/telegram/desk", take, methods=["POST"])]


async def test_nothing_is_made_until_somebody_comes_and_then_once_for_all():
    Adapter.made = 0
    app = Starlette(routes=Practice(LateDoor("/channels/telegram/desk", Adapter)).routes("the house"))
    assert Adapter.made == 0
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk.test") as contact:
        answers = await asyncio.gather(
            *(contact.post("/channels/telegram/desk", content=str(n)) for n in range(3))
        )
        assert [each.text for each in answers] == [f"the house heard {number}" for number in range(3)]
        assert (await contact.get("/channels/telegram/desk")).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert Adapter.made == 1
