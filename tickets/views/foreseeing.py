"""What other hours and promises of a desk would do to the clocks that run: reckoned as it would be, and nothing written."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from tickets.clocks import ClockState, Happening, fold
from tickets.ledger.events import clock_from
from tickets.promises import Terms
from tickets.tables import Clock, Ticket

MOST = 2000  # clocks that are looked at

_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """How many running clocks would end at another time."""

    sooner: int = 0
    later: int = 0
    broken: int = 0  # of the sooner ones, those that would be over already
    ended: int = 0  # nothing would be promised any more
    more: bool = False  # there are more clocks than were looked at

    @property
    def moved(self) -> int:
        return self.sooner + self.later + self.ended


def foresee(session: Session, desk: str, terms: Terms, *, now: datetime) -> Foreseen:
    """Reckon the running clocks of a desk under terms that are not saved yet."""
    rows = session.execute(
        select(_CLOCKS, _TICKETS.c.category, _TICKETS.c.priority)
        .join(_TICKETS, _TICKETS.c.number == _CLOCKS.c.ticket)
        .where(
            _CLOCKS.c.desk == desk,
            _CLOCKS.c.terms_of == desk,
            _CLOCKS.c.met_at.is_(None),
            _CLOCKS.c.ended_at.is_(None),
        )
        .order_by(_CLOCKS.c.ticket)
        .limit(MOST + 1)
    ).all()
    ways = []
    for row in rows[:MOST]:
        before = clock_from(row)
        would = Happening(
            kind="ticket.repromised", at=now, desk=desk,
            data={"revision": 0, "category": row.category, "priority": row.priority, "why": "policy"},
        )  # fmt: skip
        ways += _ways(before, fold((before,), would, lambda _desk, _number: terms), now)
    return Foreseen(
        **{way: ways.count(way) for way in ("sooner", "later", "broken", "ended")}, more=len(rows) > MOST
    )


def _ways(before: ClockState, after: tuple[ClockState, ...], now: datetime) -> list[str]:
    state = next((each for each in after if each.key == before.key), None)
    if state is None or not state.running:
        return ["ended"]
    if state.due_at == before.due_at:
        return []
    if state.due_at > before.due_at:
        return ["later"]
    is_broken = state.due_at <= now < before.due_at
    return ["sooner", "broken"] if is_broken else ["sooner"]
