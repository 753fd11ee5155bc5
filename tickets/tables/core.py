"""The tables of the ledger. Plain records: rules and acts live in the modules beside them.

`messages` and `events` have no unique key but (id, at), and nothing points at them by foreign key, so that they can
be partitioned by month; what must be unique about what came in is the key of `inbound`. Ids come from `counters`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, LargeBinary, Text, text
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column as _at
from tickets.tables.columns import id_column as _id
from tickets.tables.columns import json_column as _json
from tickets.tables.columns import text_column as _text


class Counter(SQLModel, table=True):
    """The last id given out in each series; read and advanced inside the writer's transaction."""

    __tablename__ = "counters"

    name: str = Field(primary_key=True)
    value: int = _id(nullable=False)


_ALONE = "ticket IS NULL AND message IS NULL AND (raw IS NOT NULL OR raw_sha256 IS NOT NULL)"


class Inbound(SQLModel, table=True):
    """Everything that came in, once: the guard of webhooks, mail, staff commands, forms and the API alike."""

    __tablename__ = "inbound"
    __table_args__ = (
        Index("ix_inbound_unprocessed", "at", sqlite_where=text("processed_at IS NULL"),
              postgresql_where=text("processed_at IS NULL")),
        Index("ix_inbound_raw", "raw_sha256", sqlite_where=text("raw_sha256 IS NOT NULL"),
              postgresql_where=text("raw_sha256 IS NOT NULL")),
        Index("ix_inbound_ticket", "ticket", sqlite_where=text("ticket IS NOT NULL"),
              postgresql_where=text("ticket IS NOT NULL")),
        Index("ix_inbound_message", "message", sqlite_where=text("ticket IS NULL AND message IS NOT NULL"),
              postgresql_where=text("ticket IS NULL AND message IS NOT NULL")),
        Index("ix_inbound_alone", "account", "at", sqlite_where=text(_ALONE), postgresql_where=text(_ALONE)),
    )  # fmt: skip

    account: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    at: datetime = _at(nullable=False)  # of receipt
    raw: bytes | None = Field(default=None, sa_column=Column(LargeBinary))  # small ones inline …
    raw_sha256: str | None = None  # … large ones among the files
    processed_at: datetime | None = _at()
    message: int | None = _id()  # the message it became
    ticket: int | None = _id()  # on which it did something
    error: str | None = _text()


class Contact(SQLModel, table=True):
    """A person who writes to a desk. Several addresses may be theirs; none of these fields is guaranteed."""

    __tablename__ = "contacts"

    id: int = _id(key=True)
    desk: str = Field(index=True)
    name: str | None = None
    language: str | None = None
    identity_name: str | None = None  # what they say of themselves
    identity_number: str | None = None  # NIM or NIP
    identity_unit: str | None = None
    identity_email: str | None = None
    created_at: datetime = _at(nullable=False)


class Address(SQLModel, table=True):
    """One way to reach a contact: an external id on one account. Its row is the lock of one order per contact."""

    __tablename__ = "addresses"
    __table_args__ = (Index("ux_addresses_account", "account", "external_id", unique=True),)

    id: int = _id(key=True)
    account: str
    channel: str
    external_id: str
    name: str | None = None
    handle: str | None = None
    contact: int = _id(nullable=False, index=True)
    last_inbound_at: datetime | None = _at()
    stopped_at: datetime | None = _at()  # asked for no more automatic messages
    blocked_at: datetime | None = _at()  # what comes from it is kept away from the tickets
    blocked_by: str | None = None
    block_reason: str | None = _text()
    knock: int | None = _id()  # the message that last asked them, outside the window, for a word
    same_as: int | None = _id(index=True)  # shared by the ids of one person, as the provider knows them


_CURRENT = text("status <> 'closed'")
_KEPT = text("status = 'closed' AND erased_at IS NULL")
_UNCATEGORISED = text("category IS NULL AND status <> 'closed'")
_TO_WORK_ON = text("status IN ('new', 'open')")
_IN_TEAM = text("team IS NOT NULL AND status IN ('new', 'open')")


