"""Identity numbers in what others read along: NIM and NIP, the NIK of an identity card or family card (KK), passports.

Better a number too many than one too few: whoever handles the ticket sees its page.
"""

import re

from bot.identity.numbers import LABELLED_NUMBER, NIP_LENGTH, as_number, checked_nip, is_nim
from tickets.verification import masked

_LONG_NUMBER = re.compile(r"(?<![\d+#])\d(?:[ .]?\d){7,17}(?!\d)", re.ASCII)
_NIM_AS_WRITTEN = re.compile(r"\d{8}|\d{3}[ .]\d{2}[ .]\d{3}", re.ASCII)
# Sixteen digits, whatever stands between two of them; where they are born is six, when they are born is six.
_NIK = re.compile(r"(?<!\d)\d(?:[\W_]?\d){15}(?!\d)")
_LABELLED_NIK = re.compile(r"\b(?:nik|no\.? ?ktp|ktp|no\.? ?kk)[ _:=.-]{0,5}$", re.IGNORECASE)
_BEFORE = 12  # characters in which such a label ends
_WOMEN = 40  # is added to the day of birth
# One or two letters and six or seven digits here; others have nine signs at most.
_PASSPORT = re.compile(
    r"\b(pass?port?\b[ \w:=.()/-]{0,25}?)((?<![^\W_])(?:[a-z]{1,2}[ -]?\d{6,8}|\d{7,9})(?![^\W_]))",
    re.IGNORECASE,
)


def masked_in(text: str, *known: str | None) -> str:
    """Return a text with the identity numbers in it masked: the known ones, and whatever reads like one."""
    text = _PASSPORT.sub(lambda found: f"{found[1]}{masked(found[2])}", _NIK.sub(_masked_nik, text))
    spans = [match.span("number") for match in LABELLED_NUMBER.finditer(text) if as_number(match["number"])]

    def mask(match: re.Match[str]) -> str:
        digits = "".join(each for each in match[0] if each.isdigit())
        labelled = any(start <= match.start() and match.end() <= end for start, end in spans)
        nip = len(digits) == NIP_LENGTH and checked_nip(digits) is not None
        nim = is_nim(digits) and _NIM_AS_WRITTEN.fullmatch(match[0]) is not None
        return masked(digits) if labelled or nip or nim or digits in known else match[0]

    return _LONG_NUMBER.sub(mask, text)


def _masked_nik(found: re.Match[str]) -> str:
    digits = "".join(str(int(each)) for each in found[0] if each.isdecimal())
    before = found.string[max(0, found.start() - _BEFORE) : found.start()]
    return masked(digits) if _is_nik(digits) or _LABELLED_NIK.search(before) else found[0]


def _is_nik(digits: str) -> bool:
    """Say whether sixteen digits are built as a NIK is: region, day, month and year of birth, serial (law 23/2006, article 37)."""
    day, month = int(digits[6:8]), int(digits[8:10])
    born = 1 <= (day - _WOMEN if day > _WOMEN else day) <= 31 and 1 <= month <= 12
    return born and digits[0] != "0" and digits[12:] != "0000"
