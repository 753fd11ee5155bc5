"""The chat in a real browser: live, and as a widget on a page of another site."""

import contextlib
import time
from dataclasses import replace

import jwt
import pytest
import pytest_asyncio

from tests.channels.webchat.house import SECRET, SETTINGS, ChatHouse
from tests.standins import certificate, chromium
from tests.standins.serving import serving
from tickets.message import Button

pytestmark = [
    pytest.mark.skipif(chromium.PATH is None, reason="Chromium is not installed (Debian: chromium)"),
    pytest.mark.asyncio(loop_scope="module"),
]
SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"
PHONE = {"width": 360, "height": 640}


@pytest.fixture(scope="module")
def house():
    return ChatHouse()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def url(house):
    async with serving(house.app) as running:
        yield running


@pytest.fixture(scope="module")
def trusted(tmp_path_factory):
    if missing := certificate.unavailable():
        pytest.skip(missing)
    return certificate.Certificate(tmp_path_factory.mktemp("tls"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(trusted):
    """It keeps cookies of other sites only where they are partitioned, as browsers do by and by."""
    flags = (
        "--host-resolver-rules=MAP *.test 127.0.0.1", "--test-third-party-cookie-phaseout",
        f"--ignore-certificate-errors-spki-list={trusted.fingerprint()}",
    )  # fmt: skip
    async with chromium.chromium(*flags) as running:
        yield running


@contextlib.asynccontextmanager
async def opened(browser, **how):
    """A browser of its own each time, in which nothing may go wrong."""
    context = await browser.new_context(locale="id-ID", **how)
    page = await context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    yield page
    await context.close()
    assert problems == []


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(browser, house):
    house.said.clear()
    async with opened(browser, viewport=PHONE) as page:
        yield page


async def test_answers_appear_by_themselves_and_the_page_is_never_reloaded(house, url, visitor):
    await visitor.goto(f"{url}/chat/uji")
    await visitor.evaluate("window.stays = true")
    await visitor.fill("#text", f"Halo, saya lupa sandi {SCRIPT}")
    await visitor.keyboard.press("Enter")
    await visitor.get_by_text(
        f"Halo, saya lupa sandi {SCRIPT}"
    ).wait_for()  # as words: what ran, or was kept from it, is a problem
    steps = f"Buka halaman masuk, lalu tekan “Lupa sandi”. {SCRIPT}" * 60
    house.answers(house.visitor, f"{steps}Apakah ini membantu?", Button(label="Ya", data="yes"))
    await visitor.get_by_role("button", name="Ya").click()
    await visitor.locator("li.mine").nth(1).wait_for()
    assert house.said[1].button == "yes"
    assert await visitor.input_value("#text") == ""
    # The conversation scrolls; the page around it has nothing below.
    assert await visitor.evaluate("document.scrollingElement.scrollHeight <= innerHeight")
    assert await visitor.evaluate("window.stays")


async def test_files_are_gathered_shown_and_sent(house, url, visitor):
    await visitor.goto(f"{url}/chat/uji")
    png = {"name": "layar.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
    await visitor.set_input_files("#files", png)
    await visitor.set_input_files(
        "#files", {"name": "besar.txt", "mimeType": "x/y", "buffer": b"x" * 100_001}
    )
    assert "terlalu besar" in await visitor.inner_text("#problem")
    await visitor.evaluate(
        """() => { const held = new DataTransfer(); held.items.add(new File(["isi"], "tempel.txt"));
        document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held })); }"""
    )
    assert [await each.inner_text() for each in await visitor.locator("#chosen span").all()] == [
        "layar.png",
        "tempel.txt",
    ]
    await visitor.get_by_role("button", name="Kirim").click()
    await visitor.locator("li.mine").wait_for()
    assert [file.name for file in house.said[0].files] == ["layar.png", "tempel.txt"]
    assert await visitor.locator("#chosen").is_hidden()


async def test_the_widget_on_another_site_by_keyboard_alone(house, url, visitor):
    """The frame gets no cookie there (another site, without HTTPS), and the conversation lives all the same."""
    await visitor.goto(f"{url.replace('127.0.0.1', 'localhost')}/elsewhere")
    await visitor.get_by_role("button", name="Buka obrolan").focus()
    await visitor.keyboard.press("Enter")
    frame = visitor.frame_locator("iframe")
    await frame.locator("#text:focus").wait_for()
    await visitor.keyboard.type("dari widget")
    await visitor.keyboard.press("Enter")
    await frame.locator("li.mine").wait_for()
    assert house.said[0].text == "dari widget"
    assert await visitor.locator(".panel").bounding_box() == {"x": 0, "y": 0, **PHONE}

    await visitor.keyboard.press("Escape")
    await visitor.locator(".panel").wait_for(state="hidden")
    house.answers(house.visitor, "Kami bantu, ya.")
    await visitor.get_by_role("button", name="Buka obrolan, 1 pesan baru").wait_for()

    await visitor.reload()
    await visitor.get_by_role("button", name="Buka obrolan, 1 pesan baru").press("Enter")
    await frame.get_by_text("Kami bantu, ya.").wait_for()
    assert "dari widget" in await frame.locator("li.mine").inner_text()

    await frame.get_by_label("Pilihan").click()
    await frame.get_by_role("button", name="Akhiri dan lupakan").click()
    await frame.locator("li").first.wait_for(state="detached")
    await visitor.reload()
    await visitor.get_by_role("button", name="Buka obrolan", exact=True).press("Enter")
    await frame.locator("#text:focus").wait_for()
    assert await frame.locator("li").count() == 0


FOCUSED = """() => { let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at.tagName === "BODY" ? "" : at.ariaLabel || at.title || at.textContent; }"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def over_https(trusted):
    house = ChatHouse(replace(SETTINGS, public_url="https://desk.test"))
    async with serving(house.app, trusted) as url:
        yield house, url.replace("127.0.0.1", "lms.test") + "/elsewhere"


async def test_over_https_the_conversation_hangs_on_a_cookie_of_this_site_s_frames_alone(over_https, browser):
    _, site = over_https
    async with opened(browser) as visitor:
        await visitor.goto(site)
        await visitor.get_by_role("button", name="Buka obrolan").click()
        frame = visitor.frame_locator("iframe")
        await frame.locator("#text").fill("dari situs lain")
        await frame.get_by_role("button", name="Kirim").click()
        await frame.locator("li.mine").wait_for()
        (cookie,) = await visitor.context.cookies()
        assert (cookie["partitionKey"], cookie["sameSite"], cookie["secure"], cookie["httpOnly"]) == (
            "https://lms.test", "None", True, True,
        )  # fmt: skip
        await frame.locator("body").evaluate("localStorage.clear()")
        await visitor.reload()
        await visitor.get_by_role("button", name="Buka obrolan").click()
        assert "dari situs lain" in await frame.locator("li.mine").inner_text()
        await visitor.goto(site.replace("lms.test", "forum.test.test"))
        await visitor.get_by_role("button", name="Buka obrolan").click()
        await frame.locator("#text:focus").wait_for()
        assert await frame.locator("li").count() == 0


@pytest.mark.parametrize(
    ("size", "lets_out"),
    [
        (PHONE, False),
        ({"width": 1280, "height": 800}, True),
    ],  # where it covers the page nobody gets lost behind it
)
async def test_the_focus_goes_round_and_comes_back(over_https, browser, size, lets_out):
    _, site = over_https
    async with opened(browser, viewport=size) as visitor:

        async def tabs(times, key="Tab"):
            """Press Tab; what of the site's page has the focus each time. Empty: the browser's own buttons."""
            return [
                await visitor.keyboard.press(key) or await visitor.evaluate(FOCUSED) for _ in range(times)
            ]

        await visitor.goto(site)
        assert await tabs(2) == ["Mata kuliah", "Buka obrolan"]
        await visitor.keyboard.press("Enter")
        frame = visitor.frame_locator("iframe")
        await frame.locator("#text:focus").wait_for()
        met = await tabs(30)  # more than once round, unless the browser keeps the focus to itself …
        await frame.locator("#text").focus()
        met += await tabs(10, "Shift+Tab")  # … and back from where one writes
        assert {"Obrolan", "Tutup obrolan"} < set(met)
        assert ("Mata kuliah" in met) is lets_out
        await visitor.get_by_role("button", name="Tutup obrolan").first.focus()
        await visitor.keyboard.press("Escape")
        await visitor.locator(".panel").wait_for(state="hidden")
        assert await visitor.evaluate(FOCUSED) == "Buka obrolan"


async def test_a_screen_reader_hears_what_is_new_and_only_that(over_https, browser):
    house, site = over_https
    house.said.clear()
    async with opened(browser) as visitor:
        await visitor.goto(site)
        await visitor.get_by_role("button", name="Buka obrolan").click()
        frame = visitor.frame_locator("iframe")
        log = frame.get_by_role("log", name="Percakapan")
        await frame.get_by_role("textbox", name="Pesan").fill("halo")
        await frame.get_by_role("button", name="Kirim").click()
        await log.locator("li.mine").wait_for()
        house.answers(house.visitor, "Apakah ini membantu?", Button(label="Ya", data="yes"))
        await log.get_by_role("button", name="Ya").wait_for()
        await log.evaluate(
            """log => { window.heard = []; new MutationObserver((changes) => changes.forEach((change) =>
            heard.push(...[...change.addedNodes].map((node) => node.dataset.id ?? node.className)))
            ).observe(log, { childList: true, subtree: true }); }"""
        )
        await visitor.get_by_role("button", name="Tutup obrolan").first.click()
        house.answers(house.visitor, "Satu lagi")
        await visitor.get_by_role("status").filter(has_text="Ada jawaban baru").wait_for()
        assert await frame.locator("#log").evaluate("() => heard") == ["3"]


async def test_a_site_says_who_has_logged_in_and_who_has_not(house, url, visitor):
    site = f"{url.replace('127.0.0.1', 'localhost')}/elsewhere?with="
    token = jwt.encode({"aud": "uji", "exp": time.time() + 300, "sub": "4711", "name": "Ana Putri"}, SECRET)
    await visitor.goto(f"{site}data-identity={token}")
    await visitor.get_by_role("button", name="Buka obrolan").press("Enter")
    frame = visitor.frame_locator("iframe")
    await frame.get_by_text("Anda masuk sebagai Ana Putri").wait_for()
    await frame.locator("#text").fill("rahasia")
    await frame.get_by_role("button", name="Kirim").click()
    await frame.locator("li.mine").wait_for()
    assert house.said[0].vouched.subject == "4711"
    await visitor.goto(f"{site}data-identity=")
    await visitor.get_by_role("button", name="Buka obrolan").press("Enter")
    await frame.locator("#text:focus").wait_for()
    assert await frame.locator("li, #as:visible").count() == 0
    await visitor.evaluate("(token) => TanggapChat.identify(token)", token)
    await frame.get_by_text("rahasia").wait_for()
    await visitor.evaluate("TanggapChat.logout()")
    await frame.get_by_text("rahasia").wait_for(state="detached")


async def test_without_javascript_the_page_does_the_same(house, url, browser):
    house.said.clear()
    house.told.clear()
    context = await browser.new_context(java_script_enabled=False, locale="en-US")
    page = await context.new_page()
    await page.goto(f"{url}/chat/uji")
    await page.fill("#text", "hello")
    await page.get_by_role("button", name="Send").click()
    await page.locator("li.mine").wait_for()
    house.answers(house.visitor, "Welcome.")
    async with page.expect_response("**/read?newest=2"):
        await page.get_by_role("link", name="Reload the conversation").click()
    await page.get_by_text("Welcome.", exact=True).wait_for()
    assert [told.external_id for told in house.told] == ["webchat-Welcome."]
    await page.get_by_label("Options").click()
    await page.get_by_role("button", name="End and forget").click()
    assert await page.locator("li").count() == 0
    await context.close()
