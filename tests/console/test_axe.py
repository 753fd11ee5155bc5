"""Every page, looked at by axe-core of npm: by turns light, wide and in Indonesian, and dark, on a phone and in English.

`make looks` looks at every page in both ways, which takes twice as long. Whether it fits on a screen is seen on both here, too.
"""

import re
from dataclasses import dataclass

import pytest

from tests.console.conftest import PASSWORD
from tests.procedures.bookings.rooms import RESOURCES
from tests.procedures.letters import LETTERS
from tests.procedures.recording import RECORDING
from tests.standins import chromium, npm
from tests.standins.serving import serving
from tests.tickets.desks import mail, whatsapp

pytestmark = [
    pytest.mark.skipif(chromium.PATH is None, reason="Chromium is not installed (Debian: chromium)"),
    pytest.mark.slow,
    pytest.mark.timeout(600),  # some eighty looks of a browser
]
WIDTHS, HEIGHT = {1280, 360}, 800
PATIENCE = 120_000  # milliseconds, on a machine that has much else to do


@dataclass(frozen=True)
class Look:
    theme: str
    width: int
    language: str


LOOKS = (Look("light", 1280, "id"), Look("dark", 360, "en"))
# Begins something, ends something, or is no page.
NO_PAGE = re.compile(
    r"^/(language|files|static|openapi|account/second-factor/qr|tickets/\d+/messages)|\.(csv|xlsx|ya?ml|pdf|png|svg|zip|ics)|^/procedures/[^/]+/papers"
)
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
OPEN = """() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
}"""
FOUND = """() => axe.run(document, {resultTypes: ["violations"]}).then(({violations}) =>
  violations.map(({id, nodes}) => `${id}: ${nodes[0].target} ${nodes[0].html.slice(0, 120)}`))"""


@pytest.fixture(scope="module")
def axe():
    reason = npm.why_not("axe-core", "4")
    if reason is not None:
        pytest.skip(reason)
    return (npm.folder_of("axe-core") / "node_modules" / "axe-core" / "axe.min.js").read_text()


async def every_page(visitor):
    """Follow the links as far as they lead; of pages that differ by their question or number alone, one."""
    known, waiting = {}, ["/inbox", "/account/second-factor"]
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"\d+", "0", path.partition("?")[0])
        if kind in known or NO_PAGE.search(path):
            continue
        seen = await visitor.opens(path)
        if "text/html" not in seen.answer.headers["content-type"]:
            continue
        known[kind] = path
        waiting += [link.replace("&amp;", "&") for link in LINK.findall(seen.answer.text)]
    return list(known.values())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_page_has_what_axe_objects_to(office, kepala, rina, axe, request):
    await something_everywhere(office, rina)
    paths = [*await every_page(kepala), "/nothing-here"]
    assert len(paths) > 20
    objections = []
    async with serving(office.app) as url, chromium.chromium() as browser:
        for turn, look in enumerate(LOOKS):
            page = await whoever_may_see_all(browser, url, look)
            await looked_at(page, axe, "/", objections)
            await page.fill("[name=email]", "kepala@example.ac.id")
            await page.fill("[name=password]", PASSWORD)
            await page.click("button.main")
            every = request.config.getoption("--every-look")
            for path in paths if every else paths[turn :: len(LOOKS)]:
                await looked_at(page, axe, path, objections)
                await sees_that_it_fits(page, look, objections)
            await page.goto("/tickets/1")
            for key, dialog in (("?", "#keys"), ("Control+k", "#palette")):
                await page.keyboard.press(key)
                await page.wait_for_selector(f"{dialog}[open]")
                await objected_to(page, axe, objections)
                await page.keyboard.press("Escape")
            await page.context.close()
    assert objections == []


async def something_everywhere(office, rina):
    """Let the desk have something of everything, so that no page is empty."""
    office.receives(whatsapp("lupa sandi", sid="SM1"), suggestions=(("password", 0.9),))
    office.receives(mail("Tidak bisa masuk", message_id="<a@x>", subject="Edunex"))
    office.procedures = (RECORDING, LETTERS)
    form = {"answer.kegiatan": "Pelantikan", "answer.tanggal": "2026-10-20"}
    await rina.sends(await rina.opens("/tickets/2"), "/cases", **form)
    await rina.presses(
        await rina.opens("/tickets/2"), "/say", "/tickets/2/later", text="Nanti.", later="soon"
    )
    answered = await rina.sends(await rina.opens("/tickets/1"), "/say", text="Baik.", **{"as": "note"})
    await rina.sends(await rina.sends(answered, "/categorise", category="password"), "/close")
    office.lends(*RESOURCES)
    held = {"resource": "studio-1", "title": "Rapat", "from": "2026-10-06T09:00", "until": "2026-10-06T10:00"}
    await rina.sends(await rina.opens("/bookings?on=2026-10-06"), "on=2026-10-06", **held)
    letter = {"procedure": LETTERS.id, **form, "answer.biaya": "1000000"}
    begun = await rina.sends(await rina.opens("/tickets/1"), "/cases", **letter)
    await rina.sends(begun, "/steps/konsep", outcome="done")


async def whoever_may_see_all(browser, url, look):
    context = await browser.new_context(
        base_url=url, color_scheme=look.theme, locale=look.language,
        viewport={"width": look.width, "height": HEIGHT},
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    return await context.new_page()


async def looked_at(page, axe, path, objections):
    await page.goto(path)
    await page.evaluate(OPEN)
    await objected_to(page, axe, objections)


async def sees_that_it_fits(page, look, objections):
    for width in (*WIDTHS - {look.width}, look.width):
        await page.set_viewport_size({"width": width, "height": HEIGHT})
        wide = await page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            objections.append(f"{page.url} is {wide} wide on {width}")


async def objected_to(page, axe, objections):
    await page.evaluate(axe)
    objections += [f"{page.url.partition('//')[2]} {words}" for words in await page.evaluate(FOUND)]
