"""Undoing what was done to a part's bytes for their way: base64, quoted-printable, uuencode, however they are labelled."""

import base64
import binascii
import quopri
import re
import string
from copy import copy
from email.message import Message
from typing import Any, NamedTuple

_LABEL = re.compile(r"[a-z0-9-]+")
_BASE64_LETTERS = string.ascii_letters.encode() + string.digits.encode() + b"+/"
_MOST_PADDING = 2
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]+={1,2}(?=[ \t])|[A-Za-z0-9+/=]+$")
_PADDING = re.compile(rb"=+")
_BEGIN = re.compile(r"begin(?P<way>-base64)? [0-7]{3,4} (?P<name>[^\r\n]{1,255})")
_ENDS = frozenset({"end", "===="})
_NO_TEXT = bytes({*range(0x20), *range(0x7F, 0x100)} - {*b"\t\r\n"})  # some gateways leave NULs among it
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_BLANK = re.compile(rb"[ \t]")
_STRAY = 0.2  # share of characters that may stand in base64 by mistake
_SOUND = 0.5  # share of the bytes that must stand in lines of base64, else it is none


class Uuencoded(NamedTuple):
    name: str
    content: bytes


def content_of(part: Message) -> bytes:
    """Return a part's bytes. Never raises; what cannot be undone is returned as it stands."""
    label = _LABEL.search(str(part.get("content-transfer-encoding", "")).lower())
    way = label[0] if label else ""
    packed = _as_it_came(part)
    if way.startswith("quoted") or way == "qp":
        return quopri.decodestring(packed)
    if way.startswith("base64") or way == "b64":
        return _unbased(packed)
    if "uu" in way:
        found = uuencoded_in(packed.decode("latin-1"))[1]
        return found[0].content if found else packed
    return packed


def payload_of(part: Message) -> list[Any] | str:
    """Return a part's own parts, or its text as it came, 8-bit as surrogates.

    The library decodes such a text by whatever charset the sender names, and raises where that is one of Python's own
    that is none (`idna`, `punycode`, `undefined`).
    """
    return part.get_payload() if part.is_multipart() else _as_it_came(part).decode("ascii", "surrogateescape")  # type: ignore[return-value]


def _as_it_came(part: Message) -> bytes:
    bare = copy(part)
    del bare["content-transfer-encoding"]  # with it the library would undo it, and stumble over labels
    payload: Any = bare.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _unbased(packed: bytes) -> bytes:
    """Undo base64. What was put together of several pieces has padding in its middle; what follows it on a line is none."""
    bare = packed.rstrip().translate(None, b"\r\n")
    letters = bare.rstrip(b"=")
    if len(bare) - len(letters) <= _MOST_PADDING and not letters.translate(None, _BASE64_LETTERS):
        return _piece(letters)  # as almost all of it is; to look at each line takes seconds for large files
    lines = [line.strip() for line in packed.translate(None, _NO_TEXT).splitlines()]
    sound_ones = [match[0] for line in lines if (match := _BASE64_LINE.match(line))]
    if sum(map(len, lines)) * _SOUND > sum(map(len, sound_ones)):
        sound_ones = _cleaned(lines)
        if not sound_ones:
            return packed  # it is not what its label says
    return b"".join(map(_piece, _PADDING.split(b"".join(sound_ones))))


def _cleaned(lines: list[bytes]) -> list[bytes]:
    """Return lines of base64 without the few characters that are none; nothing where these are words."""
    cleaned = [_NO_BASE64.sub(b"", line) for line in lines]
    foreign = sum(map(len, lines)) - sum(map(len, cleaned))
    is_prose = foreign > sum(map(len, lines)) * _STRAY or any(_BLANK.search(line) for line in lines)
    return [] if is_prose else cleaned


def _piece(clean: bytes) -> bytes:
    clean = clean[: len(clean) - (len(clean) % 4 == 1)]
    return base64.b64decode(clean + b"=" * (-len(clean) % 4))


def uuencoded_in(text: str) -> tuple[str, list[Uuencoded]]:
    """Return a text without the files that were written into it by uuencode, and these files."""
    if "begin" not in text:
        return text, []
    found: list[Uuencoded] = []
    kept: list[str] = []
    begin: re.Match[str] | None = None
    at = 0  # in `kept`, where the file begins
    for line in text.split("\n"):
        starts = _BEGIN.match(line)
        if starts is not None:
            begin, at = starts, len(kept)
        kept.append(line)
        if begin is None or line.rstrip() not in _ENDS:
            continue
        lines = kept[at + 1 : -1]
        content = _unbased("\n".join(lines).encode()) if begin["way"] else _uudecoded(lines)
        if content is not None:
            found.append(Uuencoded(begin["name"].strip(), content))
            kept[at:] = [""]
        begin = None
    return "\n".join(kept), found


def _uudecoded(lines: list[str]) -> bytes | None:
    """Undo the lines between begin and end; None where they are no such thing."""
    pieces: list[bytes] = []
    for line in lines:
        bare = line.rstrip("\r")
        if not bare.strip(" `"):
            continue
        raw = bare.encode("latin-1", "replace")
        try:
            pieces.append(binascii.a2b_uu(raw))
        except binascii.Error:
            length = (((raw[0] - 32) & 63) * 4 + 5) // 3  # some encoders write too much
            try:
                pieces.append(binascii.a2b_uu(raw[:length]))
            except binascii.Error:
                return None
    return b"".join(pieces) or None


def unflowed(text: str, *, delsp: bool) -> str:
    """Join the lines that the mail program wrapped (RFC 3676, format=flowed); quoted lines stay quoted."""
    done: list[str] = []
    open_depth: int | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:]
        words = words.removeprefix(" ")  # space-stuffed
        flows = words.endswith(" ") and words != "-- "
        shown = words[:-1] if flows and delsp else words
        if open_depth == depth and words != "-- ":
            done[-1] += shown
        else:
            done.append((">" * depth + " " if depth else "") + shown)
        open_depth = depth if flows else None
    return "\n".join(done)
