"""What one part of a webhook says, whichever kind it is."""

from channels.whatsapp.cloud import messages, notices, statuses
from channels.whatsapp.cloud.envelope import Kind, Part, UnreadableError, parts_of
from tickets.message import Heard


def heard_in(part: Part, *, account: str) -> Heard:
    """Say what was heard. Raises UnreadableError."""
    match part.kind:
        case Kind.MESSAGE:
            return messages.heard_of(part, account=account)
        case Kind.STATUS:
            return statuses.told_of(part, account=account)
        case Kind.MOVED:
            return notices.moved_of(part, account=account)
        case _:
            return notices.heard_of(part, account=account)


def heard_again(raw: bytes, *, account: str) -> Heard:
    """Read what was kept: one part in its envelope. Raises UnreadableError."""
    for part in parts_of(raw):
        return heard_in(part, account=account)
    raise UnreadableError("The webhook is empty.")