class Ticket(SQLModel, table=True):
    __tablename__ = "tickets"
    __table_args__ = (
        Index(
            "ux_tickets_current",
            "account",
            "thread",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index("ix_tickets_thread", "account", "thread"),
        Index("ix_tickets_desk_status", "desk", "status", "number"),
        Index("ix_tickets_created", "desk", "created_at"),
        Index("ix_tickets_contact", "contact"),
        # What may be kept for too long.
        Index("ix_tickets_kept", "desk", "closed_at", sqlite_where=_KEPT, postgresql_where=_KEPT),
        Index(
            "ix_tickets_uncategorised",
            "desk",
            "number",
            sqlite_where=_UNCATEGORISED,
            postgresql_where=_UNCATEGORISED,
        ),
        Index("ix_tickets_snoozed", "snoozed_until", sqlite_where=text("snoozed_until IS NOT NULL"),
              postgresql_where=text("snoozed_until IS NOT NULL")),
        Index("ix_tickets_merged", "merged_into", sqlite_where=text("merged_into IS NOT NULL"),
              postgresql_where=text("merged_into IS NOT NULL")),
        Index("ix_tickets_assignee", "desk", "assignee", sqlite_where=_TO_WORK_ON, postgresql_where=_TO_WORK_ON),
        # The inbox: what is to be done by category, read from the index alone.
        Index("ix_tickets_category", "desk", "category", "snoozed_until", sqlite_where=_TO_WORK_ON,
              postgresql_where=_TO_WORK_ON),
        Index("ix_tickets_team", "desk", "team", "team_holder", sqlite_where=_IN_TEAM, postgresql_where=_IN_TEAM),
    )  # fmt: skip

    number: int = _id(key=True)
    desk: str
    account: str
    channel: str
    thread: str  # chat: the address; mail: the first Message-ID; a hand-made or split ticket has its own
    address: int | None = _id()  # where answers go; None: nowhere (a walk-in)
    contact: int = _id(nullable=False)
    status: str
    subject: str | None = None
    category: str | None = None
    category_by: str | None = None  # actor who set it; "bot" never overwrites a person
    suggestions: Any = _json()  # [[category, score], …] best first
    assignee: str | None = None  # staff id
    assigned_by: str | None = (
        None  # actor who last set the assignee; what a person put back to nobody stays there
    )
    team: str | None = None  # second-line team that holds it
    team_holder: str | None = None  # staff id: who in the team works on it
    language: str | None = None
    priority: int = 0  # the steps are named in `tickets.priority`
    revision: int = 0  # of the desk, under which the clocks were promised
    cycle: int = 1  # grows with each reopening
    linked_to: int | None = _id()  # the earlier ticket this one continues
    created_at: datetime = _at(nullable=False)
    updated_at: datetime = _at(nullable=False)
    solved_at: datetime | None = _at()
    closed_at: datetime | None = _at()
    verified_by: str | None = None
    snoozed_until: datetime | None = _at()  # out of sight until then
    spam_at: datetime | None = _at()  # thrown out: in no statistics
    merged_into: int | None = _id()  # it ended in this ticket, and is in no statistics either
    medium: str | None = None  # of what was written down by hand: telephone, counter, other
    erased_at: datetime | None = _at()  # when all that was said on it was erased


_LOST = text("delivery IN ('failed', 'unknown')")


class Message(SQLModel, table=True):
    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_ticket", "ticket", "id"),
        Index("ix_messages_external", "external_id"),
        Index("ix_messages_address", "address", "id"),
        Index("ix_messages_lost", "desk", "ticket", "id", sqlite_where=_LOST, postgresql_where=_LOST),
    )

    id: int = _id(key=True)
    at: datetime = _at(key=True)  # when the ledger took it in
    desk: str
    ticket: int | None = _id()  # None: said outside any matter (a bare /start, a question for the state)
    account: str
    channel: str
    direction: str
    author: str
    actor: str | None = None  # staff id, "bot", "api", or None for a contact
    address: int | None = _id()
    sender_name: str | None = None
    sender_address: str | None = None
    external_id: str | None = None
    event_id: str | None = None  # key into inbound, with the account
    subject: str | None = _text()
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    full_text: str | None = _text()
    html: str | None = _text()
    automatic: bool = False
    bounce: bool = False
    button: str | None = None
    replies_to: str | None = _text()
    location: Any = _json()  # [latitude, longitude, label]
    kind: str | None = None  # what it is, where it is more than words and files: poll, contact, voice
    content: Any = _json()  # what belongs to that kind
    participants: Any = _json()
    authenticity: Any = _json()  # of a mail: by, spf, dkim, dmarc
    said_at: datetime | None = _at()
    delivery: str | None = None  # outgoing: the state over all of its parts
    delivery_error: str | None = _text()
    attempts: int = 0
    edited_at: datetime | None = _at()
    withdrawn_at: datetime | None = _at()  # taken back by whoever wrote it
    album: str | None = None  # what was sent together bears one mark, and is one message
    team: str | None = None  # a note in the name of a second-line team
    formatted: bool = False  # its text has marks (bold, links) that each channel shows in its own way


