"""Followers of the history: whatever reacts to events reads them from a cursor of its own.

All followers of a process are told of what is new by one reader, and say what they want of it before anybody takes the
writers' lock. What they write is one transaction, and the cursor of each that wrote moves in it, so that an event is
followed once, however many processes follow. The cursors of those that wanted nothing move now and then: whoever begins
anew before that looks again at events that it passes over. An event that a follower cannot take is passed over and
logged, for one of them must not stop all that come after.
"""

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import structlog
from sqlalchemy import bindparam, select
from sqlmodel import Session

from tickets.ledger import events
from tickets.ledger.events import Recorded
from tickets.ledger.prepared import Prepared
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.ledger.writer import StoreUnavailableError
from tickets.tables import Cursor

MOST = 200  # events in one turn
KEPT_EVERY = 1.0  # seconds between two times at which the cursors of those move that wanted nothing
log = structlog.get_logger()

_CURSORS = Cursor.__table__  # type: ignore[attr-defined]
_ALL = select(_CURSORS.c.name, _CURSORS.c.position)
_READ = Prepared(select(_CURSORS.c.position).where(_CURSORS.c.name == bindparam("name")))
_SAVE = Prepared(
    lambda insert: insert(_CURSORS).on_conflict_do_update(
        index_elements=["name"], set_={"position": insert(_CURSORS).excluded.position}
    )
)
_SAVE_FURTHER = Prepared(
    lambda insert: insert(_CURSORS).on_conflict_do_update(
        index_elements=["name"],
        set_={"position": insert(_CURSORS).excluded.position},
        where=insert(_CURSORS).excluded.position > _CURSORS.c.position,
    )
)


class Follower(Protocol):
    @property
    def name(self) -> str: ...

    def wants(self, event: Recorded) -> bool:
        """Whether there may be something to do for it; asked outside any transaction."""
        ...

    def follow(self, tx: Tx, event: Recorded) -> None:
        """Do what an event that it wants asks for."""
        ...


class _Part(NamedTuple):
    """What one follower wants of the new events."""

    follower: Follower
    wanted: Sequence[Recorded]


class Following:
    """All followers of a process. One at a time should take turns."""

    def __init__(
        self,
        ledger: Ledger,
        followers: Sequence[Follower],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ledger = ledger
        self._followers = followers
        self._clock = clock
        self._looked: dict[str, int] | None = None  # up to where, by name: what came before is followed
        self._kept: dict[str, int] = {}  # cursors that are known to stand there, or further
        self._keeps_at = 0.0

    async def turn(self) -> int:
        """Follow what is new, up to `MOST` events; how many were looked at."""
        if self._looked is None:
            self._looked = await self._ledger.read(self._cursors)
            self._kept = dict(self._looked)
        looked = self._looked
        first = min(looked.values(), default=0)
        new = await self._ledger.read(lambda session: events.read_since(session, first, most=MOST))
        if new:
            parts = [
                _Part(each, wanted)
                for each in self._followers
                if (wanted := [event for event in new if event.id > looked[each.name] and each.wants(event)])
            ]
            await self._follow(parts, upto=new[-1].id)
            self._looked = {name: max(position, new[-1].id) for name, position in looked.items()}
        await self._keep_cursors(self._looked)
        return len(new)

    def _cursors(self, session: Session) -> dict[str, int]:
        stand = {row.name: row.position for row in session.execute(_ALL)}
        return {each.name: stand.get(each.name, 0) for each in self._followers}

    async def _follow(self, parts: Sequence[_Part], *, upto: int) -> None:
        if not parts:
            return
        try:
            await self._ledger.write(lambda tx: _take(tx, parts, upto=upto), name="follow")
        except StoreUnavailableError:
            raise
        except Exception:  # noqa: BLE001  one event is bad: find out which, one by one
            for follower, wanted in parts:
                for event in wanted:
                    await self._follow_alone(follower, event)
        self._kept |= {part.follower.name: upto for part in parts}

    async def _follow_alone(self, follower: Follower, event: Recorded) -> None:
        part = _Part(follower, [event])
        try:
            await self._ledger.write(lambda tx: _take(tx, [part], upto=event.id), name="follow")
        except StoreUnavailableError:
            raise
        except Exception:
            passed = _Part(follower, [])
            await self._ledger.write(lambda tx: _take(tx, [passed], upto=event.id), name="follow")
            log.exception("follower.passed_over", follower=follower.name, event_id=event.id)

    async def _keep_cursors(self, looked: dict[str, int]) -> None:
        """Move the cursors of those that wanted nothing, if the last time is long enough ago."""
        behind = {name: position for name, position in looked.items() if position > self._kept[name]}
        if behind and self._clock() >= self._keeps_at:
            rows = [{"name": name, "position": behind[name]} for name in sorted(behind)]
            await self._ledger.write(lambda tx: tx.run_many(_SAVE_FURTHER, rows), name="cursors")
            self._kept |= behind
            self._keeps_at = self._clock() + KEPT_EVERY


def position(tx: Tx, name: str) -> int:
    row = tx.one(_READ, name=name)
    return 0 if row is None else int(row.position)


def move(tx: Tx, name: str, to: int) -> None:
    tx.run(_SAVE, name=name, position=to)


def _take(tx: Tx, parts: Sequence[_Part], *, upto: int) -> None:
    """Let followers take what nobody else followed for them meanwhile."""
    for follower, wanted in parts:
        followed = position(tx, follower.name)
        for event in wanted:
            if event.id > followed:
                follower.follow(tx, event)
        if upto > followed:
            move(tx, follower.name, upto)
