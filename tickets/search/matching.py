"""Lists narrowed to what was typed, as a condition upon tickets.

An index hands over a bounded number of tickets, the newest. That is enough for what is read from the top, but of what is
still to do nothing may be missing, however long it is: there the tickets themselves answer, as far as they know.
"""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from sqlalchemy import and_, false, func, not_, or_, select

from tickets.lifecycle import TO_DO
from tickets.priority import PRIORITIES
from tickets.search.asked import NOBODY, Asked, Clause, Mark, Part, unmarked
from tickets.search.index import SearchIndex
from tickets.search.meaning import Meaning
from tickets.tables import Ticket, TicketTag
from tickets.views.trouble import Trouble, in_trouble

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_TAGS = TicketTag.__table__  # type: ignore[attr-defined]
_COLUMNS: Mapping[Mark, Any] = {
    Mark.DESK: _TICKETS.c.desk, Mark.TEAM: _TICKETS.c.team, Mark.STATUS: _TICKETS.c.status,
    Mark.CATEGORY: _TICKETS.c.category, Mark.CHANNEL: _TICKETS.c.channel, Mark.AGENT: _TICKETS.c.assignee,
}  # fmt: skip
_KNOWN = frozenset({*_COLUMNS, Mark.DESK_TEAM, Mark.TAG, Mark.PRIORITY, Mark.STANDS, Mark.NUMBER})
_STANDS: Mapping[str, Any] = {
    "late": _TICKETS.c.number.in_(in_trouble(Trouble.LATE, None)),
    "soon": _TICKETS.c.number.in_(in_trouble(Trouble.SOON, None)),
    "asleep": _TICKETS.c.snoozed_until.is_not(None),
    "spam": _TICKETS.c.spam_at.is_not(None),
    "merged": _TICKETS.c.merged_into.is_not(None),
}


def matching(index: SearchIndex, meaning: Meaning, *, limit: int) -> Any:
    """Return the condition; `limit` is how many tickets the index hands over where it has to be asked."""
    met = _by_themselves(meaning.asked)
    conditions = [
        _TICKETS.c.number.in_(index.find(meaning.asked, limit=limit).numbers) if met is None else met
    ]
    if meaning.opened_from is not None:
        conditions.append(_TICKETS.c.created_at >= meaning.opened_from)
    if meaning.opened_before is not None:
        conditions.append(_TICKETS.c.created_at < meaning.opened_before)
    return and_(*conditions)


def _by_themselves(asked: Asked) -> Any | None:
    """Return what tickets that are to do say themselves; None where words are looked for, or the past is meant, too."""
    every = (*asked.all_of, *asked.none_of)
    if not any(map(_is_to_do, asked.all_of)) or not all(map(_is_known, every)):
        return None
    met, unmet = [_met(clause) for clause in asked.all_of], [_met(clause) for clause in asked.none_of]
    # Whoever has no category is not in the one that is left out: what is unknown does not hold.
    return and_(*met, *(not_(func.coalesce(each, false())) for each in unmet))


def _is_to_do(clause: Clause) -> bool:
    return clause.part is Part.MARKS and all(
        mark is Mark.STATUS and value in TO_DO for mark, value in map(unmarked, chain(*clause.any_of))
    )


def _is_known(clause: Clause) -> bool:
    return clause.part is Part.MARKS and all(
        mark in _KNOWN for mark, _ in map(unmarked, chain(*clause.any_of))
    )


def _met(clause: Clause) -> Any:
    return or_(false(), *(_borne(*unmarked(word)) for word in chain(*clause.any_of)))


def _borne(mark: Mark, value: str) -> Any:
    """Return whether a ticket bears a mark."""
    if mark in _COLUMNS:
        column = _COLUMNS[mark]
        return column.is_(None) if value == NOBODY else column == value
    if mark is Mark.DESK_TEAM:
        desk, _, team = value.partition("/")
        return and_(_TICKETS.c.desk == desk, _TICKETS.c.team == team)
    if mark is Mark.TAG:
        tagged = select(_TAGS.c.ticket)
        some = _TICKETS.c.number.in_(tagged if value == NOBODY else tagged.where(_TAGS.c.tag == value))
        return not_(some) if value == NOBODY else some
    if mark is Mark.PRIORITY:
        return _TICKETS.c.priority == int(PRIORITIES[value])
    return _STANDS[value] if mark is Mark.STANDS else _TICKETS.c.number == int(value)
