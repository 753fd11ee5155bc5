"""Answers that wait a moment before they leave, as whoever gave them sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from tickets.tables import Message, Outbox

_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_STILL_HERE = (
    select(_OUTBOX.c.message, _OUTBOX.c.not_before)
    .join(_MESSAGES, _MESSAGES.c.id == _OUTBOX.c.message)
    .where(
        _OUTBOX.c.dedup.in_(bindparam("keys", expanding=True)), _OUTBOX.c.state == "queued",
        _OUTBOX.c.attempts == 0, _OUTBOX.c.not_before > bindparam("now"), _MESSAGES.c.actor == bindparam("by"),
    )
    .order_by(_OUTBOX.c.id)
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class HeldAnswer:
    message: int
    leaves_at: datetime


def held_answers(
    session: Session, messages: Sequence[int], *, by: str, now: datetime
) -> tuple[HeldAnswer, ...]:
    """Return which of these messages of theirs have not left yet, and when they will."""
    keys = [f"message:{each}" for each in messages]
    rows = session.execute(_STILL_HERE, {"keys": keys, "now": now, "by": by})
    return tuple(HeldAnswer(message=row.message, leaves_at=row.not_before) for row in rows)
