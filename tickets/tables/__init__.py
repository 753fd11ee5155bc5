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
from tickets.tables.hooks import Hook, HookTry
from tickets.tables.supervision import VerificationDraw

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
    "Hook",
    "HookTry",
    "Inbound",
    "Message",
    "Outbox",
    "Reference",
    "Staff",
    "Ticket",
    "VerificationDraw",
]
