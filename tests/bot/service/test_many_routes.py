"""Routes of a thousand desks: each is found at its path, with what it takes, and others are answered as ever."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.service.many_routes import ManyRoutes


@pytest.fixture(scope="module")
def web():
    def says(what):
        return lambda request: PlainTextResponse(f"{what} {request.path_params.get('name', '')}".strip())

    routes = [
        route
        for number in range(1000)
        for route in (
            Route(f"/chat/{number}", says(f"page {number}"), methods=["GET"]),
            Route(f"/chat/{number}", says(f"taken {number}"), methods=["POST"]),
            Route(f"/chat/{number}/live", says("live"), methods=["GET"]),
            Route(f"/chat/{number}/{{name}}", says("file"), methods=["GET"]),
        )
    ]
    within = Route("/{name}/within", says("within"), methods=["GET"])
    return Starlette(routes=[ManyRoutes([*routes, within]), Route("/after", says("after"))])


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("GET", "/chat/7", 200, "page 7"),
        ("POST", "/chat/999", 200, "taken 999"),
        ("GET", "/chat/7/live", 200, "live"),
        ("GET", "/chat/7/chat.js", 200, "file chat.js"),
        ("GET", "/some/within", 200, "within some"),
        ("GET", "/after", 200, "after"),
        ("DELETE", "/chat/7", 405, "Method Not Allowed"),
        ("GET", "/chat/1000", 404, "Not Found"),
        ("GET", "/chat/7/a/b", 404, "Not Found"),
    ],
)
async def test_each_is_found_at_its_path(web, method, path, status, said):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://desk.test") as client:
        answer = await client.request(method, path)
    assert (answer.status_code, answer.text) == (status, said)
