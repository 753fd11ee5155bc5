"""When contacts' messages last found the doors shut: a process turned them away, or had yet to start."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from tickets.ledger import bookmarks
from tickets.ledger.tx import Tx
from tickets.tables import Bookmark

_NAME = "turned_away"
_BOOKMARKS = Bookmark.__table__  # type: ignore[attr-defined]


def note(tx: Tx, *, at: datetime) -> None:
    """Write it down, for whichever process looks afterwards for what its provider does not bring again."""
    bookmarks.save(tx, _NAME, at.isoformat())


def last(session: Session) -> datetime | None:
    """Return when it was last so in any process; None: never."""
    at: str | None = session.scalar(select(_BOOKMARKS.c.value).where(_BOOKMARKS.c.name == _NAME))
    return None if at is None else datetime.fromisoformat(at)
