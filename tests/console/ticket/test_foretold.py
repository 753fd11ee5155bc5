"""Why a category is suggested stands on the ticket's page; what fits none is said there and by the API."""

import pytest

from tests.tickets.desks import whatsapp
from tickets.predictions import Foretold

SUGGESTED = (("password", 0.84), ("login", 0.1))


@pytest.fixture
def number(office):
    earlier = office.receives(whatsapp("kata sandi hilang", sid="SM0", sender="+62812")).ticket.number
    told = Foretold(suggestions=SUGGESTED, matched=("lupa", "sandi"), nearest={"ticket": earlier})
    said = whatsapp("min, LUPA sandi nih <b>https://a.example/lupa", sid="SM1")
    return office.receives(said, suggestions=SUGGESTED, foretold=told).ticket.number


async def test_the_reason_is_shown_and_the_words_are_marked_where_they_were_said(budi, number):
    page = await budi.opens(f"/tickets/{number}")
    assert "min, <mark>LUPA</mark> <mark>sandi</mark> nih &lt;b&gt;<a href=" in page.answer.text
    assert 'href="/tickets/1">ticket #1</a>' in page.answer.text
    assert "84%" in page.text


async def test_nothing_is_called_certain_and_what_hardly_counts_is_not_offered(office, budi):
    found = (("password", 0.9996), ("login", 0.0003))
    told = Foretold(suggestions=found)
    ticket = office.receives(whatsapp("lupa", sid="SM1"), suggestions=found, foretold=told).ticket.number
    page = await budi.opens(f"/tickets/{ticket}")
    assert "99%" in page.text
    assert "0%" not in page.text


async def test_what_fits_no_category_is_said_on_the_page(office, budi, number):
    page = await budi.sends(await budi.opens(f"/tickets/{number}"), f"/{number}/none-fits")
    assert "No category fits" in page.text
    assert f"/tickets/{number}/none-fits" not in page.answer.text


async def test_and_by_the_api(office, number):
    async with office.program() as api:
        answer = await api.post(f"/tickets/{number}/none-fits", json={})
        assert answer.status_code == 200
        assert answer.json()["events"][-1]["kind"] == "ticket.out_of_scope"
        refused = await api.post("/tickets/1/none-fits", json={})
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "rule")
