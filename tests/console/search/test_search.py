"""Searching on the page, by the API, in the inbox and while typing: everything that somebody may see, and nothing else."""

import re
from datetime import timedelta

import pytest

from console.tokens import create_token
from tests.tickets.desks import BUDI, MONDAY, mail, whatsapp
from tickets.actions import answering, handling, tagging
from tickets.actor import Role
from tickets.sweep import sweep


@pytest.fixture
async def api(office):
    async with office.program() as client:
        yield client


async def test_a_search_shows_tickets_with_what_was_looked_for_marked(office, budi, follows):
    office.receives(
        mail("Kode OTP <b>tidak</b> masuk ke ponsel", message_id="<a@x>", subject="Gagal masuk SIX")
    )
    office.receives(whatsapp("soal lain", sid="SM1"))
    office.ledger.write_blocking(lambda tx: answering.note(tx, 2, "OTP sudah dicek", by=BUDI, at=MONDAY))
    follows()
    page = await budi.opens("/search?q=otp")
    assert "#1" in page.text
    assert "#2" in page.text
    assert "Kode <mark>OTP</mark> &lt;b&gt;tidak&lt;/b&gt; masuk" in page.answer.text
    assert "internal note" in page.text
    for place in re.findall(r'href="(/tickets/[^"]+)"', page.answer.text):
        conversation = await budi.opens(place.partition("#")[0])
        assert f'id="{place.partition("#")[2]}"' in conversation.answer.text
    best = await budi.opens("/search?q=masuk+otp")
    assert "<mark>masuk</mark> SIX" in best.answer.text
    assert "No ticket matches" in (await budi.opens("/search?q=perpustakaan")).text
    assert "No ticket matches" not in (await budi.opens("/search")).text


async def test_a_slip_and_an_unknown_filter_are_told_beside_the_box(office, budi, follows):
    for each in range(2):
        office.receives(whatsapp("lupa kata sandi", sid=f"SM{each}", sender=f"+{each}"))
    follows()
    page = await budi.opens("/search?q=snadi")
    assert "Showing results for sandi" in page.text
    assert "#2" in page.text
    assert 'href="/search?q=%22snadi%22"' in page.answer.text
    assert "No ticket matches" in (await budi.opens('/search?q="snadi"')).text
    page = await budi.opens("/search?q=sandi+dari:lusa+warna:biru")
    assert "“lusa” is not a date" in page.text
    assert "no filter “warna:”" in page.text
    assert "no filter “warna:”" in (await budi.opens("/inbox?q=sandi+warna:biru")).text


async def test_the_inbox_and_the_list_of_tickets_understand_filters_too(office, budi, api, follows):
    office.receives(whatsapp("lupa sandi", sid="SM1", sender="+1"))
    office.receives(whatsapp("lupa sandi", sid="SM2", sender="+2"))
    office.ledger.write_blocking(
        lambda tx: handling.categorise(tx, 1, "password", desk=office.desk, by=BUDI, at=MONDAY)
    )
    follows()
    inbox = await budi.opens("/inbox?q=kategori:password")
    assert "#1" in inbox.text
    assert "#2" not in inbox.text
    listed = (await api.get("/tickets", params={"q": "-kategori:password sandi", "desk": "uji"})).json()
    assert [each["number"] for each in listed["items"]] == [2]


async def test_lists_of_what_is_to_do_ask_the_tickets_and_find_what_the_index_finds(office, api, follows):
    for each in range(4):
        office.receives(whatsapp("lupa sandi", sid=f"SM{each}", sender=f"+{each}"))
    who = frozenset({BUDI.id})

    def acts(tx):
        handling.categorise(tx, 1, "password", desk=office.desk, by=BUDI, at=MONDAY)
        handling.assign(tx, 2, BUDI.id, staff=who, by=BUDI, at=MONDAY)
        tagging.tag(tx, 3, "penting", desk=office.desk, by=BUDI, at=MONDAY)
        sweep(tx, now=MONDAY + timedelta(minutes=13))

    office.ledger.write_blocking(acts)
    asked = {
        "status:new -kategori:password": [4, 3, 2],
        "status:new,open petugas:budi": [2],
        "status:new petugas:none -tag:penting": [4, 1],
        "status:new adalah:soon prioritas:normal kanal:wa #1": [1],
        "status:new -tag:none": [3],
        "status:new adalah:late": [],
    }

    async def found(path):
        listed = {text: (await api.get(path, params={"q": text})).json()["items"] for text in asked}
        return {
            text: [each.get("ticket", each)["number"] for each in items] for text, items in listed.items()
        }

    assert await found("/tickets") == asked  # before the index has followed
    follows()
    assert await found("/search?sort=newest") == asked


async def test_programs_get_places_pages_and_what_was_not_understood(office, api, follows):
    for each in range(5):
        office.receives(whatsapp(f"lupa sandi {each}", sid=f"SM{each}", sender=f"+{each}"))
    office.receives(mail("tolong", message_id="<a@x>", subject="Sandi hilang"))
    follows()
    first = (await api.get("/search", params={"q": "sandi status:new warna:biru", "limit": 2})).json()
    assert [remark["trouble"] for remark in first["remarks"]] == ["unknown_filter"]
    first = (await api.get("/search", params={"q": "sandi status:new", "limit": 2})).json()
    assert first["items"][0]["ticket"]["subject"] == "Sandi hilang"
    place = next(each for each in first["items"] if each["place"])["place"]
    assert place["pieces"][1] == {"text": "sandi", "hit": True}
    for order in ("best", "newest"):
        seen, after = [], None
        while after is not None or not seen:
            params = {"q": "sandi", "sort": order, "limit": 2} | ({"after": after} if after else {})
            page = (await api.get("/search", params=params)).json()
            seen += [each["ticket"]["number"] for each in page["items"]]
            after = page["next"]
        assert sorted(seen) == [1, 2, 3, 4, 5, 6]
    assert (await api.get("/search", params={"q": "sandi", "after": "x.y.z"})).status_code == 200


async def test_a_beginning_offers_tickets_contacts_categories_and_pages(office, budi, follows):
    office.receives(whatsapp("lupa sandi", sid="SM1", name="Ana Lestari"))
    follows()

    async def offers(text):
        return (await budi.opens(f"/search/quick?q={text}")).answer.json()

    assert [each["number"] for each in (await offers("sand"))["tickets"]] == [1]
    assert [each["name"] for each in (await offers("lesta"))["contacts"]] == ["Ana Lestari"]
    assert [each["id"] for each in (await offers("gagal"))["categories"]] == ["login"]
    assert [each["url"] for each in (await offers("inb"))["pages"]] == ["/inbox"]
    assert (await offers("board"))["pages"] == []  # an agent's


async def test_nobody_finds_what_is_of_another_desk(office, follows):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    office.receives(whatsapp("lupa sandi", sid="SM2", sender="+2"))
    follows()
    key = office.ledger.write_blocking(
        lambda tx: create_token(tx, "lain", Role.VIEWER, "another-desk", MONDAY)
    )
    async with office.program(key) as stranger:
        for typed in ("sandi", "#1", "snadi", "status:new", "unit:uji", ""):
            found = (await stranger.get("/search", params={"q": typed})).json()
            assert (found["items"], found["instead"]) == ([], None)
