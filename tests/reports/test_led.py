"""The self-evaluation of a year: what it proves of a small year, what an empty one says, and what a Word file is made of."""

from dataclasses import replace
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
from tickets.actions import answering, evaluating, handling, incidents, registering
from tickets.actions.answering import Words
from tickets.evaluation import USUAL_CRITERIA, Criterion, Evidence, Section
from tickets.findings import Effect, Matter
from tickets.intake import Reading, take_in

KNOWN = Known(
    category_names={"password": "Lupa kata sandi", "login": "Gagal masuk"},
    staff_names={BUDI.id: "Budi", RINA.id: "Rina"},
)
LATER = datetime(2027, 2, 1, 3, 0, tzinfo=UTC)
MINUTES = timedelta(minutes=1)
CRITERIA = (
    Criterion(
        code="A", names={"en": "Available"}, evidence=(Evidence.AVAILABLE, Evidence.FINISHED), target=0.99
    ),
    Criterion(
        code="B", names={"en": "In reach"}, evidence=(Evidence.MONTHS_SERVED, Evidence.MEDIA_USED), target=1.0
    ),
    Criterion(
        code="C",
        names={"en": "Evaluated"},
        evidence=(Evidence.SERVICES_EVALUATED, Evidence.FINDINGS_CLOSED),
        target=0.5,
    ),
    Criterion(code="D", names={"en": "Fast"}, evidence=(Evidence.ANSWERED_WITHIN,), target=1.0),
    Criterion(code="E", names={"en": "Liked"}, evidence=(Evidence.MEAN_SCORE,), target=4.0),
)


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
        numbers = []
        for said, category, at, took in requests:
            number = take_in(tx, said, desk=desk, reading=Reading(), files=(), at=at).ticket.number
            answered = at + took * MINUTES
            answering.answer(tx, number, Words(text="Sudah."), by=BUDI, at=answered)
            handling.categorise(tx, number, category, desk=desk, by=BUDI, at=answered)
            numbers.append(number)
        # what was written by mail is an incident for four days
        incidents.attach(tx, numbers[1], [numbers[2]], by=BUDI, at=answered)
        handling.solve(tx, numbers[1], by=BUDI, at=MONDAY + timedelta(days=34))
        matter = Matter(
            text="Jeda siang tidak dijaga",
            service="category:password",
            action="Giliran",
            due_on=date(2026, 11, 1),
        )
        finding = registering.record(tx, SLUG, matter, calendar=desk.desk.calendar, by=RINA, at=MONDAY)
        registering.close(tx, finding, "Dijaga bergiliran", Effect.FULL, by=RINA, at=LATER)
        evaluating.write(tx, SLUG, 2026, Section.POLICY, "Peraturan <b>12</b>", read=None, by=RINA, at=MONDAY)

    ledger.write_blocking(job)

    def measured(number, now=LATER, criteria=CRITERIA):
        with ledger.reading() as session:
            return year_of(
                session, desk=replace(desk.desk, evaluation=criteria), year=number, now=now, known=KNOWN
            )

    return measured


def tables(year, language="en"):
    return {each.title: each for each in year_sheets(year, language).blocks if isinstance(each, Table)}


def texts(year, language="en"):
    return " ".join(each.text for each in year_sheets(year, language).blocks if isinstance(each, Paragraph))


def test_answers_count_in_calendar_time_by_medium_and_month(year):
    answers = year(2026).answered[15 * MINUTES]
    found = {(each.month.number, each.channel): (each.in_time, each.requests) for each in answers}
    assert found == {(10, "whatsapp"): (1, 2), (11, "email"): (0, 1)}
    rows = tables(year(2026))["First answers within 15 minutes by medium and month"].rows
    assert rows[9] == ("Oct", "1/2 (50%)", "–", "1/2 (50%)")
    assert rows[-1] == ("All", "1/2 (50%)", "0/1 (0%)", "1/3 (33.3%)")


def test_each_indicator_has_its_evidence_and_is_held_against_its_target(year):
    rows = tables(year(2026))["Main performance indicators and their evidence"].rows
    # the year of the desk begins with its first request: 2,103 hours, of which 96 had an incident; July and August owe nothing
    assert [row[2:] for row in rows] == [
        ("no known incident in 95.4% of the time (incidents: 1, hours: 96); 1 of 3 requests are finished", "99%", "95.4%", "not reached"),
        ("requests were served in 2 of 3 months; 2 of 2 media on offer were used: WhatsApp, Email", "100%", "66.7%", "not reached"),
        ("1 of 2 kinds of service that were asked for have scores of users or findings (chapter 6); 1 of 1 findings are followed up and closed", "50%", "50%", "reached"),
        ("1 of 3 requests were answered within 15 minutes, in calendar time", "100%", "33.3%", "not reached"),
        ("score of satisfaction: no data yet", "4.00", "–", "no data"),
    ]  # fmt: skip
    assert "1 of 4 main indicators with a target were reached. Not reached: A, B, D." in texts(year(2026))
    usual = tables(year(2026, criteria=USUAL_CRITERIA))["Main performance indicators and their evidence"].rows
    assert {row[-1] for row in usual} == {"no target", "no data"}


