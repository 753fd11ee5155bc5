"""Opens winmail.dat (TNEF), in which Outlook and Exchange wrap the text and the files of a mail.

https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxtnef. What cannot be read is left out, and what
was read before it stays.
"""

import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from struct import error, unpack_from
from typing import NamedTuple

from channels.email.charsets import decoded, sound
from channels.email.html_text import html_to_text
from channels.email.rich_text import LARGEST, rich_text_in_words, unpacked, unpacked_size
from tickets.message import File

TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
NAME = "winmail.dat"
_SIGNATURE = b"\x78\x9f\x3e\x22"
_DEEPEST = 5  # messages within messages
_MOST = 20_000  # attributes, or properties of one of them
_MOST_FILES = 100

# Attributes of the message and of its files.
_BODY, _ATTACHMENT_BEGINS, _TITLE, _DATA = 0x800C, 0x9002, 0x8010, 0x800F
_MESSAGE_PROPERTIES, _FILE_PROPERTIES, _CODEPAGE = 0x9003, 0x9005, 0x9007
# Properties.
_P_SUBJECT, _P_BODY, _P_RICH_TEXT, _P_HTML, _P_CODEPAGE = 0x0037, 0x1000, 0x1009, 0x1013, 0x3FDE
_P_DISPLAY_NAME, _P_DATA, _P_FILE_NAME, _P_LONG_NAME = 0x3001, 0x3701, 0x3704, 0x3707
_P_TYPE, _P_CONTENT_ID = 0x370E, 0x3712
_NAMED = 0x8000
# Kinds of values.
_MANY = 0x1000
_OBJECT, _STRING, _UNICODE, _BINARY = 0x0D, 0x1E, 0x1F, 0x102
_LENGTHS = {
    0x02: 4,
    0x03: 4,
    0x04: 4,
    0x05: 8,
    0x06: 8,
    0x07: 8,
    0x0A: 4,
    0x0B: 4,
    0x14: 8,
    0x40: 8,
    0x48: 16,
}
_MESSAGE_OBJECT = bytes.fromhex("0703020000000000c000000000000046")
_CONTROL = re.compile("[\x00-\x1f\x7f]+")
_TYPE = re.compile(r"[\w.+-]{1,100}/[\w.+-]{1,100}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What was found within."""

    subject: str = ""
    text: str = ""
    files: tuple[File, ...] = ()


class _Property(NamedTuple):
    kind: int
    value: bytes


@dataclass(kw_only=True)
class _Found:
    title: bytes = b""
    data: bytes = b""
    properties: Mapping[int, _Property] = field(default_factory=dict)


def opened(content: bytes) -> Opened | None:
    """Return what a TNEF stream holds, None where it is none. Never raises."""
    return _Opening().stream(content) if content.startswith(_SIGNATURE) else None


class _Opening:
    """Opens a stream and those within it, and reads no more rich text than is borne in one mail."""

    def __init__(self) -> None:
        self._bearable = LARGEST

    def stream(self, content: bytes, depth: int = 0) -> Opened:
        charset = "cp1252"
        body = b""
        message: Mapping[int, _Property] = {}
        files: list[_Found] = []
        for name, value in _attributes(content):
            if name == _CODEPAGE:
                charset = f"cp{int.from_bytes(value[:4], 'little')}"
            elif name == _BODY:
                body = value
            elif name == _MESSAGE_PROPERTIES:
                message = dict(_properties(value))
            elif name == _ATTACHMENT_BEGINS:
                files.append(_Found())
            elif files and name == _TITLE:
                files[-1].title = value
            elif files and name == _DATA:
                files[-1].data = value
            elif files and name == _FILE_PROPERTIES:
                files[-1].properties = dict(_properties(value))
        kept = (self._file(each, charset, at, depth) for at, each in enumerate(files[:_MOST_FILES], start=1))
        return Opened(
            subject=_string(message.get(_P_SUBJECT), charset),
            text=self._text(message, body, charset),
            files=tuple(each for each in kept if each is not None),
        )

    def _text(self, message: Mapping[int, _Property], body: bytes, charset: str) -> str:
        plain = _string(message.get(_P_BODY), charset) or decoded(body, charset)
        html, rich = message.get(_P_HTML), message.get(_P_RICH_TEXT)
        if plain.strip() or not (html or rich):
            return plain
        self._bearable -= len(html.value) if html else unpacked_size(rich.value) if rich else 0
        if self._bearable < 0:
            return ""
        if html is not None:
            page = message.get(_P_CODEPAGE)
            return html_to_text(
                _string(html, f"cp{int.from_bytes(page.value, 'little')}" if page else charset)
            )
        return rich_text_in_words(unpacked(rich.value)) if rich is not None else ""

    def _file(self, found: _Found, charset: str, number: int, depth: int) -> File | None:
        inside = found.properties.get(_P_DATA)
        content = found.data
        if inside is not None and inside.kind == _OBJECT:  # beside it stands but a picture of it
            content = inside.value[16:]
            is_message = inside.value.startswith(_MESSAGE_OBJECT) and content.startswith(_SIGNATURE)
            within = self.stream(content, depth + 1) if is_message and depth < _DEEPEST else Opened()
            message = _message(within) if within.text.strip() or within.files else None
            if message is not None:
                return message
        elif not content and inside is not None:
            content = inside.value
        return _named_file(found, content, charset, number)


def _named_file(found: _Found, content: bytes, charset: str, number: int) -> File | None:
    def said(name: int) -> str:
        return _clean(_string(found.properties.get(name), charset))

    title = _clean(decoded(found.title.rstrip(b"\0"), charset))
    name = said(_P_LONG_NAME) or said(_P_FILE_NAME) or title or said(_P_DISPLAY_NAME)
    if not name and not content:
        return None
    kind = said(_P_TYPE).lower()
    if not _TYPE.fullmatch(kind):
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return File(
        name=name[:255] or f"lampiran-{number}{mimetypes.guess_extension(kind) or '.bin'}",
        type=kind,
        size=len(content),
        content=content,
        inline_id=said(_P_CONTENT_ID).strip("<>")[:500] or None,
    )


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    for _ in range(_MOST):
        try:
            level, name, _kind, length = unpack_from("<BHHI", content, at)
        except error:
            return
        at += 9
        if level not in {1, 2} or at + length > len(content):
            return
        yield name, content[at : at + length]
        at += length + 2  # a checksum, which some senders reckon wrongly


def _properties(data: bytes) -> Iterator[tuple[int, _Property]]:
    try:
        (count,) = unpack_from("<I", data, 0)
        at = 4
        for _ in range(min(count, _MOST)):
            kind, name = unpack_from("<HH", data, at)
            at += 4
            if name >= _NAMED:
                at = _behind_the_name(data, at)
            values, at = _values(data, at, kind)
            if values:
                yield name, _Property(kind & ~_MANY, values[0])
    except (error, KeyError):
        return


def _behind_the_name(data: bytes, at: int) -> int:
    (is_text,) = unpack_from("<I", data, at + 16)
    if not is_text:
        return at + 24
    (length,) = unpack_from("<I", data, at + 20)
    return at + 24 + _padded(length)


def _values(data: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    """Return the values of one property, and where the next one begins."""
    plain = kind & ~_MANY
    varies = plain in {_OBJECT, _STRING, _UNICODE, _BINARY}
    count = 1
    if varies or kind & _MANY:
        (count,) = unpack_from("<I", data, at)
        at += 4
    values: list[bytes] = []
    for _ in range(min(count, _MOST)):
        if varies:
            (length,) = unpack_from("<I", data, at)
            at += 4
        else:
            length = _LENGTHS[plain]
        values.append(data[at : at + length])
        at += _padded(length)
    return values, at


def _padded(length: int) -> int:
    return length + -length % 4


def _string(found: _Property | None, charset: str) -> str:
    if found is None:
        return ""
    if found.kind == _UNICODE:
        return sound(found.value.decode("utf-16-le", "replace")).strip("\0")
    return decoded(found.value.rstrip(b"\0"), charset)


def _message(within: Opened) -> File | None:
    """Return a message within as a mail; None where the library cannot write it."""
    subject = _clean(within.subject)
    mail = EmailMessage()
    try:
        mail["Subject"] = subject
        mail.set_content(within.text)
        for each in within.files:
            main, _, sub = each.type.partition("/")
            if main in {"message", "multipart"}:
                main, sub = "application", "octet-stream"
            mail.add_attachment(each.content or b"", maintype=main, subtype=sub, filename=each.name)
        content = mail.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        return None
    name = f"{subject[:80] or 'pesan'}.eml"
    return File(name=name, type="message/rfc822", size=len(content), content=content)


def _clean(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", sound(text)).split())
