"""What is shown of the ledger, as values: tickets, messages, contacts, clocks, files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from tickets import windows
from tickets.message import Authenticity, Delivery
from tickets.views.trouble import Trouble

T = TypeVar("T")
Link = Callable[[int], str]  # id of an attachment → where it can be had


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    category: str
    score: float


@dataclass(frozen=True, kw_only=True)
class AddressView:
    account: str
    channel: str
    address: str  # the provider's own id: number, chat id, mailbox
    name: str | None
    handle: str | None
    left: bool = False  # somebody else may have it now: nothing is sent there


@dataclass(frozen=True, kw_only=True)
class ListedView:
    """A person as the directory has them."""

    name: str | None
    unit: str | None
    status: str | None
    mailbox: str | None  # masked


@dataclass(frozen=True, kw_only=True)
class VerificationView:
    """The newest word on whether the contact is who they say."""

    outcome: str  # verified, mismatch, not_found, unchecked
    source: str  # directory, person, code
    place: str | None  # which directory
    by: str | None  # who asked, confirmed or disputed
    at: datetime
    reason: str | None
    compared: Mapping[str, str]  # number, name, email, unit → same, partly, different, not_said, not_listed
    listed: ListedView | None  # whom the directory has there


@dataclass(frozen=True, kw_only=True)
class CheckView:
    """A look-up that was asked for and is not done yet."""

    asked_at: datetime
    error: str | None  # why it could not be done; it is tried again


@dataclass(frozen=True, kw_only=True)
class ProofView:
    """An address whose user can read the mailbox that the directory has."""

    account: str
    address: str
    mailbox: str  # masked
    at: datetime


@dataclass(frozen=True, kw_only=True)
class JoinView:
    """Two contacts that became one, and perhaps were parted again."""

    id: int
    kept: int
    joined: int
    at: datetime
    by: str
    reason: str | None
    addresses: int  # how many moved
    tickets: tuple[int, ...]  # that moved
    parted_at: datetime | None
    parted_by: str | None


@dataclass(frozen=True, kw_only=True)
class ContactTicket:
    """A ticket of a contact, whichever channel it came by."""

    number: int
    channel: str
    status: str
    subject: str | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class IdentityView:
    """What the contact says of themselves, and how it was checked."""

    name: str | None
    number: str | None  # NIM or NIP
    unit: str | None
    email: str | None
    verification: VerificationView | None = None
    check: CheckView | None = None
    proofs: tuple[ProofView, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ContactView:
    id: int
    desk: str
    name: str | None
    language: str | None
    addresses: tuple[AddressView, ...]
    identity: IdentityView
    created_at: datetime
    joins: tuple[JoinView, ...] = ()  # newest first

    @property
    def called(self) -> str | None:
        """The name to show: what they say of themselves before what a profile says."""
        return self.identity.name or self.name


@dataclass(frozen=True, kw_only=True)
class ClockView:
    kind: str
    subject: str
    cycle: int  # which run of its kind it is on this ticket
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    breached_at: datetime | None
    ended_at: datetime | None  # it ended without being met
    paused: bool
    promise: str = ""  # "15m operating"
    extended_at: datetime | None = None  # a supervisor gave more time
    acknowledged_at: datetime | None = None  # a supervisor looks after it
    acknowledged_by: str | None = None  # actor

    @property
    def running(self) -> bool:
        return self.met_at is None and self.ended_at is None


@dataclass(frozen=True, kw_only=True)
class AttachmentView:
    id: int
    name: str
    type: str
    size: int | None
    sha256: str | None
    url: str | None  # None while it is still to be fetched, or refused
    state: str  # stored, pending, refused
    again: bool  # refused, and may be fetched once more
    error: str | None
    inline_id: str | None


@dataclass(frozen=True, kw_only=True)
class DeliveryView:
    state: str
    attempts: int
    error: str | None

    @property
    def waits(self) -> bool:
        """Whether it waits for the contact to write, for free text may not be sent; in JSON `error` says so."""
        return self.state == Delivery.QUEUED and self.error == windows.WAITS


@dataclass(frozen=True, kw_only=True)
class SenderView:
    name: str | None
    address: str | None

    @property
    def called(self) -> str | None:
        """The name to show, or a number or mailbox; a platform's own id tells nobody anything."""
        says_who = self.address is not None and (self.address.startswith("+") or "@" in self.address)
        return self.name or (self.address if says_who else None)


@dataclass(frozen=True, kw_only=True)
class EditView:
    """What a message said before, and until when."""

    text: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class RepliedView:
    """The message that another one was written in reply to."""

    message: int
    author: str
    text: str  # how it begins; "" of a bare file, and of what was taken back
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class MessageView:
    id: int
    ticket: int | None
    external_id: str | None
    direction: str
    author: str
    sender: SenderView
    channel: str
    subject: str | None
    text: str  # what the sender wrote, quotes cut
    full_text: str  # everything
    html: str | None  # as received, not cleaned
    automatic: bool
    bounce: bool
    button: str | None
    location: Any  # [latitude, longitude, label]
    kind: str | None  # what it is, where it is more than words and files: poll, contact, voice, …
    content: Any  # what belongs to that kind: a poll's question and options, a contact's numbers
    attachments: tuple[AttachmentView, ...]
    delivery: DeliveryView | None  # of what goes out
    said_at: datetime | None
    edited_at: datetime | None
    created_at: datetime
    participants: tuple[str, ...] = ()  # of a mail: who else got it
    edits: tuple[EditView, ...] = ()  # oldest first
    withdrawn_at: datetime | None = None  # taken back by whoever wrote it
    team: str | None = None  # of a note: the second-line team in whose name it was written
    authenticity: Authenticity | None = None  # of a mail whose sender a trusted server checked
    formatted: bool = False  # the text has marks (bold, links), which the channel has shown in its own way
    replies_to: RepliedView | None = None  # of the same ticket, where the contact pointed at one in a chat


