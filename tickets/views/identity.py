"""Who a contact is, as it is shown: the newest word on their identity, what was proven, with whom they are one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select
from sqlmodel import Session

from tickets.one_time_codes import masked_mailbox
from tickets.tables import Address, Join, Lookup, Proof, Ticket, Verification
from tickets.views.contact_values import (
    CheckView,
    ContactTicket,
    JoinView,
    ListedView,
    ProofView,
    VerificationView,
)

MOST_TICKETS = 20

_VERIFICATIONS = Verification.__table__  # type: ignore[attr-defined]
_LOOKUPS = Lookup.__table__  # type: ignore[attr-defined]
_PROOFS = Proof.__table__  # type: ignore[attr-defined]
_JOINS = Join.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CONTACTS: Any = bindparam("contacts", expanding=True)
_LOOKED_UP = select(_LOOKUPS).where(_LOOKUPS.c.contact.in_(_CONTACTS))
_VERIFIED = select(_VERIFICATIONS).where(
    _VERIFICATIONS.c.id.in_(
        select(func.max(_VERIFICATIONS.c.id))
        .where(_VERIFICATIONS.c.contact.in_(_CONTACTS))
        .group_by(_VERIFICATIONS.c.contact)
    )
)
_PROVEN = (
    select(_PROOFS, _ADDRESSES.c.contact, _ADDRESSES.c.account, _ADDRESSES.c.external_id)
    .join(_ADDRESSES, _ADDRESSES.c.id == _PROOFS.c.address)
    .where(_ADDRESSES.c.contact.in_(_CONTACTS))
    .order_by(_PROOFS.c.id)
)
_JOINED = (
    select(_JOINS)
    .where(or_(_JOINS.c.kept.in_(_CONTACTS), _JOINS.c.joined.in_(_CONTACTS)))
    .order_by(_JOINS.c.id.desc())
)
_OTHER_TICKETS = (
    select(_TICKETS)
    .where(_TICKETS.c.contact == bindparam("contact"), _TICKETS.c.number != bindparam("besides"))
    .order_by(_TICKETS.c.number.desc())
    .limit(MOST_TICKETS)
)


@dataclass(frozen=True, kw_only=True)
class KnownIdentity:
    """All that is shown of one contact's identity beside what they say."""

    verification: VerificationView | None = None
    check: CheckView | None = None
    proofs: tuple[ProofView, ...] = ()
    joins: tuple[JoinView, ...] = ()


def known_identities(session: Session, contacts: Iterable[int]) -> Mapping[int, KnownIdentity]:
    """Return what is known of each of these contacts."""
    wanted = list(contacts)
    verifications = _newest_verifications(session, wanted)
    checks = {
        row.contact: CheckView(asked_at=row.asked_at, error=row.error)
        for row in session.execute(_LOOKED_UP, {"contacts": wanted})
    }
    proofs, joins = _proofs(session, wanted), _joins(session, wanted)
    return {
        contact: KnownIdentity(
            verification=verifications.get(contact),
            check=checks.get(contact),
            proofs=tuple(proofs[contact]),
            joins=tuple(joins[contact]),
        )
        for contact in wanted
    }


def tickets_of_contact(session: Session, contact: int, *, besides: int) -> tuple[ContactTicket, ...]:
    """Return the other tickets of a contact over all channels, newest first."""
    rows = session.execute(_OTHER_TICKETS, {"contact": contact, "besides": besides})
    return tuple(
        ContactTicket(
            number=row.number, channel=row.channel, status=row.status, subject=row.subject, created_at=row.created_at
        )
        for row in rows
    )  # fmt: skip


def _newest_verifications(session: Session, contacts: list[int]) -> dict[int, VerificationView]:
    rows = session.execute(_VERIFIED, {"contacts": contacts})
    return {row.contact: _verification(row) for row in rows}


def _verification(row: Row[Any]) -> VerificationView:
    return VerificationView(
        outcome=row.outcome, source=row.source, place=row.place, by=row.by, at=row.at, reason=row.reason,
        compared=row.compared or {}, listed=_listed(row.listed) if row.listed else None,
    )  # fmt: skip


def _listed(entry: Mapping[str, str | None]) -> ListedView:
    mailbox = entry.get("email")
    return ListedView(
        name=entry.get("name"),
        unit=entry.get("unit"),
        status=entry.get("status"),
        mailbox=masked_mailbox(mailbox) if mailbox else None,
    )


def _proofs(session: Session, contacts: list[int]) -> dict[int, list[ProofView]]:
    found: dict[int, list[ProofView]] = defaultdict(list)
    for row in session.execute(_PROVEN, {"contacts": contacts}):
        found[row.contact].append(
            ProofView(
                account=row.account, address=row.external_id, mailbox=masked_mailbox(row.mailbox), at=row.at
            )
        )
    return found


def _joins(session: Session, contacts: list[int]) -> dict[int, list[JoinView]]:
    """Return the joins of each contact, whichever of the two they were, newest first."""
    found: dict[int, list[JoinView]] = defaultdict(list)
    wanted = set(contacts)
    for row in session.execute(_JOINED, {"contacts": contacts}):
        view = JoinView(
            id=row.id, kept=row.kept, joined=row.joined, at=row.at, by=row.by, reason=row.reason,
            parted_at=row.parted_at, parted_by=row.parted_by, addresses=len((row.moved or {}).get("addresses", ())),
            tickets=tuple((row.moved or {}).get("tickets", ())),
        )  # fmt: skip
        for contact in wanted & {row.kept, row.joined}:
            found[contact].append(view)
    return found
