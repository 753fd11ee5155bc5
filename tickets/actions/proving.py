"""Proving that a contact's address is of somebody whom the directory has.

A code goes to the mailbox that the directory holds, never to one that the contact names, and comes back on the address
that is to be proven.
"""

import secrets
from datetime import datetime

from tickets import contacts, proofs, verifications
from tickets import ticket as tickets_
from tickets.actions.errors import NoMailboxError, TooManyCodesError
from tickets.actions.rights import require_agent
from tickets.actor import CONTACT, Actor
from tickets.contacts import ContactNow
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.message import Channel
from tickets.one_time_codes import (
    LIVES,
    MOST_FOR_CONTACT,
    MOST_FOR_MAILBOX,
    PER,
    REMEMBERED,
    TRIES,
    Tried,
    Try,
    judge,
)
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority
from tickets.proofs import CodeNow
from tickets.verification import Finding, Outcome, Source
from tickets.verifications import Verified


def send_code(tx: Tx, number: int, *, desk: DeskNow, by: Actor, at: datetime) -> CodeNow:
    """Send a one-time code to the mailbox that the directory has under the contact's number."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    if ticket.address is None:
        raise NoMailboxError(f"ticket #{number} has no address that could be proven", ticket=number)
    known = verifications.current(tx, ticket.contact)
    contact = contacts.load_contact(tx, ticket.contact)
    listed = known.listed if known is not None else None
    if known is None or listed is None or listed.key is None or listed.email is None:
        raise NoMailboxError("the directory has no mailbox of the contact", ticket=number)
    if known.claim.get("number") != contact.identity_number:
        raise NoMailboxError("the contact has named another number since", ticket=number)
    sender = next((each for each in desk.desk.accounts_on(Channel.EMAIL) if not each.off), None)
    if sender is None:
        raise NoMailboxError("the desk has no mailbox to send from", ticket=number)
    since = at - PER
    if (
        proofs.sent_to_contact(tx, contact.id, since=since) >= MOST_FOR_CONTACT
        or proofs.sent_to_mailbox(tx, listed.email, since=since) >= MOST_FOR_MAILBOX
    ):
        raise TooManyCodesError("too many codes were sent within the hour", ticket=number)
    code = proofs.new_code(
        tx, contact=contact.id, address=ticket.address, desk=ticket.desk, ticket=number, by=by.key, entry=listed.key,
        mailbox=listed.email, nonce=secrets.token_hex(16), expires_at=at + LIVES, at=at,
    )  # fmt: skip
    place = {"account": sender.key, "channel": str(Channel.EMAIL), "address": listed.email}
    enqueue(
        tx, dedup=f"code:{code.id}", account=sender.key, audience=Audience.CONTACT, act="code",
        order_key=f"code:{code.id}", priority=Priority.ANSWER, desk=ticket.desk, ticket=number,
        payload={"code": code.id, "place": place}, at=at,
    )  # fmt: skip
    append(
        tx, "contact.code_sent", desk=ticket.desk, ticket=number, at=at, subject=contact.id, actor=by.key, code=code.id
    )  # fmt: skip
    return code


def open_code(tx: Tx, *, account: str, external_id: str, at: datetime) -> CodeNow | None:
    """Return the code that somebody who writes from this address may mean: the newest one, not used and not long over."""
    address = contacts.address_at(tx, account=account, external_id=external_id)
    code = proofs.newest_code(tx, address.id) if address is not None else None
    if code is None or code.used_at is not None or at >= code.at + REMEMBERED:
        return None
    return code


def try_code(tx: Tx, code: CodeNow, typed: str, *, key: bytes, at: datetime) -> Tried:
    """Take a code that was typed; the right one proves the address, and with it who the contact is."""
    contact = contacts.load_contact(tx, contacts.load_address(tx, code.address).contact)
    known = verifications.current(tx, contact.id)
    result = judge(typed, key=key, nonce=code.nonce, expires_at=code.expires_at, tries=code.tries, at=at)
    if known is None or known.entry != code.entry:
        result = Try.EXPIRED  # they have named another number since
    tries = code.tries + (result in {Try.WRONG, Try.SPENT})
    proofs.note_try(tx, code, tries=min(tries, TRIES), used_at=at if result is Try.RIGHT else None)
    if result is Try.RIGHT and known is not None:
        _prove(tx, code, contact, known, at=at)
    else:
        append(
            tx, "contact.code_refused", desk=code.desk, ticket=code.ticket, at=at, subject=code.contact,
            actor=CONTACT.key, code=code.id, result=str(result),
        )  # fmt: skip
    return Tried(result=result, left=max(TRIES - tries, 0))


def _prove(tx: Tx, code: CodeNow, contact: ContactNow, known: Verified, *, at: datetime) -> None:
    proof = proofs.prove(tx, code, at=at)
    finding = Finding(outcome=Outcome.VERIFIED, compared=known.compared, listed=known.listed)
    verification = verifications.write(
        tx, contact, finding, source=Source.CODE, ticket=code.ticket, by=code.by, at=at
    )
    append(
        tx, "contact.verified", desk=code.desk, ticket=code.ticket, at=at, subject=contact.id, actor=CONTACT.key,
        outcome=str(Outcome.VERIFIED), verification=verification, source=str(Source.CODE), proof=proof,
    )  # fmt: skip
