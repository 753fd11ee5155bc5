"""Drafts: what somebody has begun to write is kept until it is sent, on whichever device they go on.

No event tells of one: nothing has happened yet. Only its writer reads its words; others see that somebody writes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from tickets import ticket as tickets_
from tickets.actions.errors import NothingToSayError
from tickets.actions.rights import require_helper
from tickets.actor import Actor
from tickets.ledger.blobs import Stored, from_data, to_data
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.tables import KeptDraft

LONGEST = 100_000  # letters, as the form has it

_DRAFTS = KeptDraft.__table__  # type: ignore[attr-defined]
_KEEP = Prepared(
    lambda insert: insert(_DRAFTS).on_conflict_do_update(
        index_elements=["ticket", "by"],
        set_={
            name: insert(_DRAFTS).excluded[name] for name in ("at", "text", "is_note", "began_as", "files")
        },
    )
)
_DROP = Prepared(
    delete(_DRAFTS).where(_DRAFTS.c.ticket == bindparam("of_ticket"), _DRAFTS.c.by == bindparam("of"))
)
_FILES = Prepared(
    select(_DRAFTS.c.files).where(_DRAFTS.c.ticket == bindparam("ticket"), _DRAFTS.c.by == bindparam("by"))
)


@dataclass(frozen=True, kw_only=True)
class Begun:
    """What somebody has begun to write."""

    text: str
    is_note: bool = False
    began_as: str | None = None  # the reply template
    files: tuple[Stored, ...] = ()  # that go along, beside those of before


def keep(tx: Tx, number: int, begun: Begun, *, by: Actor, at: datetime) -> None:
    """Keep it in place of what they had begun before, whose files stay; without words and files, nothing is kept."""
    require_helper(by, tickets_.load(tx, number))
    if len(begun.text) > LONGEST:
        raise NothingToSayError(f"a draft has at most {LONGEST} letters")
    files = {file.sha256: file for file in (*files_of(tx, number, by=by), *begun.files)}
    if not begun.text.strip() and not files:
        drop(tx, number, by=by)
        return
    tx.run(
        _KEEP, ticket=number, by=by.key, at=at, text=begun.text, is_note=begun.is_note, began_as=begun.began_as,
        files=to_data(files.values()),
    )  # fmt: skip


def files_of(tx: Tx, number: int, *, by: Actor) -> tuple[Stored, ...]:
    """Return the files that go along with what they have begun."""
    row = tx.one(_FILES, ticket=number, by=by.key)
    return () if row is None else from_data(row.files)


def take(tx: Tx, number: int, wanted: Collection[str], *, by: Actor) -> tuple[Stored, ...]:
    """Forget the draft for it is sent, and return those of its files that go along, by their hash."""
    files = files_of(tx, number, by=by)
    drop(tx, number, by=by)
    return tuple(file for file in files if file.sha256 in wanted)


def drop(tx: Tx, number: int, *, by: Actor) -> None:
    """Forget what they had begun: it was sent, or is not wanted."""
    tx.run(_DROP, of_ticket=number, of=by.key)
