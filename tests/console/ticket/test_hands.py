"""The pages in the hands of somebody quick: keys, the palette, a connection that goes and comes back."""

import re

import pytest

from tests.console.conftest import PASSWORD
from tests.standins import chromium
from tests.standins.serving import serving
from tests.tickets.desks import RINA, whatsapp

LIVE = re.compile(r"/live\?")  # and not the script of that name

pytestmark = [
    pytest.mark.skipif(chromium.PATH is None, reason="Chromium is not installed (Debian: chromium)"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture
async def screen(office, invites):
    """A supervisor's browser, at their inbox with one ticket."""
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    async with serving(office.app) as url, chromium.chromium() as browser:
        context = await browser.new_context(base_url=url, locale="en-US", service_workers="block")
        page = await context.new_page()
        await page.goto(invites(RINA.id))
        await page.fill("[name=name]", "Rina")
        await page.fill("[name=password]", PASSWORD)
        await page.click("button.main")
        await page.wait_for_url("**/inbox")
        yield page
        await context.close()


async def focused(page):
    return await page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")


async def test_a_ticket_is_handled_without_a_mouse(screen):
    await screen.keyboard.press("j")
    await screen.keyboard.press("Enter")
    await screen.wait_for_url("**/tickets/1#newest")
    await screen.keyboard.press("c")
    assert await focused(screen) == "category"
    await screen.keyboard.press("Escape")
    await screen.evaluate("document.activeElement.blur()")
    await screen.keyboard.press("r")
    await screen.keyboard.type("cea?")  # letters, and no acts
    assert await screen.input_value("#text") == "cea?"
    await screen.evaluate("document.activeElement.blur()")
    await screen.keyboard.press("e")
    assert await focused(screen) == "Solve"  # what reaches the contact waits for Enter
    async with screen.expect_navigation():
        await screen.keyboard.press("a")
    await screen.locator("#side strong", has_text="Rina").wait_for()
    await screen.keyboard.press("g")
    await screen.keyboard.press("b")
    await screen.wait_for_url("**/board")


async def test_the_palette_finds_pages_acts_and_tickets_and_single_keys_can_be_switched_off(screen):
    await screen.keyboard.press("Control+k")
    await screen.keyboard.type("#1")
    await screen.keyboard.press("Enter")
    await screen.wait_for_url("**/tickets/1")
    await screen.keyboard.press("Control+k")
    await screen.keyboard.type("lupa")
    await screen.locator("#choices li", has_text="Search all tickets for “lupa”").click()
    await screen.wait_for_url("**/search?q=lupa")
    await screen.keyboard.press("Control+k")
    await screen.keyboard.type("board")
    await screen.keyboard.press("Enter")
    await screen.wait_for_url("**/board")
    await screen.keyboard.press("?")
    await screen.uncheck("#single-keys")
    await screen.keyboard.press("Escape")
    await screen.keyboard.press("?")
    assert await screen.locator("#keys").is_hidden()
    await screen.keyboard.press("Control+k")
    assert await screen.locator("#palette").is_visible()


async def test_a_lost_connection_is_shown_and_comes_back(screen):
    await screen.context.route(LIVE, lambda route: route.abort())
    await screen.goto("/inbox")
    assert await screen.locator("#lost").is_hidden()
    await screen.locator("#lost").wait_for()
    await screen.context.unroute(LIVE)
    await screen.locator("#lost").wait_for(state="hidden")
