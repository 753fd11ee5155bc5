"""The index as tables of PostgreSQL, changed on a connection of its own: the ledger's writer waits for nothing.

What matches is found by an inverted index, which does not know the order of tickets: of a word that stands in half of
them it would hand over all, to be sorted. So each ticket also bears the marks of the bands of numbers in which it lies,
and a question is asked of the newest bands first, then of those before them, and of all the rest when it finds little.
No extension is needed, which not every office may install.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, TextClause, event, text

from tickets.ledger.database import open_engine
from tickets.ledger.store import Ledger
from tickets.search.asked import Asked, Clause, Mark, Part, marked
from tickets.search.documents import TEXT_PARTS, TOGETHER, Document
from tickets.search.matches import Found
from tickets.search.progress import Progress
from tickets.search.spelling import FILED_FROM, after, is_corrected, keys_of

_INDEX_LOCK = 0x7A_4E_66_69  # one process at a time changes the tables
_READERS = 4
_SCANNED = 20_000  # words with one beginning, of which the most frequent are chosen
_NARROW, _WIDE = _BANDS = (12, 15)  # a ticket's number without its last bits, for each width
_FIRST = (2, 4, 8)  # narrow bands that are asked at once, from the newest on
_FEW = 2_000  # matches that are fetched and sorted
_MOST_BANDS = 200  # wide ones that are walked through, two at once
_WEIGHTS = {Part.WHO: "A", Part.FILES: "B", Part.SAID: "C", Part.NOTES: "D"}
_BETWEEN = 10  # places between two parts, so that no phrase begins in one and ends in the next
_LAST_PLACE = 16_383  # that PostgreSQL tells apart
_TABLES = (
    "CREATE TABLE IF NOT EXISTS search_progress(position bigint NOT NULL, below bigint)",
    "CREATE TABLE IF NOT EXISTS search_tickets(number bigint PRIMARY KEY, words tsvector NOT NULL)",
    # Without the list of what is still to be sorted in, through which every question would have to read.
    "CREATE INDEX IF NOT EXISTS ix_search_tickets ON search_tickets USING gin(words) WITH (fastupdate = off)",
    """CREATE TABLE IF NOT EXISTS search_words(word text COLLATE "C" PRIMARY KEY, tickets bigint NOT NULL,
        filed boolean NOT NULL DEFAULT false)""",
    'CREATE TABLE IF NOT EXISTS search_near(key text COLLATE "C", word text COLLATE "C", PRIMARY KEY (key, word))',
    "DROP TABLE IF EXISTS search_index",  # as it was kept before
)
_TEXT_OF = f"ts_filter(words, '{{{','.join(_WEIGHTS.values())}}}')"
_COUNT = text(
    "INSERT INTO search_words(word, tickets) SELECT * FROM unnest(CAST(:words AS text[]), CAST(:by AS bigint[]))"
    " ON CONFLICT (word) DO UPDATE SET tickets = search_words.tickets + excluded.tickets"
)
_FORGET = text("DELETE FROM search_words WHERE word = ANY(:words) AND tickets <= 0 RETURNING word")
_UNFILE = text("DELETE FROM search_near WHERE key = ANY(:keys) AND word = ANY(:words)")
_TO_FILE = text(
    "UPDATE search_words SET filed = true WHERE word = ANY(:words) AND NOT filed AND tickets >= :least RETURNING word"
)
_FILE = text(
    "INSERT INTO search_near SELECT * FROM unnest(CAST(:keys AS text[]), CAST(:words AS text[])) ON CONFLICT DO NOTHING"
)


class TableIndex:
    def __init__(self, ledger: Ledger) -> None:
        self._engine = open_engine(ledger.url)
        # Of its own: whoever asks may hold one of the ledger's readers already, and would wait for another.
        readers = open_engine(ledger.url, pool_size=_READERS, read_only=True)
        event.listen(readers, "connect", _made_ready)
        self._readers = readers.execution_options(isolation_level="AUTOCOMMIT")
        with self._engine.begin() as connection:
            _lock(connection)
            for statement in _TABLES:
                connection.execute(text(statement))

    # -- following --------------------------------------------------------------------------------------------------

    def progress(self) -> Progress | None:
        with self._engine.connect() as connection:
            row = connection.execute(text("SELECT position, below FROM search_progress")).first()
        return None if row is None else Progress(position=row.position, below=row.below)

    def replace(self, numbers: Sequence[int], documents: Iterable[Document], progress: Progress) -> None:
        """Know of these tickets what the documents say and nothing else, and how far the history was followed."""
        with self._engine.begin() as connection:
            _lock(connection)
            change: Counter[str] = Counter()
            forgotten = text(
                f"DELETE FROM search_tickets WHERE number = ANY(:numbers) RETURNING tsvector_to_array({_TEXT_OF})"  # noqa: S608
            )
            for (words,) in connection.execute(forgotten, {"numbers": list(numbers)}):
                change.subtract(words)
            coming = iter(documents)
            while some := list(islice(coming, TOGETHER)):
                for document in some:
                    change.update(document.words)
                connection.execute(
                    text("INSERT INTO search_tickets VALUES (:number, CAST(:words AS tsvector))"),
                    [{"number": each.number, "words": _vector(each)} for each in some],
                )
            _count(connection, change)
            connection.execute(text("DELETE FROM search_progress"))
            connection.execute(
                text("INSERT INTO search_progress VALUES (:position, :below)"),
                {"position": progress.position, "below": progress.below},
            )

    def compact(self) -> None:
        """Nothing to do: what is deleted is PostgreSQL's to clear away (`VACUUM`)."""

    def clear(self) -> None:
        with self._engine.begin() as connection:
            _lock(connection)
            connection.execute(text("TRUNCATE search_tickets, search_words, search_near, search_progress"))

    # -- asking -----------------------------------------------------------------------------------------------------

    def find(self, asked: Asked, *, limit: int, enough: int, below: int | None = None) -> Found:
        """Return the newest tickets that match: no more than `limit`, and only `enough` where each costs much to find."""
        highest = min(
            (each for each in (asked.highest, below and below - 1) if each is not None), default=None
        )
        with self._readers.connect() as connection:
            newest = connection.execute(text("SELECT max(number) FROM search_tickets")).scalar() or 0
            highest = newest if highest is None else min(highest, newest)
            return _Search(connection, asked, highest=highest, limit=limit).newest(enough)

    def named(self, numbers: Sequence[int]) -> dict[int, frozenset[str]]:
        """Return the words of whom each ticket is with and of its files."""
        statement = text(
            "SELECT number, tsvector_to_array(ts_filter(words, '{a,b}')) AS named FROM search_tickets"
            " WHERE number = ANY(:numbers)"
        )
        return {row.number: frozenset(row.named) for row in self._rows(statement, numbers=list(numbers))}

    def known(self, words: Sequence[str]) -> dict[str, int]:
        statement = text("SELECT word, tickets FROM search_words WHERE word = ANY(:words) AND tickets > 0")
        return {row.word: row.tickets for row in self._rows(statement, words=list(words))}

    def beginning(self, start: str, *, most: int) -> tuple[str, ...]:
        statement = text(
            "SELECT word FROM (SELECT word, tickets FROM search_words WHERE word >= :start AND word < :after LIMIT :scanned)"
            " AS begun WHERE tickets > 0 ORDER BY tickets DESC LIMIT :most"
        )
        rows = self._rows(statement, start=start, after=after(start), scanned=_SCANNED, most=most)
        return tuple(row.word for row in rows)

    def near(self, keys: Sequence[str]) -> dict[str, int]:
        statement = text(
            "SELECT DISTINCT word, tickets FROM search_near JOIN search_words USING (word)"
            " WHERE key = ANY(:keys) AND tickets > 0"
        )
        return {row.word: row.tickets for row in self._rows(statement, keys=list(keys))}

    def close(self) -> None:
        self._readers.dispose()
        self._engine.dispose()

    def _rows(self, statement: Any, **values: Any) -> Sequence[Any]:
        with self._readers.connect() as connection:
            return connection.execute(statement, values).all()


