"""The marks that stand on one line and part what the sender wrote from what was there before."""

import re
from collections.abc import Iterable

from channels.email.quotes import languages as words

LONGEST_LINE = 1000  # characters that are looked at
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
_LIKE_ASCII = {0x2010: "-", 0x2011: "-", 0xA0: " ", 0x202F: " ", 0x2007: " ", 0x3000: " "}
_LOOKED_AT = {**_INVISIBLE, **_LIKE_ASCII}


def any_of(of: Iterable[str]) -> str:
    return "|".join(sorted(dict.fromkeys(of), key=len, reverse=True))


_SEPARATOR = re.compile(
    rf"[\s>]*[-_=*]+(?:\s|&nbsp;)*(?:{any_of(words.ORIGINAL)})(?:\s|&nbsp;)*[-_=*]{{2,}}\s*(?:\S[^:：]{{0,20}}[:：].*)?",
    re.IGNORECASE,  # some programs put the headers on the same line
)
_PREVIOUS = re.compile(rf"[\s>]*[-_=*#]+\s*(?:{any_of(words.PREVIOUS)})\s*[-_=*:]+\s*", re.IGNORECASE)
_FORWARD = re.compile(
    rf"[\s>]*(?:[-_=*]{{2,}}.{{0,60}}(?:{any_of(words.FORWARDED)}).{{0,100}}[-_=*]{{2,}}|(?:{any_of(words.FORWARD_BEGINS)})\s*[:：]?)\s*",
    re.IGNORECASE,
)
_FORWARD_SUBJECT = re.compile(rf"\s*(?:{any_of(words.FORWARD_SUBJECTS)})\.?\s*[:：]", re.IGNORECASE)
_REPLY, _ABOVE, _LINE = (
    re.compile(rf"\b(?:{any_of(each)})\b", re.IGNORECASE) for each in (words.REPLY, words.ABOVE, words.LINE)
)
_FRAMED = re.compile(r"[\s>]*(?:[-#=_*~<\[({]{2,}|>).*|.*[-#=_*~\])}]{2,}\s*")
_LISTS = re.compile(any_of(words.LISTS), re.IGNORECASE)
_DEVICE = re.compile(rf"[\s*_<(\[]*(?:{any_of(words.DEVICES)})", re.IGNORECASE)
_DEVICE_END = re.compile(rf"(?:{any_of(words.DEVICE_ENDS)})\W*\Z", re.IGNORECASE)
_LONGEST_NAME = 60  # of a telephone
_LINK = re.compile(r"\s*[<(\[]?https?://[^<>()\[\]\s]{0,300}[>)\]]?")
_PROSE = re.compile(r"[,;.!?]\s+\w+\s+\w+\s+\w+")  # a sentence goes on: nobody's signature
_DRAWN = tuple("_-=*#~+\u2014\u2015\u2500")
_SHORTEST_DEVICE = 8
_RULE = re.compile(r"[\s>]*([_\-=*#~+\u2014\u2015\u2500])\1{2,}[_\-=*\u2014\u2015\u2500]*\s*")


def looked_at(line: str) -> str:
    """Return a line as its marks are looked for: without what nobody sees, and no longer than any of them."""
    head = line[:LONGEST_LINE]
    return head if head.isascii() else head.translate(_LOOKED_AT)


def is_forward(subject: str) -> bool:
    return _FORWARD_SUBJECT.match(subject.replace("\u0130", "I")) is not None  # the Turkish "İLT"


def is_rule(line: str) -> bool:
    return line.lstrip(" \t>").startswith(_DRAWN) and _RULE.fullmatch(line) is not None


def is_separator(line: str) -> bool:
    drawn = line.lstrip(" \t>").startswith(_DRAWN)
    return drawn and (_SEPARATOR.fullmatch(line) is not None or _PREVIOUS.fullmatch(line) is not None)


def is_forward_mark(line: str) -> bool:
    return _FORWARD.fullmatch(line) is not None


def is_reply_above(line: str) -> bool:
    """Whether a desk asks here to answer above this line."""
    return (
        len(line) < 200
        and _FRAMED.fullmatch(line) is not None
        and all(each.search(line) for each in (_REPLY, _ABOVE, _LINE))
    )


def is_device(line: str) -> bool:
    """Whether a telephone or a mail program wrote this line below the mail."""
    words_only = (_LINK.sub("", line[:200]) if "://" in line else line[:200]).strip()
    if not _SHORTEST_DEVICE <= len(words_only) < 200 or _PROSE.search(words_only):
        return False
    ends = len(words_only) <= _LONGEST_NAME and _DEVICE_END.search(words_only) is not None
    return ends or _DEVICE.fullmatch(words_only) is not None


def names_a_list(line: str) -> bool:
    return len(line) < 200 and _LISTS.search(line) is not None


def is_quoted(line: str) -> bool:
    return line.lstrip().startswith((">", "|>", "&gt;")) and not line.lstrip().startswith(">From ")
