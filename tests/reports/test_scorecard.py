"""The scorecard of October: the figures of the month's report, rated against their targets, and the files of it."""

import csv
from dataclasses import replace
from datetime import date
from functools import partial

import openpyxl
import pytest

from reports.errors import BadFormatError, BadMonthError, NoScorecardError, UnwritableError
from reports.filed.tables import FiledReport
from reports.handed import Known
from reports.month_paper.sheets import month_sheets
from reports.monthly import Asked, facts_of_month
from reports.paper.blocks import Heading
from reports.part import WHOLE, Part
from reports.periods import Month
from reports.quality import quality
from reports.scorecard.card import month_card, recap_card, year_card
from reports.scorecard.files import write_card
from tests.reports.october import CATEGORIES, STAFF, tell_october
from tests.tickets.desks import RINA
from tickets import removals
from tickets.actions import registering
from tickets.findings import Effect, Matter
from tickets.ledger.prepared import inserting
from tickets.removals import RETENTION
from tickets.scorecard import Filter, Indicator, Light, Measure, Over, Perspective
from tickets.views.matching import judged_between

KNOWN = Known(category_names=CATEGORIES, staff_names=STAFF)


def indicator(measure, target, weight, *, perspective=Perspective.PROCESS, **options):
    return Indicator(
        id=str(measure), names={"id": f"Ukuran {measure}", "en": f"Measure {measure}"}, perspective=perspective,
        measure=measure, target=target, weight=weight, **options,
    )  # fmt: skip


SCORECARD = (
    indicator(Measure.SATISFIED, 0.9, 20, perspective=Perspective.CUSTOMER),
    indicator(Measure.RESOLUTION_IN_TIME, 0.95, 20),
    indicator(Measure.FIRST_RESPONSE_IN_TIME, 0.9, 15),
    indicator(Measure.CATEGORISED, 1.0, 15),
    indicator(Measure.REOPENED, 0.1, 10),
    indicator(Measure.VERIFIED, 0.2, 10, perspective=Perspective.GROWTH),
    indicator(Measure.CATEGORISED, 1.0, 10, where={Filter.CHANNEL: "email"}, over=Over.YEAR),
)


@pytest.fixture
def told(ledger):
    told = tell_october(ledger, "Asia/Jayapura")
    told.desk = replace(told.desk, scorecard=SCORECARD)
    return told


def card_of(told, month="2026-10"):
    with told.ledger.reading() as session:
        return month_card(
            session, desk=told.desk, procedures=(), now=told.noon_after,
            month=Month.parse(month, zone=told.zone, now=told.noon_after),
        )  # fmt: skip


def test_the_figures_are_those_of_the_month_s_report(told):
    card, report = card_of(told), told.report()
    actual = {one.indicator.measure: one.actual for one in card.rated[:6]}
    assert actual[Measure.RESOLUTION_IN_TIME] == report.promise("resolution").share
    assert actual[Measure.FIRST_RESPONSE_IN_TIME] == report.promise("first_response").share
    assert actual[Measure.CATEGORISED] == (report.tickets - len(report.uncategorised)) / report.tickets
    assert actual[Measure.REOPENED] == report.reopened / report.tickets
    verified = sum(row.verified_by is not None for row in told.rows())
    finished = report.statuses["solved"] + report.statuses["closed"]
    assert actual[Measure.VERIFIED] == verified / finished
    assert card.rated[6].actual == 1.0  # both mails have their category
    with told.ledger.reading() as session:
        span = (report.month.start_at, report.month.end_at)
        foretold = quality(session, desk="uji", start_at=span[0], end_at=span[1], tz=told.desk.calendar.tz)
        assert judged_between(session, "uji", *span) == (foretold.all.judged, foretold.all.right)


def test_a_month_has_its_recap_once_its_report_lies_in_the_archive(told):
    told.desk = replace(told.desk, scorecard=(indicator(Measure.RECAP_MADE, 1.0, 100, over=Over.YEAR),))
    assert (card_of(told).rated[0].actual, card_of(told).rated[0].of) == (
        0.0,
        2,
    )  # the desk began in September
    filed = FiledReport(
        id=1, desk="uji", month="2026-10", format="xlsx", language="id", occasion="asked", name="x", size=1, sha256="x",
        made_by="rina", made_at=told.noon_after,
    )  # fmt: skip
    told.ledger.write_blocking(lambda tx: tx.run(inserting(FiledReport), **filed.model_dump()))
    assert card_of(told).rated[0].actual == 0.5
    assert card_of(told, "2026-11").rated[0].of == 2  # the running month owes none yet


def test_a_finding_is_done_in_time_by_the_day_on_which_that_was_said_first_and_not_taken_back(told):
    told.desk = replace(told.desk, scorecard=(indicator(Measure.FINDINGS_IN_TIME, 1.0, 100),))

    def job(tx):
        def found(due_on):
            matter = Matter(text="Balasan terlambat", due_on=date.fromisoformat(due_on))
            return registering.record(
                tx, "uji", matter, calendar=told.desk.calendar, by=RINA, at=told.at("2026-10-01 09:00")
            )

        def say(finding, on):
            registering.propose(tx, finding, "Dijaga bergiliran", by=RINA, at=told.at(f"{on} 09:00"))

        kept, late, taken_back = found("2026-10-10"), found("2026-10-10"), found("2026-10-10")
        found("2026-10-31"), found("2026-11-01")  # still open: the first one's day is over
        say(kept, "2026-10-10")
        registering.close(tx, kept, "Benar", Effect.FULL, by=RINA, at=told.at("2026-10-12 09:00"))
        say(late, "2026-10-11")
        say(taken_back, "2026-10-09")
        at = told.at("2026-10-10 09:00")
        registering.send_back(tx, taken_back, "Belum", calendar=told.desk.calendar, by=RINA, at=at)

    told.ledger.write_blocking(job)
    assert (card_of(told).rated[0].actual, card_of(told).rated[0].of) == (0.25, 4)
    assert card_of(told, "2026-11").rated[0].of == 0


