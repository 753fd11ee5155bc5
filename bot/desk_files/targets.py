"""What indicators have in common in a desk file: their names in two languages, and targets written in the unit of their measure."""

import re
from functools import partial

from bot.desk_files.sections import Section
from tickets.scorecard import Unit

LANGUAGES = ("id", "en")
EXPECTED = {
    Unit.SHARE: "a share in percent, such as 95%",
    Unit.SCORE: "a mean score, such as 4.2",
    Unit.INDEX: "an index from 25 to 100, such as 88.31",
}
_WITHIN = {Unit.SHARE: (0.001, 1.0), Unit.SCORE: (1.0, 10.0), Unit.INDEX: (25.0, 100.0)}


def read_target(one: Section, unit: Unit, *, required: bool = False) -> float | None:
    """Read `target`, in a unit; None where there is none."""
    expected = EXPECTED[unit]
    return one.read(
        "target", partial(_target, unit=unit), None, required=f"target: {expected}" if required else "", expected=expected
    )  # fmt: skip


def read_names(one: Section, *, longest: int = 120) -> dict[str, str]:
    """Read `name`, by language; one of them at least."""
    names = one.section("name", required="name: {id: …, en: …}")
    if names is None:
        return {}
    names.allow(LANGUAGES)
    read = {language: names.text(language, longest=longest) for language in LANGUAGES}
    found = {language: name for language, name in read.items() if name}
    if not found:
        names.problem("expected the name in Indonesian (id), in English (en), or in both")
    return found


def _target(raw: str, *, unit: Unit) -> float:
    """Read a target as its unit is written. Raises ValueError."""
    match = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]{1,4})?)(%?)", raw, re.ASCII)
    if match is None or bool(match[2]) != (unit is Unit.SHARE):
        raise ValueError
    value = float(match[1].replace(",", ".")) / (100 if match[2] else 1)
    least, most = _WITHIN[unit]
    if not least <= value <= most:
        raise ValueError
    return value
