"""Search over a desk with a long past: what questions cost that hit much, little and nothing, at a million tickets.

Each ticket has a mail-like first message, an answer and every fifth a note, in words that are as unevenly frequent as
those of a language; all but the newest 3,000 tickets are closed. `SEARCH_TICKETS` in the environment sets another size.
Every question goes the whole way of the page: read, given its meaning, asked of the index, ranked, shown with excerpts.
"""

import os
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from sqlalchemy import text

from benchmarks.ground import NOW, Figures, care_center
from benchmarks.sweeping import each_ledger
from tickets.ledger.database import open_engine
from tickets.ledger.store import Ledger
from tickets.ledger.types import EPOCH
from tickets.query import parse
from tickets.search import SearchIndex
from tickets.search.found import Order, find
from tickets.search.meaning import Asker, Names, meant

TICKETS = int(os.environ.get("SEARCH_TICKETS", "1000000"))
PAGE = 25
TURNS = 20
OPEN = 3_000
VOCABULARY = 120_000
PEOPLE = 200_000
SENTENCES = 50_000
_SYLLABLES = [
    "ka",
    "si",
    "lo",
    "gin",
    "ma",
    "suk",
    "ta",
    "per",
    "di",
    "kan",
    "ban",
    "tu",
    "re",
    "set",
    "san",
    "ber",
    "mo",
    "hon",
    "no",
    "a",
    "kun",
    "sis",
    "tem",
    "ti",
    "dak",
    "bi",
    "sa",
    "wa",
    "ja",
    "ra",
]
_CATEGORIES = tuple(f"kategori{each}" for each in range(45))
_AGENTS = tuple(f"petugas{each}@example.ac.id" for each in range(20))
_NUMBERS = {
    "sqlite": f"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {TICKETS}) SELECT i FROM n)",
    "postgresql": f"(SELECT CAST(i AS bigint) AS i FROM generate_series(1, {TICKETS}) AS i)",
}


def _said(*steps: int) -> str:
    return " || ' ' || ".join(
        f"(SELECT said FROM pool WHERE id = (i * {step}) % {SENTENCES})" for step in steps
    )


_RARE = f"(SELECT said FROM rare WHERE id = (i * 7907) % {VOCABULARY})"
_FILL = (
    f"""INSERT INTO contacts (id, desk, name, created_at)
        SELECT i, :desk, 'Orang' || i, {{at}} FROM {{numbers}} AS s WHERE i <= {PEOPLE}""",
    f"""INSERT INTO addresses (id, account, channel, external_id, contact)
        SELECT i, 'x', 'whatsapp', '+62812' || (10000000 + i), i FROM {{numbers}} AS s WHERE i <= {PEOPLE}""",
    "INSERT INTO events (id, at, desk, kind) SELECT i, {at}, :desk, 'desk.revised' FROM {numbers} AS s WHERE i <= 1",
    f"""INSERT INTO tickets (number, desk, account, channel, thread, contact, status, subject, category, assignee, priority,
            revision, cycle, created_at, updated_at)
        SELECT i, :desk, 'x', CASE i % 3 WHEN 0 THEN 'whatsapp' WHEN 1 THEN 'telegram' ELSE 'email' END, CAST(i AS text),
            i % {PEOPLE} + 1, CASE WHEN i > {TICKETS - OPEN} THEN 'open' ELSE 'closed' END, {_said(7919)},
            'kategori' || (i % 45), 'petugas' || (i / 45 % 20) || '@example.ac.id', 0, 1, 1, {{at}}, {{at}}
        FROM {{numbers}} AS s""",
    *(
        f"""INSERT INTO messages (id, at, desk, ticket, account, channel, direction, author, text, automatic, bounce, attempts)
            SELECT i * 4 + {place}, {{at}}, :desk, i, 'x', 'whatsapp', '{direction}', '{author}', {said}, :no, :no, 0
            FROM {{numbers}} AS s WHERE i % {each} = 0"""
        for place, direction, author, each, said in (
            (0, "in", "contact", 1, f"{_said(7919, 104729, 1299709)} || ' ' || {_RARE}"),
            (1, "out", "agent", 1, _said(15485863, 32452843)),
            (2, "note", "agent", 5, _said(49979687)),
        )
    ),
)  # fmt: skip


class Language:
    """Words that are drawn as often as those of a language are used, and always the same ones."""

    def __init__(self) -> None:
        self._chance = random.Random(7)
        made: dict[str, None] = {}
        while len(made) < VOCABULARY:
            made["".join(self._chance.choices(_SYLLABLES, k=self._chance.randint(2, 5)))] = None
        self.words = list(made)
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))

    def says(self, many: int) -> str:
        return " ".join(self._chance.choices(self.words, cum_weights=self._weights, k=many))


def measure() -> Figures:
    for database, ledger in each_ledger():
        with tempfile.TemporaryDirectory(prefix="tanggap-search-") as folder:
            yield from _searched(database, ledger, Path(folder) / "search.db")


