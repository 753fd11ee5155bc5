"""Turns bytes into text, whatever their label says.

Labels are often wrong, vendor-flavoured or unknown. Bytes that are valid UTF-8 and not plain ASCII are UTF-8, whatever
the label claims: other encodings practically never look like it. What nothing fits is of a script that shows in its
bytes, or read as Windows-1252.
"""

import codecs
import re

from channels.email.guessing import guessed

# What mails are labelled with, and the superset that the senders meant.
# https://encoding.spec.whatwg.org/#names-and-labels
_MEANT = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "ansi": "cp1252",
    "x-ansi": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "chinesebig5": "gb18030",
    "big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "x-windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode": "utf-16",
    "iso-2022-jp-ms": "iso2022_jp",
    "cp50220": "iso2022_jp",
    "cp50221": "iso2022_jp",
    "cp50222": "iso2022_jp",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "cp65001": "utf-8",
    "x-mac-cyrillic": "mac_cyrillic",
}
_SEVEN_BITS = re.compile(r"(iso-?2022|utf-?7|hz)")  # text in them looks like ASCII
_ESCAPE = re.compile(rb"\x1b(\$[@B]|\$\(D|\([BJIH])")
_JAPANESE = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004")  # ever larger; all of them share the label
# Python's codecs that no mail means, some of them slow on hostile input.
_NO_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
_LOOKED_AT = 4000  # bytes of a page in which its label stands
_TOLERATED = 0.1  # of the characters that are not ASCII may be broken before a label is disbelieved


def decoded(data: bytes, label: str | None = None) -> str:
    """Return the text of these bytes; never raises, and holds neither NULs nor lone surrogates."""
    return sound(_decoded(data, codec_name(label)))


def sound(text: str) -> str:
    """Take out what neither UTF-8 nor PostgreSQL can hold."""
    if text.isascii():
        return text.replace("\x00", "")
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def label_within(html: bytes) -> str | None:
    """Return what a page says of itself in its head."""
    found = _META.search(html[:_LOOKED_AT])
    return found[1].decode("ascii") if found else None


def codec_name(label: str | None) -> str | None:
    """Return the Python codec that a label means, or None."""
    # A junk tail is cut: "utf-8; format=flowed", "iso-8859-1http-equivcontent-type".
    plain = re.sub(r"(http-equiv|;|,).*", "", (label or "")[:60].lower().strip(" \t\r\n\"'=")).strip()
    if plain.startswith(("windows-", "cp-", "ibm-")):
        plain = f"cp{plain.partition('-')[2].lstrip('-')}" if plain not in _MEANT else plain
    plain = _MEANT.get(plain, plain)
    try:
        found = codecs.lookup(plain)
    except (LookupError, ValueError):
        return None
    is_text = getattr(found, "_is_text_encoding", True)  # base64 and rot13 are codecs as well
    return found.name if is_text and found.name not in _NO_CHARSETS else None


def _decoded(data: bytes, codec: str | None) -> str:
    if codec and _is_told_apart(codec, data):
        text = _by(codec, data)
        if text is not None:
            return text
    if data.isascii():
        text = data.decode("ascii")
        return (_by("iso2022_jp", data) or text) if "\x1b$" in text else text
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _not_utf8(data, codec)


def _is_told_apart(codec: str, data: bytes) -> bool:
    """Whether these bytes look like what a label says that is not told by its bytes beyond ASCII."""
    if codec.startswith(("utf-16", "utf-32")):
        return b"\0" in data or data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
    return _SEVEN_BITS.match(codec) is not None and data.isascii()


def _by(codec: str, data: bytes) -> str | None:
    for name in _JAPANESE if codec == "iso2022_jp" else (codec,):
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            continue
    return _vendors_japanese(data) if codec == "iso2022_jp" else None


def _vendors_japanese(data: bytes) -> str:
    """Read ISO-2022-JP with the characters of NEC, IBM and Microsoft (cp50220), which Python has no codec for.

    They have the same rows in Shift_JIS, so each character is moved there: https://encoding.spec.whatwg.org/#iso-2022-jp
    """
    text: list[str] = []
    mode = b"(B"
    for at, piece in enumerate(_ESCAPE.split(data)):
        if at % 2:
            mode = piece
        elif mode in {b"$B", b"$@"}:
            text.append(b"".join(map(_in_shift_jis, piece[::2], piece[1::2])).decode("cp932", "replace"))
        elif mode == b"(I":
            text.append(bytes(each | 0x80 for each in piece).decode("cp932", "replace"))
        elif mode == b"$(D":
            text.append((b"\x1b$(D" + piece + b"\x1b(B").decode("iso2022_jp_1", "replace"))
        else:
            text.append(piece.decode("ascii", "replace"))
    return "".join(text)


def _in_shift_jis(row: int, cell: int) -> bytes:
    if not (0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E):
        return bytes([row & 0x7F]) + bytes([cell & 0x7F])  # a line that ended within the escape
    first = (row - 0x21) // 2 + 0x81
    second = (cell + 0x1F + (cell >= 0x60)) if row % 2 else cell + 0x7E
    return bytes([first + 0x40 if first > 0x9F else first, second])


def _not_utf8(data: bytes, codec: str | None) -> str:
    if codec and codec != "ascii":
        text = _by(codec, data)
        if text is not None:
            return text
        text = data.decode(codec, "replace")
        foreign = sum(1 for character in text if character > "\x7f")
        if text.count("\ufffd") <= foreign * _TOLERATED:
            return text
    elif codec is None:
        text = data.decode("utf-8", "replace")
        foreign = sum(1 for character in text if character > "\x7f")
        if text.count("\ufffd") <= foreign * _TOLERATED:
            return text
    found = guessed(data)
    if found is not None:
        return found
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
