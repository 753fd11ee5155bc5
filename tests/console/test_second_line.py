"""The second line on pages and in the API: where a ticket stands, what its members may see and do, how it comes back."""

from dataclasses import replace

import pytest

from tests.tickets.desks import BUDI, RINA, SLUG, whatsapp
from tickets import staff
from tickets.actions import second_line
from tickets.actor import Role
from tickets.desk import StaffMember, Team
from tickets.hours import Span

YOGA = StaffMember(id="yoga@example.ac.id", name="Yoga", role=Role.AGENT, email="yoga@example.ac.id")
NAME = "Tim Pengembang Edunex"


@pytest.fixture
def desk(office):
    """The desk with two tickets, of which the first is with the team."""
    team = Team(id="edunex", name=NAME, members=(YOGA.id,), promises={"resolution": Span.parse("3d")})
    office.desk = replace(
        office.desk,
        desk=replace(office.desk.desk, teams=(team,), staff=(*office.desk.desk.staff, YOGA)),
    )
    office.ledger.write_blocking(lambda tx: staff.sync(tx, office.desk.desk, office.clock()))
    office.receives(whatsapp("nilai kuis belum muncul", sid="SM1"))
    office.receives(whatsapp("wifi asrama mati", sid="SM2", sender="+628222"))
    office.ledger.write_blocking(
        lambda tx: office.house.acts.escalate(
            tx, 1, "edunex", desk=office.desk, by=BUDI, at=office.clock(), reason="perlu dicek"
        )
    )
    return office


@pytest.fixture
async def yoga(desk, enters):
    return await enters(YOGA.id, "Yoga")


async def test_the_page_shows_where_it_stands_with_its_clock_and_issue(desk, budi):
    team = staff.team_as_one(desk.desk.desk, desk.desk.desk.teams[0])
    desk.ledger.write_blocking(
        lambda tx: second_line.name_issue(
            tx, 1, key="EDX-7", url="https://issues.example.ac.id/7", by=team.actor, at=desk.clock()
        )
    )
    page = await budi.opens("/tickets/1")
    assert f"With {NAME}" in page.text
    assert "EDX-7" in page.text
    assert 'href="https://issues.example.ac.id/7"' in page.answer.text
    assert "left" in page.text
    other = await budi.opens("/tickets/2")
    assert "With the first line." in other.text


async def test_a_member_sees_only_what_their_team_has(desk, yoga):
    inbox = await yoga.opens("/inbox?status=all")
    assert "nilai kuis" in inbox.text
    assert "wifi asrama" not in inbox.text
    assert (await yoga.opens("/inbox?status=all&q=wifi")).text.count("wifi asrama") == 0
    assert (await yoga.opens("/tickets/2")).status == 404


async def test_a_member_notes_in_the_name_of_the_team_and_cannot_answer(desk, yoga, budi):
    page = await yoga.opens("/tickets/1")
    assert "Send the answer" not in page.text
    assert (await yoga.sends(page, "/say", text="cache macet", **{"as": "note"})).status == 200
    seen = await budi.opens("/tickets/1")
    assert "cache macet" in seen.text
    assert 'team-note">' + NAME in seen.answer.text
    refused = await yoga.sends(page, "/say", text="halo", once="again", **{"as": "answer"})
    assert refused.status == 403


async def test_a_member_gives_it_back_with_what_was_found(desk, yoga, budi):
    page = await yoga.opens("/tickets/1")
    await yoga.sends(page, "/return", finding="Cache dibersihkan.")
    seen = await budi.opens("/tickets/1")
    assert "Cache dibersihkan." in seen.text
    assert "With the first line." in seen.text
    assert (await yoga.opens("/tickets/1")).status == 404


async def test_the_queue_of_a_team_is_a_filter(desk, rina):
    queue = await rina.opens("/inbox?status=all&team=edunex")
    assert "nilai kuis" in queue.text
    assert "wifi asrama" not in queue.text
    assert f"Queue of {NAME}" in queue.text
    assert "wifi asrama" in (await rina.opens("/inbox?status=all&team=unknown")).text


async def test_the_api_lists_a_team_s_queue_and_gives_back(desk):
    async with desk.program() as program:
        listed = (await program.get("/tickets", params={"team": "edunex"})).json()["items"]
        assert [ticket["number"] for ticket in listed] == [1]
        back = (await program.post("/tickets/1/return", json={"text": "Sudah."})).json()
        assert back["team"] is None
        assert back["messages"][-1]["text"] == "Sudah."
        assert back["issues"] == []
        met = [clock for clock in back["clocks"] if clock["kind"] == "second_line"]
        assert met[0]["met_at"]
        again = await program.post("/tickets/1/return", json={"text": "Sudah."})
        assert again.status_code == 409
        handed = await program.post("/tickets/1/escalate", json={"team": "edunex", "reason": "lagi"})
        assert handed.json()["team"] == "edunex"


async def test_a_supervisor_in_a_team_and_the_first_line_keep_their_rights(desk):
    team = replace(desk.desk.desk.teams[0], members=(YOGA.id, RINA.id, BUDI.id))
    first = Team(id="depan", name="Lini depan", line=1, members=(BUDI.id,))
    changed = replace(desk.desk.desk, teams=(team, first))
    assert {member.id: changed.second_line_of(member) for member in changed.staff} == {
        BUDI.id: None,
        RINA.id: None,
        YOGA.id: {"edunex": False},
    }
    assert changed.slug == SLUG
