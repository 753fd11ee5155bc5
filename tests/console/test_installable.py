"""The console as a phone installs it."""

import pytest

from tests.console.conftest import PASSWORD
from tests.standins import chromium
from tests.standins.serving import serving
from tests.tickets.desks import BUDI, whatsapp

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_the_manifest_speaks_the_reader_s_language_and_its_icons_are_there(office):
    async with office.browser("id") as client:
        manifest = (await client.get("/manifest.webmanifest")).json()
        assert [each["name"] for each in manifest["shortcuts"]] == ["Kotak masuk", "Catat tiket"]
        icons = [await client.get(each["src"]) for each in manifest["icons"]]
    assert {(each.status_code, each.headers["content-type"]) for each in icons} == {(200, "image/png")}


@pytest.mark.skipif(chromium.PATH is None, reason="Chromium is not installed (Debian: chromium)")
async def test_without_a_connection_it_says_so_and_has_kept_no_ticket(office, invites):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    async with serving(office.app) as url, chromium.chromium() as browser:
        context = await browser.new_context(base_url=url, locale="en-US")
        screen = await context.new_page()
        await screen.goto(invites(BUDI.id))
        await screen.fill("[name=name]", "Budi")
        await screen.fill("[name=password]", PASSWORD)
        await screen.click("button.main")
        await screen.wait_for_url("**/inbox")
        await screen.evaluate("navigator.serviceWorker.ready.then((all) => all.active.state)")
        await screen.goto("/tickets/1")
        await context.set_offline(True)
        await screen.goto("/inbox")
        await screen.get_by_text("No connection").wait_for()
        kept = await screen.evaluate(
            "caches.keys().then((names) => caches.open(names[0])).then((kept) => kept.keys())"
            ".then((all) => all.map((each) => new URL(each.url).pathname))"
        )
        await context.close()
    assert {path for path in kept if not path.startswith("/static/")} == {"/offline"}
