"""What is shown of the ledger: tickets, messages and contacts as values, read in as few questions as there are tables.

The JSON API and the pages show the same values. Nothing here writes, and nothing knows of HTTP: whoever shows an
attachment hands in how its link is made (`link`), whoever can search full text how that is done (`search`).
"""

from tickets.views.clocks import clock_views
from tickets.views.contacts import contact, contact_views
from tickets.views.conversation import attachment, message_views, messages, raw_of, ticket_of_event
from tickets.views.explaining import explanations
from tickets.views.handling import blocked_addresses, held_messages
from tickets.views.hooks import Happening, HookView, TryView, happened, hooks, tries_of
from tickets.views.identity import tickets_of_contact
from tickets.views.people import colleagues, posts_of
from tickets.views.queue import (
    FOUND_AT_MOST,
    Search,
    counts,
    inbox,
    newest_event,
    ticket,
    ticket_views,
    tickets,
)
from tickets.views.values import (
    AddressView,
    AttachmentView,
    BlockedAddress,
    CheckView,
    ClockView,
    ContactTicket,
    ContactView,
    DeliveryView,
    EventView,
    IdentityView,
    InboxLine,
    JoinView,
    Link,
    LinkView,
    MessageView,
    OtherTicket,
    Page,
    ProofView,
    RawEvent,
    SenderView,
    Suggestion,
    SurveyView,
    TicketView,
    VerificationView,
    Wanted,
    WholeTicket,
)

__all__ = [
    "FOUND_AT_MOST",
    "AddressView",
    "AttachmentView",
    "BlockedAddress",
    "CheckView",
    "ClockView",
    "ContactTicket",
    "ContactView",
    "DeliveryView",
    "EventView",
    "Happening",
    "HookView",
    "IdentityView",
    "InboxLine",
    "JoinView",
    "Link",
    "LinkView",
    "MessageView",
    "OtherTicket",
    "Page",
    "ProofView",
    "RawEvent",
    "Search",
    "SenderView",
    "Suggestion",
    "SurveyView",
    "TicketView",
    "TryView",
    "VerificationView",
    "Wanted",
    "WholeTicket",
    "attachment",
    "blocked_addresses",
    "clock_views",
    "colleagues",
    "contact",
    "contact_views",
    "counts",
    "explanations",
    "happened",
    "held_messages",
    "hooks",
    "inbox",
    "message_views",
    "messages",
    "newest_event",
    "posts_of",
    "raw_of",
    "ticket",
    "ticket_of_event",
    "ticket_views",
    "tickets",
    "tickets_of_contact",
    "tries_of",
]
