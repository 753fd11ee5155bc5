"""Who the contact is: what they say of themselves, what the directory says to that, what a person says to both.

A look-up is asked for here and done elsewhere (`bot.directory.lookups`), outside any transaction. The newest word counts; but
where a person or a code has settled whose number it is, a look-up that nobody asked for changes nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tickets import contacts, verifications
from tickets import ticket as tickets_
from tickets.actions.errors import NoDirectoryError, NothingToLookUpError
from tickets.actions.rights import require_agent
from tickets.actor import SYSTEM, Actor
from tickets.contacts import ContactNow
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.message import Vouched
from tickets.ticket import TicketNow
from tickets.verification import Finding, Outcome, Source
from tickets.verifications import Asked

FIELDS = ("identity_name", "identity_number", "identity_unit", "identity_email")


def identify(
    tx: Tx,
    contact: int,
    *,
    ticket: int | None,
    by: Actor,
    at: datetime,
    name: str | None = None,
    number: str | None = None,
    unit: str | None = None,
    email: str | None = None,
) -> bool:
    """Add what is newly known; what is known already stays unless a person says otherwise. True if anything changed."""
    known = contacts.load_contact(tx, contact)
    given = dict(zip(FIELDS, (name, number, unit, email), strict=True))
    changed = {
        field: value
        for field, value in given.items()
        if value and value != getattr(known, field) and (by.is_person or getattr(known, field) is None)
    }
    if not changed:
        return False
    contacts.change_contact(tx, contact, **changed)
    append(
        tx, "contact.identified", desk=known.desk, ticket=ticket, at=at, subject=contact, actor=by.key,
        fields=sorted(changed),
    )  # fmt: skip
    return True


def vouch(
    tx: Tx, contact: int, vouched: Vouched, *, ticket: int | None, desk: str, at: datetime
) -> ContactNow:
    """Take the word of the site in which the contact has logged in; once, so that what people say to it later stands."""
    known = contacts.load_contact(tx, contact)
    claim = {name: getattr(vouched, name) for name in ("name", "number", "unit", "email")}
    before = verifications.newest_from(tx, contact, Source.LMS)
    if before is not None and dict(before.claim) == claim:
        return known
    given = {f"identity_{name}": value for name, value in claim.items() if value}
    changed = {field: value for field, value in given.items() if value != getattr(known, field)}
    if changed:
        contacts.change_contact(tx, contact, **changed)
        append(
            tx, "contact.identified", desk=desk, ticket=ticket, at=at, subject=contact, actor=SYSTEM.key,
            fields=sorted(changed),
        )  # fmt: skip
        known = contacts.load_contact(tx, contact)
    finding = Finding(outcome=Outcome.VERIFIED)
    verification = verifications.write(
        tx, known, finding, source=Source.LMS, ticket=ticket, claim=claim, at=at
    )
    append(
        tx, "contact.verified", desk=desk, ticket=ticket, at=at, subject=contact, actor=SYSTEM.key,
        outcome=str(finding.outcome), verification=verification, source=str(Source.LMS),
    )  # fmt: skip
    return known


def write_down(
    tx: Tx, number: int, *, by: Actor, at: datetime, name: str | None = None, identity_number: str | None = None,
    unit: str | None = None, email: str | None = None,
) -> TicketNow:  # fmt: skip
    """Let an agent write down what the contact says of themselves, or correct it."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    plain = "".join(each for each in identity_number or "" if each not in " .-") or None
    identify(tx, ticket.contact, ticket=number, by=by, at=at, name=name, number=plain, unit=unit, email=email)
    return ticket


