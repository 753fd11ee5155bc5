"""The chat in a real browser: live, and as a widget on another page."""

import pytest

from tests.channels.webchat.house import ChatHouse
from tests.standins import chromium
from tests.standins.serving import serving
from tickets.message import Button

pytestmark = pytest.mark.skipif(chromium.PATH is None, reason="Chromium is not installed (Debian: chromium)")


@pytest.fixture
async def browser():
    async with chromium.chromium() as running:
        yield running


async def test_answers_appear_by_themselves_and_the_page_is_never_reloaded(browser):
    house = ChatHouse()
    async with serving(house.app) as url:
        page = await browser.new_page(locale="id-ID")
        problems = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
        await page.goto(f"{url}/chat/uji")
        await page.evaluate("window.stays = true")
        await page.fill("#text", "Halo, saya lupa sandi")
        await page.keyboard.press("Enter")
        await page.get_by_text("Halo, saya lupa sandi").wait_for()
        house.answers(house.visitor, "Apakah ini membantu?", Button(label="Ya", data="yes"))
        await page.get_by_role("button", name="Ya").click()
        await page.locator("li.mine").nth(1).wait_for()
        assert house.said[1].button == "yes"
        assert await page.input_value("#text") == ""
        assert await page.evaluate("window.stays")
        assert problems == []
        await page.close()


async def test_the_widget_opens_the_chat_on_another_page(browser):
    house = ChatHouse()
    async with serving(house.app) as url:
        page = await browser.new_page(locale="id-ID", viewport={"width": 360, "height": 640})
        await page.goto(f"{url}/elsewhere")
        await page.get_by_role("button", name="Buka obrolan").click()
        frame = page.frame_locator("iframe")
        await frame.locator("#text").fill("dari widget")
        await frame.get_by_role("button", name="Kirim").click()
        await frame.locator("li.mine").wait_for()
        assert house.said[0].text == "dari widget"
        await page.get_by_role("button", name="Tutup obrolan").click()
        assert await page.locator("iframe").is_hidden()
        await page.close()


async def test_without_javascript_the_page_does_the_same(browser):
    house = ChatHouse()
    async with serving(house.app) as url:
        context = await browser.new_context(java_script_enabled=False, locale="en-US")
        page = await context.new_page()
        await page.goto(f"{url}/chat/uji")
        await page.fill("#text", "hello")
        await page.get_by_role("button", name="Send").click()
        await page.locator("li.mine").wait_for()
        house.answers(house.visitor, "Welcome.")
        await page.get_by_role("link", name="Reload the conversation").click()
        await page.get_by_text("Welcome.", exact=True).wait_for()
        await context.close()
