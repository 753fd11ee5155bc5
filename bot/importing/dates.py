"""Dates as other systems and spreadsheets write them: by the mapping's formats, with English or Indonesian names."""

import re
from collections.abc import Sequence
from datetime import datetime

ISO = "iso"

_SAMPLE = datetime(2001, 2, 3, 4, 5, 6)  # noqa: DTZ001  only to try a format
_NAMED = re.compile(r"%[aAbB]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# What strptime knows by English names alone, as it is called in full and as spreadsheets shorten it.
_ENGLISH = {
    "januari": "January", "februari": "February", "pebruari": "February", "maret": "March", "mei": "May",
    "juni": "June", "juli": "July", "agustus": "August", "oktober": "October", "nopember": "November",
    "desember": "December",
    "peb": "Feb", "agu": "Aug", "ags": "Aug", "agt": "Aug", "agust": "Aug", "okt": "Oct", "nop": "Nov", "des": "Dec",
    "senin": "Monday", "selasa": "Tuesday", "rabu": "Wednesday", "kamis": "Thursday", "jumat": "Friday",
    "jum'at": "Friday", "sabtu": "Saturday", "minggu": "Sunday", "ahad": "Sunday",
    "sen": "Mon", "sel": "Tue", "rab": "Wed", "kam": "Thu", "jum": "Fri", "sab": "Sat", "min": "Sun",
}  # fmt: skip


def read_date(text: str, formats: Sequence[str]) -> datetime | None:
    """Return the date by the first format that fits, with the zone that it says itself, if any."""
    return next((found for each in formats if (found := _read(text, each)) is not None), None)


def shows_a_whole_date(pattern: str) -> bool:
    """Say whether a format has the day, the month and the year."""
    try:
        return datetime.strptime(_SAMPLE.strftime(pattern), pattern).date() == _SAMPLE.date()  # noqa: DTZ007
    except (ValueError, re.error):  # one that has a part twice is no pattern to Python
        return False


def _read(text: str, pattern: str) -> datetime | None:
    try:
        if pattern == ISO:
            return datetime.fromisoformat(text)
        said = _in_english(text) if _NAMED.search(pattern) else text
        return datetime.strptime(said, pattern)  # noqa: DTZ007  the mapping says the zone
    except ValueError:
        return None


def _in_english(text: str) -> str:
    return _WORD.sub(lambda word: _ENGLISH.get(word[0].casefold(), word[0]), text)
