"""Tokens of programs: good for their scopes and no more, until they expire or are taken back."""

import re
from datetime import timedelta

import pytest

from console.doors.trail_reading import Sought, lines
from console.scopes import SCOPES, covers, known, needed
from console.tokens import create_token, tokens
from tests.tickets.desks import MONDAY, whatsapp
from tickets.actions import identity
from tickets.actor import SYSTEM, Role

NUMBER = "13521001"


@pytest.fixture
def token(office):
    def make(*scopes, role=Role.AGENT, lives=None):
        return office.ledger.write_blocking(
            lambda tx: create_token(
                tx, "laporan", role, None, MONDAY, scopes=known(scopes) if scopes else None,
                expires_at=MONDAY + lives if lives else None,
            )
        )  # fmt: skip

    return make


@pytest.fixture
def ticket(office):
    """A ticket of somebody who has given their number."""
    found = office.receives(whatsapp("halo", sid="SM1")).ticket
    office.ledger.write_blocking(
        lambda tx: identity.identify(
            tx, found.contact, ticket=found.number, by=SYSTEM, at=office.clock.now, number=NUMBER
        )
    )
    return found.number


async def test_a_scope_opens_its_own_routes_alone(office, ticket, token):
    async with office.program(token("tickets:read", "catalogue:write", role=Role.SUPERVISOR)) as program:
        assert (await program.get(f"/tickets/{ticket}")).status_code == 200
        refused = await program.post(f"/tickets/{ticket}/note", json={"text": "x"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_allowed")
        assert "tickets:write" in refused.json()["error"]["message"]
        assert (await program.get("/messages")).status_code == 403
        assert (await program.get(f"/desks/{office.desk.slug}/rules")).status_code == 200
        assert (await program.get("/board")).status_code == 403


@pytest.mark.parametrize(
    ("scopes", "role", "whole"),
    [
        ((), Role.AGENT, True),
        (("tickets:read", "identity:read"), Role.AGENT, True),
        (("tickets:read",), Role.AGENT, False),
        ((), Role.VIEWER, False),
    ],
)
async def test_whole_identity_numbers_need_the_scope_and_more_than_a_viewer(
    office, ticket, token, scopes, role, whole
):
    async with office.program(token(*scopes, role=role)) as program:
        one = (await program.get(f"/tickets/{ticket}")).json()["contact"]["identity"]["number"]
        listed = (await program.get("/tickets")).json()["items"][0]["contact"]["identity"]["number"]
        await program.get("/contacts/1")
    assert (one == NUMBER, listed == NUMBER) == (whole, whole)
    with office.ledger.reading() as session:
        told = lines(session, Sought(theme="identity"), limit=10)
    assert [(line.kind, line.who, dict(line.data)) for line in told] == (
        [
            ("identity.read", "api:laporan", {"contacts": [1]}),
            *[("identity.read", "api:laporan", {"tickets": [ticket]})] * 2,
        ]
        if whole
        else []
    )


async def test_a_token_expires_and_shows_when_it_was_used(office, token):
    async with office.program(token("tickets:read", lives=timedelta(days=1))) as program:
        assert (await program.get("/tickets")).status_code == 200
        [kept] = await office.ledger.read(tokens)
        assert kept.last_used_at == office.clock.now
        office.clock.now += timedelta(days=1)
        assert (await program.get("/tickets")).status_code == 401


async def test_the_administrator_makes_a_token_on_its_page_and_takes_it_back(office, kepala, budi):
    page = await kepala.opens("/tokens")
    lacking = await kepala.client.post(
        "/tokens", data=page.form("/tokens").fields | {"name": "x", "scope": []}
    )
    assert lacking.status_code == 422
    fields = page.form("/tokens").fields | {
        "name": "Papan dinding",
        "role": "viewer",
        "desk": "",
        "lives": "90",
    }
    made = await kepala.client.post("/tokens", data=fields | {"scope": ["tickets:read", "reports:read"]})
    token = re.search(r'value="(tanggap_[\w-]+)"', made.text)[1]
    again = await kepala.client.post("/tokens", data=fields | {"scope": ["tickets:read", "reports:read"]})
    assert "tanggap_" not in re.sub(r"<code.*?</code>", "", again.text)
    async with office.program(token) as program:
        assert (await program.get("/tickets")).status_code == 200
        shown = await kepala.opens("/tokens")
        assert "last used" in shown.text
        await kepala.sends(shown, "/tokens/take-back")
        assert (await program.get("/tickets")).status_code == 401
    assert (await budi.opens("/tokens")).status == 403


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_route_of_the_api_has_a_scope(office, token):
    paths = office.app.openapi()["paths"]
    routes = [
        (method, path) for path, methods in paths.items() for method in methods if "/webhooks" not in path
    ]
    assert len(routes) > 100
    async with office.program(token("webhooks:write", role=Role.SUPERVISOR)) as program:
        free = [
            (method, path)
            for method, path in routes
            if (
                await program.request(method, re.sub(r"{\w+}", "1", path.removeprefix("/api/v1")))
            ).status_code
            != 403
        ]
    assert free == []


def test_writing_covers_reading_and_nothing_is_unknown():
    assert covers(["tickets:write"], needed("tickets", "GET"))
    assert not covers(["tickets:read"], needed("tickets", "POST"))
    assert all(covers(None, scope) for scope in SCOPES)
    with pytest.raises(ValueError, match="there is no scope tickets:delete"):
        known(["tickets:delete"])
