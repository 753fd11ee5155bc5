"""Followers of the history: whatever reacts to events reads them from a cursor of its own.

The cursor moves in the same transaction as what the follower wrote, so that an event is followed once. An event that
a follower cannot take is passed over and logged, for one of them must not stop all that come after.
"""

from collections.abc import Callable

import structlog
from sqlalchemy import bindparam, select

from tickets.ledger import events
from tickets.ledger.events import Recorded
from tickets.ledger.prepared import Prepared
from tickets.ledger.store import Ledger
from tickets.ledger.writer import StoreUnavailableError, Tx
from tickets.tables import Cursor

Follow = Callable[[Tx, Recorded], None]
MOST = 100
log = structlog.get_logger()

_CURSORS = Cursor.__table__  # type: ignore[attr-defined]
_READ = Prepared(select(_CURSORS.c.position).where(_CURSORS.c.name == bindparam("name")))
_SAVE = Prepared(
    lambda insert: insert(_CURSORS).on_conflict_do_update(
        index_elements=["name"], set_={"position": insert(_CURSORS).excluded.position}
    )
)


def position(tx: Tx, name: str) -> int:
    row = tx.one(_READ, name=name)
    return 0 if row is None else int(row.position)


def move(tx: Tx, name: str, to: int) -> None:
    tx.run(_SAVE, name=name, position=to)


async def advance(ledger: Ledger, name: str, follow: Follow) -> int:
    """Follow what is new, up to a hundred events; how many were passed."""
    try:
        return await ledger.write(lambda tx: _advance(tx, name, follow, most=MOST), name=f"follow:{name}")
    except StoreUnavailableError:
        raise
    except Exception:  # noqa: BLE001  one of them is bad: find out which, one by one
        return await _one_by_one(ledger, name, follow)


async def _one_by_one(ledger: Ledger, name: str, follow: Follow) -> int:
    try:
        return await ledger.write(lambda tx: _advance(tx, name, follow, most=1), name=f"follow:{name}")
    except StoreUnavailableError:
        raise
    except Exception:
        passed = await ledger.write(lambda tx: _pass_over(tx, name), name=f"follow:{name}")
        log.exception("follower.passed_over", follower=name, event_id=passed)
        return 1


def _advance(tx: Tx, name: str, follow: Follow, *, most: int) -> int:
    new = events.since(tx, position(tx, name), most=most)
    for event in new:
        follow(tx, event)
    if new:
        move(tx, name, new[-1].id)
    return len(new)


def _pass_over(tx: Tx, name: str) -> int:
    new = events.since(tx, position(tx, name), most=1)
    if new:
        move(tx, name, new[0].id)
    return new[0].id if new else 0
