"""Editing a desk's catalogue: the files that a supervisor may change, read as they stand and saved as a revision.

Every save begins from the revision that was read, is checked exactly as the files are, and is refused if somebody
else has saved meanwhile.
"""

from collections.abc import Mapping

from console.house import House
from reports.periods import Month
from templates_replies.curation.mentions import DESK, followed
from tickets import revisions
from tickets.actions import revising
from tickets.actions.errors import UnknownValueError
from tickets.actions.revising import EditedMeanwhileError, Mistake, MistakesError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.revisions import Revision
from tickets.trial import RuleTried
from tickets.views.trial import trial

CATEGORIES, REPLIES, TAGS, RULES = "categories.yaml", "replies.yaml", "tags.yaml", "rules.yaml"
CATALOGUE: tuple[str, ...] = (CATEGORIES, REPLIES, TAGS, RULES)
LONGEST_NOTE = 200


async def newest_of(house: House, slug: str) -> Revision:
    """Return the files of a desk as they stand. Raises UnknownValueError."""
    house.desk(slug)
    found = await house.ledger.write(lambda tx: revisions.newest(tx, slug), name="catalogue")
    if found is None:
        raise UnknownValueError(f"there is no desk {slug}", field="desk", value=slug)
    return found


async def save(
    house: House, slug: str, changes: Mapping[str, str], *, read: int, by: Actor, note: str = ""
) -> int:
    """Save some files of the catalogue as the newest revision; its number. What changes nothing saves nothing."""
    require(by, Role.SUPERVISOR, slug)
    newest = await _as_read(house, slug, read)
    files = await house.ledger.aside(with_changes, newest.files, changes)
    return await keep(house, newest, files, by=by, note=note)


def with_changes(before: Mapping[str, str], changes: Mapping[str, str]) -> Mapping[str, str]:
    """Return all files with some of the catalogue's changed, an empty one taken away, and what follows from that."""
    unknown = sorted(changes.keys() - set(CATALOGUE))
    if unknown:
        raise MistakesError([
            Mistake(file=unknown[0], line=0, message=f"expected one of {', '.join(CATALOGUE)}")
        ])  # fmt: skip
    after = {name: text for name, text in {**before, **changes}.items() if name not in changes or text}
    return followed(before, after)


async def _as_read(house: House, slug: str, read: int) -> Revision:
    newest = await newest_of(house, slug)
    if newest.number != read:
        raise EditedMeanwhileError(slug, newest.number)
    return newest


async def keep(house: House, newest: Revision, files: Mapping[str, str], *, by: Actor, note: str) -> int:
    """Check files and keep them as the newest revision; its number. What changes nothing saves nothing."""
    if files == dict(newest.files):
        return newest.number
    desk = await house.ledger.aside(house.check, files)
    at = house.clock()
    return await house.ledger.write(
        lambda tx: revising.revise(
            tx,
            newest.desk,
            files,
            terms=desk.terms,
            read=newest.number,
            by=by,
            at=at,
            note=note[:LONGEST_NOTE] or None,
        ),
        name="catalogue",
    )


async def take_back(house: House, slug: str, number: int, *, read: int, by: Actor, note: str) -> int:
    """Save the catalogue as it stood under an older revision; everything else of the desk stays as it is.

    Only what followed the changes that are taken back, and nothing else has changed since, goes back with them.
    """
    require(by, Role.SUPERVISOR, slug)
    newest = await _as_read(house, slug, read)
    older = await house.ledger.write(lambda tx: revisions.numbered(tx, slug, number), name="catalogue")
    if older is None:
        raise UnknownValueError(f"{slug} has no revision {number}", field="revision", value=str(number))
    return await keep(
        house, newest, await house.ledger.aside(as_under, older.files, newest.files), by=by, note=note
    )


def as_under(older: Mapping[str, str], newest: Mapping[str, str]) -> Mapping[str, str]:
    """Return the newest files with the catalogue of older ones."""
    catalogue = {name: newest.get(name, "") for name in CATALOGUE}
    has_followed = with_changes(older, catalogue).get(DESK) == newest.get(DESK)
    back = (*CATALOGUE, DESK) if has_followed else CATALOGUE
    files = {**newest, **{name: older.get(name, "") for name in back}}
    return {name: text for name, text in files.items() if text or name not in back}


async def try_rules(
    house: House, slug: str, month: str, *, rules: str | None = None
) -> tuple[Month, tuple[RuleTried, ...]]:
    """Say what the rules, or a text of rules that is not saved yet, would have done in a month. Writes nothing."""
    desk = house.desk(slug).desk
    if rules is not None:
        newest = await newest_of(house, slug)
        desk = await house.ledger.aside(house.check, {**newest.files, RULES: rules})
    now = house.clock()
    asked = Month.parse(month, zone=desk.calendar.zone, now=now)
    end_at = min(asked.end_at, now)
    found = await house.ledger.read(
        lambda session: trial(session, desk.rules, desk=desk, start_at=asked.start_at, end_at=end_at)
    )
    return asked, found
