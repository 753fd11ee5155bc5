"""The index as a file of SQLite beside the ledger's. It may be thrown away at any time, and grows again.

A ticket's number is its row, so what matches comes newest first without being sorted, and a question stops as soon as
it has enough. A file that is broken or of another make is begun anew.
"""

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import LifoQueue

from tickets.search.asked import Asked, Clause, Mark, Part, marked
from tickets.search.documents import TEXT_PARTS, Document
from tickets.search.matches import Found
from tickets.search.progress import Progress
from tickets.search.spelling import FILED_FROM, after, is_corrected, keys_of

_MAKE = 2  # of the tables below; another one is begun anew
_READERS = 4
_PAGES_WRITTEN, _PAGES_READ = 2_000, 1_000  # kB that a connection keeps; the rest lies in the system's cache
_AT_ONCE = 500  # words in one question
_SCANNED = 20_000  # words with one beginning, of which the most frequent are chosen
_TABLES = f"""
    CREATE TABLE IF NOT EXISTS progress(position INTEGER NOT NULL, below INTEGER);
    CREATE VIRTUAL TABLE IF NOT EXISTS tickets USING fts5(
        {", ".join(Part)}, columnsize=0, tokenize="unicode61 remove_diacritics 0");
    CREATE TABLE IF NOT EXISTS words(word TEXT PRIMARY KEY, tickets INTEGER NOT NULL, filed INTEGER NOT NULL DEFAULT 0)
        WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS near(key TEXT, word TEXT, PRIMARY KEY(key, word)) WITHOUT ROWID;
    PRAGMA user_version={_MAKE};
"""
_DROP = """
    DROP TABLE IF EXISTS spoken; DROP TABLE IF EXISTS cursor; DROP TABLE IF EXISTS tickets;
    DROP TABLE IF EXISTS progress; DROP TABLE IF EXISTS words; DROP TABLE IF EXISTS near;
"""


