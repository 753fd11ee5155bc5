"""What still waits in the outbox and may be said differently, or not at all: nobody has seen it yet.

Everything here gives way to whoever claimed the row meanwhile, and says whether it came in time.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text, update

from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx
from tickets.tables import Outbox

_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_UNSENT = text("outbox.state IN ('queued', 'parked')")
_STILL_WAITS = Prepared(
    select(_OUTBOX.c.id, _OUTBOX.c.payload).where(_OUTBOX.c.dedup == bindparam("dedup"), _UNSENT)
)
_WAITING = Prepared(
    select(_OUTBOX.c.id, _OUTBOX.c.act, _OUTBOX.c.ticket, _OUTBOX.c.message, _OUTBOX.c.payload)
    .where(
        text("outbox.state IN ('queued', 'sending')"),  # as the index of the lines has it
        _OUTBOX.c.order_key == bindparam("line"),
        _OUTBOX.c.state == "queued",
    )
    .order_by(_OUTBOX.c.id)
)
_REWRITE = Prepared(
    update(_OUTBOX).where(_OUTBOX.c.id == bindparam("key"), _UNSENT).values(payload=bindparam("payload"))
)
_RECALL = Prepared(
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("key"), _UNSENT)
    .values(state="failed", error="taken back", done_at=bindparam("at"))
)


def reword(tx: Tx, message: int, text: str) -> bool:
    """Let an answer that still waits say something else; False if it does not wait any more."""
    row = tx.one(_STILL_WAITS, dedup=f"message:{message}")
    return row is not None and rewrite(tx, row.id, {**row.payload, "text": text})


def recall(tx: Tx, message: int, *, at: datetime) -> bool:
    """Let an answer that still waits not leave at all; False if it does not wait any more."""
    row = tx.one(_STILL_WAITS, dedup=f"message:{message}")
    return row is not None and bool(tx.run(_RECALL, key=row.id, at=at))


def waiting(tx: Tx, *, line: str, act: str | None = None) -> Sequence[Row]:
    """Return what waits in a line, the oldest first: its id, what is to be done, its ticket and message, its payload."""
    return [row for row in tx.all(_WAITING, line=line) if act in {None, row.act}]


def rewrite(tx: Tx, parcel: int, payload: Mapping[str, Any]) -> bool:
    """Let a parcel that still waits carry something else; False if it does not wait any more."""
    return bool(tx.run(_REWRITE, key=parcel, payload=dict(payload)))
