"""The clocks of many tickets, reckoned together column by column: what `Reckoning` reckons of each alone.

A month has hundreds of thousands of them. To read an instant from the database as an instant costs ten times what a
number costs, and to ask each clock how it stands fifty times what arrays cost.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from sys import intern
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Text, select, type_coerce
from sqlmodel import Session

from reports.lengths import NOTHING, Numbers, Runs, all_counted, number_of
from reports.listing import among, as_instants, microseconds
from reports.reckoning import Outcome, Promise, Reckoning, extension, holder, moves_of, span
from tickets.tables import Clock

_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_OF_TICKETS = (
    select(
        _CLOCKS.c.ticket, _CLOCKS.c.kind, _CLOCKS.c.subject, _CLOCKS.c.cycle, _CLOCKS.c.terms_of, _CLOCKS.c.revision,
        _CLOCKS.c.promise, type_coerce(_CLOCKS.c.pauses, Text), microseconds(_CLOCKS.c.started_at),
        microseconds(_CLOCKS.c.due_at), microseconds(_CLOCKS.c.paused_at), microseconds(_CLOCKS.c.met_at),
        microseconds(_CLOCKS.c.breached_at), microseconds(_CLOCKS.c.ended_at), microseconds(_CLOCKS.c.extended_at),
    )
    .where(among(_CLOCKS.c.ticket, "numbers"))
    .order_by(_CLOCKS.c.ticket, _CLOCKS.c.started_at, _CLOCKS.c.kind, _CLOCKS.c.cycle)
)  # fmt: skip
_OUTCOMES = tuple(Outcome)
_MET, _BREACHED, _RUNNING, _ENDED = map(
    _OUTCOMES.index, (Outcome.MET, Outcome.BREACHED, Outcome.RUNNING, Outcome.ENDED)
)

Instants = Sequence[int | None]  # microseconds since 1970


class _Clocks(NamedTuple):
    """The columns of `_OF_TICKETS`."""

    ticket: Sequence[int]
    kind: Sequence[str]
    subject: Sequence[str]
    cycle: Sequence[int]
    terms_of: Sequence[str]  # the desk
    revision: Sequence[int]
    promise: Sequence[str]
    pauses: Sequence[str | None]  # `[[start, end or null], …]`
    started_at: Sequence[int]
    due_at: Sequence[int]
    paused_at: Instants
    met_at: Instants
    breached_at: Instants
    ended_at: Instants
    extended_at: Instants


class _Standing(NamedTuple):
    """How each of them stands."""

    outcomes: NDArray[np.int64]  # places in `_OUTCOMES`
    ran_out_at: Numbers  # of those that were broken
    over_at: Numbers  # until when a broken one is late
    broken: NDArray[np.bool_]


def promises_of(
    session: Session, numbers: Collection[int], reckoning: Reckoning
) -> Mapping[int, Sequence[Promise]]:
    """Reckon the clocks of these tickets: by ticket, in the order in which they started."""
    rows = session.execute(_OF_TICKETS, {"numbers": json.dumps(list(numbers))}).all()
    found: defaultdict[int, list[Promise]] = defaultdict(list)
    if rows:
        clocks = _Clocks._make(zip(*rows, strict=True))
        for ticket, promise in zip(clocks.ticket, _promises(session, clocks, reckoning), strict=True):
            found[ticket].append(promise)
    return found


def _promises(session: Session, clocks: _Clocks, reckoning: Reckoning) -> Iterable[Promise]:
    standing = _standing(clocks, now=number_of(reckoning.now))
    took, late = _lengths(clocks, standing, reckoning)
    breached_at = as_instants(_known(standing.ran_out_at, standing.broken))
    held_by: list[str | None] = [None] * len(clocks.ticket)
    extended_why = held_by.copy()
    extended_at: list[datetime | None] = [None] * len(clocks.ticket)
    moves = moves_of(session, _to_look_up(clocks, standing))
    for at, ticket in enumerate(clocks.ticket):
        if theirs := moves.get(ticket):
            ran_out_at = breached_at[at]
            held_by[at] = None if ran_out_at is None else holder(theirs, ran_out_at)
            extended_at[at], extended_why[at] = extension(
                theirs, clocks.kind[at], clocks.subject[at], clocks.cycle[at]
            )
    columns = (
        map(intern, clocks.kind), clocks.cycle, as_instants(clocks.started_at), as_instants(clocks.due_at),
        as_instants(clocks.met_at), breached_at, as_instants(clocks.ended_at),
        map(_OUTCOMES.__getitem__, standing.outcomes.tolist()), took, late, held_by, extended_at,
        extended_why, map(intern, clocks.subject),
    )  # fmt: skip
    return map(Promise._make, zip(*columns, strict=True))


def _to_look_up(clocks: _Clocks, standing: _Standing) -> set[int]:
    """Return the tickets of clocks that were broken or given more time: who held them, and why, is asked of their history."""
    return {
        ticket
        for ticket, broken, extended_at in zip(
            clocks.ticket, standing.broken.tolist(), clocks.extended_at, strict=True
        )
        if broken or extended_at is not None
    }


def _standing(clocks: _Clocks, *, now: int) -> _Standing:
    met, breached, ended = map(_numbers, (clocks.met_at, clocks.breached_at, clocks.ended_at))
    due = np.array(clocks.due_at, dtype=np.int64)
    is_met, is_breached, is_ended = (each != NOTHING for each in (met, breached, ended))
    # Overdue is overdue, even if the sweep has not come by to write it down.
    overdue = ~(is_met | is_breached | is_ended) & (_numbers(clocks.paused_at) == NOTHING) & (due < now)
    broken = is_breached | overdue
    return _Standing(
        outcomes=np.select([broken, is_met, is_ended], [_BREACHED, _MET, _ENDED], _RUNNING),
        ran_out_at=np.where(is_breached, breached, due),
        over_at=np.select([is_met, is_ended], [met, ended], now),
        broken=broken,
    )


def _lengths(
    clocks: _Clocks, standing: _Standing, reckoning: Reckoning
) -> Sequence[Sequence[timedelta | None]]:
    """Return how long each took, and how late each was, as its promise counts; None: it was not met, or not late."""
    started, met = np.array(clocks.started_at, dtype=np.int64), _numbers(clocks.met_at)
    is_met, broken = met != NOTHING, standing.broken
    took, late = np.full_like(met, NOTHING), np.full_like(met, NOTHING)
    for promise, desk, revision, places in _promised_alike(clocks):
        terms, counted = reckoning.terms_of(desk, revision), span(promise)
        for these, starts, ends, lengths in (
            (places[is_met[places]], started, met, took),
            (places[broken[places]], standing.ran_out_at, standing.over_at, late),
        ):
            pauses = [clocks.pauses[at] for at in these.tolist()]
            lengths[these] = all_counted(
                terms, counted, Runs(starts=starts[these], ends=ends[these], pauses=pauses)
            )
    return took.view("m8[us]").tolist(), late.view("m8[us]").tolist()


def _promised_alike(clocks: _Clocks) -> Iterable[tuple[str, str, int, NDArray[np.int64]]]:
    """Part clocks by what was promised, under which terms: where they stand in the columns."""
    alike: defaultdict[tuple[str, str, int], list[int]] = defaultdict(list)
    for at, key in enumerate(zip(clocks.promise, clocks.terms_of, clocks.revision, strict=True)):
        alike[key].append(at)
    return ((*key, np.array(places)) for key, places in alike.items())


def _numbers(instants: Instants) -> Numbers:
    return np.array([NOTHING if each is None else each for each in instants], dtype=np.int64)


def _known(numbers: Numbers, which: NDArray[np.bool_]) -> Instants:
    return [number if known else None for number, known in zip(numbers.tolist(), which.tolist(), strict=True)]
