"""Whether words are a study programme, a faculty or an office."""

import re

from bot.identity.vocabulary import FUNCTION_WORDS, UNIT_ABBREVIATIONS, UNIT_HEADS, UNIT_NAMES

LONGEST_UNIT = 80


def as_unit(raw: str, *, trusted: bool) -> str | None:
    """Return a study programme, faculty or office, or None. Without trust only one that is known as such."""
    unit = re.split(r"[;|\n]|, (?=[a-z])| - |\. ", raw, maxsplit=1)[0].strip(" .,-'()")
    if known := known_unit(unit):
        return _bare_unit(known)
    if not trusted or not 2 <= len(unit) <= LONGEST_UNIT:
        return None
    words = unit.casefold().split()
    plain = re.fullmatch(r"[^\W\d_][\w .,&/()'-]*", unit) and not re.search(r"\d{4,}", unit)
    if (
        not plain
        or len(words) > 8
        or all(word in FUNCTION_WORDS for word in words)
        or words[0] in FUNCTION_WORDS
    ):
        return None
    return unit


_UNIT_WORDS = sorted(UNIT_NAMES, key=len, reverse=True)
_KNOWN_UNIT = re.compile(
    r"(?P<level>(?:s[1-3]|d[34]|magister|doktor|sarjana|program studi|prodi|jurusan|fakultas) )?(?:"
    + "|".join(re.escape(unit) for unit in _UNIT_WORDS)
    + r")(?![\w])",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?:" + "|".join(sorted(UNIT_ABBREVIATIONS, key=len, reverse=True)) + r")(?:[ -]?itb)?(?![\w])",
    re.IGNORECASE,
)
_HEADED = re.compile(
    rf"(?:{'|'.join(UNIT_HEADS)})(?: (?:dan|[A-Z][\w&.-]{{1,20}})){{1,6}}",
)


def known_unit(unit: str) -> str | None:
    """Return the unit if the whole of it is one that is known, or begins as only units do."""
    for pattern in (_KNOWN_UNIT, _ABBREVIATION, _HEADED):
        if pattern.fullmatch(unit):
            return unit
    return None


def unit_at(text: str) -> str | None:
    """Return the known unit with which a text begins."""
    for pattern in (_HEADED, _KNOWN_UNIT, _ABBREVIATION):
        if match := pattern.match(text):
            return _bare_unit(match[0].strip())
    return None


def _bare_unit(unit: str) -> str:
    return re.sub(r"^(?:prodi|program studi|jurusan) ", "", unit, flags=re.IGNORECASE)
