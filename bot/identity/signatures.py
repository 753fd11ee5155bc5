"""Signatures, and the bare lines of somebody who was asked."""

import re
from collections.abc import Sequence

from bot.identity.forms import Form
from bot.identity.names import as_name
from bot.identity.numbers import NIP_LENGTH, as_number, is_date, is_nim
from bot.identity.spoken import in_a_row
from bot.identity.units import known_unit
from bot.identity.values import Identity, only

_CLOSING = re.compile(
    r"(?:terima ?kasih|makasih|hormat (?:saya|kami)|salam(?: hormat)?|regards|best(?: regards)?|kind regards|sincerely|thanks|thank you|ttd|wassalam\w*)"
    r"(?: (?:banyak|sebelumnya|atas \w+(?: \w+){0,4}|yours|you))?[ ,.!]*",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"(?:nim|nip|npm|nrp)?[ :.]*(?P<number>\d[\d .]{6,24}\d)", re.IGNORECASE)


def signed_in(lines: Sequence[str]) -> Identity:
    """Read the lines below a closing: name, number, unit, one a line."""
    for index in range(len(lines) - 1, -1, -1):
        if _CLOSING.fullmatch(lines[index]):
            below = lines[index + 1 : index + 6]
            row = next((found for line in below if (found := in_a_row(line))), None)
            return row or _signature(below)
    return Identity()


def _signature(below: Sequence[str]) -> Identity:
    number = next((found for line in below if (found := _bare_number(line, strict=True))), None)
    unit = next((found for line in below[1:] if (found := known_unit(line.strip(" .,")))), None)
    name = as_name(below[0], trusted=False) if below else None
    if name is not None and number is None and unit is None and len(name.split()) < 2:
        name = None
    if name is None:
        return Identity()
    return Identity(name=None if known_unit(name) else name, number=number, unit=unit)


def _bare_number(part: str, *, strict: bool) -> str | None:
    """Return the number if the whole part is one; strictly only what is built as a NIM or NIP, or has the label."""
    match = _BARE_NUMBER.fullmatch(part.strip(" .,"))
    if match is None:
        return None
    number = as_number(match["number"])
    labelled = part.strip()[:1].isalpha()
    if number is None or labelled or len(number) == NIP_LENGTH or is_nim(number):
        return number
    return None if strict or is_date(number) else number


def answered_in(lines: Sequence[str], form: Form) -> Identity:
    """Read an answer to "who are you": name, number and unit in any order, by lines or commas."""
    if form.used or len(lines) > 8:
        return Identity()
    parts = [part for line in lines for part in _parts(line)]
    numbers = {number for part in parts if (number := _bare_number(part, strict=False))}
    words = [part for part in parts if not any(each.isdigit() or each == "@" for each in part)]
    units = [part for part in words if known_unit(part)]
    rest = [part for part in words if not known_unit(part)]
    names = [name for part in rest if (name := as_name(part, trusted=True))]
    alone = not numbers and not units
    one = len(names) == 1 == len(rest) and not (alone and len(parts) > 1)
    name = names[0] if one and _sounds_answered(names[0], rest[0], alone=alone) else None
    return Identity(
        name=name,
        number=only(numbers),
        unit=units[0] if len(units) == 1 else None,
    )


def _parts(line: str) -> list[str]:
    pieces = re.split(r"[,;/|()]|\s-\s|(?<=[^\W\d_]) (?=\d{8})|(?<=\d{8}) (?=[^\W\d_])", line)
    return [piece.strip(" .-") for piece in pieces if piece.strip(" .-")]


def _sounds_answered(name: str, written: str, *, alone: bool) -> bool:
    """A name beside a number or unit is one; alone it has two or three words, or begins with a capital."""
    words = name.split()
    return not alone or 1 < len(words) <= 3 or (written[0].isupper() and len(written) > 2 and len(words) <= 5)
