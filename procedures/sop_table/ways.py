"""The ways between the rows of a table: which of them are drawn, on which side of the shapes, and in which lane. Pure.

A step has three sides to leave by: down to the next row, to its right, to its left. What finds none of them free is said in
words among the remarks.
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
    order = {step.id: at for at, step in enumerate(procedure.steps)}
    leaves_aside = {way.source for way in ways if order[way.target] != order[way.source] + 1}
    taken: set[tuple[str, Side]] = set()
    sided = []
    for way in ways:
        side = _side(way, order, taken, into_busy=way.target in leaves_aside)
        if side is not None:
            taken.add((way.source, side))
        sided.append(replace(way, side=side))
    return sided


def _side(
    way: Way, order: Mapping[str, int], taken: set[tuple[str, Side]], *, into_busy: bool
) -> Side | None:
    """Return a free side: the right, but the left into a step that has ways of its own to its right."""
    if way.source == way.target:
        return None
    if order[way.target] == order[way.source] + 1 and (way.source, Side.DOWN) not in taken:
        return Side.DOWN
    wanted = (Side.LEFT, Side.RIGHT) if into_busy else (Side.RIGHT, Side.LEFT)
    return next((side for side in wanted if (way.source, side) not in taken), None)


def _in_lanes(procedure: Procedure, ways: Sequence[Way]) -> list[Way]:
    """Let ways run beside each other where they pass the same rows; the shorter one is nearer to the shapes."""
    order = {step.id: at for at, step in enumerate(procedure.steps)}
    columns = [role.id for role in procedure.roles]
    column_of = {step.id: columns.index(step.role) for step in procedure.steps}

    def rows(way: Way) -> tuple[int, int]:
        first, last = sorted((order[way.source], order[way.target]))
        return first, last

    busy: dict[tuple[int, Side, int], list[tuple[int, int]]] = {}
    placed: dict[Way, Way] = {}
    for way in sorted(ways, key=lambda way: (rows(way)[1] - rows(way)[0], rows(way))):
        if way.side in {None, Side.DOWN}:
            placed[way] = way
            continue
        side = Side(way.side or 0)
        sides = (column_of[way.source], column_of[way.target])
        column = max(sides) if side is Side.RIGHT else min(sides)
        first, last = rows(way)
        lane = 0
        while any(first <= stop and start <= last for start, stop in busy.get((column, side, lane), ())):
            lane += 1
        busy.setdefault((column, side, lane), []).append((first, last))
        placed[way] = replace(way, column=columns[column], lane=lane)
    return [placed[way] for way in ways]
