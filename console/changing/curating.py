"""Tending a desk's catalogue: what a change would do is reckoned before it is saved, over the last weeks' tickets.

A change is proposed as texts of files. Nothing is written here; whoever agrees saves the same texts (`console.changing.editing`).
"""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from console.changing.editing import CATALOGUE, newest_of, with_changes
from console.house import House
from reports.quality import gate_of
from templates_replies.catalogue import Catalogue, Category, ReplyTemplate
from templates_replies.curation import writing
from templates_replies.curation.clusters import Cluster, clusters
from templates_replies.curation.effect import Effect, FirstWords, effect
from templates_replies.curation.harmful import Hurting, hurting
from templates_replies.curation.known import Known
from templates_replies.curation.masking import masked
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.binary_texts import is_binary
from tickets.revisions import Revision
from tickets.views.first_words import Beginning, beginnings

LOOKS_BACK = timedelta(days=31)
MOST_TICKETS = 500  # what a page may wait for
UNSURE = 0.5  # score below which a suggestion is more likely wrong than right

Change = Callable[[Catalogue], Sequence[Category | ReplyTemplate]]  # raises ChangeRefusedError


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of a difference between two texts."""

    text: str
    way: str  # added, removed, same, place


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What would be saved, and what it would do."""

    read: int  # the revision that it begins from
    files: Mapping[
        str, str
    ]  # those of the catalogue that change; what follows in desk.yaml is in the lines only
    lines: tuple[Line, ...]
    effect: Effect
    after: Catalogue


async def propose(house: House, slug: str, change: Change, *, by: Actor) -> Proposal:
    """Make a change to the categories as they stand, without saving it. Raises ChangeRefusedError, MistakesError."""
    require(by, Role.SUPERVISOR, slug)
    newest = await newest_of(house, slug)
    return await weigh(house, newest, await house.ledger.aside(changed_files, newest.files, change))


async def weigh(house: House, newest: Revision, files: Mapping[str, str]) -> Proposal:
    """Check files that are not saved yet and say what they would do. Raises MistakesError."""
    after = await house.ledger.aside(with_changes, newest.files, files)
    await house.ledger.aside(house.check, after)
    said = _decided(await last_weeks(house, newest.desk))
    before, then = [await _known(house, newest.desk, texts) for texts in (newest.files, after)]
    gate = await house.ledger.read(lambda session: gate_of(session, newest.desk))
    found = await house.apart(effect, before, then, said, gate.threshold)
    names = [name for name in CATALOGUE if after.get(name, "") != newest.files.get(name, "")]
    changed = {name: after.get(name, "") for name in names}
    return Proposal(
        read=newest.number, files=changed, lines=difference(newest.files, after), effect=_masked(found),
        after=then.catalogue,
    )  # fmt: skip


async def weak_examples(house: House, newest: Revision) -> tuple[Catalogue, tuple[Hurting, ...]]:
    """Return the catalogue as it stands with the examples in it that hurt."""
    known = await _known(house, newest.desk, newest.files)
    found = await house.apart(hurting, known)
    return known.catalogue, tuple(
        replace(one, beside=masked(one.beside)) if one.beside else one for one in found
    )


async def unmatched(house: House, slug: str) -> tuple[Cluster, ...]:
    """Return the matters of tickets that no category fits, as they may be shown and become examples."""
    stray = [
        FirstWords(ticket=one.ticket, text=one.text)
        for one in await last_weeks(house, slug)
        if one.rejected or (not one.by_person and (one.score is None or one.score < UNSURE))
    ]
    found = await house.ledger.aside(clusters, stray)
    return tuple(replace(one, messages=tuple(map(_hidden, one.messages))) for one in found)


async def _known(house: House, slug: str, files: Mapping[str, str]) -> Known:
    """Return what the desk's matcher would be fitted on with these files."""
    catalogue = await house.ledger.aside(writing.read, files)
    learned = await house.ledger.read(lambda session: house.learned(session, slug, catalogue))
    return Known(catalogue=catalogue, learned=learned)


async def last_weeks(house: House, slug: str) -> tuple[Beginning, ...]:
    """Return what the newest tickets of the last month began with."""
    now = house.clock()
    return await house.ledger.read(
        lambda session: beginnings(session, slug, start_at=now - LOOKS_BACK, end_at=now, most=MOST_TICKETS)
    )


def changed_files(files: Mapping[str, str], change: Change) -> Mapping[str, str]:
    """Return the files that a change rewrites. Raises ChangeRefusedError."""
    before = writing.read(files)
    return writing.rewritten(files, before, change(before))


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the lines that differ, file by file."""
    lines: list[Line] = []
    for name in sorted({*before, *after}):
        old, new = before.get(name, ""), after.get(name, "")
        if old == new:
            continue
        lines.append(Line(text=name, way="place"))
        if is_binary(old) or is_binary(new):
            continue  # a picture is not read line by line
        rows = list(difflib.unified_diff(old.splitlines(), new.splitlines(), n=1, lineterm=""))[2:]
        lines += [_line(row) for row in rows]
    return tuple(lines)


def _line(row: str) -> Line:
    """Read a line of a unified difference; where lines are left out stands a mark."""
    way = _WAYS.get(row[:1])
    return Line(text="⋯", way="place") if way is None else Line(text=row[1:], way=way)


_WAYS = {"+": "added", "-": "removed", " ": "same"}


def _decided(begun: Sequence[Beginning]) -> list[FirstWords]:
    """Return messages with the categories that people set; what the bot set decides nothing."""
    return [
        FirstWords(ticket=one.ticket, text=one.text, category=one.category if one.by_person else None)
        for one in begun
    ]


def _masked(found: Effect) -> Effect:
    shifts = tuple(replace(shift, samples=tuple(map(_hidden, shift.samples))) for shift in found.shifts)
    answers = replace(found.answers, samples=tuple(map(_hidden, found.answers.samples)))
    return replace(found, shifts=shifts, answers=answers)


def _hidden(words: FirstWords) -> FirstWords:
    return replace(words, text=masked(words.text))
