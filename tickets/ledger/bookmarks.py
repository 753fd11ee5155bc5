"""How far listeners have come at their providers: a name and a short text."""

from sqlalchemy import bindparam, select

from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.tables import Bookmark

_BOOKMARKS = Bookmark.__table__  # type: ignore[attr-defined]
_READ = Prepared(select(_BOOKMARKS.c.value).where(_BOOKMARKS.c.name == bindparam("name")))
_SAVE = Prepared(
    lambda insert: insert(_BOOKMARKS).on_conflict_do_update(
        index_elements=["name"], set_={"value": insert(_BOOKMARKS).excluded.value}
    )
)


def read(tx: Tx, name: str) -> str | None:
    row = tx.one(_READ, name=name)
    return None if row is None else str(row.value)


def save(tx: Tx, name: str, value: str) -> None:
    tx.run(_SAVE, name=name, value=value)
