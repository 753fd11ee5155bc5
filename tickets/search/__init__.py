"""Search: which tickets speak of something, over everything the ledger has of them.

`tickets.query` reads what was typed, `meaning` says what it asks of an index for whoever typed it, and `SearchIndex`
answers in numbers of tickets, newest first. The index follows the history: on SQLite it is a file of its own, because a
second writer in the ledger's file would wait for every message that is taken in; on PostgreSQL it is tables.
"""

from tickets.search.index import SearchIndex

__all__ = ["SearchIndex"]
