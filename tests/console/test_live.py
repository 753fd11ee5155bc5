"""The pages in a real browser: what is new appears by itself, and nothing breaks the strict policy."""

import pytest

from tests.console.conftest import PASSWORD
from tests.standins import chromium
from tests.standins.serving import serving
from tests.tickets.desks import BUDI, RINA, whatsapp
from tickets import ticket as tickets_
from tickets.actions import handling

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
    await screen.locator("#conversation").get_by_text("masih tidak bisa").wait_for()
    assert await screen.input_value("#text") == "half an answer"
    assert await screen.evaluate("document.documentElement.scrollWidth") == 360
    assert screen.complaints == []


async def test_the_inbox_sorts_itself_anew_under_what_is_ticked_and_where_somebody_is(
    office, screen, invites
):
    for number in (1, 2):
        office.receives(whatsapp(f"pesan {number}", sid=f"SM{number}", sender=f"+62{number}"))
    await enters(screen, invites(BUDI.id))
    await screen.goto("/inbox?order=newest")
    await screen.locator("[name=chosen][value='1']").check()
    await screen.locator("a[href^='/tickets/1']").focus()
    office.receives(whatsapp("pesan 3", sid="SM3", sender="+623"))
    await screen.locator("[name=chosen][value='3']").wait_for()
    assert await screen.locator("[name=chosen]:checked").evaluate_all("all => all.map(box => box.value)") == [
        "1"
    ]
    assert await screen.evaluate("document.activeElement.getAttribute('href')") == "/tickets/1#newest"
    await screen.locator("[name=every]").check()
    assert await screen.locator("[name=chosen]:checked").count() == 3
    assert screen.complaints == []


async def test_the_board_counts_by_itself(office, screen, invites):
    await enters(screen, invites(RINA.id))
    await screen.goto("/board")
    await screen.get_by_text("Everything is taken care of").wait_for()
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    await screen.locator(".figure", has_text="Not answered").get_by_text("1", exact=True).wait_for()
    assert await screen.evaluate("document.documentElement.scrollWidth") == 360
    assert screen.complaints == []


async def test_a_queue_is_gone_through_by_single_keys_and_what_is_ticked_stays_so(office, screen, invites):
    def solve(number):
        taken = office.receives(whatsapp(f"lupa sandi {number}", sid=f"SM{number}", sender=f"+62{number}"))
        for act, words in ((handling.categorise, ("password",)), (handling.solve, ())):
            desk = {"desk": office.desk} if words else {}
            office.ledger.write_blocking(
                lambda tx, act=act, words=words, desk=desk: act(
                    tx, taken.ticket.number, *words, **desk, by=BUDI, at=office.clock.now
                )
            )

    for number in (1, 2, 3):
        solve(number)
    await enters(screen, invites(RINA.id))
    await screen.goto("/verification")
    await screen.keyboard.press("n")
    await screen.locator("h2.judged", has_text="#2").wait_for()
    await screen.wait_for_load_state()  # the keys work once the page's module has run
    await screen.keyboard.press("b")
    await screen.keyboard.type("vn belum lengkap")
    assert await screen.input_value("[name=note]") == "vn belum lengkap"
    await screen.locator("[name=chosen][value='3']").check()
    await screen.locator("h1").click()
    async with screen.expect_response(
        lambda answer: "/verification" in answer.url
    ):  # it looks again by itself
        solve(4)
    assert await screen.locator("[name=chosen][value='3']").is_checked()
    await screen.keyboard.press("v")
    await screen.locator("h2.judged", has_text="#3").wait_for()
    status = office.ledger.write_blocking(lambda tx: tickets_.load(tx, 2).status)
    assert (status, screen.complaints) == ("closed", [])
