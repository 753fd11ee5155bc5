"""Saving settings: checked as the files are, merged with what somebody else has saved meanwhile, foreseen before."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.changing import editing
from console.house import House
from console.settings.desk_text import section_in, values_in
from console.settings.filling import Filled, as_kept, together
from console.settings.made_of import Page
from console.settings.writing import written
from tickets import revisions
from tickets.actions.revising import Mistake, MistakesError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.revisions import Revision
from tickets.views.foreseeing import Foreseen, foresee

DESK = "desk.yaml"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the page would be, and the file with it."""

    filled: Filled
    files: Mapping[str, str]
    disputed: frozenset[str]  # what somebody else has changed as well


async def began_from(house: House, newest: Revision, read: int) -> Revision:
    """Return the revision that a form was opened on; the newest where it names none."""
    if read == newest.number:
        return newest
    found = await house.ledger.write(lambda tx: revisions.numbered(tx, newest.desk, read), name="settings")
    return found or newest


def wanted(page: Page, began: Revision, newest: Revision, mine: Filled) -> Wanted:
    """Bring what somebody typed on a revision together with the newest. Raises UnreadableError."""
    text = newest.files.get(DESK, "")
    filled, disputed = together(
        as_kept(page, values_in(began.files.get(DESK, ""))), as_kept(page, values_in(text)), mine
    )
    return Wanted(filled=filled, disputed=disputed, files={**newest.files, DESK: written(page, text, filled)})


async def foreseen(house: House, newest: Revision, files: Mapping[str, str]) -> Foreseen | None:
    """Check files; what they would do to running clocks, or None where they promise the same. Raises MistakesError.

    Papers are tried where they may come out otherwise than before.
    """
    desk = await house.ledger.aside(house.check, files)
    if desk.slug != newest.desk:
        raise MistakesError([
            Mistake(file=DESK, line=0, message=f"expected desk: {newest.desk}; a desk keeps its short name")
        ])  # fmt: skip
    mistakes = await house.try_papers(files) if _touches_papers(newest.files, files) else ()
    if mistakes:
        raise MistakesError(mistakes)
    before = await house.ledger.write(
        lambda tx: revisions.terms_of(tx, newest.desk, newest.number), name="settings"
    )
    if before.to_data() == desk.terms.to_data():
        return None
    now = house.clock()
    found = await house.ledger.read(lambda session: foresee(session, newest.desk, desk.terms, now=now))
    return found if found.moved else None


def _touches_papers(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether papers may come out otherwise: by their templates, what fills them in, or the head of every one."""
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if any(name.startswith(("papers/", "procedures/")) for name in changed):
        return True
    heads = [section_in(files.get(DESK, ""), ("letterhead", "language")) for files in (before, after)]
    return heads[0] != heads[1]


async def keep(house: House, newest: Revision, files: Mapping[str, str], *, by: Actor, note: str) -> int:
    """Keep files that were foreseen as the newest revision; its number."""
    require(by, Role.SUPERVISOR, newest.desk)
    return await editing.keep(house, newest, files, by=by, note=note)
