"""The tables of the ledger, a module a theme. Plain records: rules and acts live in the modules beside them.

Whoever needs a table imports it from here; importing this package declares all of them on SQLModel's metadata.
"""

from tickets.tables.core import (
    Address,
    Attachment,
    Bookmark,
    Clock,
    Contact,
    Counter,
    Cursor,
    DeskRevision,
    Edit,
    Event,
    Inbound,
    Message,
    Outbox,
    Reference,
    Staff,
    Ticket,
)

__all__ = [
    "Address",
    "Attachment",
    "Bookmark",
    "Clock",
    "Contact",
    "Counter",
    "Cursor",
    "DeskRevision",
    "Edit",
    "Event",
    "Inbound",
    "Message",
    "Outbox",
    "Reference",
    "Staff",
    "Ticket",
]
