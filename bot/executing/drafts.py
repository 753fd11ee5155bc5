"""Answers that have not left: shown to their writer first, or held because a colleague was quicker."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from bot.tables import Draft
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx

_DRAFTS = Draft.__table__  # type: ignore[attr-defined]
_READ = Prepared(
    select(_DRAFTS).where(_DRAFTS.c.ticket == bindparam("ticket"), _DRAFTS.c.staff == bindparam("staff"))
)
_SAVE = Prepared(
    lambda insert: insert(_DRAFTS).on_conflict_do_update(
        index_elements=["ticket", "staff"],
        set_={name: insert(_DRAFTS).excluded[name] for name in ("text", "template", "at", "held")},
    )
)
_DROP = Prepared(
    delete(_DRAFTS).where(
        _DRAFTS.c.ticket == bindparam("of_ticket"), _DRAFTS.c.staff == bindparam("of_staff")
    )
)


def keep(
    tx: Tx, *, ticket: int, staff: str, text: str, at: datetime, template: str | None = None,
    held: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Keep somebody's draft for a ticket instead of the one before. `template`: the reply that it is, unchanged."""
    tx.run(_SAVE, ticket=ticket, staff=staff, text=text, template=template, at=at, held=held)


def take(tx: Tx, *, ticket: int, staff: str) -> Row | None:
    """Return somebody's draft for a ticket, if there is one; it is kept no longer."""
    draft = tx.one(_READ, ticket=ticket, staff=staff)
    if draft is not None:
        drop(tx, ticket=ticket, staff=staff)
    return draft


def drop(tx: Tx, *, ticket: int, staff: str) -> None:
    tx.run(_DROP, of_ticket=ticket, of_staff=staff)
