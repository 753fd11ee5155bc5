"""Which tickets an export is of, as somebody would type it to search: `kategori:login -kanal:email "kode otp"`.

What a ticket's row says is asked of the database; words, and who or what is in the messages, of the search index. Days are
given beside it. Nothing is guessed: what a search would take for a slip is refused here, with what it would have looked for.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, false, not_, or_, select
from sqlmodel import Session

from reports.errors import ReportError
from reports.rows import Names
from tickets.priority import PRIORITIES
from tickets.query import ANY, NONE, Filter, Key, Number, Query, Words, parse, written
from tickets.search import SearchIndex
from tickets.search.asked import Asked
from tickets.search.meaning import Asker, meant
from tickets.search.meaning import Names as SearchNames
from tickets.tables import Ticket, TicketTag

AT_ONCE = 1_000  # tickets that the index is asked about

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_TAGS = TicketTag.__table__  # type: ignore[attr-defined]
_NUMBER: ColumnElement[int] = _TICKETS.c.number
_COLUMNS: Mapping[Key, ColumnElement[Any]] = {
    Key.STATUS: _TICKETS.c.status, Key.CHANNEL: _TICKETS.c.channel, Key.CATEGORY: _TICKETS.c.category,
    Key.AGENT: _TICKETS.c.assignee, Key.TEAM: _TICKETS.c.team, Key.PRIORITY: _TICKETS.c.priority,
}  # fmt: skip
_OF_ROWS = (*_COLUMNS, Key.TAG)
_OF_THE_INDEX = (Key.CONTACT, Key.ADDRESS, Key.FILE, Key.NOTE)

Row = TypeVar("Row")


class BadFilterError(ReportError):
    """A filter that an export does not know."""

    def __init__(self, sentence: str, *, about: str) -> None:
        super().__init__(sentence)
        self.about = about  # what was typed


class UnknownFilterError(BadFilterError):
    """There is no such filter, or it has no such value."""

    def __init__(self, about: str) -> None:
        known = ", ".join(f"{key}:…" for key in (*_OF_ROWS, *_OF_THE_INDEX))
        super().__init__(f'"{about}" is no filter of an export; expected {known}, or words', about=about)


class NobodyError(BadFilterError):
    """Nothing at the desk has this name."""

    def __init__(self, key: Key, value: str, known: Iterable[str]) -> None:
        about = f"{key}:{value}"
        super().__init__(f"{about} is nobody's name; expected one of {_some(known)}", about=about)


class UnheardOfError(BadFilterError):
    """Words that nobody has written; a search would look for others that are nearly the same."""

    def __init__(self, typed: str, instead: str) -> None:
        super().__init__(f'nobody has written "{typed}"; perhaps "{instead}" is meant', about=typed)
        self.instead = instead


class NotIndexedError(BadFilterError):
    """What was said cannot be searched yet."""

    def __init__(self) -> None:
        super().__init__(
            "words cannot be looked for until the search index is built; `tanggap serve` builds it", about=""
        )


@dataclass(frozen=True, kw_only=True)
class Only:
    """Which tickets are meant."""

    conditions: Sequence[ColumnElement[bool]] = ()
    keeps: Callable[[Collection[int]], Collection[int]] | None = None  # which of some numbers; None: all

    def sieved(self, rows: Iterable[Row], ticket: Callable[[Row], int]) -> Iterator[Row]:
        """Yield the rows of tickets that are meant, asking for those of many rows at once."""
        if self.keeps is None:
            yield from rows
            return
        coming = iter(rows)
        while some := list(islice(coming, AT_ONCE)):
            kept = self.keeps({ticket(row) for row in some})
            yield from (row for row in some if ticket(row) in kept)


EVERY = Only()


def only_of_each(
    text: str, *, session: Session, whose: Mapping[str, Names], today: date, index: SearchIndex | None
) -> Mapping[str, Only]:
    """Read what is typed for several desks; a name that one of them has, nothing at the others is called by. Raises BadFilterError."""
    found: dict[str, Only] = {}
    for desk, names in whose.items():
        try:
            found[desk] = only(text, session=session, desk=desk, names=names, today=today, index=index)
        except NobodyError as error:
            unknown = error
    if not found:
        raise unknown
    return {
        desk: found.get(desk)
        or only(text, session=session, desk=desk, names=names, today=today, index=index, is_strict=False)
        for desk, names in whose.items()
    }


def only(
    text: str, *, session: Session, desk: str, names: Names, today: date, index: SearchIndex | None, is_strict: bool = True
) -> Only:  # fmt: skip
    """Read what is typed; without `is_strict` a name that nobody has is nobody's. Raises BadFilterError: another filter, a name that nobody has, words that nobody has written."""
    read = parse(text, today=today)
    if read.remarks:
        odd = read.remarks[0]
        raise UnknownFilterError(f"{odd.key}:{odd.value}")
    filters = read.query.filters
    for one in filters:
        if one.key not in (*_OF_ROWS, *_OF_THE_INDEX):
            raise UnknownFilterError(f"{one.key}:{','.join(one.values)}")
    conditions = [_condition(one, names, is_strict=is_strict) for one in filters if one.key in _OF_ROWS]
    conditions += _numbered([term for term in read.query.terms if isinstance(term, Number)])
    said = tuple(
        term
        for term in read.query.terms
        if isinstance(term, Words) or (isinstance(term, Filter) and term.key in _OF_THE_INDEX)
    )
    if not said:
        return Only(conditions=conditions)
    return _said(Query(terms=said), conditions, session=session, desk=desk, index=index)


