"""The self-evaluation of a year: what it proves of a small year, what an empty one says, and what a Word file is made of."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from reports.errors import BadFormatError, BadMonthError
from reports.handed import Known
from reports.led.files import write_year, year_sheets
from reports.led.year import year_of
from reports.paper.blocks import Paragraph, Table
from tests.tickets.desks import BUDI, MONDAY, RINA, SLUG, mail, open_desk, small_desk, whatsapp
from tickets import staff
from tickets.actions import answering, evaluating, handling, registering
from tickets.actions.answering import Words
from tickets.evaluation import Section
from tickets.findings import Effect, Matter
from tickets.intake import Reading, take_in

KNOWN = Known(
    category_names={"password": "Lupa kata sandi", "login": "Gagal masuk"},
    staff_names={BUDI.id: "Budi", RINA.id: "Rina"},
)
LATER = datetime(2027, 2, 1, 3, 0, tzinfo=UTC)
MINUTES = timedelta(minutes=1)


@pytest.fixture
def year(ledger):
    """Three requests by two media, two of them answered within 15 minutes of the calendar; a finding that is closed."""
    desk = open_desk(ledger)
    ledger.write_blocking(lambda tx: staff.sync(tx, desk.desk, MONDAY))
    requests = [
        (whatsapp("lupa sandi", sid="SM1"), "password", MONDAY, 14),
        (mail("tidak bisa masuk", message_id="<1@a>"), "login", MONDAY + timedelta(days=30), 16),
        # over the break of noon, which operating hours leave out
        (whatsapp("lagi", sid="SM2", sender="+62812"), "password", MONDAY.replace(hour=4, minute=50), 70),
    ]

    def job(tx):
        for said, category, at, took in requests:
            number = take_in(tx, said, desk=desk, reading=Reading(), files=(), at=at).ticket.number
            answered = at + took * MINUTES
            answering.answer(tx, number, Words(text="Sudah."), by=BUDI, at=answered)
            handling.categorise(tx, number, category, desk=desk, by=BUDI, at=answered)
        matter = Matter(
            text="Jeda siang tidak dijaga",
            service="category:password",
            action="Giliran",
            due_on=date(2026, 11, 1),
        )
        finding = registering.record(tx, SLUG, matter, calendar=desk.desk.calendar, by=RINA, at=MONDAY)
        registering.close(tx, finding, "Dijaga bergiliran", Effect.FULL, by=RINA, at=LATER)
        evaluating.write(tx, SLUG, 2026, Section.POLICY, "Peraturan <b>12</b>", by=RINA, at=MONDAY)

    ledger.write_blocking(job)

    def measured(number, now=LATER):
        with ledger.reading() as session:
            return year_of(session, desk=desk.desk, year=number, now=now, known=KNOWN)

    return measured


def tables(year, language="en"):
    return {each.title: each for each in year_sheets(year, language).blocks if isinstance(each, Table)}


def texts(year, language="en"):
    return " ".join(each.text for each in year_sheets(year, language).blocks if isinstance(each, Paragraph))


def test_answers_count_in_calendar_time_by_medium_and_month(year):
    found = {(each.month.number, each.channel): (each.in_time, each.requests) for each in year(2026).media}
    assert found == {(10, "whatsapp"): (1, 2), (11, "email"): (0, 1)}
    rows = tables(year(2026))["First answers within 15 minutes by medium and month"].rows
    assert rows[9] == ("Oct", "1/2 (50%)", "–", "1/2 (50%)")
    assert rows[-1] == ("All", "1/2 (50%)", "0/1 (0%)", "1/3 (33.3%)")


def test_every_kind_of_service_is_evaluated_with_its_findings(year):
    rows = tables(year(2026))["Evaluation of each kind of service"].rows
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        ("Lupa kata sandi", "2", "1"),
        ("Gagal masuk", "1", "0"),
    ]
    (finding,) = tables(year(2026), "id")["Register temuan dan tindak lanjut"].rows
    assert finding[1:3] == ("Jeda siang tidak dijaga", "Giliran")
    assert finding[-1] == "selesai, efektif"


def test_what_people_wrote_is_carried_and_what_they_have_not_is_marked(year):
    assert "Peraturan <b>12</b> Written by Rina" in texts(year(2026))
    assert "Carried over from 2026: written by Rina" in texts(year(2027))
    assert "[To be written: the regulations" not in texts(year(2027))
    assert "[To be written: the regulations" in texts(year(2025))


def test_an_empty_year_says_so_a_running_one_runs_and_one_to_come_is_refused(year):
    assert "No request was recorded" in texts(year(2027))
    assert "The year 2027 still runs: this report tells of it up to 1 February 2027" in texts(year(2027))
    with pytest.raises(BadMonthError):
        year(2028)


def test_the_word_file_has_headings_contents_captions_and_heads_of_tables(year, ledger, tmp_path):
    with ledger.reading() as session:
        options = {"language": "id", "desk": small_desk(), "now": LATER, "known": KNOWN}
        write_year(session, "2026", tmp_path / "led.docx", format="docx", **options)
        write_year(session, "2026", tmp_path / "led.pdf", format="pdf", **options)
        with pytest.raises(BadFormatError):
            write_year(session, "2026", tmp_path / "led.txt", format="txt", **options)
    assert (tmp_path / "led.pdf").read_bytes().startswith(b"%PDF-")
    assert {each.name for each in tmp_path.iterdir()} >= {"led.docx", "led.pdf"}
    file = Document(BytesIO((tmp_path / "led.docx").read_bytes()))
    headings = [each.text for each in file.paragraphs if each.style.name == "Heading 1"]
    assert (len(headings), headings[0]) == (9, "1. Latar Belakang")
    asked = [each.text for each in file.element.iter(qn("w:instrText"))]
    assert any(each.startswith("TOC") for each in asked)
    assert sum(each.startswith("SEQ Tabel") for each in asked) >= 4
    assert all(table.rows[0]._tr.trPr is not None for table in file.tables)
    assert len(file.inline_shapes) == 2
