"""The ways between the rows of a table: which of them are drawn, on which side of the shapes, and in which lane. Pure.

A step has three sides to leave by: down to the next row, to its right, to its left. What finds none of them free is said in
words among the remarks. A way further down comes in from above where nothing stands between, else by the side by which it
left: where that can be, not by one by which the other step is left itself, for nobody could tell the two apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from procedures.definition.procedure import DONE, Procedure, Step
from procedures.words.answer_words import spoken
from templates_replies.catalogue import Language


class Side(IntEnum):
    LEFT = -1
    DOWN = 0
    RIGHT = 1


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way from a row to another."""

    source: str
    target: str
    label: str = ""
    passes: bool = False  # over the source: it is not done
    side: Side | None = None  # None: in words
    over: bool = False  # straight across, and down into the target from above
    column: str = ""  # the role beside whose shapes it runs
    lane: int = 0  # how many others run between it and the shapes


def ways_between(procedure: Procedure, language: Language) -> list[Way]:
    """Return every way from row to row, each with its side and its lane."""
    ways = [way for step in procedure.steps for way in _of_step(procedure, step, language)]
    return _in_lanes(procedure, _sided(procedure, ways))


def _of_step(procedure: Procedure, step: Step, language: Language) -> Iterator[Way]:
    """Yield the ways of one step; outcomes that lead to one place are one way, with both their labels."""
    labels: dict[str, list[str]] = {}
    for outcome in step.outcomes:
        label = "" if outcome.id == DONE else spoken(outcome.label, language, outcome.id)
        for place in outcome.to:
            labels.setdefault(place, []).append(label)
    passing = step.otherwise if step.only_if is not None or step.optional else ()
    for place, said in labels.items():
        if procedure.step(place):
            yield Way(source=step.id, target=place, label=" / ".join(filter(None, said)))
    for place in passing:
        if procedure.step(place) and place not in labels:
            yield Way(source=step.id, target=place, passes=True)


def _sided(procedure: Procedure, ways: Sequence[Way]) -> list[Way]:
    grid = _Grid.of(procedure)
    leaves_aside = {way.source for way in ways if not grid.is_next(way)}
    taken: set[tuple[str, Side]] = set()
    sided = []
    for way in ways:
        found = grid.sided(way, _side(way, grid, taken, into_busy=way.target in leaves_aside))
        if found.side is not None:
            taken.add((found.source, found.side))
        sided.append(found)
    return _apart(grid, sided)


@dataclass(frozen=True)
class _Grid:
    """Where each step stands."""

    row: Mapping[str, int]
    column: Mapping[str, int]
    columns: Mapping[str, frozenset[int]]  # of all who do a step

    @classmethod
    def of(cls, procedure: Procedure) -> "_Grid":
        columns = [role.id for role in procedure.roles]
        return cls(
            row={step.id: at for at, step in enumerate(procedure.steps)},
            column={step.id: columns.index(step.role) for step in procedure.steps},
            columns={step.id: frozenset(map(columns.index, step.roles)) for step in procedure.steps},
        )

    def is_next(self, way: Way) -> bool:
        return self.row[way.target] == self.row[way.source] + 1

    def sided(self, way: Way, side: Side | None) -> Way:
        return replace(way, side=side, over=side is not None and self._over(way) is side)

    def _over(self, way: Way) -> Side | None:
        """Return the side by which a way leaves that comes in from above; None where something stands between."""
        first, last, column = self.row[way.source], self.row[way.target], self.column[way.target]
        between = (each for each, row in self.row.items() if first < row < last)
        if last <= first + 1 or any(column in self.columns[each] for each in between):
            return None
        if column == self.column[way.source]:
            return None
        return Side.RIGHT if column > self.column[way.source] else Side.LEFT

    def wanted(self, way: Way, *, into_busy: bool) -> tuple[Side, Side]:
        """Return both sides: from above first, then the left into a step that has ways of its own to its right."""
        over = self._over(way)
        first = over if over is not None else Side.LEFT if into_busy else Side.RIGHT
        return first, Side(-first)


def _side(way: Way, grid: _Grid, taken: set[tuple[str, Side]], *, into_busy: bool) -> Side | None:
    """Return a free side."""
    if way.source == way.target:
        return None
    if grid.is_next(way) and (way.source, Side.DOWN) not in taken:
        return Side.DOWN
    wanted = grid.wanted(way, into_busy=into_busy)
    return next((side for side in wanted if (way.source, side) not in taken), None)


def _apart(grid: _Grid, ways: Sequence[Way]) -> list[Way]:
    """Turn ways to the other side, as long as fewer of them then come in where another leaves."""
    found = list(ways)
    for _ in ways:
        meeting = _meeting(found)
        turned = (_turned(grid, found, at) for at in meeting)
        better = next((each for each in turned if len(_meeting(each)) < len(meeting)), None)
        if better is None:
            break
        found = better
    return found


def _meeting(ways: Sequence[Way]) -> list[int]:
    """Return which ways come in by a side by which their target is left, or leave where another comes in."""
    leaving = {(way.source, way.side) for way in ways if way.side}
    entering = {(way.target, way.side) for way in ways if way.side and not way.over}
    return [
        at
        for at, way in enumerate(ways)
        if way.side
        and ((not way.over and (way.target, way.side) in leaving) or (way.source, way.side) in entering)
    ]


def _turned(grid: _Grid, ways: Sequence[Way], at: int) -> list[Way]:
    """Return the ways with one on its other side, and what was there in its place."""
    one = ways[at]
    sides = {one.side, Side(-(one.side or 0))}
    return [
        grid.sided(way, Side(-(way.side or 0))) if way.source == one.source and way.side in sides else way
        for way in ways
    ]


def _in_lanes(procedure: Procedure, ways: Sequence[Way]) -> list[Way]:
    """Let ways run beside each other where they pass the same rows; the shorter one is nearer to the shapes."""
    grid = _Grid.of(procedure)
    columns = [role.id for role in procedure.roles]

    def rows(way: Way) -> tuple[int, int]:
        first, last = sorted((grid.row[way.source], grid.row[way.target]))
        return first, last

    busy: dict[tuple[int, Side, int], list[tuple[int, int]]] = {}
    placed: dict[Way, Way] = {}
    for way in sorted(ways, key=lambda way: (rows(way)[1] - rows(way)[0], rows(way))):
        if way.side in {None, Side.DOWN} or way.over:
            placed[way] = way
            continue
        side = Side(way.side or 0)
        sides = (grid.column[way.source], grid.column[way.target])
        column = max(sides) if side is Side.RIGHT else min(sides)
        first, last = rows(way)
        lane = 0
        while any(first <= stop and start <= last for start, stop in busy.get((column, side, lane), ())):
            lane += 1
        busy.setdefault((column, side, lane), []).append((first, last))
        placed[way] = replace(way, column=columns[column], lane=lane)
    return [placed[way] for way in ways]
