"""The rules of the surveys: who is asked, what counts, and the index of public services at the edges of its classes."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tickets.survey import (
    ELEMENTS,
    Every,
    Survey,
    Withheld,
    grade,
    is_high,
    is_low,
    period_at,
    public_index,
    still_counts,
    withheld,
)
from tickets.windows import is_open

NOON = datetime(2026, 10, 6, 5, 0, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")
ASKABLE = {
    "is_a_matter": True,
    "has_address": True,
    "stopped": False,
    "asked_in_cycle": False,
    "last_asked_at": None,
    "at": NOON,
}


def test_whoever_can_be_reached_and_was_not_asked_lately_is_asked():
    assert withheld(Survey(), **ASKABLE) is None
    assert withheld(Survey(), **ASKABLE | {"last_asked_at": NOON - timedelta(days=7)}) is None


@pytest.mark.parametrize(
    ("survey", "changed", "why"),
    [
        (None, {}, Withheld.OFF),
        (Survey(), {"is_a_matter": False}, Withheld.NO_MATTER),
        (Survey(), {"has_address": False}, Withheld.NOWHERE),
        (Survey(), {"stopped": True}, Withheld.STOPPED),
        (Survey(), {"asked_in_cycle": True}, Withheld.ASKED),
        (Survey(), {"last_asked_at": NOON - timedelta(days=6, hours=23)}, Withheld.QUIET),
    ],
)
def test_the_others_are_not(survey, changed, why):
    assert withheld(survey, **ASKABLE | changed) is why


@pytest.mark.parametrize(
    ("scale", "low", "high"),
    [
        (3, {1}, {3}),
        (4, {1}, {4}),
        (5, {1, 2}, {4, 5}),
        (7, {1, 2}, {6, 7}),
        (10, {1, 2, 3, 4}, {7, 8, 9, 10}),
    ],
)
def test_the_lowest_two_of_five_are_findings_and_the_highest_two_are_satisfied(scale, low, high):
    scores = range(1, scale + 1)
    assert {score for score in scores if is_low(score, scale)} == low
    assert {score for score in scores if is_high(score, scale)} == high


def test_a_first_score_counts_for_two_weeks_and_another_for_a_day_after_it():
    asked = {"asked_at": NOON}
    assert still_counts(**asked, answered_at=None, at=NOON + timedelta(days=14))
    assert not still_counts(**asked, answered_at=None, at=NOON + timedelta(days=14, seconds=1))
    assert still_counts(**asked, answered_at=NOON, at=NOON + timedelta(days=1))
    assert not still_counts(**asked, answered_at=NOON, at=NOON + timedelta(days=1, seconds=1))


@pytest.mark.parametrize(
    ("index", "name"),
    [
        ("100.00", "A"), ("88.31", "A"), ("88.30", "B"), ("76.61", "B"), ("76.60", "C"), ("65.00", "C"), ("64.99", "D"),
        ("25.00", "D"),
    ],
)  # fmt: skip
def test_an_index_has_the_class_of_the_regulation(index, name):
    assert grade(Decimal(index)) == name


@pytest.mark.parametrize(
    ("total", "answers", "index", "name"),
    [
        (36, 1, "100.00", "A"),
        (9, 1, "25.00", "D"),
        (31794, 1000, "88.32", "A"),  # 88.3166…
        (317900, 10000, "88.31", "A"),  # 88.3055…
        (158949, 5000, "88.31", "A"),  # exactly 88.305: a half goes up
        (158948, 5000, "88.30", "B"),  # 88.3044…
        (137889, 5000, "76.61", "B"),  # exactly 76.605
        (137888, 5000, "76.60", "C"),
        (116991, 5000, "65.00", "C"),  # exactly 64.995
        (116990, 5000, "64.99", "D"),  # 64.9944…
    ],
)
def test_the_index_is_rounded_before_it_is_graded(total, answers, index, name):
    found = public_index(_answers(total, answers))
    assert (found.answers, str(found.index), found.grade) == (answers, index, name)


def test_the_index_is_the_mean_of_the_elements_means_times_25():
    found = public_index([(4, 4, 3, 4, 3, 3, 4, 2, 3), (3, 3, 3, 4, 3, 4, 4, 3, 2)])
    assert [str(mean) for mean in found.means] == [
        "3.50", "3.50", "3.00", "4.00", "3.00", "3.50", "4.00", "2.50", "2.50",
    ]  # fmt: skip
    assert str(found.index) == "81.94"  # 29.5 / 9 * 25
    assert found.grade == "B"


def test_without_an_answer_there_is_no_index():
    found = public_index([])
    assert (found.answers, found.index, found.grade) == (0, None, None)


@pytest.mark.parametrize("marks", [(), (4,) * 8, (4,) * 10, (0, *(4,) * 8), (5, *(4,) * 8)])
def test_an_answer_that_is_not_complete_is_none(marks):
    with pytest.raises(ValueError, match="9 marks"):
        public_index([marks])


@pytest.mark.parametrize(
    ("every", "at", "key", "first", "after"),
    [
        (Every.YEAR, "2026-12-31T16:59:59", "2026", "2025-12-31T17:00:00", "2026-12-31T17:00:00"),
        (Every.YEAR, "2026-12-31T17:00:00", "2027", "2026-12-31T17:00:00", "2027-12-31T17:00:00"),
        (Every.SEMESTER, "2026-07-01T00:00:00", "2026-S2", "2026-06-30T17:00:00", "2026-12-31T17:00:00"),
        (Every.QUARTER, "2026-03-31T12:00:00", "2026-Q1", "2025-12-31T17:00:00", "2026-03-31T17:00:00"),
    ],
)
def test_a_period_begins_and_ends_at_the_desks_own_midnight(every, at, key, first, after):
    found = period_at(every, datetime.fromisoformat(f"{at}+00:00"), JAKARTA)
    assert found.key == key
    assert found.start_at == datetime.fromisoformat(f"{first}+00:00")
    assert found.end_at == datetime.fromisoformat(f"{after}+00:00")


def test_only_whatsapp_closes_its_window_a_day_after_the_last_message():
    assert is_open("whatsapp", NOON, NOON + timedelta(hours=23, minutes=59))
    assert not is_open("whatsapp", NOON, NOON + timedelta(hours=24))
    assert not is_open("whatsapp", None, NOON)
    assert is_open("email", None, NOON)


def _answers(total: int, count: int) -> list[tuple[int, ...]]:
    """Return so many answers whose marks add up to a total."""
    cells = count * len(ELEMENTS)
    base, more = divmod(total, cells)
    marks = [base + 1] * more + [base] * (cells - more)
    return [tuple(marks[at : at + len(ELEMENTS)]) for at in range(0, cells, len(ELEMENTS))]
