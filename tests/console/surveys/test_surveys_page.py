"""The survey's month on a page, and the questionnaire of the survey of public services for whoever has its link."""

from datetime import timedelta

import pytest

from tests.tickets.desks import BUDI, MONDAY, SLUG, whatsapp
from tickets import contacts
from tickets.actions import handling, public_survey, survey
from tickets.survey import ELEMENTS, Every, period_at


@pytest.fixture
def asks(office):
    """Let a ticket be solved, asked about and answered."""

    def ask(given, remark=None, *, sender):
        number = office.receives(whatsapp("lupa sandi", sid=f"SM{sender}", sender=sender)).ticket.number

        def job(tx):
            handling.categorise(tx, number, "password", desk=office.desk, by=BUDI, at=MONDAY)
            ticket = handling.solve(tx, number, by=BUDI, at=MONDAY)
            survey.asked(tx, ticket, message=1, scale=5, at=MONDAY)
            asked = survey.score(tx, survey.of_cycle(tx, number, 1), given, message=2, at=MONDAY)
            if remark:
                survey.remark(tx, asked, remark, message=3, at=MONDAY)

        office.ledger.write_blocking(job)
        return number

    return ask


@pytest.fixture
def invited(office):
    """Invite a contact; the way to their questionnaire."""
    office.receives(whatsapp("lupa sandi", sid="SM-invited", sender="+62899"))

    def job(tx):
        address = contacts.address_at(tx, account="uji/whatsapp", external_id="+62899")
        period = period_at(Every.YEAR, MONDAY, office.desk.desk.calendar.tz)
        return public_survey.invite(tx, address, desk=SLUG, period=period, at=MONDAY).id

    return office.house.survey_links.path(office.ledger.write_blocking(job))


def marks(value):
    return {str(element): str(value) for element in ELEMENTS}


async def test_a_supervisor_sees_the_month_with_the_low_ones_first(asks, rina):
    asks(5, "mantap sekali", sender="+621")
    low = asks(1, "lama sekali", sender="+622")
    page = await rina.opens("/surveys")
    assert page.status == 200
    assert "October 2026" in page.text
    assert "3.00 of 5" in page.text
    assert page.text.index("lama sekali") < page.text.index("mantap sekali")
    assert "To be followed up 1" in page.text
    done = await rina.sends(page, f"/surveys/{low}", follow_up="Sudah ditelepon")
    assert "Sudah ditelepon" in done.text
    assert "To be followed up 0" in done.text


async def test_an_agent_does_not_see_it(budi):
    assert (await budi.opens("/surveys")).status == 403


async def test_a_month_without_a_question_says_so(rina):
    assert "Nobody was asked" in (await rina.opens("/surveys?month=2026-09")).text


async def test_the_ticket_shows_the_answer_and_takes_the_follow_up(asks, rina):
    number = asks(2, "kurang jelas", sender="+621")
    page = await rina.opens(f"/tickets/{number}")
    assert "2 of 5" in page.text
    assert "kurang jelas" in page.text
    done = await rina.sends(page, "/follow-up", follow_up="Dijelaskan lagi")
    assert "Dijelaskan lagi" in done.text
    assert "Survey score: 2" in done.text


async def test_the_questionnaire_is_answered_without_a_log_in_and_changed(invited, browser, office):
    page = await browser.opens(invited)
    assert page.status == 200
    assert "How polite and friendly are the staff?" in page.text
    kept = await browser.sends(page, "", **marks(4), age="20", sex="female", remark="Bagus")
    assert "we have recorded your answers" in kept.text
    await browser.sends(kept, "", **marks(3), age="20", remark="Cukup")
    shown = office.ledger.write_blocking(lambda tx: public_survey.load(tx, 1))
    assert list(shown.marks) == [3] * 9
    assert (shown.age, shown.remark, shown.sex) == (20, "Cukup", None)
    assert shown.answered_at == MONDAY


async def test_what_is_missing_is_said_and_nothing_is_kept(invited, browser, office):
    page = await browser.opens(invited)
    given = marks(4) | {"time": ""}
    again = await browser.sends(page, "", **given)
    assert again.status == 422
    assert "not answered yet" in again.text
    assert office.ledger.write_blocking(lambda tx: public_survey.load(tx, 1)).answered_at is None


@pytest.mark.parametrize("link", ["/survey/1", "/survey/MQ.forged", "/survey/Mg.4Xw-wrong"])
async def test_a_link_cannot_be_guessed(invited, browser, link):
    assert (await browser.opens(link)).status == 404


async def test_after_the_period_the_answers_stand(invited, browser, office):
    page = await browser.opens(invited)
    office.clock.now = MONDAY + timedelta(days=100)
    over = await browser.opens(invited)
    assert over.status == 410
    assert "This survey is over" in over.text
    assert (await browser.sends(page, "", **marks(4))).status == 410
    assert office.ledger.write_blocking(lambda tx: public_survey.load(tx, 1)).answered_at is None


async def test_the_questionnaire_speaks_indonesian(invited, office):
    async with office.browser("id") as client:
        answer = await client.get(invited)
    assert "Bagaimana pendapat Anda tentang kesopanan dan keramahan petugas?" in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_the_index_stands_on_the_page_and_no_name_with_it(invited, browser, rina):
    await browser.sends(await browser.opens(invited), "", **marks(4), remark="Tambah jam layanan")
    page = await rina.opens("/surveys")
    assert "Index 100.00" in page.text
    assert "Class A" in page.text
    assert "Tambah jam layanan" in page.text
    assert "+62899" not in page.text
