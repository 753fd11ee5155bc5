"""What stands in a message of a contact's: its words, its files, its place on the map.

Everything a person can send gets words that somebody at the desk can read, even where there is nothing to type. Files
are named and referred to here; the bytes are fetched later by their id.
"""

from collections.abc import Iterator

from channels.locations import location_of
from channels.whatsapp.cards import card_line
from channels.whatsapp.cloud.envelope import Json, mapping, mappings, text
from channels.whatsapp.files import file_name, plain_type
from tickets.message import File, Location

FILES = ("image", "video", "audio", "document", "sticker")


def words(message: Json) -> str:
    """Return what the sender wrote or chose, or else a readable line ("" for a bare file or location)."""
    kind = text(message.get("type"))
    body = mapping(message.get(kind))
    match kind:
        case "text":
            return text(body.get("body"))
        case "button":
            return text(body.get("text"))
        case "interactive":
            return _chosen(body)
        case "contacts":
            return "\n".join(_contact(each) for each in mappings(message.get("contacts")))
        case "location":
            return ""
        case "unsupported":
            return _unsupported(text(body.get("type")))
        case _ if kind in FILES:
            return text(body.get("caption"))
        case _:
            return f"(Pesan WhatsApp jenis {kind or 'tidak dikenal'})"


def pressed(message: Json) -> str | None:
    """Return the payload of the button or row that was chosen."""
    if message.get("type") == "button":
        return text(mapping(message.get("button")).get("payload")) or None
    body = mapping(message.get("interactive"))
    return text(mapping(body.get(text(body.get("type")))).get("id")) or None


def files(message: Json) -> tuple[File, ...]:
    kind = text(message.get("type"))
    body = mapping(message.get(kind))
    reference = text(body.get("id"))
    if kind not in FILES or not reference:
        return ()
    media_type = plain_type(text(body.get("mime_type")))
    name = text(body.get("filename")).strip() or file_name(media_type, 1)
    return (File(name=name, type=media_type, fetch=reference),)


def location(message: Json) -> Location | None:
    body = mapping(message.get("location"))
    return location_of(
        body.get("latitude"), body.get("longitude"), [text(body.get(name)) for name in ("name", "address")]
    )


def _chosen(body: Json) -> str:
    answer = mapping(body.get(text(body.get("type"))))
    said = [text(answer.get(name)) for name in ("title", "body")]
    return next((each for each in said if each), "(Jawaban formulir WhatsApp)")


def _contact(card: Json) -> str:
    name = mapping(card.get("name"))
    parts = [text(name.get("formatted_name")) or text(name.get("first_name")), *_reached(card)]
    return card_line(parts)


def _reached(card: Json) -> Iterator[str]:
    yield from (text(each.get("phone")) or text(each.get("wa_id")) for each in mappings(card.get("phones")))
    yield from (text(each.get("email")) for each in mappings(card.get("emails")))


def _unsupported(kind: str) -> str:
    which = f" ({kind})" if kind else ""
    return f"(Pesan WhatsApp yang tidak dapat diteruskan oleh Meta{which})"
