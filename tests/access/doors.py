"""The doors of channels, health and handed out files, at the web of a whole service: asked without what opens them, and with a forgery."""

import re
from itertools import chain
from pathlib import Path

import httpx

from bot.house import open_house
from bot.settings import Settings
from bot.web import web_app
from bot.wiring.building import build
from tests.access.told import Answer, read

WITHOUT, FORGED = "without", "forged"
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


async def asked(folder: Path) -> dict[str, dict[str, Answer]]:
    """Return what everybody is answered at what a service has beside the console."""
    desks = folder / "desks" / "uji"
    desks.mkdir(parents=True)
    (desks / "desk.yaml").write_text(DESK)
    (desks / "categories.yaml").write_text("- {id: password, name: Lupa kata sandi}\n")
    (desks / "replies.yaml").write_text("[]\n")
    settings = Settings(
        data_dir=folder / "var", desks=folder / "desks", database_url=f"sqlite:///{folder}/var/tanggap.db"
    )
    found: dict[str, dict[str, Answer]] = {}
    with open_house(settings) as house:
        service = build(house)
        app = web_app(service)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=settings.public_url) as client:
            # without the console's pages, which come with the first that asks for one
            routes = [getattr(each, "routes", None) or [each] for each in app.router.routes]
            for route in chain.from_iterable(routes):
                if not getattr(route, "methods", None):
                    continue
                for method in sorted(route.methods - {"HEAD"}):
                    way = f"{method} {route.path}"
                    if way in found or route.path.endswith("openapi.json") or route.path.endswith("/live"):
                        continue
                    leads = _NAMES.sub(lambda one: _GIVEN[one[1]], route.path)
                    found[way] = {
                        column: read((await client.request(method, leads, headers=headers, content=b"{}")).status_code, way)
                        for column, headers in ((WITHOUT, {}), (FORGED, SIGNATURES))
                    }  # fmt: skip
        service.search.close()
    return found
