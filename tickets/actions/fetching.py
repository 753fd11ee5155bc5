"""Asking once more for files that could not be had from the provider."""

from datetime import datetime

from sqlalchemy import bindparam, literal_column, select, update

from tickets import ticket as tickets_
from tickets.actions.rights import require_helper
from tickets.actor import Actor
from tickets.ledger.events import append
from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.tables import Attachment

_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_MISSED = Prepared(
    select(_ATTACHMENTS.c.id)
    .where(
        _ATTACHMENTS.c.ticket == bindparam("ticket"),
        _ATTACHMENTS.c.state == literal_column("'refused'"),
        _ATTACHMENTS.c.fetch.is_not(None),
    )
    .order_by(_ATTACHMENTS.c.id)
)
_AWAIT = Prepared(
    update(_ATTACHMENTS)
    .where(_ATTACHMENTS.c.id == bindparam("key"))
    .values(state="pending", attempts=0, error=None, not_before=bindparam("at"))
)


def fetch_again(tx: Tx, number: int, *, by: Actor, at: datetime) -> int:
    """Let the files of a ticket that could not be fetched be fetched after all; how many these are."""
    ticket = tickets_.load(tx, number)
    require_helper(by, ticket)
    missed = tx.all(_MISSED, ticket=number)
    tx.tell(News.FILES)
    for row in missed:
        tx.run(_AWAIT, key=row.id, at=at)
        append(tx, "attachment.awaited", desk=ticket.desk, ticket=number, at=at, subject=row.id, actor=by.key)
    return len(missed)
