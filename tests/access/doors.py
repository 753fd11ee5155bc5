"""The doors of channels, health and handed out files, at the web of a whole service: asked without what opens them, and with a forgery."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import chain
from pathlib import Path

import httpx
from fastapi import FastAPI
from starlette.routing import BaseRoute

from bot.house import open_house
from bot.settings import Settings
from bot.web import web_app
from bot.wiring.building import build
from tests.access.told import Answer, read

WITHOUT, FORGED = "without", "forged"
HOME = "http://desk.test"
DESK = """\
desk: uji
name: Meja Uji
timezone: Asia/Jakarta
hours: {mon-fri: ["08:00-12:00", "13:00-16:00"]}
sla: {first_response: {within: 15m}, resolution: {within: 24h, counts: calendar}}
accounts:
  whatsapp:
    - {provider: twilio, sender: "+6281100000", account_sid: AC00000000000000000000000000000000, auth_token: "0000000000000000"}
    - {provider: cloud, sender: "+6281100001", phone_number_id: "1234567890", business_account_id: "2345678901", access_token: EAAxxxxxxxxxxxxxxxxxxxx, app_secret: "00000000000000000000000000000000", verify_token: a-verify-token}
  telegram: {token: "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", agents_group: "-1001"}
  email: {address: uji@example.ac.id}
  webchat: {}
staff:
  - {name: Rina, role: supervisor, email: rina@example.ac.id}
teams:
  - {id: edunex, name: Edunex, line: 2, members: [Rina], tracker: {url: "https://issues.example.ac.id/in", secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}
"""
# As each provider would sign, but by somebody who does not know the secret.
SIGNATURES = {
    "X-Twilio-Signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "X-Hub-Signature-256": "sha256=" + "0" * 64,
    "X-Telegram-Bot-Api-Secret-Token": "guessed", "webhook-id": "1", "webhook-timestamp": "1759629600",
    "webhook-signature": "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
}  # fmt: skip
_NAMES = re.compile(r"\{(\w+)\}")
_GIVEN = {"signed": "a.b", "name": "chat.js", "desk": "uji", "team": "edunex"}


@asynccontextmanager
async def whole_web(folder: Path) -> AsyncIterator[FastAPI]:
    """Build a service below a folder, with a desk that has every channel; its web."""
    desks = folder / "desks" / "uji"
    desks.mkdir(parents=True)
    (desks / "desk.yaml").write_text(DESK)
    (desks / "categories.yaml").write_text("- {id: password, name: Lupa kata sandi}\n")
    (desks / "replies.yaml").write_text("[]\n")
    settings = Settings(
        data_dir=folder / "var", desks=folder / "desks", database_url=f"sqlite:///{folder}/var/tanggap.db"
    )
    with open_house(settings) as house:
        service = build(house)
        yield web_app(service)
        await service.close()


def every_route(routes: Sequence[BaseRoute]) -> list[BaseRoute]:
    """Return the routes, those that stand in one for many among them."""
    return list(chain.from_iterable(getattr(each, "routes", None) or [each] for each in routes))


async def asked(folder: Path) -> dict[str, dict[str, Answer]]:
    """Return what everybody is answered at what a service has beside the console."""
    found: dict[str, dict[str, Answer]] = {}
    async with whole_web(folder) as app:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
            # without the console's pages, which come with the first that asks for one
            for route in every_route(app.router.routes):
                if not getattr(route, "methods", None):
                    continue
                for method in sorted(route.methods - {"HEAD"}):
                    way = f"{method} {route.path}"
                    if route.path.endswith("openapi.json") or route.path.endswith("/live"):
                        continue
                    leads = _NAMES.sub(lambda one: _GIVEN[one[1]], route.path)
                    found[way] = {
                        column: read((await client.request(method, leads, headers=headers, content=b"{}")).status_code, way)
                        for column, headers in ((WITHOUT, {}), (FORGED, SIGNATURES))
                    }  # fmt: skip
    return found


def claimed_twice(app: FastAPI) -> list[str]:
    """Return the ways for which there are two routes, of which the second is never asked."""
    claimed = Counter(
        f"{method} {_NAMES.sub('{}', route.path)}"
        for route in every_route(app.routes)
        for method in sorted(getattr(route, "methods", None) or ())
    )
    return [way for way, times in claimed.items() if times > 1]