class FileIndex:
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
        self._writing = threading.Lock()
        self._readers: LifoQueue[sqlite3.Connection] = LifoQueue()
        for _ in range(_READERS):
            reader = sqlite3.connect(path, check_same_thread=False)
            reader.execute(f"PRAGMA cache_size=-{_PAGES_READ}").close()
            self._readers.put(reader)

    def _connect(self, path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        try:
            connection.executescript(
                f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-{_PAGES_WRITTEN};"
            )
            (make,) = connection.execute("PRAGMA user_version").fetchone()
            connection.executescript(_TABLES if make == _MAKE else _DROP + _TABLES)
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    # -- following --------------------------------------------------------------------------------------------------

    def progress(self) -> Progress | None:
        with self._writing:
            row = self._writer.execute("SELECT position, below FROM progress").fetchone()
        return None if row is None else Progress(position=row[0], below=row[1])

    def replace(self, numbers: Sequence[int], documents: Iterable[Document], progress: Progress) -> None:
        """Know of these tickets what the documents say and nothing else, and how far the history was followed."""
        with self._writing, self._writer:
            self._writer.execute("BEGIN IMMEDIATE")
            change: Counter[str] = Counter()
            for number in numbers:
                row = self._writer.execute(
                    f"SELECT {', '.join(TEXT_PARTS)} FROM tickets WHERE rowid = ?", (number,)  # noqa: S608
                ).fetchone()  # fmt: skip
                if row is not None:
                    change.subtract({word for part in row for word in part.split()})
                    self._writer.execute("DELETE FROM tickets WHERE rowid = ?", (number,))
            for (
                document
            ) in documents:  # by number: the index writes a piece of its own each time one is smaller
                change.update(document.words)
                self._writer.execute(
                    f"INSERT INTO tickets(rowid, {', '.join(Part)}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608
                    (document.number, " ".join(document.marks), *(" ".join(document.parts[part]) for part in TEXT_PARTS)),
                )  # fmt: skip
            self._count(change)
            self._writer.execute("DELETE FROM progress")
            self._writer.execute("INSERT INTO progress VALUES (?, ?)", (progress.position, progress.below))

    def _count(self, change: Counter[str]) -> None:
        changed = sorted((word, by) for word, by in change.items() if by)
        self._writer.executemany(
            "INSERT INTO words(word, tickets) VALUES (?, ?)"
            " ON CONFLICT(word) DO UPDATE SET tickets = tickets + excluded.tickets",
            changed,
        )
        self._forget([word for word, by in changed if by < 0])
        grown = [word for word, by in changed if by > 0 and is_corrected(word)]
        for some in (grown[start : start + _AT_ONCE] for start in range(0, len(grown), _AT_ONCE)):
            self._file(some)

    def _forget(self, shrunk: Sequence[str]) -> None:
        """Know no more of words that stand in no ticket now: somebody may have had them erased."""
        gone = [
            word
            for some in (shrunk[start : start + _AT_ONCE] for start in range(0, len(shrunk), _AT_ONCE))
            for (word,) in self._writer.execute(
                f"DELETE FROM words WHERE word IN ({', '.join('?' * len(some))}) AND tickets <= 0 RETURNING word",  # noqa: S608
                some,
            ).fetchall()
        ]  # fmt: skip
        self._writer.executemany(
            "DELETE FROM near WHERE key = ? AND word = ?",
            [(key, word) for word in gone for key in keys_of(word)],
        )

    def _file(self, words: Sequence[str]) -> None:
        """File those under what may be typed instead of them that stand in enough tickets by now."""
        marks = ", ".join("?" * len(words))
        statement = f"SELECT word FROM words WHERE word IN ({marks}) AND filed = 0 AND tickets >= ?"  # noqa: S608
        to_file = self._writer.execute(statement, (*words, FILED_FROM)).fetchall()
        self._writer.executemany("UPDATE words SET filed = 1 WHERE word = ?", to_file)
        self._writer.executemany(
            "INSERT OR IGNORE INTO near VALUES (?, ?)",
            [(key, word) for (word,) in to_file for key in keys_of(word)],
        )

    def compact(self) -> None:
        """Write the file anew, so that nothing that was taken out is in it. It takes as long as the file is large."""
        with self._writing:
            self._writer.executescript(
                "INSERT INTO tickets(tickets) VALUES ('optimize'); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);"
            )

    def clear(self) -> None:
        with self._writing:
            self._writer.executescript(f"BEGIN IMMEDIATE; {_DROP} {_TABLES} COMMIT;")

    # -- asking -----------------------------------------------------------------------------------------------------

    def find(self, asked: Asked, *, limit: int, enough: int, below: int | None = None) -> Found:  # noqa: ARG002
        """Return the newest tickets that match, no more than `limit`; each costs little to find here."""
        statement = "SELECT rowid FROM tickets WHERE tickets MATCH ?"
        values: list[str | int] = [_question(asked)]
        bounds = ((">=", asked.lowest), ("<=", asked.highest), ("<", below))
        for sign, bound in bounds:
            if bound is not None:
                statement += f" AND rowid {sign} ?"
                values.append(bound)
        with self._reader() as reader:
            rows = reader.execute(f"{statement} ORDER BY rowid DESC LIMIT ?", (*values, limit + 1))
            numbers = [number for (number,) in rows]
        return Found(numbers=numbers[:limit], below=numbers[limit - 1] if len(numbers) > limit else None)

    def named(self, numbers: Sequence[int]) -> dict[int, frozenset[str]]:
        """Return the words of whom each ticket is with and of its files."""
        marks = ", ".join("?" * len(numbers))
        with self._reader() as reader:
            statement = f"SELECT rowid, who, files FROM tickets WHERE rowid IN ({marks})"  # noqa: S608
            rows = reader.execute(statement, tuple(numbers))
            return {number: frozenset(f"{who} {files}".split()) for number, who, files in rows}

    def known(self, words: Sequence[str]) -> dict[str, int]:
        marks = ", ".join("?" * len(words))
        with self._reader() as reader:
            statement = f"SELECT word, tickets FROM words WHERE word IN ({marks}) AND tickets > 0"  # noqa: S608
            return dict(reader.execute(statement, tuple(words)))

    def beginning(self, start: str, *, most: int) -> tuple[str, ...]:
        with self._reader() as reader:
            rows = reader.execute(
                "SELECT word FROM (SELECT word, tickets FROM words WHERE word >= ? AND word < ? LIMIT ?)"
                " WHERE tickets > 0 ORDER BY tickets DESC LIMIT ?",
                (start, after(start), _SCANNED, most),
            )
            return tuple(word for (word,) in rows)

    def near(self, keys: Sequence[str]) -> dict[str, int]:
        marks = ", ".join("?" * len(keys))
        statement = f"SELECT DISTINCT word, tickets FROM near JOIN words USING (word) WHERE key IN ({marks}) AND tickets > 0"  # noqa: S608
        with self._reader() as reader:
            return dict(reader.execute(statement, tuple(keys)))

    def close(self) -> None:
        for _ in range(_READERS):
            self._readers.get().close()
        with self._writing:
            self._writer.close()

    @contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        reader = self._readers.get()
        try:
            yield reader
        finally:
            self._readers.put(reader)


def _question(asked: Asked) -> str:
    needed = asked.all_of or (marked(Mark.EVERY, ""),)
    question = " AND ".join(_clause(clause) for clause in needed)
    if asked.none_of:
        question = f"({question}) NOT ({' OR '.join(_clause(clause) for clause in asked.none_of)})"
    return question


def _clause(clause: Clause) -> str:
    either = " OR ".join(f'"{" ".join(words)}"' for words in clause.any_of)
    # Marks are words that nobody writes: they need not be looked for in one part, which costs.
    return f"({either})" if clause.part in {None, Part.MARKS} else f"({{{clause.part}}} : ({either}))"
