"""From when to when, as people type it."""

from datetime import date

import pytest

from procedures.asking import answer_data
from procedures.asking.periods import Period, period_of
from procedures.asking.questions import AnswerError, Kind, Question
from procedures.asking.reading import read_answer
from procedures.words.answer_words import answer_words

TODAY = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("20 okt 2026 jam 9 sampai 11", "2026-10-20T09:00/2026-10-20T11:00"),
        ("besok 13.00-15.00", "2026-10-02T13:00/2026-10-02T15:00"),
        ("Selasa, 20 Oktober 2026 pukul 09.00–11.00 WIB", "2026-10-20T09:00/2026-10-20T11:00"),
        ("09.00-11.00, 20 oktober", "2026-10-20T09:00/2026-10-20T11:00"),
        ("20/10/2026 9-11", "2026-10-20T09:00/2026-10-20T11:00"),
        ("20-10-2026 08.00 s/d 22-10-2026 16.00", "2026-10-20T08:00/2026-10-22T16:00"),
        ("tgl 20 oktober jam 9 selama 2 jam", "2026-10-20T09:00/2026-10-20T11:00"),
        ("20 oktober 22.00-02.00", "2026-10-20T22:00/2026-10-21T02:00"),
        ("tomorrow 9:00 to 11:00", "2026-10-02T09:00/2026-10-02T11:00"),
        ("20 s.d. 22 oktober 2026", "2026-10-20T00:00/2026-10-23T00:00"),
        ("30 oktober sampai 2 november", "2026-10-30T00:00/2026-11-03T00:00"),
        ("besok", "2026-10-02T00:00/2026-10-03T00:00"),
        ("2026-10-20T09:00/2026-10-20T11:00", "2026-10-20T09:00/2026-10-20T11:00"),
        ("22 s.d. 20 oktober 2026", None),
        ("2026-10-20T09:00Z/2026-10-20T11:00Z", None),
        ("31 februari 9-11", None),
        ("20 oktober 25-26", None),
        ("jam 9", None),
        ("1 " * 2000, None),
    ],
)
def test_a_period_is_typed_in_many_ways(typed, found):
    period = period_of(typed, TODAY)
    assert (None if period is None else str(period)) == found
    if period is not None:
        assert answer_data.from_data(answer_data.to_data({"waktu": period})) == {"waktu": period}


WHEN = Question(id="waktu", ask={}, kind=Kind.PERIOD)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026-10-20T09:00/2026-10-20T11:00", "Selasa, 20 Oktober 2026 pukul 09.00–11.00"),
        ("2026-10-20T00:00/2026-10-21T00:00", "Selasa, 20 Oktober 2026"),
        ("2026-10-20T00:00/2026-10-23T00:00", "Selasa, 20 Oktober 2026 s.d. Kamis, 22 Oktober 2026"),
        ("2026-10-20T22:00/2026-10-21T02:00", "Selasa, 20 Oktober 2026 pukul 22.00 s.d. Rabu, 21 Oktober 2026 pukul 02.00"),
    ],
)  # fmt: skip
def test_a_period_is_said_as_an_office_writes_it_and_read_again(period, said):
    words = answer_words(WHEN, Period.fromisoformat(period), "id")
    assert words == said
    assert str(period_of(words, TODAY)) == period


def test_what_is_no_period_is_told_so():
    with pytest.raises(AnswerError, match="no_period"):
        read_answer(WHEN, "kapan-kapan", today=TODAY)
