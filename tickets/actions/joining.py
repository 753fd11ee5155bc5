"""Joining: two contacts turn out to be one person. And parting them again, each with what they had.

A person does it, never a machine alone: a wrong join shows one person's tickets to another. Both have to be proven to
be the same entry of the directory, or a supervisor says why. What moves are addresses and tickets; what was said, done
and proven stays where it is.
"""

from datetime import datetime

from tickets import contacts, joins, proofs
from tickets import ticket as tickets_
from tickets.actions.errors import (
    AlreadyOneError,
    NotAllowedError,
    NotJoinedError,
    NotProvenError,
    UnknownValueError,
)
from tickets.actions.identity import FIELDS
from tickets.actions.rights import require_agent
from tickets.actor import Actor, Role
from tickets.contacts import ContactNow
from tickets.joins import JoinNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx


def join(tx: Tx, number: int, other: int, *, by: Actor, at: datetime, reason: str | None = None) -> int:
    """Make the contact of ticket `other` part of the contact of this ticket; the id of the join."""
    ticket, another = tickets_.load(tx, number), tickets_.load(tx, other)
    require_agent(by, ticket)
    require_agent(by, another)
    if not by.is_person:
        raise NotAllowedError(f"{by.key} may not say who is who")
    if another.desk != ticket.desk:
        raise UnknownValueError(f"ticket #{other} is of another desk", field="ticket", value=str(other))
    kept, joined = contacts.load_contact(tx, ticket.contact), contacts.load_contact(tx, another.contact)
    if kept.id == joined.id:
        raise AlreadyOneError(f"tickets #{number} and #{other} are of one contact already", ticket=other)
    proven = _entries(tx, kept.id) & _entries(tx, joined.id)
    if not proven:
        _require_reason(by, ticket.desk, reason, other)
    addresses = [address for address, _ in joins.addresses_of(tx, joined.id)]
    tickets = [each for each, _ in joins.tickets_of(tx, joined.id)]
    filled = _filled(kept, joined)
    join_id = joins.new_join(
        tx, desk=ticket.desk, kept=kept.id, joined=joined.id, by=by.key, reason=reason, at=at,
        moved={"addresses": addresses, "tickets": tickets, "filled": filled},
    )  # fmt: skip
    joins.move(tx, addresses=addresses, tickets=tickets, to=kept.id)
    if filled:
        contacts.change_contact(tx, kept.id, **filled)
    append(
        tx, "contact.joined", desk=ticket.desk, ticket=number, at=at, subject=kept.id, actor=by.key, joined=joined.id,
        join=join_id, with_ticket=other, proven=bool(proven), reason=reason,
    )  # fmt: skip
    return join_id


def part(tx: Tx, number: int, *, by: Actor, at: datetime, join_id: int | None = None) -> JoinNow:
    """Undo a join of this ticket's contact, the newest one if none is named.

    Each has again what they had, and what has come in on their addresses since.
    """
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    found = joins.newest_of(tx, ticket.contact) if join_id is None else joins.load(tx, join_id)
    if found is None or found.parted_at is not None or ticket.contact not in {found.kept, found.joined}:
        raise NotJoinedError(f"the contact of ticket #{number} is joined with nobody", ticket=number)
    addresses = set(found.moved["addresses"])
    theirs = set(found.moved["tickets"])
    tickets = [each for each, at_ in joins.tickets_of(tx, found.kept) if each in theirs or at_ in addresses]
    there = {address for address, _ in joins.addresses_of(tx, found.kept)}
    joins.move(tx, addresses=sorted(addresses & there), tickets=tickets, to=found.joined)
    _give_back(tx, found)
    joins.mark_parted(tx, found.id, by=by.key, at=at)
    append(
        tx, "contact.parted", desk=ticket.desk, ticket=number, at=at, subject=found.kept, actor=by.key,
        joined=found.joined, join=found.id,
    )  # fmt: skip
    return found


def _entries(tx: Tx, contact: int) -> set[str]:
    return {proof.entry for proof in proofs.of_contact(tx, contact)}


def _require_reason(by: Actor, desk: str, reason: str | None, other: int) -> None:
    if not by.may(Role.SUPERVISOR, desk):
        raise NotProvenError("the two are not proven to be one person", ticket=other)
    if not (reason or "").strip():
        raise NotProvenError("without a proof a reason is needed", ticket=other)


def _filled(kept: ContactNow, joined: ContactNow) -> dict[str, str]:
    """Return what the one who stays gets to know from the other."""
    return {
        field: getattr(joined, field)
        for field in FIELDS
        if getattr(kept, field) is None and getattr(joined, field) is not None
    }


def _give_back(tx: Tx, found: JoinNow) -> None:
    """Take from the one who stayed what they had from the other, and call each as their own profiles do."""
    kept = contacts.load_contact(tx, found.kept)
    fields: dict[str, str | None] = {
        field: None for field, value in found.moved["filled"].items() if getattr(kept, field) == value
    }
    for contact, changed in ((found.kept, fields), (found.joined, {})):
        name = next((name for _, name in joins.addresses_of(tx, contact) if name), None)
        if name is not None:
            changed["name"] = name
        if changed:
            contacts.change_contact(tx, contact, **changed)
