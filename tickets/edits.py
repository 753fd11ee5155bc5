"""What a contact changes in what they have said, or takes back.

Providers bring an edit by another way than its message, so it may be here first: it waits, and is made when the message
comes. One whose message never comes is forgotten after a while.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from tickets import predictions
from tickets import ticket as tickets_
from tickets.actor import CONTACT
from tickets.inbound import guard, processed
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.message import Edited
from tickets.subjects import subject_of
from tickets.tables import Address, EarlyEdit, Edit, Message

_WAITS_AT_MOST = timedelta(days=2)  # providers bring what we could not take for a day at most

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_EARLY = EarlyEdit.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Edit)
_INSERT_EARLY = inserting(EarlyEdit)
_MESSAGE_AT = Prepared(
    select(_MESSAGES.c.id, _MESSAGES.c.ticket, _MESSAGES.c.text, _MESSAGES.c.desk, _MESSAGES.c.withdrawn_at)
    .where(_MESSAGES.c.account == bindparam("account"), _MESSAGES.c.external_id == bindparam("external_id"))
    .order_by(_MESSAGES.c.id.desc())
    .limit(1)
)
_OF_ALBUM = Prepared(
    select(_MESSAGES.c.id, _MESSAGES.c.ticket, _MESSAGES.c.text, _MESSAGES.c.desk, _MESSAGES.c.withdrawn_at)
    .join(_ADDRESSES, _ADDRESSES.c.id == _MESSAGES.c.address)
    .where(
        _ADDRESSES.c.account == bindparam("account"), _ADDRESSES.c.external_id == bindparam("address"),
        _MESSAGES.c.album == bindparam("album"),
    )
    .order_by(_MESSAGES.c.id.desc())
    .limit(1)
)  # fmt: skip
_REWRITE = Prepared(
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("key"))
    .values(text=bindparam("text"), edited_at=bindparam("at"))
)
_TAKE_BACK = Prepared(
    update(_MESSAGES).where(_MESSAGES.c.id == bindparam("key")).values(withdrawn_at=bindparam("at"))
)
_WAITING = Prepared(
    select(_EARLY.c.id, _EARLY.c.text, _EARLY.c.deleted)
    .where(_EARLY.c.account == bindparam("account"), _EARLY.c.external_id == bindparam("external_id"))
    .order_by(_EARLY.c.edited_at, _EARLY.c.id)
)
_ANY = Prepared(select(_EARLY.c.id).limit(1))
_DONE = Prepared(delete(_EARLY).where(_EARLY.c.id == bindparam("key")))
_FORGET = Prepared(delete(_EARLY).where(_EARLY.c.at < bindparam("before")))


def take_edit(tx: Tx, edited: Edited, *, at: datetime) -> int | None:
    """Change what a message says and keep what it said before, or note that it was taken back; the message."""
    account = edited.place.account
    if not guard(tx, account=account, event_id=edited.event_id, raw=edited.raw, at=at):
        return None
    row = tx.one(_MESSAGE_AT, account=account, external_id=edited.external_id)
    album = None if row is not None or edited.album is None else _album_of(tx, edited)
    row = row or album
    processed(tx, account=account, event_id=edited.event_id, message=row.id if row else None, at=at)
    text = edited.text.replace("\x00", "")
    if album is not None:
        return _change(tx, album, text=_captioned(album.text, text), deleted=False, at=at)
    if row is not None:
        return _change(tx, row, text=text, deleted=edited.deleted, at=at)
    tx.run(_FORGET, before=at - _WAITS_AT_MOST)
    tx.run(
        _INSERT_EARLY, id=tx.next_id("early_edits"), account=account, external_id=edited.external_id, at=at,
        edited_at=edited.edited_at or at, text=text, deleted=edited.deleted,
    )  # fmt: skip
    return None


def _album_of(tx: Tx, edited: Edited) -> Row | None:
    """Return the message that was made of what was sent together with this."""
    place = edited.place
    return tx.one(_OF_ALBUM, account=place.account, address=place.address, album=edited.album)


def _captioned(album: str, caption: str) -> str:
    """Put what a later picture says now below an album's words: nobody knows which of them were its own."""
    return album if caption in {"", *album.split("\n")} else f"{album}\n{caption}".strip()


def make_early_ones(tx: Tx, *, account: str, external_id: str, at: datetime) -> None:
    """Make the edits that came before this message, which has just been stored."""
    if not _any_waits(tx):
        return
    for early in tx.all(_WAITING, account=account, external_id=external_id):
        row = tx.one(_MESSAGE_AT, account=account, external_id=external_id)
        if row is not None:
            _change(tx, row, text=early.text, deleted=early.deleted, at=at)
        tx.run(_DONE, key=early.id)


def _any_waits(tx: Tx) -> bool:
    """Whether any edit waits for its message, asked once until one more does: nearly always none does."""
    remembered = tx.memo_of(_EARLY)
    if _ANY not in remembered:
        remembered[_ANY] = tx.one(_ANY) is not None
    found: bool = remembered[_ANY]
    return found


def _change(tx: Tx, row: Row, *, text: str, deleted: bool, at: datetime) -> int | None:
    """Rewrite it, or note that it was taken back; what it said stays, for somebody may have answered it."""
    if deleted:
        if row.withdrawn_at is not None:
            return None
        tx.run(_TAKE_BACK, key=row.id, at=at)
        predictions.forget(tx, row.id, by=CONTACT, at=at)
        _forget_subject(tx, row, at=at)
    else:
        if row.text == text:
            return None
        tx.run(_INSERT, id=tx.next_id("edits"), message=row.id, at=at, text=row.text)
        tx.run(_REWRITE, key=row.id, text=text, at=at)
    told: Mapping[str, Any] = {
        "desk": row.desk,
        "ticket": row.ticket,
        "subject": row.id,
        "actor": CONTACT.key,
    }
    append(tx, "message.deleted" if deleted else "message.edited", at=at, **told)
    return int(row.id)


def _forget_subject(tx: Tx, row: Row, *, at: datetime) -> None:
    """Let a ticket no more be called by words that were taken back."""
    ticket = None if row.ticket is None else tickets_.load(tx, row.ticket)
    if ticket is not None and ticket.subject is not None and ticket.subject == subject_of(row.text, None):
        tickets_.change(tx, ticket, at=at, subject=None)
