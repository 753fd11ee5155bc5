"""When a matcher is fitted anew."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.fitting.reading import lesson_of
from bot.fitting.rule import MOST_LAID_OVER, Fitted, Lesson, fingerprint_of, is_due, pause_after, to_lay_over
from templates_replies.catalogue import Catalogue, Category
from tickets.views.examples import ExampleRead

NOW = datetime(2026, 10, 6, 2, 0, tzinfo=UTC)


def fitted(on: int, *, ago: timedelta) -> Fitted:
    marks = dict.fromkeys(range(on), "as it was")
    return Fitted(fingerprint="same", marks=marks, at=NOW - ago, seconds=1.0, peak_bytes=1)


@pytest.mark.parametrize(
    ("on", "new", "gone", "taken_back", "minutes", "due"),
    [
        (1000, 0, 0, False, 3000, False),  # nothing has changed
        (1000, 25, 0, False, 11, True),  # so many
        (1000, 24, 0, False, 11, False),
        (1000, 10, 15, False, 11, True),  # what is gone counts as well
        (40, 4, 0, False, 11, True),  # a tenth
        (40, 3, 0, False, 11, False),
        (0, 1, 0, False, 11, True),
        (40, 40, 0, False, 9, False),  # not so soon after the last
        (1000, 1, 0, False, 24 * 60, True),  # the least change, a day later
        (1000, 0, 1, True, 11, True),  # what was taken back is not kept for a day
        (1000, 0, 1, True, 9, False),
    ],
)
def test_a_fit_is_due_when_enough_has_changed_and_not_too_often(on, new, gone, taken_back, minutes, due):
    before = fitted(on, ago=timedelta(minutes=minutes))
    marks = dict(list(before.marks.items())[gone:]) | {10_000 + number: "new" for number in range(new)}
    assert is_due(before, marks, fingerprint="same", taken_back=taken_back, now=NOW) is due


@pytest.mark.parametrize("before", [None, fitted(5, ago=timedelta(0))])
def test_another_catalogue_is_learned_at_once_where_there_is_more_than_the_catalogue(before):
    assert is_due(before, {1: "a"}, fingerprint="another", taken_back=False, now=NOW)
    assert not is_due(before, {}, fingerprint="another", taken_back=False, now=NOW)


def test_what_is_laid_over_is_the_newest_that_was_not_learned():
    lessons = [
        Lesson(message=n, ticket=n, category="a", subject=None, words=str(n), names=(), number=None)
        for n in range(MOST_LAID_OVER + 10)
    ]
    before = Fitted(fingerprint="", marks={9: lessons[9].mark}, at=NOW, seconds=0, peak_bytes=0)
    over = to_lay_over(before, reversed(lessons))
    assert [lesson.message for lesson in over] == list(range(10, MOST_LAID_OVER + 10))
    assert 9 in {lesson.message for lesson in to_lay_over(None, lessons[:10])}


def test_the_fingerprint_is_of_what_is_learned_and_of_who_learns():
    one = Catalogue(categories=(Category(id="a", name="A", examples=("satu",)),))
    other = Catalogue(categories=(Category(id="a", name="A", examples=("dua",)),))
    same = Catalogue(categories=(Category(id="a", name="A", examples=("satu",), reply="r"),))
    assert fingerprint_of(one, "v1") == fingerprint_of(same, "v1")
    assert len({fingerprint_of(one, "v1"), fingerprint_of(other, "v1"), fingerprint_of(one, "v2")}) == 3


@pytest.mark.parametrize(
    ("category", "counts", "learned"),
    [("a", True, "a"), ("a", False, None), ("merged", True, "a"), ("retired", True, None), ("x", True, None)],
)
def test_only_what_counts_is_learned_under_the_category_that_it_has_now(category, counts, learned):
    catalogue = Catalogue(
        categories=(
            Category(id="a", name="A"),
            Category(id="merged", name="B", retired=True, merged_into="a"),
            Category(id="retired", name="C", retired=True),
        )
    )
    read = ExampleRead(
        desk="d", message=1, ticket=1, category=category, counts=counts, subject=None, text="satu", names=(),
        number=None,
    )  # fmt: skip
    lesson = lesson_of(read, catalogue)
    assert (lesson.category if lesson is not None else None) == learned


def test_the_pauses_between_fits_that_fail_grow_to_an_hour():
    assert [pause_after(failures).total_seconds() / 60 for failures in (0, 1, 2, 3, 7, 100)] == [
        1, 1, 2, 4, 60, 60,
    ]  # fmt: skip
