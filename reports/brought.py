"""Whether anything that came in was lost: what providers' lists said, held beside the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from tickets.tables import LostMessage, Reconciliation

_LOOKS: Any = Reconciliation.__table__  # type: ignore[attr-defined]
_LOST: Any = LostMessage.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What came of a month's looks into providers' lists."""

    compared: int  # accounts whose list was looked into
    late: int  # messages that were fetched from there
    missed: int  # that could not be

    @property
    def lost(self) -> int | None:
        """How many are lost; None where nothing was compared."""
        return self.missed if self.compared else None


NOTHING_COMPARED = Brought(compared=0, late=0, missed=0)


def brought(session: Session, *, desk: str, start_at: datetime, end_at: datetime) -> Brought:
    """Read it for a span of time."""
    looks = session.execute(
        select(
            func.count(_LOOKS.c.account.distinct()), func.coalesce(func.sum(_LOOKS.c.missing - _LOOKS.c.lost), 0)
        ).where(
            _LOOKS.c.desk == desk, _LOOKS.c.began_at >= start_at, _LOOKS.c.began_at < end_at,
            _LOOKS.c.ended_at.is_not(None), _LOOKS.c.error.is_(None),
        )
    ).one()  # fmt: skip
    missed = session.execute(
        select(func.count()).where(_LOST.c.desk == desk, _LOST.c.at >= start_at, _LOST.c.at < end_at)
    ).scalar_one()
    return Brought(compared=looks[0], late=int(looks[1]), missed=missed)
