"""The words that adapters and the desk speak with each other: what was said, edited or told, and what goes out.

All values are frozen. Instants are aware UTC datetimes and end in `_at`. Addresses are the provider's own external
ids: bare E.164 (`+62811...`) or a business-scoped id for WhatsApp, a chat id in digits for Telegram, a mailbox in
lower case for email, our own visitor id for web chat.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class Channel(StrEnum):
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    EMAIL = "email"
    WEBCHAT = "webchat"
    OTHER = "other"  # telephone, counter: an agent writes it down


class Direction(StrEnum):
    IN = "in"
    OUT = "out"
    NOTE = "note"  # never leaves the desk


class Author(StrEnum):
    CONTACT = "contact"
    AGENT = "agent"
    BOT = "bot"


class Refusal(StrEnum):
    """Why a provider took nothing, where the house does more about it than say so."""

    WINDOW = "window"  # the contact has been silent for too long: nothing but an approved template passes
    OPTED_OUT = "opted_out"  # the contact has told the provider that they want nothing more from us
    TEMPLATE = "template"  # there is none such, it is paused, or its variables do not fit


class TemplateState(StrEnum):
    """Where a template stands with its provider; only an approved one may be sent."""

    APPROVED = "approved"
    PENDING = "pending"  # handed in, or not even that
    REJECTED = "rejected"
    PAUSED = "paused"  # too many contacts disliked it; it comes back by itself
    DISABLED = "disabled"


class Delivery(StrEnum):
    """Where an outgoing message stands. Between sent, delivered and read it only moves forward."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNKNOWN = "unknown"  # it may or may not have left: said as it is, never resent blindly


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something is said: an address on one account, and a thread within it where the channel has threads.

    A place is not a person: in a Telegram group the place is the group and its topic, the sender is somebody in it.
    """

    account: str  # key of the desk's account, such as "itb-care-center/whatsapp"
    channel: Channel
    address: str  # external id of the counterpart: number, chat id, mailbox, visitor
    thread: str | None = (
        None  # Telegram: topic id (message_thread_id); email: Message-ID of the thread's first mail
    )


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who said it, as the channel knows them."""

    address: str  # external id of the person
    name: str | None = None  # display name, unverified
    handle: str | None = None  # @username where there is one
    also: tuple[str, ...] = ()  # other external ids of theirs on this account, as the provider says

    @property
    def called(self) -> str | None:
        return self.name or (f"@{self.handle}" if self.handle else None)


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that came or goes with a message: its bytes, or a reference with which the adapter can fetch them."""

    name: str  # as the sender called it; hostile until neutralised by the ledger
    type: str  # declared media type, lower case; the ledger sniffs the real one
    size: int | None = None  # bytes, if known before fetching
    content: bytes | None = None
    fetch: str | None = (
        None  # the adapter's own reference (a media URL, a file_id); never shown, may be secret
    )
    inline_id: str | None = None  # Content-ID of an inline image, without angle brackets
    says: str | None = None  # what it says in words, where it is no more than that: a contact card
    url: str | None = None  # going out: a public, expiring link, for providers that fetch files themselves


@dataclass(frozen=True, kw_only=True)
class Location:
    latitude: float
    longitude: float
    label: str | None = None


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What somebody sent that is more than words and files, as its channel has it."""

    kind: str  # poll, contact, dice, venue, live_location, voice, sticker, story, game, … or unknown
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Returned:
    """A mail server tells that a mail of ours did not arrive, or not yet."""

    message_id: str | None = None  # of the mail that came back, with angle brackets
    recipient: str | None = None  # mailbox that it did not reach, lower case
    others: tuple[str, ...] = ()  # further ones, where one report names several
    status: str | None = None  # enhanced status code, RFC 3463: 5.1.1
    final: bool = True  # False: the server goes on trying


@dataclass(frozen=True, kw_only=True)
class Authenticity:
    """What a mail server that the desk trusts found of a mail's sender, in the words of RFC 8601; None: nothing."""

    by: str  # the server
    spf: str | None = None
    dkim: str | None = None
    dmarc: str | None = None

    @property
    def forged(self) -> bool:
        """Whether the domain of From says itself that this mail is not its own."""
        return self.dmarc == "fail"

    @property
    def proven(self) -> bool:
        """Whether the domain of From vouches for this mail: what it passed stands in its own name."""
        return self.dmarc == "pass"


@dataclass(frozen=True, kw_only=True)
class Vouched:
    """Who somebody is by the word of a system of the house in which they have logged in."""

    subject: str  # what that system calls them, and nobody else ever
    name: str | None = None
    number: str | None = None  # NIM or NIP
    email: str | None = None
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """Somebody said something: one incoming message."""

    event_id: str  # what the provider repeats when it repeats: MessageSid, update id, hash of a mail
    external_id: str  # names the message: MessageSid, "<chat>:<message>", "<Message-ID>", ours for web chat
    place: Place
    sender: Person
    text: str = ""  # what the sender wrote, quotes cut
    full_text: str | None = None  # everything, where it differs from `text`
    html: str | None = None  # as received, not yet cleaned
    subject: str | None = None
    files: tuple[File, ...] = ()
    location: Location | None = None
    shared: Shared | None = None  # `text` has it in words
    said_at: datetime | None = (
        None  # the provider's own server time; None where it gives none (then receipt counts)
    )
    replies_to: str | None = (
        None  # external id of the message answered (WhatsApp, Telegram reply; In-Reply-To)
    )
    references: tuple[str, ...] = ()  # email: References and In-Reply-To, oldest first, with angle brackets
    answers: Mapping[str, int] = field(
        default_factory=dict
    )  # email: those of the references that bear our signature, and the delivery of ours that each names
    participants: tuple[
        str, ...
    ] = ()  # email: other addresses in To and Cc, lower case, own address left out
    album: str | None = None  # what was sent together bears one mark
    button: str | None = None  # payload of the pressed button, if this is a button's answer
    automatic: bool = False  # an auto-reply, a list mail, a bounce: stored, never answered
    bounce: bool = False
    returned: Returned | None = None  # of a bounce: what came back
    authenticity: Authenticity | None = None  # of a mail, where a server before us checked it
    vouched: Vouched | None = None  # web chat: whom the site said that this is
    language: str | None = None  # as the channel claims it ("id", "en"), a hint only
    raw: bytes = b""  # what came in, byte for byte where there is such a thing


