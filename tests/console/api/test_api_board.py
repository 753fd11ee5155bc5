"""The board and the verification as programs use them."""

import pytest

from console.tokens import create_token
from tests.tickets.desks import BUDI, MONDAY, SLUG, whatsapp
from tickets.actions import handling
from tickets.actor import Role


@pytest.fixture
async def api(office):
    async with office.program() as program:
        yield program


@pytest.fixture
def as_role(office):
    def program(role, desk=None):
        token = office.ledger.write_blocking(lambda tx: create_token(tx, f"{role}", role, desk, MONDAY))
        return office.program(token)

    return program


@pytest.fixture
def numbers(office):
    """Two solved tickets and one that is not."""
    found = []
    for index in range(3):
        taken = office.receives(whatsapp("lupa sandi", sid=f"SM{index}", sender=f"+62{index}"))
        found.append(taken.ticket.number)
    for number in found[:2]:
        office.ledger.write_blocking(
            lambda tx, number=number: handling.categorise(
                tx, number, "password", desk=office.desk, by=BUDI, at=MONDAY
            )
        )
        office.ledger.write_blocking(lambda tx, number=number: handling.solve(tx, number, by=BUDI, at=MONDAY))
    return found


async def test_the_board_of_a_desk_has_every_figure_with_its_tickets(api, numbers):
    (board,) = (await api.get("/board", params={"desk": SLUG})).json()["items"]
    assert (board["desk"], board["failed_intake"]) == (SLUG, [])
    assert list(board["figures"]) == [
        "breached", "undelivered", "soon", "unanswered", "waiting_long", "uncategorised", "low_score", "to_verify", "unverified",
    ]  # fmt: skip
    assert board["figures"]["unverified"] == {
        "count": 2, "more": False, "since": "2026-10-05T02:00:00+00:00", "tickets": numbers[:2],
    }  # fmt: skip
    assert board["figures"]["unanswered"]["tickets"] == [numbers[2]]
    assert board["month"] == {"month": "2026-10", "tickets": 3, "solved_in_time": 1.0, "categorised": 2 / 3}
    assert (await api.get("/board")).json()["items"][0]["desk"] == SLUG


async def test_the_board_is_shown_for_the_desks_of_a_token_only(as_role, numbers):
    async with as_role(Role.VIEWER, "another-desk") as stranger:
        assert (await stranger.get("/board", params={"desk": SLUG})).status_code == 403
        assert (await stranger.get("/board")).json()["items"] == []


async def test_several_are_verified_at_once_and_the_others_are_told(api, numbers):
    body = {"tickets": [*numbers, 99]}
    headers = {"Idempotency-Key": "k1"}
    answer = (await api.post("/tickets/verify", json=body, headers=headers)).json()
    assert answer["verified"] == numbers[:2]
    assert [(each["ticket"], each["code"]) for each in answer["refused"]] == [
        (numbers[2], "rule"),
        (99, "not_found"),
    ]
    again = (await api.post("/tickets/verify", json=body, headers=headers)).json()
    assert again["verified"] == numbers[:2]
    events = (await api.get(f"/tickets/{numbers[0]}")).json()["events"]
    assert [event["kind"] for event in events].count("ticket.closed") == 1


async def test_what_is_sent_back_is_open_again_with_the_note(api, as_role, numbers):
    path = f"/tickets/{numbers[0]}/send-back"
    async with as_role(Role.AGENT) as agent:
        assert (await agent.post(path, json={"note": "belum"})).status_code == 403
    assert (await api.post(path, json={"note": "  "})).status_code == 422
    ticket = (await api.post(path, json={"note": "Sebutkan lamannya."})).json()
    assert (ticket["status"], ticket["solved_at"]) == ("open", None)
    assert (ticket["messages"][-1]["direction"], ticket["messages"][-1]["text"]) == (
        "note",
        "Sebutkan lamannya.",
    )
    resolution = [clock for clock in ticket["clocks"] if clock["kind"] == "resolution"]
    assert [clock["met_at"] is None for clock in resolution] == [False, True]
    assert (await api.post(path, json={"note": "lagi"})).status_code == 409
