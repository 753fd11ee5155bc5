"""Viewers: they see what the desk sees, do nothing, hold nothing, and read no identity number."""

import pytest

from tests.tickets.desks import whatsapp
from tickets.actions import identity
from tickets.actor import SYSTEM, Role
from tickets.desk import StaffMember

WATI = StaffMember(id="wati@example.ac.id", name="Wati", role=Role.VIEWER, email="wati@example.ac.id")
ACTS = (
    "say",
    "number",
    "assign",
    "categorise",
    "close",
    "wait",
    "tag",
    "escalate",
    "identity",
    "spam",
    "sleep",
)


@pytest.fixture
async def wati(office, enters):
    office.hires(WATI)
    return await enters(WATI.id, "Wati")


@pytest.fixture
def ticket(office):
    found = office.receives(whatsapp("halo", sid="SM1")).ticket
    office.ledger.write_blocking(
        lambda tx: identity.identify(
            tx, found.contact, ticket=found.number, by=SYSTEM, at=office.clock.now, number="13521001"
        )
    )
    return found.number


async def test_a_viewer_looks_and_does_nothing(office, wati, ticket):
    page = await wati.opens(f"/tickets/{ticket}")
    assert "halo" in page.text
    assert "13521001" not in page.text
    offered = {form.action for form in page.forms if form.method == "post"}
    assert offered <= {"/logout", "/theme"}
    before = office.ticket(ticket)
    token = (await wati.opens("/account")).form("/account/name").fields["token"]
    refused = {}
    for act in ACTS:
        body = {
            "token": token,
            "text": "x",
            "agent": WATI.id,
            "category": "login",
            "tag": "x",
            "team": "x",
            "reason": "x",
        }
        refused[act] = (await wati.client.post(f"/tickets/{ticket}/{act}", data=body)).status_code
    assert office.ticket(ticket) == before
    assert {act: status for act, status in refused.items() if status not in {403, 404, 422}} == {}


async def test_what_supervisors_and_the_administrator_see_is_not_for_viewers(wati):
    for path in (
        "/board",
        "/verification",
        "/surveys",
        "/quality",
        "/dashboard",
        "/breaches",
        "/channels",
        "/webhooks",
        "/blocked",
        "/removals",
        "/trail",
        "/tokens",
    ):
        assert ((await wati.opens(path)).status, path) == (403, path)


async def test_no_ticket_is_given_to_a_viewer(office, wati, budi, ticket):
    async with office.program() as program:
        given = await program.post(f"/tickets/{ticket}/assign", json={"agent": WATI.id})
        assert given.status_code == 422
    assert WATI.id not in (await budi.opens(f"/tickets/{ticket}")).answer.text
