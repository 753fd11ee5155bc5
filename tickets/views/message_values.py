"""Messages as they are shown, with their files and how they fare; what happened, and what came in as it came."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tickets import windows
from tickets.message import Authenticity, Delivery

Link = Callable[[int], str]  # id of an attachment → where it can be had


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
class RawEvent:
    """What came in, byte for byte."""

    channel: str
    event_id: str
    content: bytes | None  # small ones lie in the table …
    sha256: str | None  # … large ones among the files
