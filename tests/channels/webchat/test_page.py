"""The chat page as a visitor uses it, with a browser that knows no JavaScript."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from starlette.requests import Request

from channels.contract import Routed, Sender
from channels.webchat.submission import said_again
from channels.webchat.texts import moment_of
from channels.webchat.visitor import LASTS, PASS, Visitors
from tests.channels.webchat.house import SETTINGS, ChatHouse
from tickets.message import Button, Channel, Delivery, Outgoing, Place

PAGE = "/chat/uji"


@pytest.fixture
def house():
    return ChatHouse()


@pytest.fixture
async def browser(house):
    async with house.browser() as client:
        yield client


def once_of(page):
    return re.search(r'name="once" value="([^"]+)"', page.text)[1]


async def writes(browser, text="", *, path=PAGE, page=None, files=None, **fields):
    page = page or await browser.get(path)
    data = {"once": once_of(page), "text": text} | fields
    return await browser.post(
        path, data=data, files=files or [("files", ("", b"", "application/octet-stream"))]
    )


async def test_what_a_visitor_writes_is_heard_and_shown(house, browser):
    page = await writes(browser, "Halo, saya lupa sandi")
    said = house.said[0]
    assert (said.text, said.place.channel, said.place.account) == (
        "Halo, saya lupa sandi",
        "webchat",
        "uji/webchat",
    )
    assert (said.sender.address, said.language) == (said.place.address, "en")
    assert "Halo, saya lupa sandi" in page.text


async def test_the_same_visitor_is_known_again_and_another_is_not(house, browser):
    await writes(browser, "satu")
    await writes(browser, "dua")
    async with house.browser() as other:
        assert "satu" not in (await other.get(PAGE)).text
        await writes(other, "tiga")
    first, second, third = (said.place.address for said in house.said)
    assert first == second != third


async def test_a_double_click_is_one_message(house, browser):
    page = await browser.get(PAGE)
    for _ in range(2):
        await writes(browser, "halo", page=page)
    assert len(house.said) == 1


async def test_an_answer_is_on_the_page_and_its_buttons_can_be_pressed(house, browser):
    await writes(browser, "lupa sandi")
    house.answers(house.visitor, "Apakah ini membantu?", Button(label="Ya, terbantu", data="helped:yes"))
    page = await browser.get(PAGE)
    assert "Apakah ini membantu?" in page.text
    assert "Ya, terbantu" in page.text
    await writes(browser, page=page, button="helped:yes")
    assert (house.said[1].button, house.said[1].text) == ("helped:yes", "Ya, terbantu")


async def test_a_button_that_was_never_offered_is_not_pressed(house, browser):
    await writes(browser, "halo")
    refused = await writes(browser, button="helped:yes")
    assert refused.status_code == 422
    assert len(house.said) == 1


async def test_a_file_comes_along(house, browser):
    await writes(browser, "ini", files=[("files", ("tangkapan.png", b"\x89PNG", "image/png"))])
    file = house.said[0].files[0]
    assert (file.name, file.type, file.content) == ("tangkapan.png", "image/png", b"\x89PNG")


@pytest.mark.parametrize(
    ("text", "files", "status", "words"),
    [
        ("", None, 422, "Write something first"),
        ("x" * 4001, None, 422, "too long"),
        ("ini", [("files", ("a.bin", b"x" * 100_001, "x/y"))], 413, "too large"),
        ("ini", [("files", (f"{n}.bin", b"x", "x/y")) for n in range(6)], 413, "too large"),
        ("ini", [("files", ("a.bin", b"x" * 2_000_000, "x/y"))], 413, "too large"),
        ("ini", [("files", ("tugas.pdf.exe", b"x", "application/pdf"))], 415, "Programs cannot be sent"),
        ("ini", [("files", ("foto\u202egpj.SCR .", b"x", "image/png"))], 415, "Programs cannot be sent"),
        ("ini", [("files", ("foto.png", b"MZ\x90", "image/png"))], 415, "Programs cannot be sent"),
    ],
)
async def test_what_is_out_of_bounds_is_refused_in_words(house, browser, text, files, status, words):
    refused = await writes(browser, text, files=files)
    assert refused.status_code == status
    assert words in refused.text
    assert house.said == []


async def test_when_it_cannot_be_stored_the_visitor_is_told_and_keeps_the_words(house, browser):
    house.busy = True
    page = await browser.get(PAGE)
    refused = await writes(browser, "jangan hilang", page=page)
    assert refused.status_code == 503
    assert "jangan hilang</textarea>" in refused.text
    house.busy = False
    await writes(browser, "jangan hilang", page=refused)
    assert len(house.said) == 1


async def test_a_form_from_another_site_or_for_another_visitor_is_refused(house, browser):
    page = await browser.get(PAGE)
    data = {"once": once_of(page), "text": "palsu"}
    assert (
        await browser.post(PAGE, data=data, headers={"Origin": "https://evil.example"})
    ).status_code == 403
    assert (await browser.post(PAGE, data={"text": "palsu", "once": "made-up"})).status_code == 403
    async with house.browser() as other:
        await other.get(PAGE)
        assert (await other.post(PAGE, data=data)).status_code == 403
    assert house.said == []


async def test_outside_the_hours_the_page_says_when_and_offers_to_answer_by_mail():
    opens_at = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
    house = ChatHouse(replace(SETTINGS, opens_at=lambda _now: opens_at, by_mail=True))
    async with house.browser("id") as browser:
        page = await browser.get(PAGE)
        assert "buka lagi Senin, 5 Oktober 2026 pukul 01.00" in page.text
        assert "<details open>" in page.text
        for wrong in ("ana", "ana@", "a@b", "ana@example.com,budi@example.com", "a\nb@example.com"):
            refused = await writes(browser, "halo", email=wrong)
            assert (refused.status_code, "belum lengkap" in refused.text) == (422, True)
            assert "halo</textarea>" in refused.text
        page = await writes(browser, "halo", email=" Ana@Example.com ", name="Ana \u202e\x07 Putri")
        said = house.said[0]
        assert (said.participants, said.sender.name) == (("ana@example.com",), "Ana Putri")
        assert said_again(said.raw, said.place.account).participants == said.participants
        assert "dikirim juga ke ana@example.com" in page.text
        assert 'name="email"' not in page.text
    async with ChatHouse().browser() as browser:
        page = await browser.get(PAGE)
        assert ("office is closed" in page.text, 'name="email"' in page.text) == (False, False)


@pytest.mark.parametrize(
    ("day", "language", "words"),
    [
        (4, "id", "hari ini pukul 08.05"),
        (3, "en", "tomorrow at 08:05"),
        (2, "en", "on Sunday 4 October 2026 at 08:05"),
        (2, "id", "Minggu, 4 Oktober 2026 pukul 08.05"),
    ],
)
def test_when_the_office_opens_is_said_as_people_say_it(day, language, words):
    opens = datetime(2026, 10, 4, 8, 5, tzinfo=UTC)
    assert moment_of(opens, language, today=date(2026, 10, day)) == words


async def test_what_has_been_read_is_told_once_it_is_seen_and_by_nobody_else(house, browser):
    await writes(browser, "halo")
    house.answers(house.visitor, "satu")
    house.answers(house.visitor, "dua")
    async with house.browser() as other:
        await other.post(f"{PAGE}/read", data={"newest": "3"})
    await browser.post(f"{PAGE}/read", data={"newest": "3"}, headers={"Origin": "https://evil.example"})
    await browser.get(f"{PAGE}/read?newest=3", headers={"Sec-Fetch-Site": "cross-site"})
    await browser.post(f"{PAGE}/read", data={"newest": "x"})
    assert house.told == []
    await browser.post(f"{PAGE}/read", data={"newest": "2"})
    (told,) = house.told
    assert (told.external_id, told.state) == ("webchat-satu", Delivery.READ)
    assert said_again(told.raw, told.account) == told


async def test_what_is_written_never_becomes_part_of_the_page(house, browser):
    page = await writes(browser, "<script>alert(1)</script>")
    assert "<script>alert" not in page.text
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy


@pytest.mark.parametrize(
    ("sites", "ancestors"),
    [
        (None, "frame-ancestors *"),
        ((), "frame-ancestors 'self'"),
        (("https://lms.example.ac.id",), "frame-ancestors 'self' https://lms.example.ac.id"),
    ],
)
async def test_only_the_widget_s_page_may_stand_in_another_site(sites, ancestors):
    house = ChatHouse(replace(SETTINGS, sites=sites))
    async with house.browser() as browser:
        widget, page = await browser.get(f"{PAGE}/widget"), await browser.get(PAGE)
    assert widget.headers["content-security-policy"].endswith(ancestors)
    assert page.headers["content-security-policy"].endswith("frame-ancestors 'self'")
    assert "data-pass" in widget.text
    assert "data-pass" not in page.text


async def test_whoever_writes_too_fast_is_told_to_wait_and_keeps_the_words():
    house = ChatHouse(replace(SETTINGS, intake=(2, timedelta(minutes=1))))
    async with house.browser() as browser:
        for _ in range(2):
            await writes(browser, "halo")
        refused = await writes(browser, "tolong")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert "tolong</textarea>" in refused.text
    assert "too fast" in refused.text


async def test_so_are_many_behind_one_address_and_of_ipv6_in_one_network():
    house = ChatHouse(replace(SETTINGS, intake=(1, timedelta(minutes=1))))
    for places in (["127.0.0.1"] * 20, [f"2001:db8::{number:x}" for number in range(20)]):
        for place in places:
            async with house.browser(at=place) as browser:
                assert (await writes(browser, "halo")).status_code == 200
        async with house.browser(at=places[-1].replace("::", "::1:")) as browser:
            assert (await writes(browser, "halo")).status_code == 429


async def test_a_visit_is_signed_lasts_half_a_year_and_can_be_carried_without_a_cookie(house):
    now = 1_000_000.0
    visitors = Visitors(SETTINGS.secret_key, SETTINGS.account, page=PAGE, is_https=True, clock=lambda: now)
    visit = visitors.new()

    def known(signed):
        return visitors.known(Request({"type": "http", "headers": [(PASS.encode(), signed.encode())]}))

    signed = visitors.signed(visit)
    assert known(signed) == visit
    now += LASTS - 1
    renewed = visitors.signed(visit)
    assert known(signed) == visit
    now += 1
    assert known(signed) is None
    assert known(renewed) == visit
    assert known(f"{renewed}x") is known("null") is known("") is None
    other = Visitors(SETTINGS.secret_key, "uji/webchat-2", page=PAGE, is_https=True, clock=lambda: now)
    assert known(other.signed(visit)) is None


async def test_forgetting_ends_the_conversation_on_this_device_alone(house, browser):
    page = await writes(browser, "rahasia")
    stranger = await browser.post(f"{PAGE}/forget", data={"once": "made up"})
    assert (stranger.status_code, "rahasia" in stranger.text) == (403, True)
    fresh = await browser.post(f"{PAGE}/forget?lang=id", data={"once": once_of(page)})
    assert (str(fresh.url), "rahasia" in fresh.text) == (f"http://desk.test{PAGE}?lang=id", False)
    assert house.lines[house.visitor][0].text == "rahasia"
    assert (await writes(browser, "kembali", page=page)).status_code == 403  # a form of the time before


async def test_over_https_the_cookie_may_live_in_a_frame_and_nowhere_else(house):
    secure = ChatHouse(replace(SETTINGS, public_url="https://desk.test"))
    async with secure.browser() as browser:
        cookie = (await browser.get(PAGE)).headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "Secure", "SameSite=None", "Partitioned", "Path=/;"))
    assert cookie.startswith("__Host-tanggap_chat-uji=")  # which no sibling of the domain can set
    async with house.browser() as browser:
        assert "SameSite=Lax" in (await browser.get(PAGE)).headers["set-cookie"]


async def test_the_page_speaks_indonesian_and_english(house):
    async with house.browser("id-ID,id;q=0.9") as browser:
        assert "Selamat datang!" in (await browser.get(PAGE)).text
    async with house.browser("fr") as browser:
        assert "Selamat datang!" in (await browser.get(PAGE)).text
    async with house.browser("en-GB") as browser:
        assert "Welcome!" in (await browser.get(PAGE)).text
        assert "Selamat datang!" in (await writes(browser, "halo", path=f"{PAGE}?lang=id")).text


async def test_what_is_sent_is_delivered_as_soon_as_it_is_stored(house):
    place = Place(account="uji/webchat", channel=Channel.WEBCHAT, address="v")
    sent = await house.chat.send(Outgoing(delivery=7, place=place, text="halo"))
    assert (sent.external_ids, sent.state) == (("webchat-7",), Delivery.DELIVERED)
    assert isinstance(house.chat, Sender)
    assert isinstance(house.chat, Routed)


@pytest.mark.parametrize("name", ["chat.css", "chat.js", "widget.js", "icon.svg"])
async def test_its_own_files_are_there_and_nothing_else_is(browser, name):
    assert (await browser.get(f"{PAGE}/{name}")).status_code == 200
    assert (await browser.get(f"{PAGE}/door.py")).status_code == 404
