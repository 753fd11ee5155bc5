"""Saved views: lists of tickets under a name, one's own or a desk's, on pages and for programs."""

import html
import re

import pytest

from console.doors.trail_reading import Sought, lines
from tests.tickets.desks import BUDI, MONDAY, whatsapp
from tickets.actions import handling


@pytest.fixture
def tickets(office, follows):
    """Three to do, the first of which is about passwords."""
    for number in (1, 2, 3):
        office.receives(whatsapp("tolong", sid=f"SM{number}", sender=f"+62811{number}"))
    office.ledger.write_blocking(
        lambda tx: handling.categorise(tx, 1, "password", desk=office.desk, by=BUDI, at=MONDAY)
    )
    follows()


def shows(page, *numbers):
    return [f'/tickets/{number}#newest"' in page.answer.text for number in (1, 2, 3)] == [
        number in numbers for number in (1, 2, 3)
    ]


async def keeps(visitor, query, name, **values):
    form = await visitor.opens(f"/views?query={query}")
    return await visitor.sends(form, "/views", name=name, **values)


async def test_what_the_inbox_shows_is_kept_under_a_name_by_whoever_looks_alone(office, budi, rina, tickets):
    inbox = await budi.opens("/inbox?view=unheld&category=password&order=longest")
    way = re.search(r'href="(/views[^"]+)"', inbox.answer.text)
    form = await budi.opens(html.unescape(way[1]))
    assert (
        form.form("/views").fields["query"]
        == "status:new,open adalah:unassigned -adalah:asleep kategori:password"
    )
    assert "1 tickets now" in form.text
    kept = await budi.sends(form, "/views", name="Sandi", order="longest")
    assert (kept.path, shows(kept, 1)) == ("/inbox", True)
    assert "Saved views Sandi 1 Change this view Manage views" in kept.text
    assert shows(await budi.opens("/inbox?saved=1&channel=email"))
    assert "Sandi" not in (await rina.opens("/inbox")).text
    gone = await rina.opens("/inbox?saved=1")
    assert (gone.status, "no longer there" in gone.text, shows(gone, 1, 2, 3)) == (404, True, True)
    found = (await budi.client.get("/search/quick", params={"q": "san"})).json()["views"]
    assert found == [{"id": 1, "name": "Sandi", "url": "/inbox?saved=1"}]


async def test_views_are_renamed_put_in_order_and_deleted(office, budi, rina, tickets):
    for name in ("Satu", "Dua", "Tiga"):
        await keeps(budi, "status:new", name)
    page = await budi.opens("/views")
    page = await budi.sends(page, "/views/3", does="up")
    page = await budi.sends(page, "/views/1", does="change", name="Pertama", query="kategori:none")
    page = await budi.sends(page, "/views/2", does="drop")
    assert "Pertama 2 Tiga 3 + Keep this view Manage views" in (await budi.opens("/inbox")).text
    nameless = await budi.sends(page, "/views/1", does="change", name=" ", query="kategori:login")
    assert (nameless.status, "give it a name" in nameless.text) == (422, True)
    assert nameless.form("/views/1").fields["query"] == "kategori:login"
    stolen = await rina.client.post("/views/1", data=(await rina.opens("/views")).form("/views").fields)
    assert stolen.status_code == 404


async def test_supervisors_share_a_view_with_their_desk_and_the_trail_tells(office, budi, rina, tickets):
    refused = await keeps(budi, "status:new", "Semua baru", desk="uji")
    assert (refused.status, "Only supervisors" in refused.text) == (403, True)
    await keeps(rina, "kategori:password", "Sandi", desk="uji")
    assert shows(await budi.opens("/inbox?saved=1"), 1)
    page = await budi.opens("/views")
    assert "Only whoever made it and supervisors" in page.text
    forced = await budi.client.post("/views/1", data=page.form("/views").fields | {"does": "drop"})
    assert forced.status_code == 403
    await rina.sends(await rina.opens("/views"), "/views/1", does="drop")
    with office.ledger.reading() as session:
        told = [line.kind for line in lines(session, Sought(theme="settings"), limit=2)]
    assert told == ["view.retired", "view.shared"]


async def test_a_view_of_a_category_that_is_gone_says_so_and_is_kept(office, budi, tickets):
    kept = await keeps(budi, "status:new+kategori:perpustakaan", "Pustaka")
    assert "has no “perpustakaan”" in kept.text
    page = await budi.opens("/views")
    assert "has no “perpustakaan”" in page.text
    assert page.form("/views/1").fields["query"] == "status:new kategori:perpustakaan"


async def test_programs_keep_change_and_list_views(office, rina, tickets):
    async with office.program() as api:
        shared = {"name": "Sandi", "query": "kategori:password", "desk": "uji"}
        made = (await api.post("/views", json=shared)).json()
        own = (
            await api.post("/views", json={"name": "Baru", "query": "status:new", "order": "newest"})
        ).json()
        assert [each["name"] for each in (await api.get("/views")).json()["items"]] == ["Sandi", "Baru"]
        listed = (await api.get("/tickets", params={"view": own["id"], "category": "password"})).json()
        assert [each["number"] for each in listed["items"]] == [1]
        changed = await api.patch(f"/views/{made['id']}", json={"query": "-kategori:password"})
        assert (changed.json()["query"], changed.json()["desk"]) == ("-kategori:password", "uji")
        listed = (await api.get("/tickets", params={"view": made["id"]})).json()
        assert [each["number"] for each in listed["items"]] == [3, 2]
        assert (await api.delete(f"/views/{own['id']}")).status_code == 204
        assert (await api.get("/tickets", params={"view": own["id"]})).status_code == 404
        nowhere = await api.post("/views", json=shared | {"desk": "tidak-ada"})
        assert nowhere.status_code == 422
