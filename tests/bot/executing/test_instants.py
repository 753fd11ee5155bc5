"""Instants as people type them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.executing.instants import read_earlier, read_later

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=ZoneInfo("Asia/Jakarta"))  # a Tuesday


@pytest.mark.parametrize(
    ("words", "instant", "rest"),
    [
        ("2 jam", "2026-10-06 11:30", ""),
        ("30m menunggu dosen", "2026-10-06 10:00", "menunggu dosen"),
        ("3d", "2026-10-09 09:30", ""),
        ("1 minggu", "2026-10-13 09:30", ""),
        ("besok", "2026-10-07 08:00", ""),
        ("besok 13.15 setelah rapat", "2026-10-07 13:15", "setelah rapat"),
        ("senin", "2026-10-12 08:00", ""),
        ("Selasa pukul 10.00", "2026-10-13 10:00", ""),
        ("jumat 09:00", "2026-10-09 09:00", ""),
        ("14.00", "2026-10-06 14:00", ""),
        ("08.00", "2026-10-07 08:00", ""),
        ("12/10 09.30", "2026-10-12 09:30", ""),
        ("2026-11-02 rapat", "2026-11-02 08:00", "rapat"),
        ("tomorrow 08:00", "2026-10-07 08:00", ""),
    ],
)
def test_what_is_to_come(words, instant, rest):
    found = read_later(words, NOW)
    assert found is not None
    assert (f"{found[0]:%Y-%m-%d %H:%M}", found[1]) == (instant, rest)


@pytest.mark.parametrize("words", ["", "nanti saja", "2 kucing", "31/31", "menunggu 2 jam"])
def test_what_names_no_instant(words):
    assert read_later(words, NOW) is None


@pytest.mark.parametrize(
    ("words", "instant", "rest"),
    [
        ("08.15 telepon", "2026-10-06 08:15", "telepon"),
        ("kemarin 15.00 loket", "2026-10-05 15:00", "loket"),
        ("5/10 14.20", "2026-10-05 14:20", ""),
    ],
)
def test_what_has_been(words, instant, rest):
    found = read_earlier(words, NOW)
    assert found is not None
    assert (f"{found[0]:%Y-%m-%d %H:%M}", found[1]) == (instant, rest)


def test_what_has_been_needs_a_time_of_day():
    assert read_earlier("kemarin", NOW) is None
