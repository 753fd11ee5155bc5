"""The surveys as programs see them: on a ticket, over a span, and what was done about a low score."""

from datetime import timedelta

import pytest

from console.tokens import create_token
from tests.tickets.desks import BUDI, MONDAY, SLUG, whatsapp
from tickets import ticket as tickets_
from tickets.actions import handling, survey
from tickets.actor import Role
from tickets.survey import Withheld


@pytest.fixture
async def api(office):
    async with office.program() as program:
        yield program


@pytest.fixture
def asks(office):
    """Let tickets be solved and asked about, with a score and a remark where there are any."""

    def ask(given=None, remark=None, *, at=MONDAY):
        number = office.receives(
            whatsapp("lupa sandi", sid=f"SM{at}", sender=f"+62{at:%d%H%M%S}"), at=at
        ).ticket.number

        def job(tx):
            handling.categorise(tx, number, "password", desk=office.desk, by=BUDI, at=at)
            ticket = handling.solve(tx, number, by=BUDI, at=at)
            survey.asked(tx, ticket, message=1, scale=5, at=at)
            asked = survey.of_cycle(tx, number, 1)
            if given is not None:
                asked = survey.score(tx, asked, given, message=2, at=at)
            if remark is not None:
                survey.remark(tx, asked, remark, message=3, at=at)
            return number

        return office.ledger.write_blocking(job)

    return ask


async def test_a_ticket_shows_its_survey(api, asks):
    number = asks(4, "cepat sekali")
    shown = (await api.get(f"/tickets/{number}")).json()["survey"]
    assert (shown["score"], shown["comment"], shown["scale"]) == (4, "cepat sekali", 5)
    assert shown["asked_at"] == shown["answered_at"] == "2026-10-05T02:00:00+00:00"
    assert shown["found_at"] is None


async def test_a_ticket_without_one_says_null(office, api):
    number = office.receives(whatsapp("halo", sid="SM1")).ticket.number
    assert (await api.get(f"/tickets/{number}")).json()["survey"] is None


async def test_a_span_has_its_figures_and_answers(office, api, asks):
    for minute, (score, remark) in enumerate([(5, None), (4, "baik"), (1, "lambat"), (None, None)]):
        asks(score, remark, at=MONDAY + timedelta(minutes=minute))
    asks(2, at=MONDAY + timedelta(days=40))
    found = (
        await api.get("/surveys", params={"desk": SLUG, "from": "2026-10-01", "to": "2026-10-31"})
    ).json()
    assert (found["asked"], found["answered"], found["withheld"]) == (4, 3, 0)
    assert (found["mean"], found["share"], found["low"], found["to_follow_up"]) == (3.33, 0.75, 1, 1)
    assert found["satisfied"] == pytest.approx(2 / 3)
    assert found["distribution"] == {"5": 1, "4": 1, "3": 0, "2": 0, "1": 1}
    assert [item["score"] for item in found["items"]] == [None, 1, 4, 5]
    assert found["items"][1]["comment"] == "lambat"
    assert found["public_service"] is None


async def test_a_day_begins_at_the_desks_own_midnight(api, asks):
    asks(5, at=MONDAY.replace(hour=16, minute=59))  # 23:59 in Jakarta
    asks(1, at=MONDAY.replace(hour=17, minute=0))
    day = (await api.get("/surveys", params={"desk": SLUG, "from": "2026-10-05", "to": "2026-10-05"})).json()
    assert [item["score"] for item in day["items"]] == [5]


async def test_who_could_not_be_asked_is_counted_apart(office, api):
    number = office.receives(whatsapp("lupa sandi", sid="SM1")).ticket.number
    office.ledger.write_blocking(
        lambda tx: survey.could_not_ask(
            tx, tickets_.load(tx, number), why=Withheld.WINDOW, scale=5, at=MONDAY
        )
    )
    found = (
        await api.get("/surveys", params={"desk": SLUG, "from": "2026-10-01", "to": "2026-10-31"})
    ).json()
    assert (found["asked"], found["withheld"], found["mean"], found["share"]) == (0, 1, None, None)


async def test_a_low_score_is_followed_up_by_a_supervisor_only(office, api, asks):
    number = asks(1, "lama")
    agent = office.ledger.write_blocking(lambda tx: create_token(tx, "agent", Role.AGENT, SLUG, MONDAY))
    async with office.program(agent) as program:
        refused = await program.post(f"/tickets/{number}/follow-up", json={"text": "sudah"})
    assert refused.status_code == 403
    done = await api.post(f"/tickets/{number}/follow-up", json={"text": "Sudah ditelepon"})
    assert done.json()["survey"]["follow_up"] == "Sudah ditelepon"
    again = await api.post(f"/tickets/{number}/follow-up", json={"text": "Lagi"})
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({}, 422), ({"desk": "none-such"}, 422), ({"desk": SLUG, "from": "soon"}, 422),
        ({"desk": SLUG, "from": "2026-10-02", "to": "2026-10-01"}, 422),
    ],
)  # fmt: skip
async def test_what_makes_no_sense_is_refused(api, params, status):
    assert (await api.get("/surveys", params=params)).status_code == status


async def test_another_desks_survey_is_not_shown(office):
    token = office.ledger.write_blocking(lambda tx: create_token(tx, "other", Role.VIEWER, "other", MONDAY))
    async with office.program(token) as program:
        assert (await program.get("/surveys", params={"desk": SLUG})).status_code == 403
