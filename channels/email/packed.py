"""Keeping files out of the parser's way: it looks at every line of a mail, and almost all lines are those of files.

Each long stretch of base64 is taken out before a mail is parsed, and put back into the part where it stood.
"""

import re
import secrets
from email.message import Message

from channels.email.transfer import payload_of

_STRETCH = re.compile(rb"\n((?:[A-Za-z0-9+/]{40,998}+\r?\n){20,}+)")
# What stands in for one: nobody can write it into a mail, to have a file there a thousand times.
_MARK = secrets.token_hex(16)
_STANDS_IN = re.compile(rf"{_MARK}-(\d+)-")


def unpacked_from(raw: bytes) -> tuple[bytes, list[str]]:
    """Return a mail without its long stretches of base64, and these, which `put_back` puts back."""
    taken: list[str] = []

    def stand_in(stretch: re.Match[bytes]) -> bytes:
        lines = stretch[1]
        end = b"\r\n" if lines.endswith(b"\r\n") else b"\n"
        taken.append(lines.removesuffix(end).decode("ascii"))
        return b"\n%b-%d-%b" % (_MARK.encode(), len(taken) - 1, end)

    return _STRETCH.sub(stand_in, raw), taken


def put_back(taken: list[str], message: Message) -> bool:
    """Whether all could be put back: the library hands out no payload as it came that holds raw 8-bit as well."""

    def whole(text: str) -> str:
        return _STANDS_IN.sub(lambda mark: taken[int(mark[1])], text)

    for part in message.walk() if taken else ():
        part.preamble, part.epilogue = (text and whole(str(text)) for text in (part.preamble, part.epilogue))
        payload = payload_of(part)
        if isinstance(payload, str) and _MARK in payload:
            if not payload.isascii():
                return False
            part.set_payload(whole(payload))
    return True
