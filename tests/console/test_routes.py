"""Routes that are described when they are first asked for, and what FastAPI would have refused at once."""

import httpx
import pytest
from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute

from console.routes import Router


async def test_a_route_is_found_by_path_and_method_and_described_by_its_first_request():
    asked = []
    router = Router()

    @router.get("/echo/{word}")
    async def echo(word: int) -> dict[str, int]:
        return {"said": word}

    refused = {401: {"description": "Nobody we know"}}
    app = FastAPI(routes=router.under("/below", [Depends(lambda: asked.append("who"))], refused))
    [route] = (each for each in app.routes if isinstance(each, APIRoute))
    assert "dependant" not in vars(route)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as client:
        assert (await client.post("/below/echo/1")).status_code == 405
        assert "dependant" not in vars(route)
        assert (await client.get("/below/echo/7")).json() == {"said": 7}
        assert (await client.get("/below/echo/seven")).status_code == 422
    assert asked == ["who", "who"]
    described = app.openapi()["paths"]["/below/echo/{word}"]["get"]["responses"]
    assert described["401"] == refused[401]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_route_can_be_described_and_only_the_api_is(office):
    routes = [route for route in office.app.routes if isinstance(route, APIRoute)]
    assert len(routes) > 300
    for route in routes:
        assert route.dependant is not None
        assert route.include_in_schema == route.path.startswith("/api/")
