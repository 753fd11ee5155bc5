"""What providers tell of what was sent: how far it came, how its contact answered it by a sign alone."""

from collections.abc import Collection, Sequence
from datetime import datetime

from tickets import deliveries, outbox, references
from tickets.ledger.events import append
from tickets.ledger.prepared import Row
from tickets.ledger.tx import Tx
from tickets.message import Delivery, Told
from tickets.parcels import Audience
from tickets.receipts import advance

LONGEST_REACTION = 16  # letters: an emoji may be made of several


def hear(tx: Tx, told: Told, *, at: datetime) -> int | None:
    """Take in what the provider tells of a message of ours; the message it was about, if we know it."""
    if told.reaction is not None:
        return _hear_reaction(tx, told, at=at)
    if told.state is None:
        return None
    found: Sequence[Row] = (
        []
        if told.external_id is None
        else references.at(tx, account=told.account, external_id=told.external_id)
    )
    if not found and told.delivery is not None:
        found = _early_reference(tx, told)
    for reference in found:
        if reference.state is None:
            continue  # of a try that is over
        references.set_state(tx, reference, advance(Delivery(reference.state), told.state))
        if reference.message is not None:
            deliveries.advance_to(tx, reference.message, told.state, error=told.error, at=at, why=told.why)
    return references.first_message(found)


def _hear_reaction(tx: Tx, told: Told, *, at: datetime) -> int | None:
    """Note what a contact answered to a message of ours with a sign alone; empty: they took it away."""
    found = references.at(tx, account=told.account, external_id=told.external_id or "")
    # What somebody of the desk does to the copy in a topic is none of the contact's.
    of_contact = [
        each
        for each in found
        if (sent := outbox.row_of(tx, each.outbox)) and sent.audience == Audience.CONTACT
    ]
    message = references.first_message(of_contact)
    row = deliveries.of(tx, message)
    if row is not None:
        append(
            tx, "message.reacted", desk=row.desk, ticket=row.ticket, at=at, subject=message, actor="contact",
            reaction=(told.reaction or "")[:LONGEST_REACTION],
        )  # fmt: skip
    return message


def hear_of_copy(tx: Tx, *, account: str, external_id: str, recipients: Collection[str], remark: str) -> bool:
    """Note at a mail of ours that copies of it did not arrive; whether all `recipients` were to have one.

    It counts as delivered as it did before: the contact has it.
    """
    message = references.message_at(tx, account=account, external_id=external_id)
    row = deliveries.of(tx, message)
    if message is None or row is None or not recipients or not set(recipients) <= set(row.participants or ()):
        return False
    deliveries.remark(tx, message, row, remark)
    return True


def _early_reference(tx: Tx, told: Told) -> Sequence[Row]:
    """A callback may come before the send call returned: our delivery id in its URL names the row."""
    row = outbox.row_of(tx, told.delivery)
    if row is None or row.account != told.account:
        return []
    references.add_early(tx, row, told.external_id or "")
    if row.state in {"sending", "unknown"} and told.state is not Delivery.FAILED:
        outbox.move(tx, row.id, state="sent", error=None, not_before=row.not_before, done_at=told.told_at)
    if row.message is not None and told.external_id is not None:
        deliveries.is_known_as(tx, row.message, told.external_id)
    return references.at(tx, account=told.account, external_id=told.external_id or "")
