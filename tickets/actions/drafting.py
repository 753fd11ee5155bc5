"""Drafts: what somebody has begun to write is kept until it is sent, on whichever device they go on.

No event tells of one: nothing has happened yet. Only its writer reads its words; others see that somebody writes.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete

from tickets import ticket as tickets_
from tickets.actions.errors import NothingToSayError
from tickets.actions.rights import require_helper
from tickets.actor import Actor
from tickets.ledger.prepared import Prepared
from tickets.ledger.writer import Tx
from tickets.tables import KeptDraft

LONGEST = 100_000  # letters, as the form has it

_DRAFTS = KeptDraft.__table__  # type: ignore[attr-defined]
_KEEP = Prepared(
    lambda insert: insert(_DRAFTS).on_conflict_do_update(
        index_elements=["ticket", "by"],
        set_={name: insert(_DRAFTS).excluded[name] for name in ("at", "text", "is_note", "began_as")},
    )
)
_DROP = Prepared(
    delete(_DRAFTS).where(_DRAFTS.c.ticket == bindparam("of_ticket"), _DRAFTS.c.by == bindparam("of"))
)


@dataclass(frozen=True, kw_only=True)
class Begun:
    """What somebody has begun to write."""

    text: str
    is_note: bool = False
    began_as: str | None = None  # the reply template


def keep(tx: Tx, number: int, begun: Begun, *, by: Actor, at: datetime) -> None:
    """Keep it in place of what they had begun before; without words, nothing is kept."""
    require_helper(by, tickets_.load(tx, number))
    if len(begun.text) > LONGEST:
        raise NothingToSayError(f"a draft has at most {LONGEST} letters")
    if not begun.text.strip():
        drop(tx, number, by=by)
        return
    tx.run(
        _KEEP, ticket=number, by=by.key, at=at, text=begun.text, is_note=begun.is_note, began_as=begun.began_as
    )  # fmt: skip


def drop(tx: Tx, number: int, *, by: Actor) -> None:
    """Forget what they had begun: it was sent, or is not wanted."""
    tx.run(_DROP, of_ticket=number, of=by.key)
