"""The files of a mail: their bytes as they came, and their names however they are written."""

import mimetypes
import re
from email.message import Message
from email.policy import Compat32
from typing import Any
from urllib.parse import unquote

from channels.email.charsets import decoded, sound
from channels.email.headers import text_of, unescaped
from channels.email.multiparts import children
from channels.email.transfer import Uuencoded, content_of, payload_of
from tickets.message import File

MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})
_NAMES = {
    "text/calendar": "undangan.ics",
    "message/delivery-status": "delivery-status.txt",
    "application/pkcs7-mime": "smime.p7m",
    "application/pkcs7-signature": "smime.p7s",
    "application/pgp-signature": "signature.asc",
    "application/ms-tnef": "winmail.dat",
}
_UNMARKED = re.compile(r"([\w-]{3,40})'[\w-]{0,10}'(.*%[0-9A-Fa-f]{2}.*)")  # RFC 2231 without its star


class _AsItCame(Compat32):
    """Writes headers down as they were read; the library would fold them anew."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        return f"{name}: {value}{self.linesep}".encode("utf-8", "surrogateescape")


def file_of(part: Message, kind: str, number: int) -> File:
    content = bytes_of(part)
    inline = sound(unescaped(str(part.get("content-id", "")))).strip().strip("<>")
    return File(
        name=name_of(part) or _made_up_name(part, kind, number),
        type=sound(kind),
        size=len(content),
        content=content,
        inline_id=inline[:500] if inline and disposition(part) != "attachment" else None,
    )


def file_written_in_text(file: Uuencoded) -> File:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return File(name=sound(file.name)[:255], type=kind, size=len(file.content), content=file.content)


def disposition(part: Message) -> str:
    return str(part.get("content-disposition", "")).partition(";")[0].strip().lower()


def bytes_of(part: Message) -> bytes:
    """Return what a part holds, unpacked; of a message within a mail the message."""
    nested = children(part) if part.get_content_maintype() == "message" else []
    return b"\n".join(map(_bytes_of_message, nested)) if nested else content_of(part)


def _bytes_of_message(message: Message) -> bytes:
    """Return a message within a message as it came; the library stumbles over some of them."""
    seen = (message.preamble, *message.values(), _first_text(message))
    ends = "\r\n" if any("\r\n" in str(each) for each in seen) else "\n"
    try:
        return message.as_bytes(policy=_AsItCame(linesep=ends))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        headers = "\n".join(f"{name}: {value}" for name, value in message.raw_items())
        payload = payload_of(message)
        rest = payload if isinstance(payload, str) else ""
        return f"{headers}\n\n{rest}".encode("utf-8", "surrogateescape")


def _first_text(message: Message) -> str:
    """Return the payload of the first part that has no parts, to see how its lines end."""
    part = message
    while isinstance(payload := payload_of(part), list):
        first = next((each for each in payload if isinstance(each, Message)), None)
        if first is None:
            return ""
        part = first
    return payload if isinstance(payload, str) else ""


def _made_up_name(part: Message, kind: str, number: int) -> str:
    if kind in MESSAGES:
        inner = next(iter(children(part)), None)
        subject = text_of(str(inner.get("subject", ""))) if inner is not None else ""
        return f"{subject[:80] or f'pesan-{number}'}.eml"
    usual = ".txt" if kind.startswith("text/") else ".bin"
    return _NAMES.get(kind) or f"lampiran-{number}{mimetypes.guess_extension(kind) or usual}"


def name_of(part: Message) -> str | None:
    """Return a file's name: RFC 2231, encoded words where they do not belong, or raw 8-bit."""
    raw = {name.lower(): str(value) for name, value in part.raw_items()}
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        if "name" not in raw.get(header, "").lower():
            continue
        holder: Message = Message()
        holder[header] = unescaped(raw[header][:5000]).replace("\r", "").replace("\n", "")
        try:
            given = holder.get_params([], header)
        except (ValueError, LookupError, TypeError, AttributeError):
            continue
        name = _named(given, parameter) or _named(given, "name")
        if name:
            return name[:255]
    return None


def _named(given: list[Any], parameter: str) -> str:
    """Return the value of a parameter; the one of RFC 2231 where a plain one stands beside it for old programs."""
    values = [value for key, value in given if key.lower().split()[-1:] == [parameter] and value]
    marked = next((value for value in values if isinstance(value, tuple)), None)
    if marked is not None:
        charset, _, value = marked
        return text_of(_from_bytes(value, charset))
    value = next(iter(values), "")
    unmarked = _UNMARKED.fullmatch(value)
    if unmarked is not None:
        return text_of(_from_bytes(unquote(unmarked[2], "latin-1"), unmarked[1]))
    return text_of(value[1:-1] if value[:1] == value[-1:] == "'" else value.removeprefix('"'))


def _from_bytes(value: str, charset: str | None) -> str:
    try:
        return decoded(value.encode("latin-1"), charset)
    except UnicodeEncodeError:  # raw 8-bit stood among it
        return value