def test_the_month_s_report_prints_it_and_is_its_recap(told):
    recap = indicator(Measure.RECAP_MADE, 1.0, 10)
    told.desk = replace(told.desk, scorecard=(*SCORECARD[:5], replace(recap, weight=20)))
    with told.ledger.reading() as session:
        asked = Asked(month="2026-10", format="xlsx")
        facts = facts_of_month(session, asked, desk=told.desk, now=told.noon_after, known=KNOWN)
        month = facts.month.report.month
        rate = partial(recap_card, session, desk=told.desk, procedures=(), month=month, now=told.noon_after)
        card = rate(part=WHOLE)
        made = month_sheets(facts, card)
        assert rate(part=Part(team="edunex")) is None
    assert [block.text for block in made.blocks if isinstance(block, Heading)].count(
        "Kartu skor kinerja"
    ) == 1
    assert (card.rated[-1].actual, card_of(told).rated[-1].actual) == (1.0, 0.0)


def test_what_has_no_data_is_not_counted_and_said(told):
    card = card_of(told)
    assert [one.indicator.measure for one in card.missing] == [Measure.SATISFIED]
    assert (card.score.counted, card.score.weight) == (80, 100)
    customer, process, growth = card.perspectives()
    assert (customer[1].light, customer[1].value) == (Light.NONE, None)
    assert process[1].value == pytest.approx(
        sum(one.achievement * one.indicator.weight for one in process[2]) / 70
    )
    assert growth[2][0].light is Light.GREEN


def test_twelve_months_of_it_end_with_its_own(told):
    card = card_of(told)
    assert [str(point.month) for point in card.trend][::11] == ["2025-11", "2026-10"]
    assert card.trend[-1].score == card.score
    assert [point.score.value is None for point in card.trend] == [True] * 10 + [False, False]


def test_a_year_is_one_span_and_not_the_mean_of_its_months(told):
    with told.ledger.reading() as session:
        year = year_card(session, desk=told.desk, procedures=(), year=2026, now=told.noon_after)
        with pytest.raises(BadMonthError, match="2027 has not begun yet"):
            year_card(session, desk=told.desk, procedures=(), year=2027, now=told.noon_after)
        with pytest.raises(NoScorecardError, match="names none"):
            year_card(
                session, desk=replace(told.desk, scorecard=()), procedures=(), year=2026, now=told.noon_after
            )
    assert (len(year.months), year.running) == (11, True)
    assert year.rated[3].of == 8  # from the last second of September to the first of November


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_workbook_tells_lights_in_words_and_of_what_there_is_no_history(told, tmp_path, language):
    path = tmp_path / "kartu.xlsx"
    over = {"kind": RETENTION, "by": "system", "months": ["2025-09", "2025-11"], "counts": {}}
    told.ledger.write_blocking(lambda tx: removals.begin(tx, desk=told.desk.slug, at=told.noon_after, **over))
    write_card(card_of(told), path, format="xlsx", language=language)
    sheet, trend = openpyxl.load_workbook(path).worksheets
    rows = [row[:9] for row in sheet.iter_rows(values_only=True)]
    assert rows[0][3:6] == (
        ("Realisasi", "Target", "Capaian") if language == "id" else ("Actual", "Target", "Achievement")
    )
    assert rows[1][3:8] == ("–", 0.9, "–", 20, "Belum ada data" if language == "id" else "No data")  # fmt: skip
    assert rows[11][0] == ("Skor keseluruhan" if language == "id" else "Overall score")
    gone = (
        "dari November 2025 sudah" if language == "id" else "of November 2025 was deleted"
    )  # twelve months of it
    assert sum(gone in str(row[0]) for row in rows) == 1
    assert trend.max_row == 13
    assert len(trend._charts) == 1
    assert trend.cell(2, 2).value is None  # a month without data is a gap in it


def test_the_csv_has_a_line_a_month_and_indicator_and_bad_wishes_are_refused(told, tmp_path):
    card, path = card_of(told), tmp_path / "kartu.csv"
    write_card(card, path, format="csv", language="id")
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12 * len(SCORECARD)
    assert (rows[-1]["where"], rows[-1]["light"], rows[-1]["actual"]) == ("channel=email", "green", "1.0")
    write_card(card, tmp_path / "kartu.pdf", format="pdf", language="id")
    assert (tmp_path / "kartu.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(BadFormatError, match="expected"):
        write_card(card, path, format="docx", language="id")
    with pytest.raises(UnwritableError, match="cannot be written"):
        write_card(card, tmp_path / "nirgends" / "kartu.csv", format="csv", language="id")
    assert not list(tmp_path.glob("*.part"))
