"""What the conversation is given: a contact's message, prepared before the transaction, and what it needs of the house."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.listening import Heard
from bot.requesting.going_on import FormLink, no_page
from templates_replies.matcher import Suggestion
from templates_replies.matters import Requests
from tickets.ledger.blobs import Stored
from tickets.message import Said


@dataclass(frozen=True, kw_only=True)
class Means:
    """What the conversation needs of the house beside its desks."""

    codes_key: bytes = field(repr=False)  # of one-time codes
    form_link: FormLink = no_page


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A contact's message with everything that could be prepared before the transaction."""

    said: Said
    heard: Heard
    suggestions: Sequence[Suggestion]
    files: Sequence[Stored]
    raw_sha256: str | None
    at: datetime
    requests: Mapping[str, Requests] = field(
        default_factory=dict
    )  # by desk: what it asks for, if several things
