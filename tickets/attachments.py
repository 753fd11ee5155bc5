"""The rows of a message's files. Their bytes are the blob store's matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from tickets.actor import SYSTEM
from tickets.ledger.blobs import Stored
from tickets.ledger.events import append
from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.tables import Attachment, KeptDraft, Message, ScheduledAnswer
from tickets.ticket import said_on

_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Attachment)
WITHHELD = "withheld"  # the state of a file that was examined, and is not handed out
_MESSAGE_OF = Prepared(select(_ATTACHMENTS.c.message).where(_ATTACHMENTS.c.id == bindparam("id")))
_OF_MESSAGE = Prepared(
    select(_ATTACHMENTS).where(_ATTACHMENTS.c.message == bindparam("message")).order_by(_ATTACHMENTS.c.id)
)
_ON_TICKET = Prepared(
    select(_ATTACHMENTS.c.id, _ATTACHMENTS.c.name, _ATTACHMENTS.c.sha256, _ATTACHMENTS.c.size)
    .join(_MESSAGES, _MESSAGES.c.id == _ATTACHMENTS.c.message)
    .where(said_on(_MESSAGES.c.ticket), _ATTACHMENTS.c.sha256.is_not(None))
    .order_by(_ATTACHMENTS.c.id)
)
_OF_TICKET = Prepared(
    select(_ATTACHMENTS)
    .join(_MESSAGES, _MESSAGES.c.id == _ATTACHMENTS.c.message)
    .where(said_on(_MESSAGES.c.ticket), _ATTACHMENTS.c.sha256 == bindparam("sha256"))
    .limit(1)
)


@dataclass(frozen=True, kw_only=True)
class FileNow:
    """A file that was said on a ticket, and is here."""

    id: int
    name: str
    sha256: str
    size: int | None


_HAD = Prepared(
    select(_ATTACHMENTS.c.sha256, _ATTACHMENTS.c.type)
    .join(_MESSAGES, _MESSAGES.c.id == _ATTACHMENTS.c.message)
    .where(said_on(_MESSAGES.c.ticket), _ATTACHMENTS.c.sha256.is_not(None))
)
_FORGET = Prepared(
    update(_ATTACHMENTS)
    .where(
        _ATTACHMENTS.c.message.in_(select(_MESSAGES.c.id).where(said_on(_MESSAGES.c.ticket, "of_ticket"))),
        _ATTACHMENTS.c.sha256.is_not(None),
    )
    .values(sha256=None, state="refused", error=bindparam("why"))
)
_NEEDED = (
    Prepared(select(_ATTACHMENTS.c.id).where(_ATTACHMENTS.c.sha256 == bindparam("sha256")).limit(1)),
    *(
        Prepared(select(table.c.at).where(table.c.files.contains(bindparam("sha256"))).limit(1))
        for table in (KeptDraft.__table__, ScheduledAnswer.__table__)  # type: ignore[attr-defined]
    ),
)


def forget(tx: Tx, ticket: int, *, why: str) -> frozenset[str]:
    """Let a ticket keep the names of its files alone; the SHA-256 of what may go with them.

    A mail within a mail stays: it may be the very one that came in, of which nothing is lost.
    """
    had = {row.sha256 for row in tx.all(_HAD, ticket=ticket) if row.type != "message/rfc822"}
    tx.run(_FORGET, of_ticket=ticket, why=why)
    return frozenset(had)


def is_needed(tx: Tx, sha256: str) -> bool:
    """Whether a message, a draft, or an answer that waits still has the file."""
    return any(tx.one(statement, sha256=sha256) is not None for statement in _NEEDED)


def of_message(tx: Tx, message: int) -> tuple[Stored, ...]:
    """Return the files of a message, in their order."""
    return tuple(_stored(row) for row in tx.all(_OF_MESSAGE, message=message))


def on_ticket(tx: Tx, ticket: int) -> tuple[FileNow, ...]:
    """Return the files that were said on a ticket, or on one merged into it, and are here, the oldest first."""
    return tuple(FileNow(**row._asdict()) for row in tx.all(_ON_TICKET, ticket=ticket))


def first_of(tx: Tx, message: int) -> int | None:
    """Return the first file of a message, which may be on its way still."""
    return next((int(row.id) for row in tx.all(_OF_MESSAGE, message=message)), None)


def sums_of_ticket(tx: Tx, ticket: int) -> frozenset[str]:
    """Return the SHA-256 of every file that was said on a ticket, in hexadecimal."""
    return frozenset(file.sha256 for file in on_ticket(tx, ticket))


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
        if file.state == "pending":
            tx.tell(News.FILES)


def tell_withheld(
    tx: Tx, files: Sequence[Stored], *, message: int, desk: str, ticket: int, at: datetime
) -> None:
    """Write into the history which of a message's files are handed out to nobody."""
    if not any(file.state == WITHHELD for file in files):
        return
    for row in tx.all(_OF_MESSAGE, message=message):
        if row.state == WITHHELD and row.name in {file.name for file in files}:
            append(
                tx, f"attachment.{WITHHELD}", desk=desk, ticket=ticket, at=at, subject=row.id, actor=SYSTEM.key,
            )  # fmt: skip


def _stored(row: Row) -> Stored:
    return Stored(
        name=row.name, type=row.type, size=row.size, sha256=row.sha256, state=row.state, fetch=row.fetch,
        inline_id=row.inline_id, error=row.error,
    )  # fmt: skip
