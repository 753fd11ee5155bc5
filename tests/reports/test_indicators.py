"""The success indicators on the board are those of the month's report, to the ticket."""

import pytest

from reports.indicators import indicators
from tests.reports.october import tell_october
from tests.tickets.desks import BUDI
from tickets.actions.spam import mark_spam


@pytest.fixture(params=["Asia/Jakarta", "Asia/Jayapura"])
def told(ledger, request):
    return tell_october(ledger, request.param)


@pytest.mark.parametrize("moment", ["2026-10-01 12:00", "2026-10-14 12:00", "2026-10-31 23:59"])
@pytest.mark.parametrize("swept", [False, True], ids=["before the sweep", "after the sweep"])
def test_the_board_and_the_report_agree(told, moment, swept):
    if swept:
        told.sweep()
    now = told.at(moment)
    with told.ledger.reading() as session:
        shown = indicators(session, desk=told.desk.slug, zone=told.zone, now=now)
    report = told.report(now=now)
    resolution = report.promise("resolution")
    assert str(shown.month) == "2026-10"
    assert (shown.in_time, shown.late) == (resolution.met, resolution.breached)
    assert shown.share_in_time == resolution.share
    assert (shown.tickets, shown.categorised) == (report.tickets, report.tickets - len(report.uncategorised))


def test_spam_is_in_neither(told):
    told.ledger.write_blocking(lambda tx: mark_spam(tx, 5, by=BUDI, at=told.at("2026-10-13 11:00")))
    now = told.at("2026-10-31 23:59")
    with told.ledger.reading() as session:
        shown = indicators(session, desk=told.desk.slug, zone=told.zone, now=now)
    report = told.report(now=now)
    assert report.left_out.spam == 1
    assert (shown.tickets, shown.late) == (report.tickets, report.promise("resolution").breached)


def test_a_month_without_a_ticket_has_no_share(told):
    with told.ledger.reading() as session:
        shown = indicators(session, desk="another", zone=told.zone, now=told.noon_after)
    assert (shown.share_in_time, shown.share_categorised) == (None, None)
