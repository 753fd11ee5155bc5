"""What is in no figure, and how the reports say so."""

import pytest

from tests.reports.october import tell_october
from tests.tickets.desks import BUDI
from tickets.actions import spam


@pytest.fixture
def told(ledger):
    return tell_october(ledger, "Asia/Jakarta")


def test_spam_is_in_no_figure_but_counted_beside_them_and_comes_back(told):
    before, numbers = told.report(), [row.number for row in told.rows()]
    at = told.noon_after
    told.ledger.write_blocking(lambda tx: spam.mark_spam(tx, 3, by=BUDI, at=at))
    report = told.report()
    assert report.left_out.spam == 1
    assert [row.number for row in told.rows()] == [number for number in numbers if number != 3]
    told.ledger.write_blocking(lambda tx: spam.restore(tx, 3, by=BUDI, at=at))
    assert told.report().left_out.spam == 0
    assert told.report().promises == before.promises
