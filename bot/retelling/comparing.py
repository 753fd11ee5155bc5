"""Two ledgers beside each other: whether they have the same tickets, messages and clocks, and where they differ."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from tickets.tables import Address, Clock, Message, Ticket

_TICKETS: Any = Ticket.__table__  # type: ignore[attr-defined]
_MESSAGES: Any = Message.__table__  # type: ignore[attr-defined]
_ADDRESSES: Any = Address.__table__  # type: ignore[attr-defined]
_CLOCKS: Any = Clock.__table__  # type: ignore[attr-defined]

# What is left out is made by the matcher of its day, or by providers after the desk has spoken.
_OF_TICKET = (
    "desk", "account", "channel", "thread", "status", "subject", "category", "category_by", "assignee", "team", "priority",
    "cycle", "revision", "linked_to", "merged_into", "created_at", "spam_at",
)  # fmt: skip
_OF_MESSAGE = (
    "ticket", "account", "direction", "author", "actor", "subject", "text", "full_text", "html", "automatic", "bounce", "at",
    "said_at", "button", "album", "kind", "sender_name", "sender_address", "edited_at", "withdrawn_at",
)  # fmt: skip
_OF_CLOCK = (
    "revision", "promise", "started_at", "due_at", "warn_at", "met_at", "breached_at", "lapsed_at", "warned_at",
    "ended_at", "extended_at", "acknowledged_at", "pauses",
)  # fmt: skip

Rows = Mapping[Any, tuple[Any, ...]]


def differences(first: Session, again: Session) -> Iterator[str]:
    """Say in a line each where the second ledger differs from the first."""
    for what, read, names in (
        ("ticket", _tickets, ("contact", *_OF_TICKET)),
        ("message", _messages, ("external_id", "contact", *_OF_MESSAGE)),
        ("clock", _clocks, _OF_CLOCK),
    ):
        yield from _between(what, names, read(first), read(again))


def counts(session: Session) -> dict[str, int]:
    """Count what is compared."""
    return {
        "tickets": len(_tickets(session)),
        "messages": len(_messages(session)),
        "clocks": len(_clocks(session)),
    }


def _between(what: str, names: tuple[str, ...], first: Rows, again: Rows) -> Iterator[str]:
    for key in sorted({*first, *again}, key=str):
        here, there = first.get(key), again.get(key)
        if here is None or there is None:
            yield f"{what} {key} is {'new' if here is None else 'missing'}"
        elif here != there:
            told = ", ".join(
                f"{name} {old!r} is {new!r}"
                for name, old, new in zip(names, here, there, strict=True)
                if old != new
            )
            yield f"{what} {key}: {told}"


def _tickets(session: Session) -> Rows:
    columns = [_TICKETS.c[name] for name in _OF_TICKET]
    rows = session.execute(
        select(_TICKETS.c.number, _ADDRESSES.c.external_id, *columns).select_from(
            _TICKETS.outerjoin(_ADDRESSES, _TICKETS.c.address == _ADDRESSES.c.id)
        )
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def _messages(session: Session) -> Rows:
    """Return them in the order of each ticket: what we sent has its provider's name only after it was sent."""
    columns = [_MESSAGES.c[name] for name in _OF_MESSAGE]
    rows = session.execute(
        select(_MESSAGES.c.direction, _MESSAGES.c.external_id, _ADDRESSES.c.external_id, *columns)
        .select_from(_MESSAGES.outerjoin(_ADDRESSES, _MESSAGES.c.address == _ADDRESSES.c.id))
        .order_by(_MESSAGES.c.id)
    )
    found: dict[Any, tuple[Any, ...]] = {}
    places: dict[Any, int] = {}
    for row in rows:
        direction, external_id, contact, *rest = row
        ticket = rest[0]
        places[ticket] = places.get(ticket, 0) + 1
        named = external_id if direction == "in" else None
        found[ticket, places[ticket]] = (named, contact, *rest)
    return found


def _clocks(session: Session) -> Rows:
    key = ("ticket", "kind", "subject", "cycle")
    rows = session.execute(select(*(_CLOCKS.c[name] for name in (*key, *_OF_CLOCK))))
    return {tuple(row[: len(key)]): tuple(row[len(key) :]) for row in rows}
