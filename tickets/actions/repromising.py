"""A desk promises something else from now on: its open clocks are reckoned anew, a few tickets at a time.

How far that has come stands in `cursors`, so that a restart or a second process goes on where the last one stopped.
For a minute after a new revision the open clocks are gone through again: another process may have promised something
under the one before.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from tickets import revisions
from tickets import ticket as tickets_
from tickets.actions.promises import repromise
from tickets.actor import SYSTEM
from tickets.desk import DeskNow
from tickets.ledger.events import clocks_of
from tickets.ledger.followers import move, position
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.revisions import terms_of
from tickets.tables import Clock, Cursor

SETTLED_AFTER = timedelta(minutes=1)
_REACHED = "repromised"

_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_CURSORS = Cursor.__table__  # type: ignore[attr-defined]
_OPEN = Prepared(
    select(_CLOCKS.c.ticket)
    .where(
        _CLOCKS.c.ticket > bindparam("after"),
        _CLOCKS.c.desk == bindparam("desk"),
        _CLOCKS.c.terms_of == bindparam("of_desk"),
        _CLOCKS.c.revision < bindparam("revision"),
        _CLOCKS.c.met_at.is_(None),
        _CLOCKS.c.ended_at.is_(None),
    )
    .distinct()
    .order_by(_CLOCKS.c.ticket)
    .limit(bindparam("most"))
)
_DONE = select(_CURSORS.c.name, _CURSORS.c.position).where(_CURSORS.c.name.startswith(f"{_REACHED}:"))
_FORGET = Prepared(delete(_CURSORS).where(_CURSORS.c.name == bindparam("of_name")))


def promise_otherwise(session: Session, desks: Iterable[DeskNow]) -> list[DeskNow]:
    """Return those of the desks whose open clocks were last reckoned under an earlier revision."""
    done = dict(session.execute(_DONE).all())
    return [desk for desk in desks if done.get(f"{_REACHED}:{desk.slug}", 0) < desk.revision]


def repromise_open(tx: Tx, desk: DeskNow, *, most: int, at: datetime) -> bool:
    """Reckon the next open tickets by what the desk promises now; whether there may be more of them."""
    done, here = f"{_REACHED}:{desk.slug}", f"repromising:{desk.slug}:{desk.revision}"
    reached = position(tx, done)
    if reached >= desk.revision:
        return False
    if reached and _promises_alike(tx, desk, reached):
        move(tx, done, desk.revision)
        return False
    rows = tx.all(
        _OPEN, after=position(tx, here), desk=desk.slug, of_desk=desk.slug, revision=desk.revision, most=most
    )  # fmt: skip
    for row in rows:
        _repromise(tx, row.ticket, desk, at)
    if len(rows) == most:
        move(tx, here, rows[-1].ticket)
        return True
    newest = revisions.newest(tx, desk.slug)
    if newest is None or at - newest.at >= SETTLED_AFTER:
        move(tx, done, desk.revision)
        tx.run(_FORGET, of_name=here)
    else:
        move(tx, here, 0)
    return False


def _repromise(tx: Tx, number: int, desk: DeskNow, at: datetime) -> None:
    running = [clock for clock in clocks_of(tx, number) if clock.running and clock.desk == desk.slug]
    if not all(_promises_alike(tx, desk, clock.revision) for clock in running):
        repromise(tx, tickets_.load(tx, number), desk=desk, why="policy", by=SYSTEM, at=at)


def _promises_alike(tx: Tx, desk: DeskNow, revision: int) -> bool:
    """Whether an older revision made the same promises as the desk makes now."""
    key = ("promises_alike", desk.slug, revision, desk.revision)
    if key not in tx.memo:
        tx.memo[key] = terms_of(tx, desk.slug, revision) == terms_of(tx, desk.slug, desk.revision)
    return bool(tx.memo[key])