class Edit(SQLModel, table=True):
    """What a message said before it was changed."""

    __tablename__ = "edits"

    id: int = _id(key=True)
    message: int = _id(nullable=False, index=True)
    at: datetime = _at(nullable=False)
    text: str = Field(default="", sa_column=Column(Text, nullable=False))


class EarlyEdit(SQLModel, table=True):
    """A change that came before the message that it is about."""

    __tablename__ = "early_edits"
    __table_args__ = (Index("ix_early_edits_message", "account", "external_id"),)

    id: int = _id(key=True)
    account: str
    external_id: str
    at: datetime = _at(nullable=False)
    edited_at: datetime = _at(nullable=False)
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    deleted: bool = False


class Attachment(SQLModel, table=True):
    """A file of a message. The bytes are kept once by content; `pending` ones are still to be fetched."""

    __tablename__ = "attachments"
    __table_args__ = (
        Index("ix_attachments_pending", "not_before", sqlite_where=text("state = 'pending'"),
              postgresql_where=text("state = 'pending'")),
    )  # fmt: skip

    id: int = _id(key=True)
    message: int = _id(nullable=False, index=True)
    ticket: int | None = _id()
    account: str
    name: str
    type: str
    size: int | None = _id()
    sha256: str | None = Field(default=None, index=True)
    state: str  # stored, pending, refused, withheld
    fetch: str | None = _text()
    inline_id: str | None = None
    attempts: int = 0
    not_before: datetime | None = _at()
    error: str | None = _text()


# what an audit asks for
_WATCHED = text(
    "kind IN ('contact.number_shown', 'desk.revised', 'view.shared', 'view.changed', 'view.retired')"
)
_REPLIED = text(
    "kind = 'message.answered' AND data IS NOT NULL"
)  # by a reply template, as nearly all of these


