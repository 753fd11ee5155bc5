"""What the bot remembers of an address: what it waits for, and how much it has said lately.

Read and written inside the transaction that takes a message in, under the lock of its address.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete

from bot.tables import Dialogue
from bot.turn import Expectation
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.seeking import Seeking
from tickets.ledger.tx import Tx

HOUR = timedelta(hours=1)

_DIALOGUES = Dialogue.__table__  # type: ignore[attr-defined]
_OF_ADDRESS = Seeking(_DIALOGUES, "address")
_SAVE = Prepared(
    lambda insert: insert(_DIALOGUES).on_conflict_do_update(
        index_elements=["address"],
        set_={
            column.name: insert(_DIALOGUES).excluded[column.name]
            for column in _DIALOGUES.c
            if column.name != "address"
        },
    )
)
_FORGET = Prepared(delete(_DIALOGUES).where(_DIALOGUES.c.address == bindparam("of_address")))


@dataclass(frozen=True, kw_only=True)
class Memory:
    expects: Expectation | None = None
    said: int = 0  # automatic messages in the hour that began then
    said_since: datetime | None = None

    def lately(self, at: datetime) -> "Memory":
        """Return it with what was said in the running hour alone."""
        return self if self.said_since and at - self.said_since < HOUR else replace(self, said=0)

    def waits_for(self, what: str, at: datetime) -> Expectation | None:
        """Return the expectation, if it is this one and not too old."""
        found = self.expects
        return found if found is not None and found.what == what and at < found.expires_at else None


def of(tx: Tx, address: int) -> Memory:
    row = tx.known(_OF_ADDRESS, address=address)
    return Memory() if row is None else _memory(row)


def foresee(tx: Tx, addresses: Iterable[int]) -> None:
    """Read at once what is remembered of these addresses."""
    tx.foresee(_OF_ADDRESS, [(address,) for address in addresses])


def save(
    tx: Tx, address: int, before: Memory, *, expects: Expectation | None, spoke: bool, at: datetime
) -> None:
    """Write down what is waited for now, and that the bot has said one thing more; `before` is as it is `lately`."""
    said = before.said + (1 if spoke else 0)
    if expects is None and said == 0:
        if before.expects is not None:
            tx.run(_FORGET, of_address=address)
        return
    fresh = before.said_since is None or before.said == 0
    values: dict[str, Any] = {"expects": None, "data": None, "expires_at": None}
    if expects is not None:
        values = {"expects": expects.what, "data": expects.data, "expires_at": expects.expires_at}
    values |= {"said": said, "said_since": at if fresh else before.said_since}
    if tx.knows(_DIALOGUES, address) is not None:
        tx.change(_DIALOGUES, address, **values)
    else:
        tx.add(_SAVE, address=address, **values)


def forget(tx: Tx, address: int) -> None:
    """Remember nothing of an address."""
    tx.run(_FORGET, of_address=address)


def _memory(row: Row) -> Memory:
    expects = None
    if row.expects is not None:
        expects = Expectation(what=row.expects, data=row.data or {}, expires_at=row.expires_at)
    return Memory(expects=expects, said=row.said, said_since=row.said_since)