@dataclass(frozen=True, kw_only=True)
class Edited:
    """Somebody changed what they had said, or took it back."""

    event_id: str
    external_id: str  # of the message that was changed
    place: Place
    sender: Person
    text: str
    deleted: bool = False  # they took it back altogether: `text` says nothing
    album: str | None = None  # as of `Said`: what was changed may be a later part of one message
    edited_at: datetime | None = None
    raw: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Told:
    """The provider tells something about a message of ours: a receipt or a failure; or a reaction to it."""

    event_id: str
    account: str
    external_id: str | None  # the provider's id of our message; None if only `delivery` names it
    delivery: int | None = None  # our own delivery id, where it came back (Twilio's status callback URL)
    state: Delivery | None = None
    error_code: str | None = None  # the provider's code
    error: str | None = None  # a sentence an agent can read
    account_broken: bool = False  # it failed by a mistake in the account's set-up, as will all others
    why: Refusal | None = None  # of a failure
    again_after: timedelta | None = None  # of a failure that may pass: how long to wait at least
    template_is: TemplateState | None = None  # what a failure says of the template that was sent
    reaction: str | None = None
    told_at: datetime | None = None
    raw: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A group, or a person, has another address from now on."""

    event_id: str
    account: str
    before: str
    after: str
    raw: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whether we may write at an address: to a group that let the bot go, to a contact who blocked it."""

    event_id: str
    account: str
    address: str
    barred: str | None = None  # why not, as somebody of the desk reads it; None: we may (again)
    raw: bytes = b""


@dataclass(frozen=True, kw_only=True)
class TemplateTold:
    """The provider tells where an approved template stands now."""

    event_id: str
    account: str
    name: str  # as in `ListedTemplate`
    language: str
    state: TemplateState
    reason: str | None = None
    raw: bytes = b""


@dataclass(frozen=True, kw_only=True)
class AccountTold:
    """The provider tells something of the account itself that a person should know."""

    event_id: str
    account: str
    says: str  # a sentence
    raw: bytes = b""


Heard = Said | Edited | Told | Moved | Reach | TemplateTold | AccountTold


@dataclass(frozen=True, kw_only=True)
class Button:
    """A choice offered below a message. `data` comes back in `Said.button`; at most 64 bytes (Telegram's limit)."""

    label: str
    data: str


@dataclass(frozen=True, kw_only=True)
class Template:
    """An approved message template of the provider (WhatsApp)."""

    content_sid: str  # Twilio's SID of it; at Meta its name
    language: str | None = None  # at Meta, which knows one template in several; None: the account's
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ListedTemplate:
    """A template as its provider lists it."""

    name: str  # by which it is sent: Twilio's ContentSid, the name at Meta
    language: str  # as the provider writes it: "id", "en_US"
    state: TemplateState
    title: str = ""  # what people call it
    category: str | None = None  # utility, marketing, authentication
    body: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)  # by name, with a sample of each
    reason: str | None = None  # why it was rejected


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """The message that a mail answers, as it stands below the words."""

    attribution: str  # "On Tuesday, … wrote:"
    text: str


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One thing to send. What a channel cannot show (buttons on email) its adapter renders as words."""

    delivery: int  # our delivery id, unique over the whole ledger: the key to reconcile an unknown outcome
    place: Place
    text: str = ""
    formatted: bool = False  # the text has marks (`channels.marks`), which the adapter shows in its own way
    html: str | None = None
    subject: str | None = None  # email
    files: tuple[File, ...] = ()  # contents loaded
    buttons: tuple[tuple[Button, ...], ...] = ()  # rows of buttons
    in_words: str | None = None  # what may be written where the buttons cannot be shown; None: their labels
    template: Template | None = None  # WhatsApp outside the 24-hour window
    replies_to: str | None = None  # external id to answer to (In-Reply-To, reply_parameters)
    references: tuple[str, ...] = ()  # email: the chain, oldest first
    message_id: str | None = None  # email: our own Message-ID, the same on every try
    quoted: Quoted | None = None  # email
    copies: tuple[str, ...] = ()  # email: who gets it as well, as everybody who gets it can see
    automatic: bool = False  # email: Auto-Submitted: auto-replied
    valid_for: timedelta | None = None  # what the provider has not sent by then is not to be sent any more
    edits: str | None = None  # external id of our message that this one replaces


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The provider took it over."""

    external_ids: tuple[str, ...]  # several when a long text was split; may be empty for an edit
    state: Delivery = Delivery.SENT
    detail: str | None = None  # a remark for the agent, such as the practice mode's
    raw: Mapping[str, Any] = field(default_factory=dict)
