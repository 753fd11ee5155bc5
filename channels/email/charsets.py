"""Turns bytes into text, whatever their label says.

Labels are often wrong, vendor-flavoured or unknown. Bytes that are valid UTF-8 and not plain ASCII are UTF-8, whatever
the label claims: other encodings practically never look like it. What nothing fits is read as Windows-1252.
"""

import codecs
import re

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
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
}
_SEVEN_BITS = re.compile(r"(iso-?2022|utf-?7|hz)")  # text in them looks like ASCII
_JAPANESE = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004")  # ever larger; all of them share the label
# Python's codecs that no mail means, some of them slow on hostile input.
_NO_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
_TOLERATED = 0.1  # of the characters that are not ASCII may be broken before a label is disbelieved


def decoded(data: bytes, label: str | None = None) -> str:
    """Return the text of these bytes; never raises, and holds neither NULs nor lone surrogates."""
    return sound(_decoded(data, codec_name(label)))


def sound(text: str) -> str:
    """Take out what neither UTF-8 nor PostgreSQL can hold."""
    if text.isascii():
        return text.replace("\x00", "")
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


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
    if codec and (_SEVEN_BITS.match(codec) or codec.startswith(("utf-16", "utf-32"))):
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


def _by(codec: str, data: bytes) -> str | None:
    for name in _JAPANESE if codec == "iso2022_jp" else (codec,):
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            continue
    return data.decode("iso2022_jp_ext", "replace") if codec == "iso2022_jp" else None


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
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
