"""Where the words of the search index are kept: a file of SQLite beside the ledger's, or a table of PostgreSQL.

Both are asked in words as `search.words_of` cuts them. What they knew of a message, what they learn of it and how far
the history has been followed change together or not at all.
"""

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from tickets.ledger.database import open_engine
from tickets.ledger.store import Ledger

_PREFIX_FROM = 3  # letters from which on a word may be the beginning of a longer one
_INDEX_LOCK = 0x7A_4E_66_69  # one process at a time changes the table


class Entry(NamedTuple):
    """What can be found of one message."""

    message: int
    ticket: int
    desk: str
    words: str


class FileIndex:
    """The index as a file of SQLite. A file that is broken is begun anew."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._writer = self._connect(path)
        except sqlite3.OperationalError:
            raise  # busy, or no right to it: nothing is broken
        except sqlite3.DatabaseError:
            for part in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                part.unlink(missing_ok=True)
            self._writer = self._connect(path)
        self._reader = sqlite3.connect(path, check_same_thread=False)
        self._writing, self._reading = threading.Lock(), threading.Lock()

    def _connect(self, path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        try:
            connection.executescript(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "CREATE TABLE IF NOT EXISTS cursor(position INTEGER NOT NULL);"
                "CREATE VIRTUAL TABLE IF NOT EXISTS spoken USING fts5(words, desk, ticket UNINDEXED);"
            )
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def position(self) -> int:
        with self._writing:
            row = self._writer.execute("SELECT position FROM cursor").fetchone()
        return 0 if row is None else int(row[0])

    def replace(self, messages: Sequence[int], entries: Sequence[Entry], *, position: int) -> None:
        with self._writing, self._writer:
            self._writer.execute("BEGIN IMMEDIATE")
            self._writer.executemany("DELETE FROM spoken WHERE rowid = ?", [(one,) for one in messages])
            self._writer.executemany(
                "INSERT INTO spoken(rowid, words, desk, ticket) VALUES (?, ?, ?, ?)",
                [(one.message, one.words, _token(one.desk), one.ticket) for one in entries],
            )
            self._writer.execute("DELETE FROM cursor")
            self._writer.execute("INSERT INTO cursor VALUES (?)", (position,))

    def clear(self) -> None:
        with self._writing, self._writer:
            self._writer.executescript("BEGIN IMMEDIATE; DELETE FROM spoken; DELETE FROM cursor;")

    def find(self, words: Sequence[str], *, desk: str | None, limit: int) -> list[int]:
        question = " AND ".join(f'"{word}"*' if len(word) >= _PREFIX_FROM else f'"{word}"' for word in words)
        question = f"{{words}} : ({question})" + (f' AND {{desk}} : "{_token(desk)}"' if desk else "")
        found: dict[int, None] = {}
        with self._reading:
            newest_first = "SELECT ticket FROM spoken WHERE spoken MATCH ? ORDER BY rowid DESC"
            for (ticket,) in self._reader.execute(newest_first, (question,)):
                found[ticket] = None
                if len(found) == limit:
                    break
        return list(found)

    def close(self) -> None:
        self._reader.close()
        self._writer.close()


class TableIndex:
    """The index as a table of PostgreSQL, changed on a connection of its own: the ledger's writer waits for nothing."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._engine = open_engine(ledger.url)
        with self._engine.begin() as connection:
            _lock(connection)
            connection.execute(text(
                "CREATE TABLE IF NOT EXISTS search_index(message bigint PRIMARY KEY, ticket bigint NOT NULL,"
                " desk text NOT NULL, words tsvector NOT NULL)"
            ))  # fmt: skip
            connection.execute(
                text("CREATE INDEX IF NOT EXISTS ix_search_words ON search_index USING gin(words)")
            )

    def position(self) -> int:
        with self._engine.connect() as connection:
            found = connection.execute(text("SELECT position FROM cursors WHERE name = 'search'")).scalar()
        return int(found or 0)

    def replace(self, messages: Sequence[int], entries: Sequence[Entry], *, position: int) -> None:
        with self._engine.begin() as connection:
            _lock(connection)
            forget = text("DELETE FROM search_index WHERE message = ANY(:messages)")
            connection.execute(forget, {"messages": list(messages)})
            if entries:
                learn = text(
                    "INSERT INTO search_index VALUES (:message, :ticket, :desk, to_tsvector('simple', :words))"
                )
                connection.execute(learn, [one._asdict() for one in entries])
            _move(connection, position)

    def clear(self) -> None:
        with self._engine.begin() as connection:
            _lock(connection)
            connection.execute(text("TRUNCATE search_index"))
            _move(connection, 0)

    def find(self, words: Sequence[str], *, desk: str | None, limit: int) -> list[int]:
        question = " & ".join(f"'{word}':*" if len(word) >= _PREFIX_FROM else f"'{word}'" for word in words)
        of_desk = " AND desk = :desk" if desk else ""
        # The hits are found before they are ordered: walking back by id for a rare word would read the whole table.
        statement = text(
            "WITH hits AS MATERIALIZED (SELECT message, ticket FROM search_index"  # noqa: S608
            f" WHERE words @@ to_tsquery('simple', :question){of_desk})"
            " SELECT ticket FROM hits GROUP BY ticket ORDER BY max(message) DESC LIMIT :limit"
        )
        values: dict[str, Any] = {"question": question, "limit": limit} | ({"desk": desk} if desk else {})
        with self._ledger.reading() as session:
            return list(session.execute(statement, values).scalars())

    def close(self) -> None:
        self._engine.dispose()


def _lock(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _INDEX_LOCK})


def _move(connection: Connection, position: int) -> None:
    connection.execute(
        text(
            "INSERT INTO cursors(name, position) VALUES ('search', :position)"
            " ON CONFLICT (name) DO UPDATE SET position = excluded.position"
        ),
        {"position": position},
    )


def _token(desk: str) -> str:
    """Return a desk's slug as one word that nobody writes."""
    return f"x{desk.encode().hex()}"
