"""What code must know to serve from a database, kept in it: for code that does not know its schema yet (ADR 15)."""

from sqlalchemy import Connection, delete, insert, inspect, select

from tickets.tables import Bookmark

FIRST = "0001"
_NAME = "schema:least"
_BOOKMARKS = Bookmark.__table__  # type: ignore[attr-defined]


def read(connection: Connection) -> str | None:
    """Return the schema that code must know; None: nobody has said."""
    if not inspect(connection).has_table(_BOOKMARKS.name):
        return None
    kept: str | None = connection.execute(
        select(_BOOKMARKS.c.value).where(_BOOKMARKS.c.name == _NAME)
    ).scalar()
    return kept


def save(connection: Connection, schema: str) -> None:
    connection.execute(delete(_BOOKMARKS).where(_BOOKMARKS.c.name == _NAME))
    connection.execute(insert(_BOOKMARKS).values(name=_NAME, value=schema))
