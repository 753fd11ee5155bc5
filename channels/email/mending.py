"""Mending the headers of broken mails, so that one bad line does not hide all that follow it.

The library's parser takes the first line that is no header for the beginning of the body. Mailers, gateways and spam
filters write such lines: wrapped parameters without an indent, a blank before the colon, remarks of their own.
"""

import re
from collections.abc import Iterator

_HEADER = re.compile(rb"[\x21-\x39\x3b-\x7e]{1,100}:")
_SPACED = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,60})[ \t]+:")
_LATE_HEADERS = re.compile(
    rb"(?:[ \t]*\r?\n)+(?:received|return-path|delivered-to|from|to|date|subject|message-id|mime-version|in-reply-to|x-[a-z-]+)[ \t]*:[^\n]*\n(?:[ \t]+\S|[!-9;-~]+[ \t]*:)",
    re.IGNORECASE,
)
_LOOKED_AT = 40  # lines in which another header must follow
_MOST = 3000  # lines of headers that are mended
_PART = re.compile(rb"--\S")
_PART_HEADER = re.compile(rb"content-|mime-", re.IGNORECASE)


def from_the_headers_on(raw: bytes) -> bytes:
    """Return a mail without the blank lines above its headers, below which the library takes these for the body."""
    return raw.lstrip() if _LATE_HEADERS.match(raw) else raw


def mended(raw: bytes) -> bytes:
    """Return a mail whose header lines are headers; the lines of its body stay as they are."""
    lines = raw.lstrip(b"\xef\xbb\xbf").split(b"\n")
    return b"\n".join(_mended(lines))


def _mended(lines: list[bytes]) -> Iterator[bytes]:
    within, before, seen = True, b"", 0
    for at, line in enumerate(lines):
        bare = line.rstrip(b"\r")
        if not within or seen > _MOST:
            yield line
            if _PART.match(bare) and at + 1 < len(lines) and _PART_HEADER.match(lines[at + 1]):
                within, before, seen = True, b"", 0
            continue
        seen += 1
        if _PART.match(bare) and at + 1 < len(lines) and _PART_HEADER.match(lines[at + 1]):
            yield b""  # the blank line that ends the headers is missing
            yield line
            before = b""
            continue
        if not bare.strip():
            within = not before  # blank lines above the headers are no end of them
            if before or at:
                yield bare.strip()
            continue
        spaced = _SPACED.match(bare)
        if _HEADER.match(bare) or (bare[:1] in b" \t" and before) or (at == 0 and bare.startswith(b"From ")):
            yield line
        elif spaced:
            yield spaced[1] + b":" + line[spaced.end() :]
        elif before.rstrip().endswith((b";", b",")) or _more(lines, at):
            wrapped = before.rstrip().endswith((b";", b",", b"="))
            yield (b" " if wrapped else b"X-Unreadable: ") + line
        else:
            within = False
            yield b""
            yield line
        before = bare


def _more(lines: list[bytes], at: int) -> bool:
    """Whether headers go on below a line that is none."""
    for line in lines[at + 1 : at + _LOOKED_AT]:
        if not line.strip():
            return False
        if _HEADER.match(line) or _SPACED.match(line):
            return True
    return False
