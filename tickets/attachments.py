"""The rows of a message's files. Their bytes are the blob store's matter."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from tickets.ledger.blobs import Stored
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.writer import Tx
from tickets.tables import Attachment, Message

_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Attachment)
_MESSAGE_OF = Prepared(select(_ATTACHMENTS.c.message).where(_ATTACHMENTS.c.id == bindparam("id")))
_SUMS_OF_TICKET = Prepared(
    select(_ATTACHMENTS.c.sha256)
    .join(_MESSAGES, _MESSAGES.c.id == _ATTACHMENTS.c.message)
    .where(_MESSAGES.c.ticket == bindparam("ticket"))
)
_OF_MESSAGE = Prepared(
    select(_ATTACHMENTS).where(_ATTACHMENTS.c.message == bindparam("message")).order_by(_ATTACHMENTS.c.id)
)


def of_message(tx: Tx, message: int) -> tuple[Stored, ...]:
    """Return the files of a message, in their order."""
    return tuple(_stored(row) for row in tx.all(_OF_MESSAGE, message=message))


_OF_TICKET = Prepared(
    select(_ATTACHMENTS)
    .join(_MESSAGES, _MESSAGES.c.id == _ATTACHMENTS.c.message)
    .where(_MESSAGES.c.ticket == bindparam("ticket"), _ATTACHMENTS.c.sha256 == bindparam("sha256"))
    .limit(1)
)


def sums_of_ticket(tx: Tx, ticket: int) -> frozenset[str]:
    """Return the SHA-256 of every file that was said on a ticket, in hexadecimal."""
    return frozenset(row.sha256 for row in tx.all(_SUMS_OF_TICKET, ticket=ticket) if row.sha256)


def of_ticket(tx: Tx, ticket: int, sha256: str) -> Stored | None:
    """Return a file that was said on a ticket, by its SHA-256 in hexadecimal."""
    row = tx.one(_OF_TICKET, ticket=ticket, sha256=sha256)
    return None if row is None else _stored(row)


def message_of(tx: Tx, attachment: int) -> int | None:
    row = tx.one(_MESSAGE_OF, id=attachment)
    return None if row is None else row.message


def store_files(
    tx: Tx, files: Sequence[Stored], *, message: int, ticket: int | None, account: str, at: datetime
) -> None:
    """Write the rows of a message's files; those still to be fetched are due at once, from where they were sent."""
    for file in files:
        tx.run(
            _INSERT, id=tx.next_id("attachments"), message=message, ticket=ticket, account=file.source or account,
            name=file.name, type=file.type, size=file.size, sha256=file.sha256, state=file.state, fetch=file.fetch,
            inline_id=file.inline_id, error=file.error, not_before=at if file.state == "pending" else None,
        )  # fmt: skip


def _stored(row: Row) -> Stored:
    return Stored(
        name=row.name, type=row.type, size=row.size, sha256=row.sha256, state=row.state, fetch=row.fetch,
        inline_id=row.inline_id, error=row.error,
    )  # fmt: skip
