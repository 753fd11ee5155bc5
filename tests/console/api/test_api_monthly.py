"""The monthly report as programs see it: the figures of every other form, its files, and who may have them."""

import pytest
from sqlmodel import select

from console.doors.trail import Kind
from console.reports import handing_out
from console.tables import TrailEntry
from console.tokens import create_token
from tests.tickets.desks import BUDI, MONDAY, SLUG, whatsapp
from tickets.actions import handling
from tickets.actor import Role


@pytest.fixture
async def api(office):
    office.receives(whatsapp("lupa sandi, NIM 13519001", sid="SM1"), at=MONDAY)
    office.receives(whatsapp("tidak bisa masuk", sid="SM2", sender="+62812"), at=MONDAY)
    office.ledger.write_blocking(
        lambda tx: handling.categorise(tx, 1, "password", desk=office.desk, by=BUDI, at=MONDAY)
    )
    async with office.program() as program:
        yield program


async def test_the_month_is_told_with_its_findings(api):
    told = (await api.get(f"/reports/monthly?desk={SLUG}&month=2026-10&language=en")).json()
    assert (told["month"], told["tickets"], told["uncategorised"], told["unread"]) == ("2026-10", 2, 1, 0)
    assert told["promises"]["first_response"]["met"] == 0
    assert told["compared"][0] == {
        "figure": "tickets_in", "promise": None, "now": 2, "before": None, "year_before": None
    }  # fmt: skip
    assert {
        "topic": "uncategorised",
        "title": "Tickets without a category.",
        "text": "1 of 2 tickets (50%) have no category yet.",
    } in told["findings"]


async def test_each_file_is_handed_out_and_the_trail_says_so(office, api):
    for form, begins in (("pdf", b"%PDF-"), ("xlsx", b"PK"), ("csv", b"number,")):
        made = await api.get(f"/reports/monthly?desk={SLUG}&month=2026-10&format={form}")
        assert made.status_code == 200
        assert made.content.startswith(begins)
        assert made.headers["content-disposition"] == f'attachment; filename="{SLUG}-2026-10.{form}"'
    with office.ledger.reading() as session:
        kept = session.exec(select(TrailEntry.data).where(TrailEntry.kind == Kind.EXPORTED)).all()
    assert [each["format"] for each in kept] == ["pdf", "xlsx", "csv"]


async def test_what_cannot_be_had_is_refused_in_a_line(office, api):
    viewer = office.ledger.write_blocking(lambda tx: create_token(tx, "papan", Role.VIEWER, SLUG, MONDAY))
    async with office.program(viewer) as program:
        for query, status in (
            ("month=2026-13", 422), ("month=2031-01", 422), ("month=2026-10&format=docx", 422), ("month=2026-10&team=x", 422),
            ("month=2026-10&format=csv", 403), ("month=2026-10&identities=true", 403),
        ):  # fmt: skip
            refused = await program.get(f"/reports/monthly?desk={SLUG}&{query}")
            assert (query, refused.status_code) == (query, status)
            assert "\n" not in refused.json()["error"]["message"]


async def test_a_large_month_is_made_apart_and_answered_alike(office, api, monkeypatch):
    wanted = [
        f"/reports/monthly?desk={SLUG}&month=2026-10", f"/reports/monthly?desk={SLUG}&month=2026-10&format=csv",
        f"/reports/annual?desk={SLUG}&year=2026&format=docx", f"/reports/monthly?desk={SLUG}&month=2026-10&team=x",
    ]  # fmt: skip
    here = [await api.get(each) for each in wanted]
    monkeypatch.setattr(handing_out, "MOST_HERE", 1)
    there = [await api.get(each) for each in wanted]
    assert office.made_apart == ["data_of_month_apart", "file_of_month_apart", "file_of_year_apart"]
    assert [each.status_code for each in there] == [each.status_code for each in here] == [200, 200, 200, 422]
    assert there[0].json() == here[0].json()
    assert there[1].content == here[1].content
    assert (there[2].headers["content-disposition"], there[3].json()) == (
        here[2].headers["content-disposition"], here[3].json(),
    )  # fmt: skip
