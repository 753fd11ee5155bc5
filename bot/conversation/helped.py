"""Whether an automatic answer helped, as the contact says: then it counts from when it was sent, and solves their ticket."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from procedures.cases import on_tickets
from tickets import predictions
from tickets import ticket as tickets_
from tickets.actions import handling
from tickets.actor import BOT, CONTACT
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.tables import Outbox
from tickets.ticket import TicketNow

_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_LEFT_AT = Prepared(
    select(_OUTBOX.c.done_at, _OUTBOX.c.created_at)
    .where(_OUTBOX.c.message == bindparam("message"), _OUTBOX.c.audience == "contact")
    .limit(1)
)


def judge(
    tx: Tx, ticket: TicketNow, answer: Mapping[str, Any], *, helped: bool, desk: DeskNow, at: datetime
) -> None:
    """Note what the contact says of an automatic answer: its `message`, `category` and `template`, as it was remembered."""
    predictions.settle_by_contact(tx, ticket, answer.get("category"), helped=helped, at=at)
    if helped:
        _solve(tx, ticket, answer, desk=desk, at=at)


def _solve(tx: Tx, ticket: TicketNow, answer: Mapping[str, Any], *, desk: DeskNow, at: datetime) -> None:
    message = answer.get("message")
    if message is not None:
        row = tx.one(_LEFT_AT, message=message)
        left_at = (row.done_at or row.created_at) if row is not None else at
        append(
            tx, "answer.confirmed", desk=ticket.desk, ticket=ticket.number, at=at, subject=message, actor=CONTACT.key,
            answered_at=left_at.isoformat(), template=answer.get("template"),
        )  # fmt: skip
    category = desk.category_now(answer.get("category") or "")
    if category in desk.categories:
        handling.categorise(tx, ticket.number, category, desk=desk, by=BOT, at=at)
    running = on_tickets.is_running(tx, ticket.number)
    if tickets_.load(tx, ticket.number).category is not None and not running:
        handling.solve(tx, ticket.number, by=BOT, at=at)
