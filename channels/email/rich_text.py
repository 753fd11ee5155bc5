"""Reads the rich text (RTF) in which Outlook wraps a mail, packed (LZFu) or not, for its words.

https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxrtfcp and ms-oxrtfex.
"""

import re
from dataclasses import dataclass, field, replace
from html import escape

from channels.email.charsets import codec_name, decoded, sound
from channels.email.html_text import html_to_text

LARGEST = 500_000  # bytes that are read
_PACKED, _AS_IT_IS = b"LZFu", b"MELA"
_WINDOW = 4096
_KNOWN = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)

_TOKEN = re.compile(
    r"\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?"
    r"|\\(?P<sign>[^a-zA-Z])|(?P<group>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_HIDDEN = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "themedata", "datastore"}
)  # fmt: skip
_BREAKS = {"par": "\n", "line": "\n", "sect": "\n", "page": "\n", "tab": "\t", "cell": "\t", "row": "\n"}
_SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
}  # fmt: skip


def unpacked_size(content: bytes) -> int:
    """Return how long packed rich text says it is."""
    return int.from_bytes(content[4:8], "little")


def unpacked(content: bytes) -> bytes:
    """Undo the packing of rich text; what is not packed is returned as it stands. Never raises."""
    kind, size = content[8:12], unpacked_size(content)
    if kind == _AS_IT_IS:
        return content[16 : 16 + size]
    return _unpacked(content[16:], min(size, LARGEST)) if kind == _PACKED else content


def _unpacked(packed: bytes, size: int) -> bytes:
    out = bytearray(
        _KNOWN
    )  # what was read last is referred to, and at first that is what all rich text begins with
    most = size + len(_KNOWN)
    at = 0
    while at < len(packed) and len(out) < most:
        control = packed[at]
        at += 1
        for bit in range(8):
            if at + (control >> bit & 1) >= len(packed):
                break
            if not control >> bit & 1:
                out.append(packed[at])
                at += 1
                continue
            reference = int.from_bytes(packed[at : at + 2], "big")
            at += 2
            back = (len(out) - (reference >> 4)) % _WINDOW
            if not back:
                return bytes(out[len(_KNOWN) : most])
            for _ in range((reference & 0xF) + 2):
                out.append(out[-back] if back <= len(out) else 0x20)
    return bytes(out[len(_KNOWN) : most])


@dataclass(frozen=True, kw_only=True)
class _Group:
    """What holds until the group ends."""

    hidden: bool = False
    tag: bool = False  # it is HTML, and no words
    instead: int = 1  # characters that stand behind a Unicode one for readers that do not know it


@dataclass(kw_only=True)
class _Words:
    charset: str = "cp1252"
    is_html: bool = False
    for_rich_readers: bool = False  # in HTML as rich text: what only shows how it looks
    said: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    skipped: int = 0

    def say(self, text: str, group: _Group) -> None:
        self.flush(group)
        if not (group.hidden or self.for_rich_readers):
            self.said.append(escape(text) if self.is_html and not group.tag else text)

    def flush(self, group: _Group) -> None:
        if self.pending:
            text, self.pending = decoded(bytes(self.pending), self.charset), bytearray()
            self.say(text, group)


def rich_text_in_words(content: bytes) -> str:
    """Return what rich text says; nothing where it is none. Never raises."""
    text = content[:LARGEST].decode("latin-1")
    if not text.lstrip("\0 \r\n").startswith("{\\rtf"):
        return ""
    words = _Words()
    groups: list[_Group] = []
    group = _Group()
    for token in _TOKEN.finditer(text):
        if token["byte"]:
            if words.skipped:
                words.skipped -= 1
            elif not (group.hidden or words.for_rich_readers):
                words.pending.append(int(token["byte"], 16))
            continue
        words.flush(group)
        if token["group"] == "{":
            groups.append(group)
        elif token["group"]:
            group = groups.pop() if groups else _Group()
        elif token["word"]:
            group = _obeyed(words, group, token["word"], token["number"])
        elif token["sign"]:
            group = _sign(words, group, token["sign"])
        elif token["text"]:
            words.say(token["text"][words.skipped :], group)
            words.skipped = max(0, words.skipped - len(token["text"]))
    words.flush(group)
    said = sound("".join(words.said))
    return html_to_text(said) if words.is_html else said.strip()


def _sign(words: _Words, group: _Group, sign: str) -> _Group:
    if sign == "*":
        return replace(group, hidden=True)  # readers that do not know what follows pass it over
    words.say({"~": "\xa0", "_": "-", "-": ""}.get(sign, sign), group)
    return group


def _obeyed(words: _Words, group: _Group, word: str, number: str | None) -> _Group:
    if word == "u" and number is not None:
        words.say(chr(int(number) % 0x10000), group)
        words.skipped = group.instead
    elif word == "uc" and number is not None:
        return replace(group, instead=min(9, max(0, int(number))))
    elif word == "ansicpg" and number is not None:
        words.charset = f"cp{number}" if codec_name(f"cp{number}") else words.charset
    elif word == "fromhtml":
        words.is_html = True
    elif word == "htmlrtf":
        words.for_rich_readers = number != "0"
    elif word == "htmltag":
        return replace(group, hidden=False, tag=True)
    elif word in _HIDDEN:
        return replace(group, hidden=True)
    elif word in _BREAKS:
        words.say(_BREAKS[word], group)
    elif word in _SIGNS:
        words.say(_SIGNS[word], group)
    return group
