"""The guard of everything that comes in: webhooks, mails, commands, forms and the API alike pass once.

Its key is what the provider repeats when it repeats. What could not be processed stays here, raw and visible, and may
pass again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from tickets.ledger.events import ABOUT
from tickets.ledger.pending import Late
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.seeking import among
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.tables import Inbound

_PASSED = "passed"  # under this a transaction remembers what it let pass
_FRESH = "fresh"  # and under this what had not come in before it began
PAGES, PROGRAMS = "console", "api"  # accounts under which the commands of people and of programs are kept
RAW_INLINE = 64 * 1024  # bytes; larger raw events lie among the files

_INBOUND = Inbound.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Inbound)
_GUARDED = Prepared(
    select(_INBOUND.c.processed_at, _INBOUND.c.message).where(
        _INBOUND.c.account == bindparam("account"), _INBOUND.c.event_id == bindparam("event_id")
    )
)
_KNOWN = Prepared(
    select(_INBOUND.c.account, _INBOUND.c.event_id).where(among(_INBOUND.c.account, _INBOUND.c.event_id))
)
_NOTE = Prepared(
    update(_INBOUND)
    .where(_INBOUND.c.account == bindparam("of_account"), _INBOUND.c.event_id == bindparam("of_event"))
    .values({name: bindparam(name) for name in ("processed_at", "message", "ticket", "error")})
)
_HOLDS = Prepared(select(_INBOUND.c.at).where(_INBOUND.c.raw_sha256 == bindparam("sha256")).limit(1))


async def set_aside(ledger: Ledger, raw: bytes) -> str | None:
    """Lay a large raw event among the files; its SHA-256, or None for one that fits into its row."""
    return None if len(raw) <= RAW_INLINE else await ledger.put_aside(ledger.blobs.put_unbounded, raw)


def foresee(tx: Tx, coming: Sequence[tuple[str, str]]) -> None:
    """Look which of the events with these accounts and ids came in before, so that those that did not need no look of their own."""
    came = {(row.account, row.event_id) for row in tx.among(_KNOWN, coming)}
    tx.memo[_FRESH] = frozenset(coming) - came


def guard(
    tx: Tx, *, account: str, event_id: str, raw: bytes, raw_sha256: str | None = None, at: datetime
) -> bool:
    """Let an event pass once. What came in earlier but was never processed may pass again (a replay)."""
    tx.memo.pop(ABOUT, None)  # of whatever passed before in the same transaction
    passed = _passed(tx)
    if (account, event_id) in passed:
        return not is_processed(tx, account=account, event_id=event_id)
    if (account, event_id) not in tx.memo.get(_FRESH, ()):
        row = tx.stored(_GUARDED, account=account, event_id=event_id)
        if row is not None:
            return row.processed_at is None
    inline = raw if raw_sha256 is None and len(raw) <= RAW_INLINE else None
    passed[account, event_id] = tx.add(
        _INSERT, account=account, event_id=event_id, at=at, raw=inline, raw_sha256=raw_sha256
    )
    return True


def _passed(tx: Tx) -> dict[tuple[str, str], Late]:
    """Return what was let pass for the first time in this transaction."""
    passed: dict[tuple[str, str], Late] = tx.memo.setdefault(_PASSED, {})
    return passed


def holds(tx: Tx, sha256: str) -> bool:
    """Whether something that came in lies in that file."""
    return tx.one(_HOLDS, sha256=sha256) is not None


def is_processed(tx: Tx, *, account: str, event_id: str) -> bool:
    """Whether an event came in earlier, and was done with."""
    row = tx.one(_GUARDED, account=account, event_id=event_id)
    return row is not None and row.processed_at is not None


def processed(tx: Tx, *, account: str, event_id: str, message: int | None, at: datetime) -> None:
    """Mark a guarded event as done: with the message that it became, and the ticket on which it did something."""
    ticket = tx.memo.get(ABOUT)
    _note(tx, account, event_id, processed_at=at, message=message, ticket=ticket, error=None)


def _note(tx: Tx, account: str, event_id: str, **became: Any) -> None:
    late = _passed(tx).get((account, event_id))
    if late is None or not late.amend(became):
        tx.run(_NOTE, of_account=account, of_event=event_id, **became)


def keep(
    tx: Tx,
    *,
    account: str,
    event_id: str,
    raw: bytes,
    raw_sha256: str | None = None,
    error: str,
    at: datetime,
) -> None:
    """Keep what could not be processed: raw, visible, to be replayed."""
    if guard(tx, account=account, event_id=event_id, raw=raw, raw_sha256=raw_sha256, at=at):
        _note(tx, account, event_id, processed_at=None, message=None, ticket=None, error=error[:1000])