def test_every_kind_of_service_is_evaluated_with_its_findings(year):
    rows = tables(year(2026))["Evaluation of each kind of service"].rows
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        ("Lupa kata sandi", "2", "1"),
        ("Gagal masuk", "1", "0"),
    ]
    months = tables(year(2026))["Requests of each kind of service by month; second line: solved in time"].rows
    assert months[0][10:] == ("2\n0%", "–", "–", "2\n0%")
    found = tables(year(2026), "id")["Temuan dan tindak lanjut tiap jenis layanan"].rows
    assert [(row[0], *row[2:4], row[-1]) for row in found] == [
        (
            "Lupa kata sandi",
            "Jeda siang tidak dijaga",
            "Giliran\nHasil: Dijaga bergiliran",
            "selesai, efektif",
        ),
        ("Gagal masuk", "Tidak ada temuan.", "–", "–"),
    ]


def test_what_people_wrote_is_carried_and_what_they_have_not_is_marked(year):
    assert "Peraturan <b>12</b> Written by Rina" in texts(year(2026))
    assert "Carried over from 2026: written by Rina" in texts(year(2027))
    assert "[To be written: the regulations" not in texts(year(2027))
    assert "[To be written: the regulations" in texts(year(2025))


def test_an_empty_year_says_so_a_running_one_runs_and_one_to_come_is_refused(year):
    assert "No request was recorded" in texts(year(2027))
    gone = replace(year(2027), before=replace(year(2026).now, gone=("2026-10",)))
    assert "The history of tickets of October 2026 was deleted" in texts(gone)
    assert "The year 2027 still runs: this report tells of it up to 1 February 2027" in texts(year(2027))
    with pytest.raises(BadMonthError):
        year(2028)


def test_the_word_file_has_headings_contents_captions_and_heads_of_tables(year, ledger, tmp_path):
    with ledger.reading() as session:
        desk = replace(small_desk(), evaluation=CRITERIA)
        options = {"language": "id", "desk": desk, "now": LATER, "known": KNOWN}
        write_year(session, "2026", tmp_path / "led.docx", format="docx", **options)
        write_year(session, "2026", tmp_path / "led.pdf", format="pdf", **options)
        with pytest.raises(BadFormatError):
            write_year(session, "2026", tmp_path / "led.txt", format="txt", **options)
    assert (tmp_path / "led.pdf").read_bytes().startswith(b"%PDF-")
    assert {each.name for each in tmp_path.iterdir()} >= {"led.docx", "led.pdf"}
    file = Document(BytesIO((tmp_path / "led.docx").read_bytes()))
    headings = [each.text for each in file.paragraphs if each.style.name == "Heading 1"]
    assert (len(headings), headings[0]) == (9, "1. Latar Belakang")
    asked = [each.text.strip() for each in file.element.iter(qn("w:instrText"))]
    assert sum(each.startswith("SEQ Tabel") for each in asked) >= 6
    # the contents name every heading and lead to it, and nobody is asked to have pages filled in
    contents = [each for each in file.paragraphs if each.style.name == "toc 1"]
    assert [each.hyperlinks[0].text for each in contents] == headings
    marks = {each.get(qn("w:name")) for each in file.element.iter(qn("w:bookmarkStart"))}
    assert {each.hyperlinks[0].fragment for each in contents} == marks
    assert [each for each in asked if each.startswith("TOC")] == [r'TOC \o "1-3" \n \h \z \u']
    assert file.settings.element.find(qn("w:updateFields")) is None
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in file.tables)
    pictures = [each.get("descr") for each in file.element.iter(qn("wp:docPr"))]
    assert pictures == [
        "Respons pertama dalam 15 menit menurut media dan bulan", "Permintaan menurut bulan",
        "Permintaan menurut bulan, jenis layanan yang paling banyak diminta",
    ]  # fmt: skip
    wanted = [run.text for each in file.paragraphs for run in each.runs if run.font.highlight_color]
    assert len(wanted) == 8
    assert all(each.startswith("[Untuk ditulis: ") for each in wanted)
    foot = file.sections[0].footer._element.xml
    assert "PAGE" in foot
    assert "NUMPAGES" in foot
