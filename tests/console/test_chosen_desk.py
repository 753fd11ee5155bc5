"""Whoever works at several desks chooses one, and the pages begin with it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.chosen_desk import same_page
from console.doors import Visitor
from tests.tickets.desks import MONDAY, small_desk, whatsapp
from tickets.actor import Role
from tickets.staff import StaffNow


@pytest.mark.parametrize(
    ("path", "query", "slug", "there"),
    [
        ("/inbox", "view=mine&after=7", "lib", "/inbox?view=mine&desk=lib"),
        ("/dashboard", "desk=care&period=week&category=login", "lib", "/dashboard?period=week&desk=lib"),
        ("/board/breached", "desk=care&page=2", "lib", "/board/breached?desk=lib"),
        ("/board/breached", "desk=care", "", "/board"),
        ("/settings/care/hours", "saved=3", "lib", "/settings/lib/hours"),
        ("/catalogue/care/categories/login", "", "lib", "/catalogue/lib/categories"),
        ("/tickets/12", "", "lib", "/inbox"),
        ("/people", "", "", "/people"),
        ("/search", "q=kode+otp&after=9&desk=all", "lib", "/search?q=kode+otp&desk=lib"),
    ],
)
def test_the_same_page_of_another_desk(path, query, slug, there):
    assert same_page(path, query, slug) == there


def test_pages_begin_with_the_desk_at_which_somebody_works_until_they_choose():
    post = StaffNow(
        desk="lib",
        id="r",
        name="Rina",
        role=Role.SUPERVISOR,
        email="r",
        telegram=None,
        whatsapp=None,
        origin="file",
    )
    rina = Visitor(email="r", name="Rina", admin=True, session="", seen_at=MONDAY, posts=(post,))
    desks = {slug: replace(small_desk(), slug=slug) for slug in ("care", "lib", "studio")}
    assert rina.begins_with(desks).slug == "lib"
    assert replace(rina, chosen="studio").begins_with(desks).slug == "studio"
    assert replace(rina, posts=()).begins_with(desks).slug == "care"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_pages_begin_with_the_desk_that_was_chosen(office, kepala, follows):
    assert 'action="/desk"' not in (await kepala.opens("/inbox")).answer.text  # there is one desk alone
    office.has_neighbour("lib", "Perpustakaan")
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    every = await kepala.opens("/inbox")
    assert "lupa sandi" in every.text
    follows()
    shared = {"name": "Sandi", "query": "status:new sandi", "desk": "uji"}
    assert "lupa sandi" in (await kepala.sends(await kepala.opens("/views"), "/views", **shared)).text
    there = await kepala.sends(every, "/desk", desk="lib")
    assert (there.path, "lupa sandi" in there.text) == ("/inbox", False)
    assert "lupa sandi" in (await kepala.opens("/inbox?saved=1")).text  # it is about its own desk
    assert "<h2>Perpustakaan</h2>" in (await kepala.opens("/board")).answer.text
    assert "Perpustakaan" in (await kepala.opens("/channels")).text
    assert "Rina" not in (await kepala.opens("/people")).text
    assert "Rina" in (await kepala.opens("/people?desk=uji")).text
    for way, is_found in (("", False), ("&desk=all", True), (" unit:uji", True)):
        assert ("#1" in (await kepala.opens(f"/search?q=sandi{way}")).text) is is_found
    both = (await kepala.opens("/board?desk=all")).answer.text
    assert ("<h2>Perpustakaan</h2>" in both, "<h2>Meja Uji</h2>" in both) == (True, True)
    again = await kepala.sends(await kepala.opens("/inbox"), "/desk", desk="")
    assert "lupa sandi" in again.text
    office.clock.now += timedelta(hours=3)  # a promise to #1 is not kept
    missed = await kepala.opens("/breaches")
    assert ("lupa sandi" in missed.text, "2 desks" in missed.text) == (True, True)
    assert "lupa sandi" not in (await kepala.opens("/breaches?desk=lib")).text
    page = await kepala.sends(missed, "/breaches?period=month", reason="Listrik padam.", every="1")
    assert "1 marked as looked after." in page.text
