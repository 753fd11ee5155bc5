"""Answers that wait a moment before they leave, as whoever gave them sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from tickets.tables import Message, Outbox

_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class HeldAnswer:
    message: int
    leaves_at: datetime


def held_answers(
    session: Session, messages: Sequence[int], *, by: str, now: datetime
) -> tuple[HeldAnswer, ...]:
    """Return which of these messages of theirs have not left yet, and when they will."""
    rows = session.execute(
        select(_OUTBOX.c.message, _OUTBOX.c.not_before)
        .join(_MESSAGES, _MESSAGES.c.id == _OUTBOX.c.message)
        .where(
            _OUTBOX.c.dedup.in_([f"message:{each}" for each in messages]), _OUTBOX.c.state == "queued",
            _OUTBOX.c.attempts == 0, _OUTBOX.c.not_before > now, _MESSAGES.c.actor == by,
        )
        .order_by(_OUTBOX.c.id)
    )  # fmt: skip
    return tuple(HeldAnswer(message=row.message, leaves_at=row.not_before) for row in rows)
