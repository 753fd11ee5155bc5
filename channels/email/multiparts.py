"""Finding the parts of a mail, also where its boundaries do not say where they are.

The library's parser finds no part where the boundary of the header is not the one of the body, where the header that
names it is missing, and where a part has the boundary of the mail around it. What a person wrote stands there all the
same: parts are found by the line that begins them and the headers below it.
"""

import re
from email import message_from_bytes, message_from_string
from email.errors import FirstHeaderLineIsContinuationDefect, MissingHeaderBodySeparatorDefect
from email.message import Message
from email.parser import BytesHeaderParser
from itertools import islice
from typing import Any

from channels.email.mending import mended
from channels.email.packed import put_back, unpacked_from
from channels.email.transfer import content_of, payload_of

# The parser compares each line with each boundary it is within; what exceeds this nobody wrote, and costs minutes.
_MOST_COMPARISONS = 8_000_000
_MOST_BOUNDARIES = 300
_MOST_PARTS = 15_000  # lines that may begin one
# The library copies what is left of a header for each of its parameters.
_MOST_PARAMETERS = 2_000
_LONGEST_PARAMETERS = 10_000
_PARAMETERS = re.compile(
    rb"^content-(?:type|disposition)[ \t]*:[^\n]*+(?:\n[ \t][^\n]*+)*+", re.IGNORECASE | re.MULTILINE
)
_PLAIN_BOUNDARY = "tanggap-found-these-parts"
_LOOKED_AT = 20_000  # characters in which the first part must begin
_BEGINS = re.compile(
    r"^--([^\s-][^\r\n]{0,200}?|-[^\r\n]{0,200}?[^\s-])[ \t]*\r?\n(?=content-[a-z-]+[ \t]*:)",
    re.IGNORECASE | re.MULTILINE,
)
_PART_HEADER = re.compile(r"content-[a-z-]+[ \t]*:", re.IGNORECASE)
_DECLARED = re.compile(rb"boundary[ \t]*=[ \t]*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_MISTAKES = (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError)


def parsed(raw: bytes) -> Message:
    """Return the mail with its parts; of one that nobody can have written, the headers alone. Never raises."""
    if raw.count(b";") > _MOST_PARAMETERS:
        raw = _PARAMETERS.sub(lambda header: header[0][:_LONGEST_PARAMETERS], raw)
    short, taken = unpacked_from(raw)
    if _can_be_parsed(short):
        try:
            message = message_from_bytes(_without_remarks(short))
            is_broken = _is_broken(message)
            if not is_broken and put_back(taken, message):
                return message
            if _can_be_parsed(raw):
                whole = _without_remarks(raw)
                return message_from_bytes(mended(whole) if is_broken else whole)
        except _MISTAKES:
            pass  # nested without end, or one of the parser's own mistakes
    return BytesHeaderParser().parsebytes(raw)


def children(part: Message) -> list[Message]:
    """Return the parts of a part, in their order; none where it has none. What was found is kept in the part."""
    payload = payload_of(part)
    if isinstance(payload, list):
        found = [child for child in payload if isinstance(child, Message)]
        if part.get_content_maintype() != "multipart":
            return _passed_on(part, found)
        found += _beyond_the_end(part)
    elif _may_hold_parts(part):
        packed = content_of(part).decode("ascii", "surrogateescape")
        boundary = _boundary(part, packed)
        found = _cut(packed, boundary, part.get_content_subtype()) if boundary else _alone(part, packed)
    else:
        found = []
    if found:
        found = _with_adopted(found)
        part.set_payload([*found])
        part.epilogue = None
    return found


def _passed_on(part: Message, found: list[Message]) -> list[Message]:
    """Return the message within a part. One in base64 is read by the library as a message of letters and digits."""
    label = str(part.get("content-transfer-encoding", "")).strip().lower()
    if label not in {"base64", "quoted-printable"} or len(found) != 1 or found[0].items():
        return found
    wrapped: Message = Message()
    wrapped["Content-Transfer-Encoding"] = label
    wrapped.set_payload(payload_of(found[0]))
    found = [parsed(content_of(wrapped))]
    del part["content-transfer-encoding"]
    part.set_payload([*found])
    return found


def _may_hold_parts(part: Message) -> bool:
    kind = part.get_content_maintype()
    return kind == "multipart" or (kind == "text" and ("content-type" not in part or _declared(part) != ""))


def _without_remarks(raw: bytes) -> bytes:
    """Take away what filters write behind the line that ends the parts: the library would not know it again."""
    named = _named_boundaries(raw)
    remarked = [re.escape(each) for each in named if _has_remark(raw, b"\n--%b--" % each)]
    if not remarked:
        return raw

    def bare(line: re.Match[bytes]) -> bytes:
        return line[0] if line[0][2:].rstrip().removesuffix(b"--") in named else line[1]

    return re.sub(rb"(?m)^(--(?:%b)--)[^\r\n-][^\r\n]*" % b"|".join(remarked), bare, raw)


def _has_remark(raw: bytes, end: bytes) -> bool:
    at = raw.find(end)
    while at >= 0:
        at += len(end)
        if raw[at : at + 1] not in {b"", b"\r", b"\n", b"-"}:
            return True
        at = raw.find(end, at)
    return False


def _named_boundaries(raw: bytes) -> set[bytes]:
    lowered = raw.lower()
    named: set[bytes] = set()
    at = lowered.find(b"boundary")
    while at >= 0 and len(named) < _MOST_BOUNDARIES:
        declared = _DECLARED.match(raw, at)
        if declared is not None:
            named.add(declared[1] or declared[2])
        at = lowered.find(b"boundary", at + 8)
    return named


def _can_be_parsed(raw: bytes) -> bool:
    return _is_bearable(raw.lower().count(b"boundary"), raw.count(b"\n"), raw.count(b"\n--"))


def _is_bearable(boundaries: int, lines: int, begins: int) -> bool:
    return (
        boundaries <= _MOST_BOUNDARIES and boundaries * lines <= _MOST_COMPARISONS and begins <= _MOST_PARTS
    )


def _is_broken(message: Message) -> bool:
    """Whether a line among the headers of the mail or of a part is none, or begins a part."""
    parts = [*islice(message.walk(), _MOST_BOUNDARIES)]
    return any(
        isinstance(defect, MissingHeaderBodySeparatorDefect | FirstHeaderLineIsContinuationDefect)
        for part in parts
        for defect in part.defects
    ) or any(name.startswith("--") for part in parts for name, _ in part.raw_items())


def _declared(part: Message) -> str:
    try:
        return part.get_boundary() or ""
    except _MISTAKES:
        return ""


def _boundary(part: Message, payload: str) -> str | None:
    declared = _declared(part)
    if declared and (payload.startswith(f"--{declared}") or f"\n--{declared}" in payload):
        return declared
    is_multipart = part.get_content_maintype() == "multipart"
    if not is_multipart and "content-type" in part:
        return None  # a text about mails may look like one
    found = _BEGINS.search(payload[:_LOOKED_AT])
    if found is None or not (is_multipart or not payload[: found.start()].strip()):
        return None
    return found[1]


def _alone(part: Message, payload: str) -> list[Message]:
    """Return the one part of a mail of parts that needed no boundary: the headers of that part begin its body."""
    if part.get_content_maintype() != "multipart" or not _PART_HEADER.match(payload):
        return []
    try:
        return [message_from_string(payload)]
    except _MISTAKES:
        return []


def _beyond_the_end(part: Message) -> list[Message]:
    """Return the parts below the line that ends the last of them."""
    boundary, rest = _declared(part), part.epilogue
    if not boundary or not rest or f"--{boundary}" not in rest:
        return []
    end = re.compile(rf"^--{re.escape(boundary)}--[ \t]*$", re.MULTILINE)
    return _cut(end.sub(lambda _: f"--{boundary}", rest), boundary, part.get_content_subtype())


def _cut(payload: str, boundary: str, subtype: str) -> list[Message]:
    begins = payload.count("\n--")
    if not _is_bearable(payload.lower().count("boundary") + 1, payload.count("\n"), begins):
        return []
    if not boundary.isascii():  # in a header the library takes it for another
        payload, boundary = payload.replace(f"--{boundary}", f"--{_PLAIN_BOUNDARY}"), _PLAIN_BOUNDARY
    kind = "digest" if subtype == "digest" else "mixed"  # what a digest holds are messages
    quoted = boundary.replace("\\", "\\\\").replace('"', '\\"')
    try:
        whole = message_from_string(f'Content-Type: multipart/{kind}; boundary="{quoted}"\n\n{payload}')
    except _MISTAKES:
        return []
    found: Any = whole.get_payload()
    if not isinstance(found, list):
        return []
    return [child for child in found if isinstance(child, Message) and (child.items() or payload_of(child))]


def _with_adopted(found: list[Message]) -> list[Message]:
    """Give forms of one text back to the part that said they were: it has the boundary of the mail around it."""
    kept: list[Message] = []
    home: Message | None = None
    for part in found:
        if home is not None and part.get_content_maintype() == "text":
            home.attach(part)
            continue
        kept.append(part)
        is_empty = part.get_content_type() == "multipart/alternative" and not payload_of(part)
        home = part if is_empty else None
        if is_empty:
            part.set_payload([])
    return kept
