"""Exports for programs: asked for, looked at, fetched, and nobody else's."""

import pytest

from console.tokens import create_token
from tests.tickets.desks import MONDAY, SLUG, whatsapp
from tickets import removals
from tickets.actor import Role

OCTOBER = {"desk": SLUG, "what": "messages", "from": "2026-10-01", "to": "2026-10-31"}


@pytest.fixture
def knocks(office):
    """Call as a program with a token of a role and scopes."""
    office.receives(whatsapp("NIM saya 13519001", sid="SM1"))

    def knock(role=Role.SUPERVISOR, scopes=("reports:read",), name="rekap"):
        made = office.ledger.write_blocking(
            lambda tx: create_token(tx, name, role, SLUG, MONDAY, scopes=scopes)
        )
        return office.program(made)

    return knock


async def test_an_export_is_asked_for_looked_at_and_fetched(office, knocks, maker):
    async with knocks() as program, knocks(name="lain") as other:
        asked = await program.post("/exports", json=OCTOBER, headers={"Idempotency-Key": "satu"})
        assert (asked.status_code, asked.json()["state"], asked.json()["id"]) == (202, "waiting", 1)
        again = await program.post("/exports", json=OCTOBER, headers={"Idempotency-Key": "satu"})
        assert [each["id"] for each in again.json()["items"]] == [1]
        refused = await program.post("/exports", json=OCTOBER)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "under_way")
        assert (await program.get("/exports/1/file")).status_code == 404
        await maker.drain()
        done = (await program.get("/exports/1")).json()
        assert (done["state"], done["name"], done["expires_at"][:10]) == (
            "done",
            f"{SLUG}-messages-2026-10-01-2026-10-31.csv",
            "2026-10-06",
        )
        assert done["gone"] == []
        over = {"desk": SLUG, "kind": removals.RETENTION, "by": "system", "months": ["2026-10"]}
        office.ledger.write_blocking(lambda tx: removals.begin(tx, at=office.clock.now, **over))
        assert (await program.get("/exports/1")).json()["gone"] == ["2026-10"]
        file = await program.get("/exports/1/file")
        assert "NIM saya 135•••01" in file.text
        for path in ("/exports/1", "/exports/1/file"):
            assert (await other.get(path)).status_code == 404
        assert (await other.get("/exports", params={"desk": SLUG})).json()["items"] == []
        assert (await program.delete("/exports/1")).status_code == 204
        assert (await program.get("/exports/1")).status_code == 404
    await maker.drain()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_rights_are_asked_first_and_what_is_wrong_is_told_at_once(knocks, maker):
    whole = OCTOBER | {"identities": True}
    async with knocks() as program, knocks(Role.AGENT, name="petugas") as agent:
        assert (await program.post("/exports", json=whole)).status_code == 403
        assert (await agent.post("/exports", json=OCTOBER)).status_code == 403
        for wrong in ({"to": "2026-09-01"}, {"what": "secrets"}, {"filter": "warna:biru"}, {"format": "exe"}):
            assert (await program.post("/exports", json=OCTOBER | wrong)).status_code == 422, wrong
        assert (await program.post("/exports", json=OCTOBER | {"desk": "lain"})).status_code == 403
    async with knocks(scopes=("reports:read", "identity:read"), name="utuh") as program:
        assert (await program.post("/exports", json=whole | {"format": "jsonl"})).status_code == 202
        await maker.drain()
        assert "13519001" in (await program.get("/exports/1/file")).text
    async with knocks(scopes=("tickets:read",), name="tanpa") as program:
        assert (await program.get("/exports", params={"desk": SLUG})).status_code == 403
