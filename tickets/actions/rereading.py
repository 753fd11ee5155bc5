"""Reading again what came in: after the reader became better, or because somebody doubts what is shown.

What a message says may change by it, and what it said before is kept; what it did does not: no clock, ticket or answer
moves. Reading twice is reading once.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from tickets import ticket as tickets_
from tickets.actions.errors import UnknownValueError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.attachments import store_files
from tickets.intake import storable
from tickets.ledger.blobs import Stored
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.message import Direction, Said
from tickets.tables import Attachment, Edit, Inbound, Message

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_INBOUND = Inbound.__table__  # type: ignore[attr-defined]
_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_SAID = ("text", "full_text", "html", "subject", "participants", "authenticity")
_MESSAGE = Prepared(
    select(
        _MESSAGES.c.id, _MESSAGES.c.desk, _MESSAGES.c.ticket, _MESSAGES.c.account, _MESSAGES.c.direction,
        *(_MESSAGES.c[name] for name in _SAID),
    ).where(_MESSAGES.c.id == bindparam("id"))
)  # fmt: skip
_REWRITE = Prepared(
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("key"))
    .values({name: bindparam(name) for name in _SAID})
)
_PUT = Prepared(update(_MESSAGES).where(_MESSAGES.c.id == bindparam("key")).values(text=bindparam("text")))
_CAME_IN_AS = Prepared(
    select(_MESSAGES.c.id, _MESSAGES.c.desk, _MESSAGES.c.ticket)
    .join(_INBOUND, _INBOUND.c.message == _MESSAGES.c.id)
    .where(_INBOUND.c.account == bindparam("account"), _INBOUND.c.event_id == bindparam("event_id"))
)
_INSERT_EDIT = inserting(Edit)
_FILES = Prepared(
    select(
        _ATTACHMENTS.c.id, _ATTACHMENTS.c.name, _ATTACHMENTS.c.type, _ATTACHMENTS.c.sha256,
        _ATTACHMENTS.c.inline_id,
    ).where(_ATTACHMENTS.c.message == bindparam("message"))
)  # fmt: skip
_RENAME = Prepared(
    update(_ATTACHMENTS)
    .where(_ATTACHMENTS.c.id == bindparam("key"))
    .values(name=bindparam("name"), type=bindparam("type"), inline_id=bindparam("inline_id"))
)


def reread(tx: Tx, message: int, said: Said, files: Sequence[Stored], *, by: Actor, at: datetime) -> bool:
    """Let a message say what is read in it now; whether anything is different."""
    row = tx.one(_MESSAGE, id=message)
    if row is None or row.direction != Direction.IN:
        raise UnknownValueError(f"nothing came in as message {message}", field="message", value=str(message))
    require(by, Role.AGENT, row.desk)
    changed = _rewrite(tx, row, storable(said), at=at)
    changed = _put_files(tx, row, files, at=at) or changed
    append(
        tx, "message.reread", desk=row.desk, ticket=row.ticket, at=at, subject=message, actor=by.key, changed=changed
    )  # fmt: skip
    return changed


def put_in_words(tx: Tx, message: int, text: str, *, at: datetime) -> None:
    """Let a message that came without words say what its file, fetched meanwhile, says in words."""
    row = tx.one(_MESSAGE, id=message)
    if row is None or row.direction != Direction.IN or row.text:
        return
    tx.run(_PUT, key=message, text=text)
    append(
        tx, "message.reread", desk=row.desk, ticket=row.ticket, at=at, subject=message, actor="system", changed=True
    )  # fmt: skip


def replayed(tx: Tx, *, account: str, event_id: str, by: Actor, at: datetime) -> None:
    """Note at its ticket that what came in had been kept, and by whom it was processed again."""
    row = tx.one(_CAME_IN_AS, account=account, event_id=event_id)
    if row is not None:
        append(
            tx, "message.replayed", desk=row.desk, ticket=row.ticket, at=at, subject=row.id, actor=by.key
        )  # fmt: skip


def _rewrite(tx: Tx, row: Row, said: Said, *, at: datetime) -> bool:
    now: dict[str, Any] = {name: getattr(said, name) for name in _SAID}
    now["participants"] = list(said.participants) or None
    now["authenticity"] = asdict(said.authenticity) if said.authenticity is not None else None
    if all(getattr(row, name) == value for name, value in now.items()):
        return False
    if row.text != said.text:
        tx.run(_INSERT_EDIT, id=tx.next_id("edits"), message=row.id, at=at, text=row.text)
    tx.run(_REWRITE, key=row.id, **now)
    if row.ticket is not None and row.subject != said.subject:
        ticket = tickets_.load(tx, row.ticket)
        if ticket.subject == (row.subject or "")[:300]:
            tickets_.change(tx, ticket, at=at, subject=(said.subject or "")[:300] or None)
    return True


def _put_files(tx: Tx, row: Row, files: Sequence[Stored], *, at: datetime) -> bool:
    """Give known files the names that are read now, and add those that were not found before; none is taken away."""
    known = {each.sha256: each for each in tx.all(_FILES, message=row.id) if each.sha256 is not None}
    new = [file for file in files if file.sha256 is not None and file.sha256 not in known]
    store_files(tx, new, message=row.id, ticket=row.ticket, account=row.account, at=at)
    renamed = False
    for file in files:
        before = known.get(file.sha256)
        read = (file.name, file.type, file.inline_id)
        if before is not None and read != (before.name, before.type, before.inline_id):
            tx.run(_RENAME, key=before.id, name=file.name, type=file.type, inline_id=file.inline_id)
            renamed = True
    return bool(new) or renamed
