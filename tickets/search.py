"""Search: which tickets speak of something, over messages, notes, subjects and names.

The index is a follower of the history: it is behind it until somebody calls `advance`, and it may be thrown away at any
time, for it grows again from the first event. On SQLite it is a file of its own with its cursor inside, because a
second writer in the ledger's file would wait for every message that is taken in. On PostgreSQL it is a table.

Both cut words the same way: the letters and digits of a text, without case and accents. Every word that is asked for
must occur; from three letters on it may be the beginning of a longer one, for Indonesian hangs its endings on (`sandi`
finds `sandinya`). Nothing that is typed in has any other meaning, so nothing that is typed in can do harm.
"""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from tickets.ledger.store import Ledger
from tickets.search_indexes import Entry, FileIndex, TableIndex
from tickets.tables import Address, Contact, Event, Message, Ticket

MOST = 500  # events followed in one go
MOST_WORDS = 12  # of a question
MOST_LETTERS = 50_000  # of a message; a tsvector ends at a megabyte

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_NEWEST_EVENT = select(func.coalesce(func.max(_EVENTS.c.id), 0))
_NEW = (
    select(_EVENTS.c.id, _EVENTS.c.kind, _EVENTS.c.ticket, _EVENTS.c.subject)
    .where(_EVENTS.c.id > bindparam("position"))
    .order_by(_EVENTS.c.id)
    .limit(MOST)
)
_SAID = (
    select(
        _MESSAGES.c.id, _MESSAGES.c.ticket, _MESSAGES.c.desk,
        _TICKETS.c.subject.label("about"), _CONTACTS.c.name, _CONTACTS.c.identity_name,
        _MESSAGES.c.sender_name, _ADDRESSES.c.handle, _MESSAGES.c.subject, _MESSAGES.c.text,
    )
    .join_from(_MESSAGES, _TICKETS, _TICKETS.c.number == _MESSAGES.c.ticket)
    .join(_CONTACTS, _CONTACTS.c.id == _TICKETS.c.contact)
    .outerjoin(_ADDRESSES, _ADDRESSES.c.id == _MESSAGES.c.address)
    .where(_MESSAGES.c.id.in_(bindparam("messages", expanding=True)))
)  # fmt: skip
_LAST_MESSAGES = (
    select(func.max(_MESSAGES.c.id))
    .where(_MESSAGES.c.ticket.in_(bindparam("tickets", expanding=True)))
    .group_by(_MESSAGES.c.ticket)
)
_WORD = re.compile(r"[^\W_]+")


def words_of(said: str) -> list[str]:
    """Return the words of a text, in lower case and without accents."""
    letters = (one for one in unicodedata.normalize("NFKD", said) if not unicodedata.combining(one))
    return _WORD.findall("".join(letters).casefold())


class SearchIndex:
    """The index of a ledger. Any thread may ask it; one at a time should advance it."""

    def __init__(self, ledger: Ledger, kept: FileIndex | TableIndex) -> None:
        self._ledger = ledger
        self._kept = kept

    @classmethod
    def open(cls, ledger: Ledger, path: Path) -> Self:
        """Open the index of a ledger; `path` is where it lies beside a ledger on SQLite."""
        kept = TableIndex(ledger) if ledger.is_postgres else FileIndex(path)
        with ledger.reading() as session:
            if kept.position() > session.execute(_NEWEST_EVENT).scalar_one():
                kept.clear()  # the ledger is an older one than the index has seen: it was restored
        return cls(ledger, kept)

    def advance(self) -> int:
        """Follow what is new in the history; how many events were passed, 0 when there are none."""
        with self._ledger.reading() as session:
            new = session.execute(_NEW, {"position": self._kept.position()}).all()
            if not new:
                return 0
            messages = [int(one.subject) for one in new if one.kind.startswith("message.") and one.subject]
            renamed = [one.ticket for one in new if one.kind == "contact.identified" and one.ticket]
            messages.extend(session.execute(_LAST_MESSAGES, {"tickets": renamed}).scalars())
            entries = _entries(session, messages)
        self._kept.replace(messages, entries, position=new[-1].id)
        return len(new)

    def find(self, asked: str, *, desk: str | None = None, limit: int = 50) -> list[int]:
        """Return the tickets that speak of it, the one that did so last first. An empty question finds nothing."""
        words = list(dict.fromkeys(words_of(asked[:1000])))[:MOST_WORDS]
        return self._kept.find(words, desk=desk, limit=limit) if words and limit > 0 else []

    def close(self) -> None:
        self._kept.close()


def _entries(session: Session, messages: Sequence[int]) -> list[Entry]:
    found = session.execute(_SAID, {"messages": list(messages)})
    return [
        Entry(message, ticket, desk, " ".join(words_of(" ".join(filter(None, parts))[:MOST_LETTERS])))
        for message, ticket, desk, *parts in found
    ]
