"""Sentences in which people introduce themselves."""

import re
from collections.abc import Sequence

from bot.identity.names import MOST_NAME_WORDS, WORD, as_name, may_be_name
from bot.identity.numbers import (
    NIM_LENGTHS,
    NIP_LENGTH,
    OTHERS,
    as_number,
    checked_nip,
    is_date,
    is_nim,
    is_phone,
)
from bot.identity.units import as_unit, known_unit, unit_at
from bot.identity.values import Identity, only

_SAYS_NAME = re.compile(
    r"\b(?:nama (?:lengkap )?(?:saya|aku|sy|gw|gue)(?: adalah| yaitu|,| :)?"
    r"|(?:my (?:full )?name is|my name's)"
    r"|perkenalkan,? (?:nama )?(?:saya|sy|aku)(?: adalah)?) ",
    re.IGNORECASE,
)
_SAYS_I = re.compile(r"(?:\b(?:saya|sy|aku|dengan)|\bI am|\bI'm|\bthis is) ", re.IGNORECASE)
_NUMBER_NEXT = re.compile(
    r"[ ,]*+(?:(?:[(\[/-]|\bdengan\b)[ ,]*+)?(?:(?P<label>nim|nip|nrp|npm|student (?:id|number))[ :.=]*)?(?P<number>\d{8,18})(?![\w]|[.,/:-]\d)",
    re.IGNORECASE,
)
_LABELLED_UNIT = re.compile(
    r"\b(?:prodi|program studi|jurusan|jur\.?|mahasiswa|mhs|dosen|tendik|staf|student (?:of|in|from)|lecturer (?:of|in|at)|unit|dari|from|-|/) ?",
    re.IGNORECASE,
)


def introduced_in(lines: Sequence[str]) -> Identity:
    """Read introductions in running text."""
    for line in lines:
        for opening in (*_SAYS_NAME.finditer(line), *_SAYS_I.finditer(line)):
            found = _introduced(line[opening.end() :], trusted=opening.re is _SAYS_NAME)
            if found is not None and not OTHERS.search(line[: opening.end()]):
                return found
    return next((found for line in lines if (found := in_a_row(line))), Identity(unit=_stated_unit(lines)))


#: Small words with such a beginning are rather verbs ("nama saya tertukar") than names.
_VERB = re.compile(
    r"\b(?:ter|ber|me[mn]|ng|di(?!mas|an|ah|na|ni|va|ka\b)|ke(?!vin|isha|nny|nzo|tut|zia))[a-z]{3,}"
)


_MARKS = re.compile(r"([/(\[|;])")


def _introduced(rest: str, *, trusted: bool) -> Identity | None:
    """Read what follows "nama saya" (trusted) or a mere "saya", which counts only with a number or unit behind."""
    name_part, after = _split_name(_MARKS.sub(r" \1 ", rest))
    if not name_part:
        return None
    number = _introduced_number(after)
    unit = _unit_after(after)
    if not trusted and number is None and unit is None:
        return None
    name = as_name(name_part, trusted=trusted or number is not None)
    if name is None or (number is None and unit is None and name_part.islower() and _VERB.search(name_part)):
        return None
    return Identity(name=name, number=number, unit=unit)


def _split_name(rest: str) -> tuple[str, str]:
    """Return the words that may be a name, and what comes behind them."""
    kept = 0
    for match in re.finditer(r"\S+", rest[:120]):
        word = match[0]
        bare = word.rstrip(",;:!?)/")
        if not re.fullmatch(WORD, bare) or not may_be_name(bare) or (kept and bare.casefold() == "i"):
            break
        kept = match.start() + len(bare)
        ends_sentence = bare.endswith(".") and len(bare) > 4
        if bare != word or ends_sentence:
            break
    return rest[:kept].rstrip("."), rest[kept:]


def _introduced_number(after: str) -> str | None:
    """Return the number right behind a name: labelled, or built as a NIM, or in brackets."""
    match = _NUMBER_NEXT.match(after)
    if match is None:
        return None
    if match["label"]:
        return as_number(match["number"])
    digits = match["number"]
    if len(digits) == NIP_LENGTH:
        return checked_nip(digits)
    in_brackets = "(" in match[0] or "[" in match[0]
    if is_nim(digits) or (
        in_brackets and len(digits) in NIM_LENGTHS and not is_phone(digits) and not is_date(digits)
    ):
        return digits
    return None


def _unit_after(after: str) -> str | None:
    """Return the first known unit within the same sentence that is said to be theirs."""
    sentence = re.split(r"[!?\n]|\.(?= |$)", after, maxsplit=1)[0][:160]
    for match in _LABELLED_UNIT.finditer(sentence):
        if unit := unit_at(sentence[match.end() :].lstrip(" :-")):
            return unit
    for part in re.split(r"[,;/()\[\]]| - ", sentence):
        if unit := known_unit(part.strip(" 0123456789")):  # a number may stand before it without a comma
            return unit
    return None


_STATES_UNIT = re.compile(
    r"\b(?:(?:saya|aku|sy|kami) (?:adalah |dari |mahasiswa |mhs |dosen |tendik |staf |anak )+(?:baru |di |dari |prodi |jurusan |program studi )*"
    r"|mahasiswa (?:prodi |jurusan |program studi )|(?:I am|I'm) (?:a |an )?(?:\w+ ){0,2}(?:student|lecturer|staff)(?: member)? (?:of|in|from|at) (?:the )?)",
    re.IGNORECASE,
)


def _stated_unit(lines: Sequence[str]) -> str | None:
    """Return a unit that somebody without a name says to be theirs: "saya mahasiswa Teknik Sipil"."""
    units = {
        unit
        for line in lines
        for match in _STATES_UNIT.finditer(line)
        if not OTHERS.search(line[: match.end()]) and (unit := unit_at(line[match.end() :]))
    }
    return only(units)


_ROW = re.compile(
    rf"(?P<name>{WORD}(?: {WORD}){{1,{MOST_NAME_WORDS - 1}}}) ?(?:[-/|_,;(]|nim:?|nip:?){{1,2}} ?(?:nim:? ?|nip:? ?)?(?P<number>\d{{8}}|\d{{18}})\)?(?: ?[-/|_,;] ?(?P<rest>.{{2,60}}))?",
    re.IGNORECASE,
)


_EIGHT_DIGITS = re.compile(r"\d{8}")


def in_a_row(line: str) -> Identity | None:
    """Read "Budi Santoso - 13519001 - STEI": a line that is nothing but a name, a number and perhaps a unit."""
    match = _ROW.fullmatch(line.strip(" .,")) if _EIGHT_DIGITS.search(line) else None
    if match is None or OTHERS.search(line):
        return None
    name = as_name(match["name"], trusted=True)
    digits = match["number"]
    number = digits if is_nim(digits) else checked_nip(digits) if len(digits) == NIP_LENGTH else None
    if name is None or number is None:
        return None
    return Identity(
        name=name, number=number, unit=as_unit(match["rest"], trusted=False) if match["rest"] else None
    )
