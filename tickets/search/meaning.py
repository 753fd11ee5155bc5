"""What a query means to whoever asks: names become ids, days become numbers, and rights become part of the question.

So an index finds only what they may see, and its newest are theirs.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session

from tickets.query import ANY, ME, NONE, Filter, Key, Number, Query, Remark, Term, Trouble, Words
from tickets.search.asked import NOBODY, Asked, Clause, Mark, Part, Vocabulary, mark, marked
from tickets.search.forms import forms_of
from tickets.tables import Ticket
from tickets.views.by_address import ids_meant
from tickets.words import words_of

_DIGITS_OF_NUMBER = 7  # from which on words of digits beside each other may be a number that people call
_DISORDER = 50  # tickets by which the order of numbers and that of their instants may differ

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Asker:
    """What somebody may see, and under which ids tickets are theirs."""

    desks: frozenset[str] | None = None  # None: all
    only_teams: Mapping[str, frozenset[str]] = field(
        default_factory=dict
    )  # of these desks only their tickets
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Names:
    """What the values of filters may name, by id."""

    desks: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    agents: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    zone: str = "UTC"  # in which days begin


@dataclass(frozen=True, kw_only=True)
class Meaning:
    asked: Asked
    wanted: tuple[
        Clause, ...
    ]  # what was typed as words, in the forms that count: to be marked where it stands
    remarks: tuple[Remark, ...]
    instead: Query | None  # what is looked for, where words that nobody has written were taken for slips
    exactly: Query | None  # how to ask for just what was typed
    opened_from: datetime | None = None  # when a ticket must have been opened: the numbers say so but nearly
    opened_before: datetime | None = None


class _Named(NamedTuple):
    kind: Mark
    names: Mapping[str, str]


class _Reading:
    """One query as it is read, term by term."""

    def __init__(self, session: Session, known: Vocabulary, *, asker: Asker, names: Names) -> None:
        self.session, self.known, self.asker, self.names = session, known, asker, names
        self.wanted: list[Clause] = []
        self.all_of: list[Clause] = []
        self.none_of: list[Clause] = []
        self.remarks: list[Remark] = []
        self.first: date | None = None
        self.last: date | None = None

    def words(self, term: Words) -> Words:
        """Read words; return what is looked for instead of them."""
        clauses, instead = self._clauses(term)
        if term.negated:
            self.none_of += clauses
            return term
        self.wanted += clauses
        return replace(term, words=instead)

    def filter(self, term: Filter) -> None:
        if term.key in {Key.SINCE, Key.UNTIL, Key.ON}:
            self._days(term)
            return
        clause = self._filter_clause(term)
        if clause is not None:
            (self.none_of if term.negated else self.all_of).append(clause)

    def numbers(self, terms: Iterable[Number]) -> None:
        for negated, kept in ((False, self.all_of), (True, self.none_of)):
            numbers = [str(term.number) for term in terms if term.negated is negated]
            if numbers:
                kept.append(marked(Mark.NUMBER, *numbers))

    def _clauses(self, term: Words, part: Part | None = None) -> tuple[list[Clause], tuple[str, ...]]:
        if term.quoted:
            return [Clause(any_of=(term.words,), part=part)], term.words
        if _is_number(term.words):
            longer = forms_of(term.words[0], self.known).words if len(term.words) == 1 else ()
            any_of = dict.fromkeys((*_writings(" ".join(term.words)), *((word,) for word in longer)))
            return [Clause(any_of=tuple(any_of), part=part)], term.words
        forms = [forms_of(word, self.known) for word in term.words]
        clauses = [Clause(any_of=tuple((word,) for word in each.words), part=part) for each in forms]
        if (
            part is None and len(forms) == 1 and term.words[0].isdecimal()
        ):  # a ticket's number without its sign
            clauses = [replace(clauses[0], any_of=(*clauses[0].any_of, (mark(Mark.NUMBER, term.words[0]),)))]
        return clauses, tuple(each.instead or word for each, word in zip(forms, term.words, strict=True))

    def _filter_clause(self, term: Filter) -> Clause | None:
        if term.key in {Key.STATUS, Key.CHANNEL, Key.PRIORITY}:
            kinds = {Key.STATUS: Mark.STATUS, Key.CHANNEL: Mark.CHANNEL, Key.PRIORITY: Mark.PRIORITY}
            return marked(kinds[term.key], *term.values)
        if term.key is Key.IS:
            return _either(_STANDS.get(value) or marked(Mark.STANDS, value) for value in term.values)
        if term.key in {Key.FILE, Key.NOTE}:
            return self._thing(term)
        if term.key is Key.CONTACT:
            return self._spoken(term.values, Part.WHO)
        if term.key is Key.ADDRESS:
            return _either(_reached_at(value) for value in term.values)
        return self._named(term)

    def _named(self, term: Filter) -> Clause | None:
        names = self.names
        kind, called = {
            Key.CATEGORY: _Named(Mark.CATEGORY, names.categories), Key.AGENT: _Named(Mark.AGENT, names.agents),
            Key.TEAM: _Named(Mark.TEAM, names.teams), Key.TAG: _Named(Mark.TAG, names.tags),
            Key.DESK: _Named(Mark.DESK, names.desks),
        }[term.key]  # fmt: skip
        clauses: list[Clause] = []
        for value in term.values:
            ids = self._ids(value, called, term.key)
            if ids:
                clauses.append(marked(kind, *ids))
            else:
                self.remarks.append(Remark(trouble=Trouble.UNKNOWN_VALUE, key=term.key, value=value))
                self.words(Words(words=tuple(words_of(value)), negated=term.negated))
        return _either(clauses) if clauses else None

    def _ids(self, value: str, called: Mapping[str, str], key: Key) -> Sequence[str]:
        if value == NONE and key is not Key.DESK:
            return (NOBODY,)
        if value == ME and key is Key.AGENT:
            return sorted(self.asker.ids)
        plain = words_of(value)
        exact = [id_ for id_, name in called.items() if plain in (words_of(id_), words_of(name))]
        if exact or not plain:
            return exact
        return [id_ for id_, name in called.items() if _begins(plain, [*words_of(id_), *words_of(name)])]

    def _thing(self, term: Filter) -> Clause | None:
        kind, part = ("file", Part.FILES) if term.key is Key.FILE else ("note", Part.NOTES)
        if term.values in {(ANY,), (NONE,)}:
            if term.values == (NONE,):
                (self.all_of if term.negated else self.none_of).append(marked(Mark.HAS, kind))
                return None
            return marked(Mark.HAS, kind)
        return self._spoken(term.values, part)

    def _spoken(self, values: Sequence[str], part: Part) -> Clause | None:
        """Return what must stand in a part; of one value of several words each may stand anywhere there."""
        said = [
            Words(words=tuple(words), quoted=len(words) > 1) for value in values if (words := words_of(value))
        ]
        return _either(clause for each in said for clause in self._clauses(each, part)[0])

    def _days(self, term: Filter) -> None:
        day = date.fromisoformat(term.values[0])
        key = term.key
        if term.negated:
            if key is Key.ON:
                self.remarks.append(
                    Remark(trouble=Trouble.UNKNOWN_VALUE, key=f"-{key}", value=term.values[0])
                )
                return
            key, day = (
                (Key.UNTIL, day - timedelta(1)) if key is Key.SINCE else (Key.SINCE, day + timedelta(1))
            )
        if key in {Key.SINCE, Key.ON}:
            self.first = day if self.first is None else max(self.first, day)
        if key in {Key.UNTIL, Key.ON}:
            self.last = day if self.last is None else min(self.last, day)


_STANDS = {"unassigned": marked(Mark.AGENT, NOBODY), "uncategorised": marked(Mark.CATEGORY, NOBODY)}


def meant(session: Session, query: Query, known: Vocabulary, *, asker: Asker, names: Names) -> Meaning:
    """Return what a query asks of an index for this asker."""
    reading = _Reading(session, known, asker=asker, names=names)
    for each in query.filters:
        reading.filter(each)
    reading.numbers([term for term in query.terms if isinstance(term, Number)])
    read: dict[Term, Words] = {term: reading.words(term) for term in _joined(query.words)}
    slips = any(meant_ != typed for typed, meant_ in read.items())
    instead = Query(terms=tuple(read.get(term, term) for term in query.terms))
    exactly = Query(
        terms=tuple(_exact(term) if read.get(term, term) != term else term for term in query.terms)
    )
    begin, end = _instants(reading, names)
    bounds = _numbers_between(session, begin, end, desks=asker.desks, every=names.desks)
    rights = _rights(asker)
    asked = Asked(
        all_of=(*([rights] if rights else []), *reading.all_of, *reading.wanted),
        none_of=tuple(clause for clause in reading.none_of if clause.any_of),
        lowest=bounds[0], highest=bounds[1],
    )  # fmt: skip
    return Meaning(
        asked=asked, wanted=tuple(reading.wanted), remarks=tuple(reading.remarks), opened_from=begin, opened_before=end,
        instead=instead if slips else None, exactly=exactly if slips else None,
    )  # fmt: skip


def _exact(term: Term) -> Term:
    return replace(term, quoted=True) if isinstance(term, Words) else term


def _either(clauses: Iterable[Clause]) -> Clause | None:
    """Return what is fulfilled by any of these, which look in one part."""
    known = list(clauses)
    if not known:
        return None
    return Clause(any_of=tuple(each for clause in known for each in clause.any_of), part=known[0].part)


def _reached_at(typed: str) -> Clause:
    """Return how somebody is found by a number in any writing, a mailbox, an id or a username."""
    return Clause(any_of=_writings(typed), part=Part.WHO)


def _writings(typed: str) -> tuple[tuple[str, ...], ...]:
    written = (tuple(words_of(each)) for each in (*ids_meant(typed), typed))
    return tuple(dict.fromkeys(words for words in written if words))


def _is_number(words: Sequence[str]) -> bool:
    return len("".join(words)) >= _DIGITS_OF_NUMBER and all(word.isdecimal() for word in words)


def _joined(terms: Iterable[Words]) -> Iterator[Words]:
    """Yield the words of a query, those that make one number together as one: `0812 3456 789`."""
    kinds = groupby(
        terms, key=lambda term: (not term.quoted and all(map(str.isdecimal, term.words)), term.negated)
    )
    for (digits, negated), run in kinds:
        each = list(run)
        words = tuple(word for term in each for word in term.words)
        if digits and _is_number(words):
            yield Words(words=words, negated=negated)
        else:
            yield from each


def _begins(typed: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in typed)


def _rights(asker: Asker) -> Clause | None:
    if asker.desks is None:
        return None
    whole = [marked(Mark.DESK, desk) for desk in sorted(asker.desks) if desk not in asker.only_teams]
    of_teams = [
        marked(Mark.DESK_TEAM, f"{desk}/{team}")
        for desk in sorted(asker.desks & asker.only_teams.keys())
        for team in sorted(asker.only_teams[desk])
    ]
    return _either([*whole, *of_teams]) or Clause(any_of=())


def _instants(reading: _Reading, names: Names) -> tuple[datetime | None, datetime | None]:
    zone = ZoneInfo(names.zone)
    begin = None if reading.first is None else datetime.combine(reading.first, time(), zone)
    end = None if reading.last is None else datetime.combine(reading.last + timedelta(1), time(), zone)
    return begin, end


def _numbers_between(
    session: Session, begin: datetime | None, end: datetime | None, *, desks: frozenset[str] | None,
    every: Mapping[str, str],
) -> tuple[int | None, int | None]:  # fmt: skip
    """Return the numbers between which tickets were opened then, with some to spare at both ends."""
    lowest: list[int] = []
    highest: list[int] = []
    for desk in every if desks is None else desks:
        of_desk = select(_TICKETS.c.number).where(_TICKETS.c.desk == desk)
        if begin is not None:
            later = of_desk.where(_TICKETS.c.created_at >= begin).order_by(_TICKETS.c.created_at)
            lowest += session.execute(later.limit(_DISORDER)).scalars()
        if end is not None:
            earlier = of_desk.where(_TICKETS.c.created_at < end).order_by(_TICKETS.c.created_at.desc())
            highest += session.execute(earlier.limit(_DISORDER)).scalars()
    # With nothing on that side of the day, no number fits.
    return (
        None if begin is None else min(lowest, default=2**60),
        None if end is None else max(highest, default=0),
    )
