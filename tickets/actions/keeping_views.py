"""Keeping lists of tickets under a name: one's own, or for a whole desk.

What is one's own is nobody else's business, so no event tells of it. A desk's list is set up by its supervisors, changed
and taken away by them or by whoever made it, and the history says so.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from tickets.actions.errors import ActError, RuleError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.query import LONGEST
from tickets.tables import SavedView

MOST = 40  # of one owner, and of one desk: each is counted whenever somebody opens the inbox
LONGEST_NAME = 60

_SAVED = SavedView.__table__  # type: ignore[attr-defined]
_INSERT = inserting(SavedView)
_BY_ID = Prepared(select(_SAVED).where(_SAVED.c.id == bindparam("id")))
_OF_DESK = Prepared(
    select(_SAVED).where(_SAVED.c.desk == bindparam("desk")).order_by(_SAVED.c.place, _SAVED.c.id)
)
_OF_OWNER = Prepared(
    select(_SAVED)
    .where(_SAVED.c.owner == bindparam("owner"), _SAVED.c.desk.is_(None))
    .order_by(_SAVED.c.place, _SAVED.c.id)
)  # fmt: skip
_CHANGED = ("owner", "desk", "name", "query", "ordered", "place", "changed_at")
_CHANGE = Prepared(
    update(_SAVED)
    .where(_SAVED.c.id == bindparam("of_id"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGED})
)
_MOVE = Prepared(update(_SAVED).where(_SAVED.c.id == bindparam("of_id")).values(place=bindparam("new_place")))
_DROP = Prepared(delete(_SAVED).where(_SAVED.c.id == bindparam("of_id")))


class NoSuchViewError(ActError):
    """There is no such view, or it is somebody else's own."""

    code = "not_found"

    def __init__(self, view: int) -> None:
        super().__init__(f"there is no view {view}")


class IncompleteViewError(ActError):
    """A view has a name, and says within some letters which tickets it shows."""

    code = "incomplete"

    def __init__(self, field: str) -> None:
        super().__init__(
            f"a view needs a {field}, of {LONGEST_NAME if field == 'name' else LONGEST} letters at most"
        )
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants to find again, and under which name."""

    name: str
    query: str
    ordered: str = "due"
    desk: str | None = None  # to share it with; None: for themselves


def keep(tx: Tx, wish: Wish, *, by: Actor, at: datetime) -> int:
    """Keep a list, at the end of those that there are; its id."""
    if wish.desk is not None:
        require(by, Role.SUPERVISOR, wish.desk)
    sound = _sound(wish)
    view, place = tx.next_id("saved_views"), _end(tx, sound, by)
    tx.run(_INSERT, id=view, owner=by.key, place=place, changed_at=at, **asdict(sound))
    _tell(tx, "view.shared", sound.desk, view, by, at)
    return view


def change(tx: Tx, view: int, wish: Wish, *, by: Actor, at: datetime) -> None:
    """Call it otherwise, ask otherwise, share it, or keep it for oneself again."""
    row = _theirs(tx, view, by)
    if wish.desk not in (None, row.desk):
        require(by, Role.SUPERVISOR, wish.desk)
    sound = _sound(wish)
    stays = sound.desk == row.desk
    owner, place = (row.owner, row.place) if stays else (by.key, _end(tx, sound, by))
    values = {"owner": owner, "place": place, "changed_at": at, **asdict(sound)}
    tx.run(_CHANGE, of_id=view, **{f"new_{name}": value for name, value in values.items()})
    if stays:
        _tell(tx, "view.changed", row.desk, view, by, at)
    else:
        _tell(tx, "view.retired", row.desk, view, by, at)
        _tell(tx, "view.shared", sound.desk, view, by, at)


def move(tx: Tx, view: int, place: int, *, by: Actor) -> None:
    """Put it at a place among those of its desk, or its owner; counted from 0."""
    row = _theirs(tx, view, by)
    others = [each for each in _beside(tx, row.desk, row.owner) if each.id != view]
    others.insert(max(place, 0), row)
    for new, each in enumerate(others):
        if each.place != new:
            tx.run(_MOVE, of_id=each.id, new_place=new)


def drop(tx: Tx, view: int, *, by: Actor, at: datetime) -> None:
    """Keep it no longer."""
    row = _theirs(tx, view, by)
    tx.run(_DROP, of_id=view)
    _tell(tx, "view.retired", row.desk, view, by, at)


def _theirs(tx: Tx, view: int, by: Actor) -> Row:
    """Return a view that they may change: their own, or one of a desk that they made or supervise."""
    row = tx.one(_BY_ID, id=view)
    if row is None or (row.desk is None and row.owner != by.key):
        raise NoSuchViewError(view)
    if row.desk is not None:
        require(by, Role.VIEWER if row.owner == by.key else Role.SUPERVISOR, row.desk)
    return row


def _sound(wish: Wish) -> Wish:
    name, query = " ".join(wish.name.split()), wish.query.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise IncompleteViewError("name")
    if not 0 < len(query) <= LONGEST:
        raise IncompleteViewError("query")
    return replace(wish, name=name, query=query)


def _end(tx: Tx, wish: Wish, by: Actor) -> int:
    """Return the place after those that there are. Raises RuleError where there are too many."""
    many = len(_beside(tx, wish.desk, by.key))
    if many >= MOST:
        raise RuleError(f"there are {MOST} views already")
    return many


def _beside(tx: Tx, desk: str | None, owner: str) -> list[Row]:
    """Return the views of a desk, or somebody's own, in their order."""
    return tx.all(_OF_OWNER, owner=owner) if desk is None else tx.all(_OF_DESK, desk=desk)


def _tell(tx: Tx, kind: str, desk: str | None, view: int, by: Actor, at: datetime) -> None:
    if desk is not None:
        append(tx, kind, desk=desk, at=at, subject=view, actor=by.key)