def _searched(database: str, ledger: Ledger, path: Path) -> Figures:
    desk, language = care_center(ledger).now.slug, Language()
    _load(ledger, desk, language)
    index = SearchIndex.open(ledger, path)
    started = time.perf_counter()
    while index.advance():
        pass
    yield f"{database}: tickets indexed", TICKETS / (time.perf_counter() - started), "tickets/s"
    names = Names(
        desks={desk: desk}, categories={each: each for each in _CATEGORIES}, agents={each: each for each in _AGENTS},
        zone="Asia/Jakarta",
    )  # fmt: skip
    asker = Asker(desks=frozenset({desk}), ids=frozenset(_AGENTS[:1]))
    everything: list[Took] = []
    for label, questions in _questions(language.words):
        took = _took(ledger, index, questions, asker=asker, names=names)
        everything += took
        yield f"{database}: {label}, median", _share(took, "waited", 50), "ms"
        yield f"{database}: {label}, 95th percentile", _share(took, "waited", 95), "ms"
        yield f"{database}: {label}, processor, 95th percentile", _share(took, "worked", 95), "ms"
    yield f"{database}: all of these, 95th percentile", _share(everything, "waited", 95), "ms"
    yield f"{database}: all of these, processor, 95th percentile", _share(everything, "worked", 95), "ms"
    index.close()


def _questions(words: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield kinds of questions, each in several words so that no one answer lies ready."""
    some = range(TURNS)
    yield "a common word", [words[each] for each in some]
    yield "a rare word", [words[20_000 + each * 37] for each in some]
    yield "two common words", [f"{words[each]} {words[each + 9]}" for each in some]
    yield (
        "two rare words, which never meet",
        [f"{words[50_000 + each]} {words[60_000 + each]}" for each in some],
    )
    yield "a common word and status:open", [f"{words[each]} status:open" for each in some]
    yield "status:open", ["status:open"] * TURNS
    yield "a filter of everything (status:closed kanal:email)", ["status:closed kanal:email"] * TURNS
    yield "an old month and a common word", [f"{words[each]} dari:2026-01 sampai:2026-01" for each in some]
    yield (
        "category, agent and a word",
        [f"kategori:{_CATEGORIES[each]} petugas:{_AGENTS[each % 20]} {words[each + 40]}" for each in some],
    )
    yield "a phrase", [f'"{words[each]} {words[each + 3]}"' for each in some]
    yield "a misspelt word", [f"{words[200 + each][1:]}q" for each in some]
    yield "a beginning of three letters", [words[each][:3] for each in some]
    yield "a contact's name", [f"kontak:orang{each * 911}" for each in some]
    yield "a contact's number", [f"nomor:0812{10_000_000 + each * 911}" for each in some]
    yield "a common word, but not another", [f"{words[each]} -{words[each + 1]}" for each in some]
    yield "nothing at all (a word that nobody wrote)", [f"zzxq{each}" for each in some]


class Took(NamedTuple):
    """Milliseconds: until the page was there, and of the processor, without others at the machine and a server apart."""

    waited: float
    worked: float


def _took(
    ledger: Ledger, index: SearchIndex, questions: Sequence[str], *, asker: Asker, names: Names
) -> list[Took]:  # fmt: skip
    took = []
    for question in questions:
        started, worked = time.perf_counter(), time.thread_time()
        with ledger.reading() as session:
            read = parse(question, today=NOW.date())
            meaning = meant(session, read.query, index.words, asker=asker, names=names)
            find(session, index, meaning, asker=asker, order=Order.BEST, limit=PAGE, after=None)
        took.append(
            Took(waited=(time.perf_counter() - started) * 1000, worked=(time.thread_time() - worked) * 1000)
        )
    return took


def _share(took: Sequence[Took], what: str, percentile: int) -> float:
    share: float = quantiles((getattr(each, what) for each in took), n=100)[percentile - 1]
    return share


def _load(ledger: Ledger, desk: str, language: Language) -> None:
    """Fill the ledger by the engine itself: what is said is put together of sentences and one word of each ticket's own."""
    engine = open_engine(ledger.url)
    sentences = [{"id": each, "said": language.says(10)} for each in range(SENTENCES)]
    rare = [{"id": each, "said": word} for each, word in enumerate(language.words)]
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE pool(id bigint PRIMARY KEY, said text)"))
        connection.execute(text("CREATE TABLE rare(id bigint PRIMARY KEY, said text)"))
        connection.execute(text("INSERT INTO pool VALUES (:id, :said)"), sentences)
        connection.execute(text("INSERT INTO rare VALUES (:id, :said)"), rare)
    at = _instants(ledger)
    values = {"desk": desk, "no": False}
    for statement in _FILL:
        filled = statement.replace("{at}", at).replace("{numbers}", _NUMBERS[engine.dialect.name])
        with engine.begin() as connection:
            given = {name: value for name, value in values.items() if f":{name}" in filled}
            connection.execute(text(filled), given)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


def _instants(ledger: Ledger) -> str:
    """Return when a ticket was opened, in the engine's own words."""
    step = timedelta(days=365) / TICKETS
    if ledger.is_postgres:
        return f"(timestamptz '{NOW.isoformat()}' - make_interval(secs => ({TICKETS} - i) * {step.total_seconds()}))"
    now, step_us = (NOW - EPOCH) // timedelta(microseconds=1), step // timedelta(microseconds=1)
    return f"({now} - ({TICKETS} - i) * {step_us})"