class _Search:
    """One question, asked of the newest tickets first."""

    def __init__(self, connection: Connection, asked: Asked, *, highest: int, limit: int) -> None:
        self._connection = connection
        self._questions = _questions(asked)
        self._lowest, self._highest, self._limit = max(asked.lowest or 1, 1), highest, limit
        self._found: list[int] = []

    def newest(self, enough: int) -> Found:
        self._walk(_NARROW, _FIRST)
        if len(self._found) < enough and not self._is_over():
            rest = self._fetched(most=_FEW + 1)
            if len(rest) <= _FEW:
                self._found += sorted(rest, reverse=True)
                self._highest = 0
            else:  # many matches, but few among the newest tickets
                self._walk(_WIDE, [2] * (_MOST_BANDS // 2))
        if len(self._found) > self._limit:
            return Found(numbers=self._found[: self._limit], below=self._found[self._limit - 1])
        return Found(numbers=self._found, below=self._highest + 1 if self._highest >= self._lowest else None)

    def _walk(self, width: int, bands: Iterable[int]) -> None:
        """Gather what matches in so many bands at a time, until that is all that was asked for."""
        for many in bands:
            if self._is_over():
                break
            newest = self._highest >> width
            oldest = max(newest - many + 1, 0)
            marks = _either(_band(width, each) for each in range(oldest, newest + 1))
            self._found += sorted(self._fetched(marks), reverse=True)
            self._highest = (oldest << width) - 1

    def _is_over(self) -> bool:
        return len(self._found) >= self._limit or self._highest < self._lowest

    def _fetched(self, *also: str, most: int | None = None) -> list[int]:
        asked = [*self._questions, *also]
        values: dict[str, Any] = {f"question{place}": each for place, each in enumerate(asked)}
        values |= {"lowest": self._lowest, "highest": self._highest, "most": most}
        return list(self._connection.execute(_matching(len(asked)), values).scalars())


@lru_cache
def _matching(questions: int) -> TextClause:
    """Return the statement for what meets so many questions.

    Each is a condition of its own: the index steps from one list of tickets to the next place in another, where of one
    question of many words it would walk through all that has any of them. The number is no condition by which to look.
    """
    asked = " AND ".join(f"words @@ CAST(:question{place} AS tsquery)" for place in range(questions))
    return text(
        f"SELECT number FROM search_tickets WHERE {asked} AND number + 0 BETWEEN :lowest AND :highest LIMIT :most"  # noqa: S608
    )


def _questions(asked: Asked) -> list[str]:
    """Return what must all hold; what must not goes with the first, for alone it would be asked of every ticket."""
    first, *others = (_clause(clause) for clause in asked.all_of or (marked(Mark.EVERY, ""),))
    return [" & ".join([first, *(f"!{_clause(clause)}" for clause in asked.none_of)]), *others]


def _clause(clause: Clause) -> str:
    weight = f":{_WEIGHTS[clause.part]}" if clause.part in _WEIGHTS else ""
    return _either(" <-> ".join(f"'{word}'{weight}" for word in words) for words in clause.any_of)


def _either(questions: Iterable[str]) -> str:
    return f"({' | '.join(f'({each})' for each in questions)})"


def _band(width: int, number: int) -> str:
    return f"xb{width}n{max(number, 0)}"


def _vector(document: Document) -> str:
    """Write a ticket's words as PostgreSQL reads them: a word, its place, and the weight that is its part."""
    bands = (_band(width, document.number >> width) for width in _BANDS)
    pieces = [f"'{each}'" for each in (*document.marks, *bands)]
    place = 0
    for part in TEXT_PARTS:
        for word in document.parts[part]:
            place += 1
            pieces.append(f"'{word}':{min(place, _LAST_PLACE)}{_WEIGHTS[part]}")
        place += _BETWEEN
    return " ".join(pieces)


def _count(connection: Connection, change: Counter[str]) -> None:
    changed = {word: by for word, by in sorted(change.items()) if by}
    if not changed:
        return
    connection.execute(_COUNT, {"words": list(changed), "by": list(changed.values())})
    shrunk = [word for word, by in changed.items() if by < 0]
    if shrunk:  # a word that stands in no ticket now: somebody may have had it erased
        gone = connection.execute(_FORGET, {"words": shrunk}).scalars().all()
        keys = [key for word in gone for key in keys_of(word)]
        connection.execute(_UNFILE, {"keys": keys, "words": list(gone)})
    correctable = [word for word, by in changed.items() if by > 0 and is_corrected(word)]
    to_file = connection.execute(_TO_FILE, {"words": correctable, "least": FILED_FROM}).scalars()
    filed = [(key, word) for word in to_file for key in keys_of(word)]
    if filed:
        connection.execute(_FILE, {"keys": [key for key, _ in filed], "words": [word for _, word in filed]})


def _made_ready(connection: Any, _record: Any) -> None:
    """Set how a new connection asks the index.

    A list of rows that does not fit into `work_mem` forgets which they were; and of words that it takes for frequent
    the planner would rather read all tickets until it has enough.
    """
    connection.execute("SET work_mem = '64MB'; SET jit = off; SET enable_seqscan = off")
    connection.commit()


def _lock(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _INDEX_LOCK})
