"""Which tickets an export is of, as somebody would type it to search: `kategori:login status:closed,solved -kanal:email`.

Only filters of what a ticket's row says: an export is of any size, and asks the database alone. Days are given beside it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, not_, or_, select

from reports.errors import ReportError
from reports.rows import Names
from tickets.priority import PRIORITIES
from tickets.query import ANY, NONE, Filter, Key, parse
from tickets.tables import Ticket, TicketTag

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_TAGS = TicketTag.__table__  # type: ignore[attr-defined]
_NUMBER: ColumnElement[int] = _TICKETS.c.number
_COLUMNS: Mapping[Key, ColumnElement[Any]] = {
    Key.STATUS: _TICKETS.c.status, Key.CHANNEL: _TICKETS.c.channel, Key.CATEGORY: _TICKETS.c.category,
    Key.AGENT: _TICKETS.c.assignee, Key.TEAM: _TICKETS.c.team, Key.PRIORITY: _TICKETS.c.priority,
}  # fmt: skip
_USABLE = (*_COLUMNS, Key.TAG)


class BadFilterError(ReportError):
    """A filter that an export does not know."""


def conditions(text: str, *, names: Names, today: date) -> list[ColumnElement[bool]]:
    """Return what a ticket must fulfil. Raises BadFilterError: words, another filter, a name that nobody has."""
    read = parse(text, today=today)
    if read.remarks:
        odd = read.remarks[0]
        raise BadFilterError(f'"{odd.key}:{odd.value}" is no filter of an export; expected {_expected()}')
    if len(read.query.filters) != len(read.query.terms):
        raise BadFilterError(f"an export looks for no words and numbers; expected {_expected()}")
    return [_condition(one, names) for one in read.query.filters]


def _expected() -> str:
    return ", ".join(f"{key}:…" for key in _USABLE)


def _condition(one: Filter, names: Names) -> ColumnElement[bool]:
    if one.key not in _USABLE:
        raise BadFilterError(f"{one.key}: is no filter of an export; expected {_expected()}")
    met = or_(*(_fits(one.key, value, names) for value in one.values))
    return not_(met) if one.negated else met


def _fits(key: Key, value: str, names: Names) -> ColumnElement[bool]:
    """Ask for one value; `none` and `*` say that there is none, or any. What is not there fits nothing else."""
    if key is Key.TAG:
        tagged = select(_TAGS.c.ticket)
        if value in (NONE, ANY):
            return _NUMBER.in_(tagged) if value == ANY else _NUMBER.not_in(tagged)
        return _NUMBER.in_(tagged.where(_TAGS.c.tag == value))
    column = _COLUMNS[key]
    if value in (NONE, ANY):
        return column.is_(None) if value == NONE else column.is_not(None)
    return column.is_not_distinct_from(_meant(key, value, names))


def _meant(key: Key, value: str, names: Names) -> str | int:
    if key is Key.PRIORITY:
        return int(PRIORITIES[value])
    known = {Key.CATEGORY: names.categories, Key.AGENT: names.staff, Key.TEAM: names.teams}.get(key)
    return value if known is None else _named(key, value, known)


def _named(key: Key, value: str, known: Mapping[str, str]) -> str:
    """Return an id by itself or by its name."""
    wanted = value.casefold()
    found = [id for id, name in known.items() if wanted in (id.casefold(), name.casefold())]  # noqa: A001
    if not found:
        raise BadFilterError(f"{key}:{value} is nobody's name; expected one of {_some(known)}")
    return found[0]


def _some(known: Iterable[str], most: int = 12) -> str:
    ids = sorted(known)
    return ", ".join(ids[:most]) + ("…" if len(ids) > most else "")
