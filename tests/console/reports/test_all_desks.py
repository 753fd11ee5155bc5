"""An export over all desks: for whoever supervises them, each line with its desk, and told in the trail of each."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from bot.desks import Desks, OpenDesk
from bot.making.apart import in_a_thread
from bot.making.maker import Maker
from reports.making import queue
from tests.console.houses import CATALOGUE
from tests.tickets.desks import SLUG, whatsapp
from tickets.intake import Reading, take_in

OTHER = "lain"
SINCE = {"from": "2026-10-01", "to": "2026-10-31", "format": "csv"}
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def told(office):
    """Two desks, with a ticket each."""
    office.has_neighbour(OTHER, "Unit Lain")
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    said = whatsapp("sandi salah", sid="SM2")
    said = replace(said, place=replace(said.place, account=f"{OTHER}/whatsapp"))
    other = office.neighbours[OTHER]
    office.ledger.write_blocking(
        lambda tx: take_in(tx, said, desk=other, reading=Reading(), files=(), at=office.clock.now)
    )
    return office


@pytest.fixture
def maker(told, tmp_path):
    opened = {
        now.slug: OpenDesk(now=now, catalogue=CATALOGUE, matcher=None) for now in told.house.desks().values()
    }
    return Maker(
        told.ledger, Desks(opened), apart=in_a_thread, search_index=tmp_path / "search.db",
        clock=told.clock,
    )  # fmt: skip


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


async def test_whoever_supervises_all_desks_has_them_in_one_file(told, kepala, rina, maker):
    page = await kepala.opens("/exports")
    assert "From all desks that you supervise (2)" in page.text
    assert "From all desks" not in (await rina.opens("/exports")).text
    asked = await kepala.sends(page, "/exports", what="messages", every="1", **SINCE)
    assert "2 desks" in asked.text
    await maker.drain()
    taken = await kepala.client.get("/makings/1")
    assert taken.headers["content-disposition"].endswith("all-desks-messages-2026-10-01-2026-10-31.csv")
    assert {(row["desk"], row["desk_name"], row["text"]) for row in rows_of(taken)} == {
        (SLUG, told.desk.desk.name, "lupa sandi"),
        (OTHER, "Unit Lain", "sandi salah"),
    }
    assert (await kepala.opens("/trail")).text.count("Data exported messages (csv)") == 2
    assert told.ledger.write_blocking(lambda tx: queue.expire_all(tx, OTHER, at=told.clock.now)) == 1
    assert (await kepala.client.get("/makings/1")).status_code == 404


async def test_a_name_of_one_desk_chooses_nothing_at_another(told, kepala, maker):
    wanted = {"what": "tickets", "every": "1", **SINCE, "format": "xlsx"}
    await kepala.sends(await kepala.opens("/exports"), "/exports", channel="whatsapp", **wanted)
    await maker.drain()
    book = openpyxl.load_workbook(io.BytesIO((await kepala.client.get("/makings/1")).content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert (rows[0][0], {row[0] for row in rows[1:]}) == ("Unit", {told.desk.desk.name, "Unit Lain"})
    refused = await kepala.sends(await kepala.opens("/exports"), "/exports", q="petugas:siapa", **wanted)
    assert "Nothing is called “petugas:siapa”" in refused.text


async def test_a_program_has_the_desks_of_its_token(told, maker):
    async with told.program() as program:
        body = {"desk": "all", "what": "tickets", "from": "2026-10-01", "to": "2026-10-31"}
        asked = (await program.post("/exports", json=body)).json()
        assert sorted([asked["desk"], *asked["beside"]]) == sorted([SLUG, OTHER])
        await maker.drain()
        file = await program.get(f"/exports/{asked['id']}/file")
        assert {row["desk"] for row in rows_of(file)} == {SLUG, OTHER}
