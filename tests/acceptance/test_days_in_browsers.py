"""Days of the desk in real browsers: contacts at the web chat, agents and a supervisor at the console, all at once."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.acceptance.screens import BUDI, PASSWORD, RINA, SARI, House, in_list, in_talk, without_waiting
from tests.acceptance.service import ADDRESS, Service
from tests.standins import chromium

LIVE = re.compile(r"/live\?")  # and not the script of that name

pytestmark = [
    pytest.mark.skipif(chromium.PATH is None, reason="Chromium is not installed (Debian: chromium)"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.slow,
    pytest.mark.timeout(300),  # on a machine that has much else to do
]
on_sqlite, on_postgres = (
    pytest.mark.parametrize("house", [one], indirect=True) for one in ("sqlite", "postgres")
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    async with chromium.chromium() as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(request, browser, tmp_path_factory) -> AsyncIterator[House]:
    """One process on SQLite; two on PostgreSQL, and what happens at the one is seen at the other."""
    url = None
    if request.param == "postgres":
        cluster = request.getfixturevalue("cluster")
        url = cluster.url(cluster.create(template=request.getfixturevalue("migrated_template")))
    service = Service(
        folder=tmp_path_factory.mktemp(request.param),
        accounts=f"{{email: {{address: {ADDRESS}}}, webchat: {{}}}}",
        database_url=url,
    )
    service.changes_desk(without_waiting)
    processes = [service] if url is None else [service, service.second_process()]
    try:
        for process in processes:
            await process.start()
        opened = House(agents=processes[0], others=processes[-1], browser=browser)
        await opened.lets_in()
        yield opened
    finally:
        for process in processes:
            await process.close()


# Pages that renew themselves move what is on them, so that a click may miss where a key does not.


async def answers(screen, text):
    await screen.fill("#text", text)
    await screen.locator("[data-sends=reply]").press("Enter")


async def categorises(screen):
    await screen.locator("#side select[name=category]").select_option(index=1)
    async with screen.expect_navigation():
        await (
            screen.locator("#side form", has=screen.locator("select[name=category]"))
            .get_by_role("button")
            .press("Enter")
        )


@on_postgres  # two processes, which the day goes to and fro between
async def test_a_matter_from_the_contact_s_first_word_to_the_supervisor_s_last(house):
    async with house.contact() as ana, house.desk_of(BUDI) as budi, house.desk_of(RINA) as rina:
        await budi.goto("/inbox?view=unheld")
        await ana.writes("Layar proyektor ruang 7602 berkedip")
        await in_list(budi, "berkedip").click()  # it has come by itself
        await answers(budi, "Kami periksa sekarang.")
        await ana.hears("Kami periksa sekarang.").wait_for()
        await budi.fill("#text", "Sambil menunggu,")
        await ana.writes("Kuliah mulai pukul sepuluh")
        await in_talk(budi, "pukul sepuluh").wait_for()
        assert await budi.input_value("#text") == "Sambil menunggu,"
        await categorises(budi)
        await budi.fill("#text", "Sudah diganti kabelnya.")
        await budi.locator("button[value=solve]").press("Enter")
        await ana.hears("Sudah diganti kabelnya.").wait_for()
        number = budi.url.rpartition("/")[2].partition("#")[0]
        await rina.goto("/verification")
        await rina.locator(f"#queue a[href$='ticket={number}']").click()
        await rina.locator(".said article", has_text="Sudah diganti kabelnya.").wait_for()
        await rina.get_by_role("button", name="Verify & close").click()
        await budi.locator("#head .status[data-status=closed]").wait_for()
        ticket = await house.agents.ticket(int(number))
        assert (ticket["status"], ticket["verified_by"]) == ("closed", f"staff:{RINA}")


@on_postgres
async def test_whoever_answers_second_is_told_and_loses_nothing_typed(house):
    async with house.contact() as ana, house.desk_of(BUDI) as budi, house.desk_of(SARI) as sari:
        await ana.writes("Sertifikat saya salah nama")
        for screen in (budi, sari):
            await screen.goto("/inbox?view=all")
            await in_list(screen, "salah nama").click()
        await sari.fill("#text", "Mohon kirim ejaan yang benar.")
        await answers(budi, "Boleh kami tahu ejaannya?")
        await ana.hears("Boleh kami tahu ejaannya?").wait_for()
        await in_talk(sari, "Boleh kami tahu ejaannya?").wait_for()
        await sari.locator("[data-sends=reply]").press("Enter")
        await sari.get_by_text("answered this contact").wait_for()
        assert await sari.input_value("#text") == "Mohon kirim ejaan yang benar."
        assert await ana.hears("Mohon kirim ejaan").count() == 0
        await sari.locator("[data-sends=reply]").press("Enter")
        await ana.hears("Mohon kirim ejaan yang benar.").wait_for()


@on_sqlite
async def test_a_lost_connection_is_shown_and_what_came_meanwhile_comes_with_it(house):
    async with house.contact() as ana, house.desk_of(BUDI) as budi:
        await ana.writes("Akun perpustakaan terkunci")
        await budi.goto("/inbox?view=all")
        await budi.context.route(LIVE, lambda route: route.abort())
        await in_list(budi, "perpustakaan").click()
        await budi.fill("#text", "Kami buka")
        await budi.locator("#lost").wait_for()
        await ana.writes("Sejak kemarin")
        await budi.context.unroute(LIVE)
        await in_talk(budi, "Sejak kemarin").wait_for()
        await budi.locator("#lost").wait_for(state="hidden")
        assert await budi.input_value("#text") == "Kami buka"


@on_sqlite
async def test_what_is_sent_after_the_session_is_over_is_back_once_they_have_logged_in_again(house):
    async with house.contact() as ana, house.desk_of(BUDI) as budi:
        await ana.writes("Kursi auditorium patah")
        await budi.goto("/inbox?view=all")
        await in_list(budi, "auditorium").click()
        await budi.wait_for_url("**/tickets/*")
        await budi.fill("#text", "Kami ganti")
        await budi.get_by_text("Draft kept").wait_for()
        await budi.context.clear_cookies(name="tanggap_session")
        await budi.fill("#text", "Kami ganti hari ini juga.")
        await budi.get_by_text("your session is over").wait_for()
        await budi.locator("[data-sends=reply]").press("Enter")
        await budi.fill("[name=email]", BUDI)
        await budi.fill("[name=password]", PASSWORD)
        await budi.press("[name=password]", "Enter")
        await budi.get_by_text("This was not sent").wait_for()
        assert await budi.input_value("#text") == "Kami ganti hari ini juga."
        await budi.emulate_media(media="print")  # a ticket on paper has nothing to press
        assert (
            await budi.locator(".ticket button:visible, .ticket select:visible, #text:visible").count() == 0
        )
        assert await in_talk(budi, "auditorium").is_visible()
        await budi.emulate_media(media="screen")
        await budi.locator("[data-sends=reply]").press("Enter")
        await ana.hears("Kami ganti hari ini juga.").wait_for()
        await budi.wait_for_url("**#newest")
        assert await budi.input_value("#text") == ""


@on_sqlite
async def test_an_answer_waits_for_a_word_about_the_file_that_cannot_go_along(house):
    large = {"name": "denah.png", "mimeType": "image/png", "buffer": bytes(11 * 1024 * 1024)}
    async with house.contact() as ana, house.desk_of(BUDI) as budi:
        await ana.writes("Denah gedung mana yang terbaru")
        await budi.goto("/inbox?view=all")
        await in_list(budi, "Denah gedung").click()
        await budi.wait_for_url("**/tickets/*")
        await budi.set_input_files("[name=files]", large)
        await budi.get_by_text("denah.png is larger than 10 MB").wait_for()
        await answers(budi, "Ini denahnya.")
        assert await budi.input_value("#text") == "Ini denahnya."  # nothing was sent
        await budi.get_by_role("button", name="Go on without").press("Enter")
        await answers(budi, "Denahnya menyusul lewat tautan.")
        await ana.hears("Denahnya menyusul lewat tautan.").wait_for()
        assert await ana.hears("Ini denahnya.").count() == 0


@on_sqlite
async def test_a_ticket_is_answered_and_solved_by_keys_alone(house):
    async with house.contact() as ana, house.desk_of(SARI) as sari:
        await ana.writes("Wifi asrama putus tiap malam")
        await sari.goto("/inbox?view=all")
        await in_list(sari, "asrama").wait_for()
        press, types = sari.keyboard.press, sari.keyboard.type
        while not await in_list(sari, "asrama").evaluate("line => line === document.activeElement"):
            await press("j")
        await press("Enter")
        await sari.wait_for_url("**/tickets/*")
        await press("r")
        await types("Router lantai dua kami ganti.")
        async with sari.expect_navigation():
            await press("Control+Enter")
        await ana.hears("Router lantai dua kami ganti.").wait_for()
        await in_talk(sari, "Router lantai dua").wait_for()
        await press("c")
        await press("ArrowDown")
        await press("Tab")
        await ana.writes("Sekarang sudah lancar?")  # and the page renews itself under the hands
        await in_talk(sari, "sudah lancar").wait_for()
        async with sari.expect_navigation():
            await press("Enter")
        await press("e")
        await press("Enter")
        await sari.locator("#head .status[data-status=solved]").wait_for()


@on_sqlite
async def test_a_ticket_goes_its_whole_way_without_javascript(house):
    async with house.contact(scripts=False) as ana, house.desk_of(BUDI, scripts=False) as budi:
        await ana.writes("Kartu mahasiswa hilang")
        await budi.goto("/inbox?view=all")
        await in_list(budi, "Kartu").click()
        await answers(budi, "Silakan ke loket 3.")
        await in_talk(budi, "Silakan ke loket 3.").wait_for()
        await ana.page.reload()
        await ana.hears("Silakan ke loket 3.").wait_for()
        await categorises(budi)
        await budi.locator("#side form[action$='/close'] button").click()
        await budi.locator("#head .status[data-status=solved]").wait_for()
