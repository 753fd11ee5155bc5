"""How often the matcher was right: sums over what it foretold, by week and category, for page, API and workbook."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.handed import Known
from reports.monthly import Asked, write_month
from reports.quality import gate_of, measured, quality, summed
from templates_replies.matcher import SCALE
from tests.tickets.desks import BUDI, MONDAY, SLUG, open_desk, small_desk, whatsapp
from tickets import predictions
from tickets.actions import handling, spam
from tickets.intake import Reading, take_in
from tickets.predictions import Decision, Foretold, Outcome
from tickets.ticket import load
from tickets.views.matching import Guess

JAKARTA = ZoneInfo("Asia/Jakarta")
SUNDAY_NIGHT = datetime(2026, 10, 4, 16, 59, tzinfo=UTC)  # 23:59 in Jakarta
BLANK = Guess(at=MONDAY, first="password", decision=Decision.SUGGESTED, outcome=None, right=None)


def told(outcome=None, right=None, **changed):
    return BLANK._replace(outcome=outcome, right=right, **changed)


def test_precision_counts_what_was_judged_and_coverage_what_went_out():
    found = summed([
        told(Outcome.ACCEPTED, "password"), told(Outcome.CORRECTED, "login"), told(Outcome.REJECTED), told(),
        told(Outcome.CONFIRMED, "password", decision=Decision.SENT), told(Outcome.DENIED, decision=Decision.SENT),
        told(Outcome.CORRECTED, "login", first=None, decision=Decision.NONE),
    ])  # fmt: skip
    assert (found.messages, found.suggested, found.judged, found.right) == (7, 6, 5, 2)
    assert (found.sent, found.sent_judged, found.sent_right) == (2, 2, 1)
    assert found.coverage == 2 / 7
    assert found.out_of_scope_share == 1 / 5  # a contact's no says nothing about scope


def test_nothing_judged_is_no_precision():
    assert (summed([told()]).precision, summed([]).coverage) == (None, None)


def test_weeks_begin_on_monday_at_the_desk_and_what_was_missed_counts_where_it_belonged():
    found = measured([told(at=SUNDAY_NIGHT), told(Outcome.CORRECTED, "login"), told(Outcome.ACCEPTED, "password")], tz=JAKARTA)  # fmt: skip
    assert [(each.monday, each.figures.messages) for each in found.weeks] == [
        (date(2026, 9, 28), 1),
        (date(2026, 10, 5), 2),
    ]
    assert [(each.category, each.figures.suggested, each.missed) for each in found.categories] == [
        ("password", 3, 0),
        ("login", 0, 1),
    ]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([told(outcome) for outcome in (None, *Outcome)]), max_size=40))
def test_the_weeks_and_categories_add_up(found):
    sums = measured(found, tz=JAKARTA)
    assert sum(each.figures.right for each in sums.weeks) == sums.all.right
    assert sum(each.figures.judged for each in sums.categories) == sums.all.judged
    assert sums.all.right <= sums.all.judged <= sums.all.suggested <= sums.all.messages


@pytest.fixture
def hears(ledger):
    desk = open_desk(ledger)

    def hear(category, *, sender):
        told_ = Foretold(suggestions=(("password", 0.9),), scale=SCALE)
        said = whatsapp("lupa sandi", sid=f"SM{sender}", sender=sender)

        def job(tx):
            taken = take_in(tx, said, desk=desk, reading=Reading(foretold=told_), files=(), at=MONDAY)
            if category is not None:
                handling.categorise(tx, taken.ticket.number, category, desk=desk, by=BUDI, at=MONDAY)
            return taken.ticket.number

        return ledger.write_blocking(job)

    return hear


def test_spam_is_in_no_figure_and_the_gate_rests_on_the_same_rows(ledger, hears):
    hears("password", sender="+1")
    hears(None, sender="+2")
    thrown = hears("login", sender="+3")
    ledger.write_blocking(lambda tx: spam.mark_spam(tx, thrown, by=BUDI, at=MONDAY))
    with ledger.reading() as session:
        found = quality(session, desk=SLUG, start_at=MONDAY, end_at=MONDAY + timedelta(days=1), tz=JAKARTA)
        gate = gate_of(session, SLUG)
    assert (found.all.messages, found.all.precision) == (2, 1.0)
    assert (gate.judged, gate.share_right, gate.threshold) == (1, 1.0, None)


def test_the_gate_opens_for_the_page_as_for_the_bot(ledger, hears):
    number = hears("password", sender="+1")
    ledger.write_blocking(lambda tx: _accepted(tx, number, times=60))
    with ledger.reading() as session:
        assert gate_of(session, SLUG).threshold == 0.9


def test_what_was_scored_on_another_scale_opens_nothing(ledger, hears):
    number = hears("password", sender="+1")
    ledger.write_blocking(lambda tx: _accepted(tx, number, times=60, scale=None))
    with ledger.reading() as session:
        gate = gate_of(session, SLUG)
    assert (gate.threshold, gate.judged) == (None, 1)


def _accepted(tx, number, *, times, scale=SCALE):
    ticket = load(tx, number)
    for message in range(1_000, 1_000 + times):
        foretold = Foretold(suggestions=(("password", 0.9),), scale=scale)
        predictions.foretell(tx, ticket, foretold, message=message, revision=1, at=MONDAY)
        predictions.settle(tx, ticket, "password", by=BUDI, at=MONDAY)


def test_the_workbook_has_the_month_its_weeks_and_its_categories(ledger, hears, tmp_path):
    hears("password", sender="+1")
    hears("login", sender="+2")
    with ledger.reading() as session:
        write_month(
            session, Asked(month="2026-10"), tmp_path / "month.xlsx", desk=small_desk(), now=MONDAY + timedelta(hours=1),
            known=Known(category_names={"password": "Lupa kata sandi", "login": "Gagal masuk"}, staff_names={}),
        )  # fmt: skip
    sheet = openpyxl.load_workbook(tmp_path / "month.xlsx")["Mutu usulan"]
    header, *rows = sheet.iter_rows(values_only=True)
    told_ = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert told_["Seluruh bulan"]["Ketepatan usulan"] == 0.5
    assert told_["Pekan mulai 5 Oktober 2026"]["Pesan"] == 2
    assert told_["Gagal masuk"]["Terlewat"] == 1
