"""What contacts do, as Meta posts it, becomes words of the desk: said, edited, or told as a reaction.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
"""

from datetime import UTC, datetime

from channels.whatsapp.cloud import contents
from channels.whatsapp.cloud.envelope import Json, Part, UnreadableError, id_of, mapping, text
from tickets.message import Channel, Edited, Heard, Moved, Person, Place, Said, Told

TAKEN_BACK = ""  # `Told.reaction` when somebody took a reaction away
_LATEST = 32_503_680_000  # the year 3000


def heard_of(part: Part, *, account: str) -> Heard:
    """Say what was heard. Raises UnreadableError without an id or a sender."""
    message = part.body
    name = id_of(message)
    sender = _sender(part)
    if not name or sender is None:
        raise UnreadableError("A message without an id, or without a sender.")
    kind = text(message.get("type"))
    at = instant(message.get("timestamp"))
    place = Place(account=account, channel=Channel.WHATSAPP, address=sender.address)
    match kind:
        case "system":
            return _renumbered(part, sender, account=account)
        case "reaction":
            return Told(
                event_id=name,
                account=account,
                external_id=text(mapping(message.get(kind)).get("message_id")) or None,
                reaction=text(mapping(message.get(kind)).get("emoji")) or TAKEN_BACK,
                told_at=at,
                raw=part.raw,
            )
        case "edit" | "revoke":
            return Edited(
                event_id=name,
                external_id=text(mapping(message.get(kind)).get("original_message_id")),
                place=place,
                sender=sender,
                text="" if kind == "revoke" else contents.words(_now(message)),
                deleted=kind == "revoke",
                edited_at=at,
                raw=part.raw,
            )
        case _:
            return Said(
                event_id=name,
                external_id=name,
                place=place,
                sender=sender,
                text=contents.words(message),
                files=contents.files(message),
                location=contents.location(message),
                said_at=at,
                replies_to=text(mapping(message.get("context")).get("id")) or None,
                button=contents.pressed(message),
                raw=part.raw,
            )


def _renumbered(part: Part, sender: Person, *, account: str) -> Moved:
    """Read that a contact has a new number or id. Raises UnreadableError for any other notice about them."""
    system = mapping(part.body.get("system"))
    number = text(system.get("wa_id")) or text(system.get("new_wa_id"))
    after = f"+{number}" if number.isascii() and number.isdecimal() else text(system.get("user_id"))
    if not 1 < len(after) <= 256 or after == sender.address:
        raise UnreadableError("A notice of WhatsApp's about a contact that names no new number.")
    return Moved(event_id=id_of(part.body), account=account, before=sender.address, after=after, raw=part.raw)


def instant(timestamp: object) -> datetime | None:
    """Read Meta's seconds; None for what is no instant of this time."""
    digits = text(timestamp)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 11 and int(digits) < _LATEST):
        return None
    return datetime.fromtimestamp(int(digits), UTC)


def _now(message: Json) -> Json:
    """Return what an edited message says now."""
    return mapping(mapping(message.get("edit")).get("message"))


def _sender(part: Part) -> Person | None:
    """Say who it is: by number, or by the business-scoped id where Meta shows no number."""
    number, scoped = text(part.body.get("from")), text(part.body.get("from_user_id"))
    address = f"+{number}" if number.isascii() and number.isdecimal() else scoped
    if not 1 < len(address) <= 256:
        return None
    known = next(
        (
            each
            for each in part.contacts
            if (number and each.get("wa_id") == number) or (scoped and each.get("user_id") == scoped)
        ),
        {},
    )
    profile = mapping(known.get("profile"))
    scoped = scoped or text(known.get("user_id"))
    return Person(
        address=address,
        also=(scoped,) if scoped != address and 1 < len(scoped) <= 256 else (),
        name=text(profile.get("name")).strip() or None,
        handle=text(profile.get("username")).strip().removeprefix("@") or None,
    )
