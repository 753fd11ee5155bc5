"""The page of the people: who is here, how much they have to do, saying that one is away, handing over."""

from datetime import timedelta

import pytest

from tests.tickets.desks import BUDI, RINA, SLUG, whatsapp
from tickets.actions import handling, presence
from tickets.actions.answering import note
from tickets.actions.assigning import give_out
from tickets.actor import Role
from tickets.assignment import Assignment, Way
from tickets.desk import StaffMember
from tickets.lines import ASSIGNMENT
from tickets.presence import Away

SARI = "sari@example.ac.id"


@pytest.fixture
def office(office):
    """The desk with one more agent."""
    sari = StaffMember(id=SARI, name="Sari", role=Role.AGENT, email=SARI)
    office.hires(sari)
    return office


@pytest.fixture
def busy(office):
    """Budi holds two tickets."""
    for number in (1, 2):
        office.receives(whatsapp("lupa sandi", sid=f"SM{number}", sender=f"+62811{number}"))
        office.ledger.write_blocking(
            lambda tx, number=number: handling.assign(
                tx, number, BUDI.id, staff=frozenset({BUDI.id}), by=RINA, at=office.clock()
            )
        )
    return office


def holders(office):
    return [office.ticket(number).assignee for number in (1, 2)]


async def test_everybody_sees_who_is_here_and_how_much_they_have_to_do(busy, budi):
    page = await budi.opens("/people")
    assert "Budi agent here 2 / 10" in page.text
    assert "Sari agent here 0 / 10" in page.text
    assert "First line given out by people" in page.text


async def test_a_break_begins_and_ends_on_the_page(office, budi):
    away = await budi.sends(await budi.opens("/people"), "/break", minutes="30")
    assert "on a break until today at 09:30 WIB" in away.text
    back = await budi.sends(away, "/back")
    assert "on a break until" not in back.text


async def test_an_agent_says_nothing_of_others_and_a_supervisor_does(office, budi, rina):
    page = await budi.opens("/people")
    assert [form.fields["agent"] for form in page.forms if form.action.endswith("/break")] == [BUDI.id]
    refused = await budi.sends(page, "/break", agent=SARI)
    assert (refused.status, "may not do this" in refused.text) == (403, True)
    told = await rina.sends(await rina.opens("/people"), "/break", agent=SARI, minutes="")
    assert "Sari agent on a break" in told.text


async def test_leave_is_planned_with_a_substitute_and_called_off(office, budi):
    page = await budi.opens("/people")
    planned = await budi.sends(
        page, "/leave", first_on="2026-10-12", last_on="2026-10-13", substitute=SARI, note="pelatihan"
    )
    assert "out of office until Tuesday, 13 October 2026 · Substitute: Sari" in planned.text
    assert "Budi agent here" in planned.text
    assert "out of office until" not in (await budi.sends(planned, "/call-off")).text


@pytest.mark.parametrize(
    "days", [
        {"first_on": "2026-10-05", "last_on": "2026-10-01"}, {"first_on": "besok"}, {"last_on": "9999-12-31"},
        {"first_on": "0001-01-01"},
    ],
)  # fmt: skip
async def test_days_that_cannot_be_are_refused_in_words(office, budi, days):
    refused = await budi.sends(await budi.opens("/people"), "/leave", **days)
    assert refused.status in {409, 422}
    assert "here" in refused.text


async def test_a_hand_over_is_shown_first_and_then_done(busy, rina):
    plan = await rina.opens(f"/people/hand-over?desk={SLUG}&agent={BUDI.id}&to={SARI}")
    assert "2 tickets would move Sari 2" in plan.text
    assert holders(busy) == [BUDI.id] * 2
    await rina.sends(plan, "/hand-over/now")
    assert holders(busy) == [SARI] * 2


async def test_a_hand_over_to_somebody_who_is_away_says_so(busy, rina):
    busy.ledger.write_blocking(
        lambda tx: presence.go_away(
            tx, SARI, Away.BREAK, desk=busy.desk, until=None, by=RINA, at=busy.clock()
        )
    )
    plan = await rina.opens(f"/people/hand-over?desk={SLUG}&agent={BUDI.id}&to={SARI}")
    assert (plan.status, "That person is away" in plan.text) == (409, True)


async def test_without_a_receiver_the_desk_spreads_or_asks_for_one(busy, rina):
    asked = await rina.opens(f"/people/hand-over?desk={SLUG}&agent={BUDI.id}")
    assert "Choose who takes over" in asked.text
    busy.gives_out(Assignment(way=Way.LEAST_LOADED))
    spread = await rina.opens(f"/people/hand-over?desk={SLUG}&agent={BUDI.id}")
    assert "Sari 2" in spread.text


async def test_the_page_says_why_tickets_wait(office, rina):
    office.gives_out(Assignment(way=Way.ROUND_ROBIN, capacity=1))
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    office.clock.now += timedelta(hours=12)
    page = await rina.opens("/people")
    assert "First line given out by turns · 1 tickets unassigned: waiting for the opening" in page.text


async def test_the_ticket_s_page_names_the_machine_that_gave_it_out(office, rina):
    office.gives_out(Assignment(way=Way.LEAST_LOADED))
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    office.ledger.write_blocking(lambda tx: give_out(tx, desk=office.desk, at=office.clock()))
    office.ledger.write_blocking(lambda tx: note(tx, 1, "dari Budi", by=ASSIGNMENT, at=office.clock()))
    page = await rina.opens("/tickets/1")
    assert "Held by Budi" in page.text
    assert "given out automatically" in page.text.partition("dari Budi")[0]


async def test_a_program_sees_sends_away_and_hands_over(busy):
    async with busy.program() as program:
        people = (await program.get("/people", params={"desk": SLUG})).json()["items"]
        assert [(each["name"], each["load"], each["capacity"], each["absence"]) for each in people] == [
            ("Budi", 2, 10, None), ("Rina", 0, 10, None), ("Sari", 0, 10, None),
        ]  # fmt: skip
        moves = (
            await program.get("/people/hand-over", params={"desk": SLUG, "agent": "budi", "to": "sari"})
        ).json()
        assert [(move["ticket"], move["to"]) for move in moves["moves"]] == [(1, SARI), (2, SARI)]
        handed = await program.post("/people/hand-over", json={"desk": SLUG, "agent": "budi", "to": "sari"})
        assert [each["load"] for each in handed.json()["items"]] == [0, 0, 2]
        away = await program.post(
            "/people/away",
            json={
                "desk": SLUG,
                "agent": "budi",
                "kind": "out_of_office",
                "until": "2026-10-09T00:00:00+07:00",
            },
        )
        assert away.json()["items"][0]["absence"]["until"] == "2026-10-08T17:00:00+00:00"
        back = await program.post("/people/back", json={"desk": SLUG, "agent": "budi"})
        assert back.json()["items"][0]["absence"] is None
        wrong = await program.post("/people/back", json={"desk": SLUG, "agent": "nobody"})
        assert (wrong.status_code, wrong.json()["error"]["field"]) == (422, "agent")