def _numbered(terms: Sequence[Number]) -> Iterator[ColumnElement[bool]]:
    wanted, unwanted = ([term.number for term in terms if term.negated is each] for each in (False, True))
    if wanted:
        yield _NUMBER.in_(wanted)
    if unwanted:
        yield _NUMBER.not_in(unwanted)


def _said(
    query: Query, conditions: Sequence[ColumnElement[bool]], *, session: Session, desk: str, index: SearchIndex | None
) -> Only:  # fmt: skip
    """Look words up: few tickets that have them are a condition like others, of many the index is asked piece by piece."""
    progress = index.words.progress() if index is not None else None
    if index is None or progress is None or progress.below is not None:
        raise NotIndexedError
    asker = Asker(desks=frozenset({desk}))
    meaning = meant(session, query, index.words, asker=asker, names=SearchNames())
    if meaning.instead is not None:
        raise UnheardOfError(written(query), written(meaning.instead))
    found = index.find(meaning.asked, limit=AT_ONCE)
    if found.below is None:
        return Only(conditions=[*conditions, _NUMBER.in_(found.numbers)])
    return Only(conditions=conditions, keeps=_Sieve(index, meaning.asked))


class _Sieve:
    """Says which of some tickets have what was asked of the index, in memory that does not grow with all that have it."""

    def __init__(self, index: SearchIndex, asked: Asked) -> None:
        self._index, self._asked = index, asked

    def __call__(self, numbers: Collection[int]) -> Collection[int]:
        between = replace(self._asked, lowest=min(numbers), highest=max(numbers))
        kept: set[int] = set()
        below: int | None = max(numbers) + 1
        while below is not None:
            found = self._index.find(between, limit=AT_ONCE, below=below)
            kept.update(number for number in found.numbers if number in numbers)
            below = found.below
        return kept


def _condition(one: Filter, names: Names, *, is_strict: bool) -> ColumnElement[bool]:
    met = or_(*(_fits(one.key, value, names, is_strict=is_strict) for value in one.values))
    return not_(met) if one.negated else met


def _fits(key: Key, value: str, names: Names, *, is_strict: bool) -> ColumnElement[bool]:
    """Ask for one value; `none` and `*` say that there is none, or any. What is not there fits nothing else."""
    if key is Key.TAG:
        tagged = select(_TAGS.c.ticket)
        if value in (NONE, ANY):
            return _NUMBER.in_(tagged) if value == ANY else _NUMBER.not_in(tagged)
        return _NUMBER.in_(tagged.where(_TAGS.c.tag == value))
    column = _COLUMNS[key]
    if value in (NONE, ANY):
        return column.is_(None) if value == NONE else column.is_not(None)
    try:
        return column.is_not_distinct_from(_meant(key, value, names))
    except NobodyError:
        if is_strict:
            raise
        return false()


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
        raise NobodyError(key, value, known)
    return found[0]


def _some(known: Iterable[str], most: int = 12) -> str:
    ids = sorted(known)
    return ", ".join(ids[:most]) + ("…" if len(ids) > most else "")
