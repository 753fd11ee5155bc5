"""Where on a page a mistake of the file belongs: its readers name the place, and the field stands there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.settings.filling import Filled, days_named
from console.settings.made_of import Page
from console.settings.writing import order_of
from tickets.actions.revising import Mistake

_PLACE = re.compile(r"([a-z][\w-]*(?:\[\d+\]|\.[\w-]+)*): (.+)", re.DOTALL)
_EXPECTED = re.compile(r"expected ([a-z_]+)\b")


@dataclass(frozen=True, kw_only=True)
class Placed:
    at: dict[str, str]  # by field: what the file says of it
    others: tuple[str, ...]  # whole sentences


def placed(page: Page, filled: Filled, mistakes: Sequence[Mistake], *, file: str) -> Placed:
    """Sort mistakes by the fields that they are about."""
    names, at, others = list(_names(page, filled)), dict[str, str](), []
    for mistake in mistakes:
        found = _PLACE.fullmatch(mistake.message) if mistake.file == file else None
        name = _field(_on_form(page, filled, found[1]), found[2], names) if found else None
        if name is None or found is None:
            others.append(str(mistake))
        else:
            at.setdefault(name, found[2])
    return Placed(at=at, others=tuple(others))


def _names(page: Page, filled: Filled) -> Iterable[str]:
    yield from (field.name for field in page.fields)
    for rows in page.rows:
        for number, row in enumerate(filled.rows[rows.name], start=1):
            yield from (f"{rows.name}[{number}].{field.name}" for field in rows.fields_of(row.texts))


def _on_form(page: Page, filled: Filled, path: str) -> str:
    """Return a place as the form counts it: rows may have gone, and days of a week stand alone."""
    for rows in page.rows:
        found = re.fullmatch(rf"{re.escape(rows.name)}(?:\[(\d+)\])?((?:[.\[].*)?)", path)
        if found and (found[1] or rows.is_single):
            order, place = order_of(rows, filled.rows[rows.name]), int(found[1] or 1)
            number = order[place - 1] if place <= len(order) else 0
            return f"{rows.name}[{number}]{_as_days(found[2])}"
    key = re.fullmatch(r"hours\.([a-z-]+)(.*)", path)
    days = days_named(key[1]) if key else ()
    return f"hours.{days[0]}" if days else path


def _as_days(path: str) -> str:
    key = re.match(r"\.([a-z]+(?:-[a-z]+)?)", path)
    return ".days" if key and days_named(key[1]) else path


def _field(path: str, said: str, names: Sequence[str]) -> str | None:
    """Return the field a place is in, or the one below it that is missing."""
    around = [name for name in names if path == name or path.startswith((f"{name}.", f"{name}["))]
    if path in around:
        return path
    missing = _EXPECTED.match(said)
    below = [name for name in names if name.startswith(f"{path}.")]
    if missing and f"{path}.{missing[1]}" in below:
        return f"{path}.{missing[1]}"
    return max(around, key=len, default=None) or next(iter(below), None)
