"""Reading headers as mailers write them: encoded words, raw 8-bit, unknown charsets, broken address lists.

All functions take the raw value as the parser left it (bytes beyond ASCII as surrogates), bound what they read and
never raise.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from email.message import Message
from functools import lru_cache
from itertools import islice
from quopri import decodestring

from channels.email.charsets import codec_name, decoded, sound

LONGEST = 20_000  # characters of a header that are read
MOST_IDS = 50
LONGEST_ID = 1_000  # bytes: a line of a mail has 998, and more cannot be looked up
MOST_ADDRESSES = 100
MOST_PARTS = 50
_ASKED_AGAIN = (
    32  # headers that are remembered as they were read: of one mail each is asked for several times
)

# Some mailers leave question marks within a word as they are.
_WORD = re.compile(
    r"=\?([^?\s]{1,60})\?([bBqQ])\?((?:[^?=]|\?(?!=)|=(?!\?[^?\s]{1,60}\?[bBqQ]\?)){0,2000}?)\?="
)
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_FOLD = re.compile(r"\r?\n[ \t]*|\r")
_ID = re.compile(r"<([^<>\s]{1,800})>")
_ADDRESS = re.compile(r"(\"[^\"\r\n]{1,128}\"|[^\s<>,;:\"()]{1,128})(@[^\s@<>,;:\"()]{1,255})")
_NO_DOMAIN = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}")
_ENTRY_TOKEN = re.compile(rf"({_WORD.pattern})|\\.|[^\\\"(),;:<>=]+|.", re.DOTALL)

Headers = Mapping[str, Sequence[str]]


def headers_of(message: Message) -> Headers:
    """Return the values by lower-case name, in order; raw 8-bit as the characters it means."""
    found: dict[str, list[str]] = {}
    charset = (
        _charset_of_text(message)
        if any(not str(value).isascii() for _, value in message.raw_items())
        else None
    )
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append(unescaped(str(value)[:LONGEST], charset))
    return found


def _charset_of_text(message: Message) -> str | None:
    """Return what the text says it is written in: who puts raw 8-bit into a header says nothing of it there."""
    for part in islice(message.walk(), MOST_PARTS):
        try:
            label = str(part.get_param("charset", ""))
        except (ValueError, LookupError, TypeError):
            continue
        if codec_name(label) not in {None, "ascii", "utf-8"}:
            return label
    return None


def first(headers: Headers, name: str) -> str:
    return headers.get(name, ("",))[0]


def text_of(raw: str) -> str:
    """Return a header's words."""
    value = _FOLD.sub(" ", unescaped(raw))
    if "=?" in value:
        value = "".join(_words(_BETWEEN_WORDS.sub(r"\1", value)))
    return " ".join(_CONTROL.sub(" ", sound(value)).split())


def unescaped(raw: str, charset: str | None = None) -> str:
    """Return raw 8-bit as the characters it means; `charset` is a guess."""
    if raw.isascii():
        return raw
    return decoded(raw.encode("utf-8", "surrogateescape"), charset)


def message_ids(raw: str) -> list[str]:
    """Return the ids with angle brackets, in order, each once; the first and the newest of a long chain."""
    found = (f"<{each}>" for each in _ID.findall(sound(unescaped(raw))))
    ids = [each for each in dict.fromkeys(found) if len(each.encode()) <= LONGEST_ID]
    return ids if len(ids) <= MOST_IDS else [ids[0], *ids[1 - MOST_IDS :]]


def own_message_id(raw: str) -> str | None:
    """Return the Message-ID with angle brackets, also where the mailer forgot them."""
    ids = message_ids(raw)
    if ids:
        return ids[0]
    bare = sound(unescaped(raw)).strip(" \t\r\n<>")[:800]
    fits = len(bare.encode()) + 2 <= LONGEST_ID
    return f"<{bare}>" if bare and fits and not re.search(r"[\s<>]", bare) else None


@lru_cache(maxsize=_ASKED_AGAIN)
def addresses(raw: str) -> tuple[tuple[str | None, str], ...]:
    """Return (display name, address in lower case) of each address in a list; what is no address is left out."""
    found: list[tuple[str | None, str]] = []
    for entry, comment in _entries(unescaped(raw)):
        before, angle, after = entry.rpartition("<")
        match = _ADDRESS.search(after if angle else entry)
        if match is None:
            continue
        found.append((_name(before, comment), sound(f"{_unquoted(match[1])}{match[2]}").lower()))
        if len(found) == MOST_ADDRESSES:
            break
    return tuple(found)


def address_without_domain(raw: str) -> tuple[str | None, str] | None:
    """Return name and address as a machine writes them that knows of no other: `root (Cron Daemon)`."""
    for entry, comment in _entries(unescaped(raw)):
        before, _, after = entry.rpartition("<")
        bare = after.strip().removesuffix(">").strip()
        return (_name(before, comment), sound(bare).lower()) if _NO_DOMAIN.fullmatch(bare) else None
    return None


def _name(before: str, comment: str) -> str | None:
    """Return what stands before an address; where nothing does, what stands in brackets beside it."""
    for each in (before, comment):
        name = text_of(each.strip().strip('"').replace('\\"', '"')).strip("\"' ")
        if name:
            return name[:200]
    return None


def _unquoted(local_part: str) -> str:
    bare = local_part.strip('"')
    return bare if _NO_DOMAIN.fullmatch(bare) else local_part


def _entries(raw: str) -> Iterator[tuple[str, str]]:
    """Split a list of addresses; yield each with the comment in it, and without the name of a group.

    The commas, colons and brackets that stand in quotes or within an encoded word separate nothing.
    """
    entry, comment = "", ""
    quoted = angle = False
    depth = closed_at = 0
    for token in _ENTRY_TOKEN.finditer(raw):
        piece = token[0]
        if piece == '"' and not depth:
            quoted = not quoted
        elif piece in "()" and not quoted:
            depth = max(0, depth + (1 if piece == "(" else -1))
            comment += " "
            continue
        elif not quoted and not depth:
            if piece in ",;" or (piece == "<" and closed_at):
                yield entry[: closed_at or None], comment.strip()
                entry, comment = entry[closed_at:] if piece == "<" else "", ""
                angle, closed_at = False, 0
                if piece != "<":
                    continue
            if piece == ":" and not angle:
                entry = ""
                continue
            if piece == ">" and angle and "@" in entry:
                closed_at = len(entry) + 1
            angle = piece == "<" or (angle and piece != ">")
        if depth:
            comment += piece
        else:
            entry += piece
    yield entry[: closed_at or None], comment.strip()


def _words(value: str) -> Iterator[str]:
    """Decode encoded words; neighbours of one charset together, because some mailers cut within a character."""
    at = 0
    pending = b""
    charset = ""
    for match in _WORD.finditer(value):
        if pending and (match.start() != at or match[1].lower().partition("*")[0] != charset):
            yield decoded(pending, charset)
            pending = b""
        yield value[at : match.start()]
        at = match.end()
        charset = match[1].lower().partition("*")[0]  # RFC 2231 lets a language follow
        pending += _bytes_of(match[2], match[3])
    yield decoded(pending, charset)
    yield value[at:]


def _bytes_of(encoding: str, content: str) -> bytes:
    plain = content.encode("utf-8", "replace")
    if encoding in "qQ":
        return decodestring(plain, header=True)
    try:
        return b64decode(plain + b"=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return plain
