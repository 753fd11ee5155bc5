"""The matcher's month on a page and in the API; for supervisors."""

import pytest

from templates_replies.matcher import SCALE
from tests.tickets.desks import BUDI, SLUG, whatsapp
from tickets.actions import handling, matching
from tickets.predictions import Foretold

TOLD = Foretold(suggestions=(("password", 0.9), ("login", 0.1)), scale=SCALE)


@pytest.fixture
def judged(office):
    """Three messages: one suggestion was right, one wrong, one fits no category."""
    numbers = [
        office.receives(whatsapp("lupa", sid=f"SM{n}", sender=f"+6281{n}"), foretold=TOLD).ticket.number
        for n in range(3)
    ]

    def judge(tx):
        for number, category in zip(numbers, ("password", "login"), strict=False):
            handling.categorise(tx, number, category, desk=office.desk, by=BUDI, at=office.clock.now)
        matching.reject(tx, numbers[2], by=BUDI, at=office.clock.now)

    office.ledger.write_blocking(judge)


async def test_a_supervisor_sees_the_month_and_an_agent_does_not(judged, rina, budi):
    page = await rina.opens("/quality")
    assert "33% 1 of 3 judged" in page.text
    assert "Lupa kata sandi" in page.text
    assert "At least 52" in page.text
    assert "By week: Lupa kata sandi" in (await rina.opens("/quality?category=password")).text
    assert (await budi.client.get("/quality")).status_code == 403


async def test_a_month_without_messages_says_so(rina):
    assert "No messages this month" in (await rina.opens("/quality?month=2026-09")).text


async def test_programs_read_the_same_figures(judged, office):
    async with office.program() as api:
        found = (await api.get("/quality", params={"desk": SLUG})).json()
        assert (found["precision"], found["out_of_scope_share"]) == (1 / 3, 1 / 3)
        assert found["gate"] == {"threshold": None, "judged": 3}
        assert [each["monday"] for each in found["weeks"]] == ["2026-10-05"]
        assert {each["category"]: each["missed"] for each in found["categories"]} == {
            "password": 0,
            "login": 1,
        }
        assert [each["messages"] for each in found["categories"][0]["weeks"]] == [3]
        refused = await api.get("/quality", params={"desk": SLUG, "from": "2026-10-09", "to": "2026-10-01"})
        assert refused.status_code == 422
