"""The page on which a contact fills in the form of a procedure: no log-in, nothing lost, sent once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from procedures.asking.conditions import Condition, Conditions
from procedures.asking.questions import Choice, Kind, Question
from procedures.cases import rows as cases
from procedures.requests import acts
from procedures.requests.patience import KEPT_FOR
from tests.procedures.recording import RECORDING
from tests.tickets.desks import MONDAY, whatsapp

ONLINE = Conditions(every=(Condition(question="jenis", among=frozenset({"daring"})),))
FORM = (
    Question(id="kegiatan", ask={"id": "Nama kegiatan?", "en": "Name of the event?"}, kind=Kind.TEXT),
    Question(id="tanggal", ask={"en": "On what date?"}, kind=Kind.DATE, ahead=timedelta(days=3)),
    Question(
        id="jenis", ask={"en": "Which kind?"}, kind=Kind.CHOICE,
        choices=(Choice(id="luring", label={"en": "On site"}), Choice(id="daring", label={"en": "Online"})),
    ),
    Question(id="tautan", ask={"en": "The link?"}, kind=Kind.TEXT, only_if=ONLINE),
    Question(id="surat", ask={"en": "The letter"}, kind=Kind.FILE),
)  # fmt: skip
LETTER = {"answer.surat": ("../surat.pdf", b"%PDF-1.4 surat", "application/pdf")}


@pytest.fixture
def asked(office):
    """A contact was offered the procedure; the way to its form."""
    office.procedures = (replace(RECORDING, form=FORM),)
    taken = office.receives(whatsapp("rekam", sid="SM1"))

    def offer(tx):
        id_ = acts.new_id(tx)
        acts.offer(
            tx, id_, office.procedures, ticket=taken.ticket.number, message=taken.message, desk=office.desk,
            stands=KEPT_FOR, at=MONDAY,
        )  # fmt: skip
        return id_

    return office.house.request_links.path(office.ledger.write_blocking(offer))


def cases_of(office):
    return office.ledger.write_blocking(lambda tx: cases.of_ticket(tx, 1))


async def test_a_form_is_kept_as_typed_until_it_is_right_and_then_sent_once(asked, browser, office):
    page = await browser.opens(asked)
    assert (page.status, "Only where Jenis: Online" in page.text) == (200, True)
    given = {"answer.kegiatan": 'Rapat <b>"A"</b>', "answer.tanggal": "2026-10-06", "answer.jenis": "daring"}
    wrong = await browser.sends(page, "", files=LETTER, **given)
    assert wrong.status == 422
    assert "That is too soon" in wrong.text
    assert "This question needs an answer" in wrong.text  # the link of an event that is held online
    assert 'value="Rapat &lt;b&gt;' in wrong.answer.text
    assert 'value="2026-10-06"' in wrong.answer.text
    assert "Attached already: surat.pdf" in wrong.text
    assert cases_of(office) == ()

    again = await browser.opens(asked)  # another day, without what could not be taken
    assert 'value="Rapat' in again.answer.text
    given = {**given, "answer.tanggal": "2026-10-20", "answer.jenis": "luring", "answer.tautan": "x"}
    sent = await browser.sends(again, "", **given)
    assert "Your request has been handed in" in sent.text
    twice = await browser.sends(again, "", **given)
    assert "Your request has been handed in" in twice.text
    (case,) = cases_of(office)
    assert case.answers.keys() == {"kegiatan", "tanggal", "jenis", "surat"}
    assert case.begun_by == "contact"


async def test_a_link_is_good_for_as_long_as_the_form_is_kept_and_for_nobody_elses(asked, browser, office):
    assert (await browser.opens("/requests/MQ.forged")).status == 404
    assert (
        await browser.opens(office.house.survey_links.path(1).replace("survey", "requests"))
    ).status == 404
    page = await browser.opens(asked)
    office.clock.now += KEPT_FOR
    assert (await browser.opens(asked)).status == 410
    assert (await browser.sends(page, "", **{"answer.kegiatan": "x"})).status == 410
    assert cases_of(office) == ()