class Event(SQLModel, table=True):
    """The one history: ids and values, never texts or names."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_ticket", "ticket", "id"),
        Index("ix_events_desk_at", "desk", "at"),
        Index("ix_events_replied", "desk", "at", sqlite_where=_REPLIED, postgresql_where=_REPLIED),
        Index("ix_events_watched", "at", "id", sqlite_where=_WATCHED, postgresql_where=_WATCHED),
    )

    id: int = _id(key=True)
    at: datetime = _at(key=True)
    desk: str
    ticket: int | None = _id()
    kind: str
    subject: str | None = None
    actor: str | None = None
    data: Any = _json()


class Cursor(SQLModel, table=True):
    """How far a follower of the history has come."""

    __tablename__ = "cursors"

    name: str = Field(primary_key=True)
    position: int = _id(nullable=False)


class Bookmark(SQLModel, table=True):
    """How far a listener has come at its provider."""

    __tablename__ = "bookmarks"

    name: str = Field(primary_key=True)
    value: str = Field(sa_column=Column(Text, nullable=False))


_IN_TROUBLE = text("met_at IS NULL AND ended_at IS NULL AND (warned_at IS NOT NULL OR lapsed_at IS NOT NULL)")
_AWAITED = text("met_at IS NULL AND ended_at IS NULL AND kind IN ('first_response', 'next_response')")


class Clock(SQLModel, table=True):
    """A promise of one ticket and how it stands; folded from the events, never edited."""

    __tablename__ = "clocks"
    __table_args__ = (
        Index("ix_clocks_acts", "acts_at", sqlite_where=text("acts_at IS NOT NULL"),
              postgresql_where=text("acts_at IS NOT NULL")),
        # The supervisors' board: promises broken or about to be, and contacts who wait for an answer.
        Index("ix_clocks_trouble", "desk", "due_at", sqlite_where=_IN_TROUBLE, postgresql_where=_IN_TROUBLE),
        Index("ix_clocks_awaited", "desk", "started_at", sqlite_where=_AWAITED, postgresql_where=_AWAITED),
    )  # fmt: skip

    ticket: int = _id(key=True)
    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True, default="")
    cycle: int = Field(primary_key=True)
    desk: str  # the ticket's
    terms_of: str  # the desk whose promise it is: another one, if the ticket was moved
    revision: int
    promise: str  # as promised: "15m operating"
    started_at: datetime = _at(nullable=False)
    due_at: datetime = _at(nullable=False)
    warn_at: datetime | None = _at()
    pauses: Any = _json()  # [[start, end or null], …]
    paused_at: datetime | None = _at()  # the start of the last one, while it lasts
    met_at: datetime | None = _at()
    met_by: str | None = None  # the message that met it
    breached_at: datetime | None = _at()
    lapsed_at: datetime | None = _at()  # the due instant that was told last
    warned_at: datetime | None = _at()
    ended_at: datetime | None = _at()  # dropped: solved without an answer, merged, spam
    extended_at: datetime | None = _at()
    acknowledged_at: datetime | None = _at()
    acknowledged_by: str | None = None
    acts_at: datetime | None = _at()


_WAITING = text("state IN ('queued', 'sending')")
_DUE = text("state = 'queued' AND budget IS NULL")
_BUDGETED = text("state = 'queued' AND budget IS NOT NULL")
_PARKED = text("state = 'parked'")


class Outbox(SQLModel, table=True):
    """Everything that leaves: answers, automatic replies, agents' cards, alerts, webhooks."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ux_outbox_dedup", "dedup", unique=True),
        Index("ix_outbox_line", "order_key", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_outbox_due", "priority", "id", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_outbox_budget", "budget", "priority", "id", sqlite_where=_BUDGETED, postgresql_where=_BUDGETED),
        Index("ix_outbox_message", "message"),
        Index("ix_outbox_parked", "order_key", "id", sqlite_where=_PARKED, postgresql_where=_PARKED),
    )  # fmt: skip

    id: int = _id(key=True)
    dedup: str
    account: str
    audience: str  # contact, staff, hook
    act: str  # what kind of sending: message, card, topic, alert, …
    order_key: str  # only the head of each line is claimed
    budget: str | None = None  # the place whose calls are counted; None: it goes when it is due
    priority: int
    desk: str
    ticket: int | None = _id()
    message: int | None = _id()
    payload: Any = _json()
    state: str
    not_before: datetime = _at(nullable=False)
    lease_until: datetime | None = _at()
    tried_at: datetime | None = _at()
    attempts: int = 0
    error: str | None = _text()
    created_at: datetime = _at(nullable=False)
    done_at: datetime | None = _at()


class Reference(SQLModel, table=True):
    """The provider's ids of what left: many to many, for a long text is split and small ones may be joined."""

    __tablename__ = "provider_references"
    __table_args__ = (Index("ix_references_message", "message"),)

    account: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    outbox: int = _id(key=True)
    message: int | None = _id()
    ticket: int | None = _id()
    state: str | None = None


class DeskRevision(SQLModel, table=True):
    """The files of a desk's folder as they stood, and the terms (calendar, promises) read from them then."""

    __tablename__ = "desk_revisions"

    desk: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    files: Any = _json()  # {relative path: text}
    terms: Any = _json()  # calendar and promises as data: a library's new holidays never change an old clock
    by: str
    at: datetime = _at(nullable=False)
    note: str | None = _text()


class ScopedNumber(SQLModel, table=True):
    """Which number of somebody of a desk was shown beside an id of WhatsApp's."""

    __tablename__ = "scoped_numbers"

    account: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    number: str  # E.164


class Staff(SQLModel, table=True):
    """People who work at a desk. Rows of the desk's file follow the file; others were added by hand."""

    __tablename__ = "staff"

    desk: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    role: str  # agent, supervisor
    email: str | None = None
    telegram: str | None = None
    whatsapp: str | None = None
    helps: Any = _json()  # {team: whether it may answer} of who works in the second line alone
    origin: str = "file"  # file, hand
    disabled_at: datetime | None = _at()