def check(
    tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime, tell: Mapping[str, Any] | None = None
) -> TicketNow:
    """Have the contact looked up in the directory; `tell`: the place where to say what came of it."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    if not desk.desk.has_directory:
        raise NoDirectoryError(f"{desk.slug} has no directory", ticket=number)
    contact = contacts.load_contact(tx, ticket.contact)
    if not can_be_looked_up(contact):
        raise NothingToLookUpError("neither a number nor a mailbox of the contact is known", ticket=number)
    append(
        tx, "contact.check_asked", desk=ticket.desk, ticket=number, at=at, subject=contact.id, actor=by.key
    )
    verifications.ask(tx, contact.id, desk=ticket.desk, ticket=number, by=by.key, at=at, tell=tell)
    return ticket


def can_be_looked_up(contact: ContactNow) -> bool:
    return bool(contact.identity_number or contact.identity_email)


def wants_check(tx: Tx, contact: ContactNow) -> bool:
    """Whether what a contact says of themselves now is to be looked up without anybody's asking."""
    if not can_be_looked_up(contact):
        return False
    known = verifications.current(tx, contact.id)
    if known is None:
        return True
    claim = verifications.claim_of(contact)
    settled = known.source is not Source.DIRECTORY and known.claim.get("number") == claim["number"]
    return not settled and dict(known.claim) != claim


def record(
    tx: Tx, question: Asked, contact: ContactNow, finding: Finding, *, place: str, at: datetime
) -> int | None:
    """Write down what the directory said about a contact as they were then; None if it was asked anew meanwhile."""
    if not verifications.finish(tx, question):
        return None
    verification = verifications.write(
        tx, contact, finding, source=Source.DIRECTORY, ticket=question.ticket, place=place, by=question.asked_by, at=at
    )  # fmt: skip
    append(
        tx, "contact.verified", desk=question.desk, ticket=question.ticket, at=at, subject=contact.id,
        actor=question.asked_by, outcome=str(finding.outcome), verification=verification, source=str(Source.DIRECTORY),
    )  # fmt: skip
    return verification


def put_off(tx: Tx, question: Asked, *, until: datetime, error: str, at: datetime) -> bool:
    """Note that the directory could not be asked; it is said once, and tried again until it can. True the first time."""
    if not verifications.postpone(tx, question, until=until, error=error) or question.error is not None:
        return False
    append(
        tx, "contact.check_failed", desk=question.desk, ticket=question.ticket, at=at, subject=question.contact,
        actor=question.asked_by,
    )  # fmt: skip
    return True


def confirm(tx: Tx, number: int, *, by: Actor, at: datetime, reason: str | None = None) -> TicketNow:
    """Vouch for the contact's being who they say, whatever the directory says."""
    return _decide(tx, number, Outcome.VERIFIED, by=by, at=at, reason=reason)


def dispute(tx: Tx, number: int, *, by: Actor, at: datetime, reason: str | None = None) -> TicketNow:
    """Say that the contact is not who they say, whatever the directory says."""
    return _decide(tx, number, Outcome.MISMATCH, by=by, at=at, reason=reason)


def show_number(tx: Tx, number: int, *, by: Actor, at: datetime) -> None:
    """Leave a trace of who had the contact's whole identity number shown."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    append(
        tx, "contact.number_shown", desk=ticket.desk, ticket=number, at=at, subject=ticket.contact, actor=by.key
    )  # fmt: skip


def _decide(
    tx: Tx, number: int, outcome: Outcome, *, by: Actor, at: datetime, reason: str | None
) -> TicketNow:
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    contact = contacts.load_contact(tx, ticket.contact)
    claim = verifications.claim_of(contact)
    if not any(claim.values()):
        raise NothingToLookUpError("the contact has said nothing of themselves yet", ticket=number)
    known = verifications.current(tx, contact.id)
    if (
        known is not None
        and known.source is Source.PERSON
        and (known.outcome, known.claim) == (outcome, claim)
    ):
        return ticket
    same = known is not None and known.claim.get("number") == claim["number"]
    finding = Finding(
        outcome=outcome,
        compared=known.compared if known and same else {},
        listed=known.listed if known and same else None,
    )
    verification = verifications.write(
        tx, contact, finding, source=Source.PERSON, ticket=number, by=by.key, reason=reason, at=at
    )
    append(
        tx, "contact.verified", desk=ticket.desk, ticket=number, at=at, subject=contact.id, actor=by.key,
        outcome=str(outcome), verification=verification, source=str(Source.PERSON), reason=reason,
    )  # fmt: skip
    return ticket
