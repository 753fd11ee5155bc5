"""The newest revisions of a desk, each beside the one before it: who changed what when."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.changing.at_desk import AtDesk
from console.changing.curating import Line, difference
from console.changing.veiled import veiled_files
from console.pages.render import moments
from tickets import revisions, views
from tickets.revisions import Revision

SHOWN = 30
MOST_LINES = 200  # of one difference


@dataclass(frozen=True, kw_only=True)
class Step:
    """One revision beside the one before it."""

    number: int
    who: str
    when: str
    note: str | None
    lines: Sequence[Line]
    cut: bool  # there are more lines


async def steps_of(page: AtDesk) -> Sequence[Step]:
    """Return what has become of the desk, the newest first."""
    house, slug = page.house, page.desk.slug
    found = await house.ledger.write(lambda tx: revisions.lately(tx, slug, most=SHOWN + 1), name="revisions")
    people = await house.ledger.read(lambda session: views.colleagues(session, frozenset({slug})))
    names = {f"staff:{person.id}": person.name for person in people}
    when = moments(page.request, page.desk.desk.calendar.tz, house.clock())
    steps = []
    for index, revision in enumerate(found[:SHOWN]):
        before = found[index + 1] if index + 1 < len(found) else None
        lines = await house.ledger.aside(_between, before, revision) if before else ()
        steps.append(
            Step(
                number=revision.number,
                who=names.get(revision.by) or revision.by.partition(":")[2] or revision.by,
                when=when(revision.at),
                note=revision.note,
                lines=lines[:MOST_LINES],
                cut=len(lines) > MOST_LINES,
            )
        )
    return steps


def _between(before: Revision, after: Revision) -> Sequence[Line]:
    return difference(veiled_files(before.files), veiled_files(after.files))