@dataclass(frozen=True, kw_only=True)
class EventView:
    id: int
    kind: str
    at: datetime
    subject: str | None
    actor: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class TicketView:
    number: int
    desk: str
    account: str  # to which the contact wrote
    channel: str
    status: str
    subject: str | None
    category: str | None
    category_by: str | None
    suggestions: tuple[Suggestion, ...]
    tags: tuple[str, ...]
    contact: ContactView
    assignee: str | None
    team: str | None
    team_holder: str | None  # who in the team works on it
    language: str | None
    linked_to: int | None
    created_at: datetime
    updated_at: datetime
    clocks: tuple[ClockView, ...]  # oldest first
    solved_at: datetime | None
    closed_at: datetime | None
    verified_by: str | None
    priority: str  # low, normal, high, urgent
    snoozed_until: datetime | None
    spam_at: datetime | None  # thrown out then
    merged_into: int | None
    medium: str | None  # of what was written down by hand: telephone, counter, other

    @property
    def next_due(self) -> ClockView | None:
        """The running promise that comes first."""
        running = [clock for clock in self.clocks if clock.running and not clock.paused]
        return min(running, key=lambda clock: clock.due_at, default=None)


@dataclass(frozen=True, kw_only=True)
class LinkView:
    """How a ticket hangs together with another."""

    ticket: int  # the other one
    kind: str  # related, duplicate, caused_by, incident
    outgoing: bool  # said of this ticket: it is caused by, or part of, the other; else the other way round
    subject: str | None
    status: str


@dataclass(frozen=True, kw_only=True)
class OtherTicket:
    number: int
    subject: str | None
    assignee: str | None


@dataclass(frozen=True, kw_only=True)
class IncidentTicket:
    """One ticket of an incident, and how the last answer on it fares."""

    number: int
    subject: str | None
    contact: str | None
    channel: str
    status: str
    category: str | None
    delivery: str | None


@dataclass(frozen=True, kw_only=True)
class BlockedAddress:
    """An address from which nothing is taken in, and how much it has sent since."""

    id: int
    desk: str
    channel: str
    address: str
    name: str | None
    blocked_at: datetime | None  # None: unblocked, but what it had sent was not taken in
    blocked_by: str | None
    reason: str | None
    held: int


@dataclass(frozen=True, kw_only=True)
class SurveyView:
    """The question after closing, and the answer to it."""

    cycle: int
    asked_at: datetime
    withheld: str | None  # why it could not be put
    scale: int
    score: int | None
    comment: str | None
    answered_at: datetime | None
    found_at: datetime | None  # since when the score is low
    followed_up_at: datetime | None
    followed_up_by: str | None
    follow_up: str | None  # what was done about it


@dataclass(frozen=True, kw_only=True)
class IssueView:
    """What a second-line team's tracker calls a ticket."""

    team: str
    key: str
    url: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class WindowView:
    """WhatsApp's 24 hours: until when the contact may be written to freely."""

    closes_at: datetime | None  # None: they have never written
    knocked_at: datetime | None  # when a template asked them for a word, since they last wrote
    waiting: int  # answers that wait for them to write


@dataclass(frozen=True, kw_only=True)
class WholeTicket:
    """One ticket with everything that was said and done."""

    ticket: TicketView
    messages: tuple[MessageView, ...]  # oldest first, with those of tickets that were merged into it
    events: tuple[EventView, ...]  # oldest first
    links: tuple[LinkView, ...]
    absorbed: tuple[int, ...]  # tickets that were merged into it
    others: tuple[OtherTicket, ...]  # open ones of the same contact
    blocked: bool  # its address is blocked
    silent: bool  # the contact asked for no more messages and has not written since
    alike: tuple[OtherTicket, ...] = ()  # of a mail: earlier ones that may be about the same
    survey: SurveyView | None = None  # the newest
    issues: tuple[IssueView, ...] = ()
    window: WindowView | None = None  # None: the channel has none


@dataclass(frozen=True, kw_only=True)
class RawEvent:
    """What came in, byte for byte."""

    channel: str
    event_id: str
    content: bytes | None  # small ones lie in the table …
    sha256: str | None  # … large ones among the files


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    items: tuple[T, ...]
    next: str | None  # hand it back as `after`


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which tickets are asked for. None: whatever it is."""

    desks: frozenset[str] | None = None  # those that the asker may see
    desk: str | None = None
    status: frozenset[str] | None = None
    channel: str | None = None
    category: str | None = None
    tag: str | None = None
    assignees: frozenset[str] | None = None
    external_id: str | None = None
    q: str | None = None
    priority: str | None = None
    asleep: bool | None = None  # True: only sleeping ones; False: none of them
    team: str | None = None  # the second-line team that has it
    # of these desks only what these teams have; compared, but a mapping has no hash
    only_teams: Mapping[str, frozenset[str]] | None = field(default=None, hash=False)
    aside: bool | None = None  # True: only spam and merged ones; False: none of them
    unheld: bool = False  # only those that nobody holds
    trouble: Trouble | None = None  # only those with a promise that is broken, or about to be

    @property
    def has_words(self) -> bool:
        """Whether something has to be looked for before the tickets can be asked for."""
        return self.external_id is not None or bool(self.q and self.q.strip())


@dataclass(frozen=True, kw_only=True)
class InboxLine:
    ticket: TicketView
    last: MessageView | None  # what was said last, notes left out
    messages: int = 0  # how many there are, notes among them
    files: int = 0
    waits: int | None = None  # the contact's newest message, while no person has answered it
