"""The pages in a real browser: what is new appears by itself, and nothing breaks the strict policy."""

import pytest

from tests.console.conftest import PASSWORD
from tests.standins import chromium
from tests.standins.serving import serving
from tests.tickets.desks import BUDI, whatsapp

pytestmark = pytest.mark.skipif(chromium.PATH is None, reason="Chromium is not installed (Debian: chromium)")


@pytest.fixture
async def screen(office):
    """A browser's window, with everything that its console complained about."""
    async with serving(office.app) as url, chromium.chromium() as browser:
        context = await browser.new_context(
            base_url=url, locale="en-US", viewport={"width": 360, "height": 740}
        )
        page = await context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        yield page
        await context.close()


async def enters(page, link):
    await page.goto(link)
    await page.fill("[name=name]", "Budi")
    await page.fill("[name=password]", PASSWORD)
    await page.click("button.main")


async def test_new_messages_appear_and_a_draft_stays(office, screen, invites):
    await enters(screen, invites(BUDI.id))
    await screen.get_by_text("Everything is taken care of").wait_for()
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    await screen.get_by_text("lupa sandi").first.click()
    await screen.fill("#text", "half an answer")
    office.receives(whatsapp("masih tidak bisa", sid="SM2"))
    await screen.get_by_text("masih tidak bisa").wait_for()
    assert await screen.input_value("#text") == "half an answer"
    assert await screen.evaluate("document.documentElement.scrollWidth") == 360
    assert screen.complaints == []
