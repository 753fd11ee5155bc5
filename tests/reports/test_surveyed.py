"""The reports on surveys: the sample that is needed, small numbers, the regulation's table, and the files."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from reports.compared import compared
from reports.errors import BadFormatError, BadPeriodError
from reports.handed import Known
from reports.measures import names_of
from reports.monthly import Asked, facts_of_month
from reports.paper.blocks import Figures, Paragraph
from reports.periods import Days
from reports.surveyed import paper, public_paper, words
from reports.surveyed.files import write_public_file, write_survey_file
from reports.surveyed.measured import age_band, public_report, survey_report
from reports.surveyed.samples import sample_of
from tests.reports.october import CATEGORIES, STAFF
from tests.reports.surveyed_october import tell_surveyed_october
from tickets.survey import period_of, public_index


# The published table of Krejcie and Morgan (1970), as the regulation's annex has it.
@pytest.mark.parametrize(
    ("population", "sample"),
    [(0, 0), (1, 1), (10, 10), (15, 14), (50, 44), (100, 80), (200, 132), (420, 201), (1_000, 278), (10_000, 370), (1_000_000, 384)],
)  # fmt: skip
def test_the_sample_is_that_of_the_table(population, sample):
    assert sample_of(population) == sample


def test_the_index_is_a_whole_ninth_of_each_element_and_best_answers_come_to_a_hundred():
    best = public_index([(4,) * 9])
    assert (best.index, best.weighted_sum, best.grade) == (Decimal("100.00"), Decimal("4.000"), "A")
    found = public_index([(4, 4, 3, 4, 3, 3, 4, 2, 3), (3, 4, 3, 3, 3, 3, 3, 3, 3)])
    assert found.weighted[:2] == (Decimal("0.389"), Decimal("0.444"))
    assert found.converted[:2] == (Decimal("87.50"), Decimal("100.00"))
    assert (found.weighted_sum, found.index) == (Decimal("3.222"), Decimal("80.56"))


def test_ages_are_told_in_bands():
    assert [age_band(age) for age in (17, 20, 29, 59, 60, 120)] == [
        "<20",
        "20–29",
        "20–29",
        "50–59",
        "60+",
        "60+",
    ]


@pytest.fixture
def told(ledger):
    return tell_surveyed_october(ledger)


def of_october(told, *, year=2026):
    names = names_of(told.desk, category_names=CATEGORIES, staff_names=STAFF)
    days = Days.of(date(year, 9, 1), date(year, 10, 31), zone=told.zone)
    with told.ledger.reading() as session:
        return survey_report(session, desk=told.desk, days=days, now=told.noon_after, names=names)


def of_year(told, period="2026"):
    with told.ledger.reading() as session:
        return public_report(session, desk=told.desk, period=period, now=told.noon_after)


def test_months_parts_and_low_scores_are_those_of_the_answers(told):
    report = of_october(told)
    assert [(str(month), found.answered) for month, found in report.months] == [
        ("2026-09-01", 0),
        ("2026-10-01", 2),
    ]
    assert sum(line.found.asked for line in report.channels) == report.all.asked
    assert [row.ticket for row in report.low] == [3]
    assert all(line.is_few for line in report.agents)


def test_it_stands_beside_the_year_before_and_so_does_the_month(told):
    report, after = of_october(told), of_october(told, year=2027)
    assert (report.year_before.rows, after.year_before.mean) == ((), report.all.mean)
    said = list(paper.blocks(report, "id"))
    assert words.NO_YEAR_BEFORE.say("id") in [each.text for each in said if isinstance(each, Paragraph)]
    (figures,) = (
        each
        for each in paper.blocks(replace(report, year_before=report.all), "id")
        if isinstance(each, Figures)
    )
    assert [each.notes[-1] for each in figures.figures[:2]] == [
        "Setahun sebelumnya: 3,50",
        "Setahun sebelumnya: 50%",
    ]
    known = Known(category_names=CATEGORIES, staff_names=STAFF)
    with told.ledger.reading() as session:
        month = facts_of_month(
            session, Asked(month="2026-11"), desk=told.desk, now=told.at("2026-11-30 12:00"), known=known
        ).month
    assert [(each.key, each.now, each.before, each.year_before) for each in compared(month)][-3:] == [
        ("compared.answered", None, 2, None), ("compared.mean", None, 3.5, None), ("compared.satisfied", None, 0.5, None),
    ]  # fmt: skip
    part = replace(month, surveys=None)
    assert not any(each.key.startswith("compared.") for each in compared(part))


def test_the_index_stands_beside_that_of_the_same_period_a_year_before(told):
    report = of_year(told)
    assert (report.year_before.period, report.year_before.index.answers) == ("2025", 0)
    earlier = replace(report, year_before=report.public)
    (figures,) = (each for each in public_paper.blocks(earlier, "en") if isinstance(each, Figures))
    assert figures.figures[0].notes == ("A year before: 83.33 (B)",)


@pytest.mark.parametrize("language", ["id", "en"])
def test_of_a_person_with_few_answers_nothing_is_told(told, language):
    tables = [block for block in paper.blocks(of_october(told), language) if hasattr(block, "rows")]
    people = tables[3]  # after months, channels, categories
    assert {row[4:] for row in people.rows} == {(words.few(language), "–", "–")}


def test_the_period_is_reported_with_who_answered_and_the_sample_it_needs(told):
    report = of_year(told)
    assert (report.public.index.answers, report.served, report.needed) == (1, 8, 8)
    assert dict(report.respondents["sex"]) == {None: 1}
    said = [block.text for block in public_paper.blocks(report, "id") if hasattr(block, "text")]
    assert said[0].startswith("Survei ini masih berjalan")
    assert "1 responden dari 2 undangan" in said[1]
    assert "belum terpenuhi" in said[1]
    assert words.extremes(public_paper.element_names("id"), report.public.index.means, "id") in said
    empty = of_year(replace(told, desk=replace(told.desk, slug="lain")))
    said = " ".join(getattr(block, "text", "") for block in public_paper.blocks(empty, "id"))
    assert "belum dapat dihitung" in said
    assert "Belum ada pengguna layanan dalam masa ini" in said
    assert "terpenuhi" not in said


@pytest.mark.parametrize("period", ["2026-13", "26", "2026-S3", "2027", "2026-Q5; --"])
def test_what_is_no_period_is_refused(told, period):
    with pytest.raises(BadPeriodError):
        of_year(told, period)
    assert period_of("2026-Q3", told.desk.calendar.tz).key == "2026-Q3"


def test_the_files_are_pages_and_workbooks(told, tmp_path):
    survey, public = of_october(told), of_year(told)
    for write, report, forms in (
        (write_survey_file, survey, ("pdf", "xlsx")), (write_public_file, public, ("pdf", "xlsx", "poster")),
    ):  # fmt: skip
        for form in forms:
            path = tmp_path / f"{write.__name__}.{form}"
            write(report, path, format=form, language="en")
            assert path.read_bytes().startswith(b"PK" if form == "xlsx" else b"%PDF")
        with pytest.raises(BadFormatError):
            write(report, tmp_path / "x", format="docx", language="en")
    book = openpyxl.load_workbook(tmp_path / "write_survey_file.xlsx")
    comment = book["Answers"].cell(2, 4)
    assert (comment.value[:10], comment.data_type) == ("=HYPERLINK", "s")
    weighted = openpyxl.load_workbook(tmp_path / "write_public_file.xlsx")["The nine elements"].cell(2, 3)
    assert (weighted.value, weighted.number_format) == (0.444, "0.000")
