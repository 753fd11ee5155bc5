"""Files that a contact hands in on a page of ours become a message of their ticket, as if they had sent them."""

from collections.abc import Sequence
from datetime import datetime

from tickets import contacts
from tickets import ticket as tickets_
from tickets.actor import CONTACT
from tickets.attachments import store_files
from tickets.ledger.blobs import Stored
from tickets.ledger.events import append
from tickets.ledger.prepared import inserting
from tickets.ledger.tx import Tx
from tickets.message import Author, Direction
from tickets.tables import Message
from tickets.ticket import TicketNow

_INSERT = inserting(Message)


def hand_in(tx: Tx, ticket: TicketNow, text: str, files: Sequence[Stored], *, at: datetime) -> int:
    """Store what was handed in, in the name of the ticket's contact; it asks nobody anything. Returns the message."""
    contact = contacts.load_contact(tx, ticket.contact)
    message = tx.next_id("messages")
    tx.run(
        _INSERT, id=message, at=at, desk=ticket.desk, ticket=ticket.number, account=ticket.account, channel=ticket.channel,
        direction=str(Direction.IN), author=str(Author.CONTACT), actor=CONTACT.key, address=ticket.address,
        sender_name=contact.called, text=text,
    )  # fmt: skip
    store_files(tx, files, message=message, ticket=ticket.number, account=ticket.account, at=at)
    append(
        tx, "message.received", desk=ticket.desk, ticket=ticket.number, at=at, subject=message, actor=CONTACT.key,
        asks=False, automatic=False, revision=ticket.revision, **tickets_.standing(ticket),
    )  # fmt: skip
    return message
