"""Blocking an address: whatever comes from it is kept and shown, opens no ticket, starts no clock, is answered nothing.

What came meanwhile is neither lost nor hidden: whoever unblocks the address may take it in, as one matter per thread.
"""

from datetime import datetime

from tickets import blocked, contacts
from tickets.actions.rights import require, require_first_line
from tickets.actor import Actor, Role
from tickets.contacts import AddressNow
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx


def block(
    tx: Tx, address: int, *, by: Actor, at: datetime, reason: str | None = None, ticket: int | None = None
) -> AddressNow:
    """Take nothing more in from this address; `ticket` is where it became too much."""
    known = contacts.load_address(tx, address)
    desk = _desk_of(known)
    require_first_line(by, desk)
    if known.blocked_at is not None:
        return known
    contacts.change_address(tx, address, blocked_at=at, blocked_by=by.key, block_reason=reason)
    append(
        tx, "address.blocked", desk=desk, ticket=ticket, at=at, subject=address, actor=by.key, reason=reason
    )  # fmt: skip
    return contacts.load_address(tx, address)


def unblock(
    tx: Tx, address: int, *, desk: DeskNow, take_in: bool, by: Actor, at: datetime
) -> tuple[AddressNow, tuple[int, ...]]:
    """Hear the address again; with `take_in` what came meanwhile becomes tickets, whose clocks start now.

    For supervisors: they see the list of what was kept away. Returns the tickets too.
    """
    known = contacts.load_address(tx, address)
    require(by, Role.SUPERVISOR, _desk_of(known))
    tickets: tuple[int, ...] = ()
    if known.blocked_at is not None:
        contacts.change_address(tx, address, blocked_at=None, blocked_by=None, block_reason=None)
        append(
            tx,
            "address.unblocked",
            desk=_desk_of(known),
            at=at,
            subject=address,
            actor=by.key,
            taken_in=take_in,
        )
    if take_in:
        tickets = blocked.take_in_held(tx, address, desk=desk, at=at)
    return contacts.load_address(tx, address), tickets


def _desk_of(address: AddressNow) -> str:
    return address.account.partition("/")[0]
