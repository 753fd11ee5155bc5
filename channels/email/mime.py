"""Parts of a mail that leaves: bytes in, bytes out, in ASCII with CRLF line ends.

Texts are laid out here, for nearly all that leaves is two of them, and the library thinks about each header of a part
for longer than all the rest takes (ADR 17). Files are the library's: names in any script, folded as they must be.
"""

import binascii
import secrets
from collections.abc import Sequence
from email.message import MIMEPart
from email.policy import SMTP

_POLICY = SMTP.clone(cte_type="7bit")  # a relay need not take 8-bit mail
_LONGEST_LINE = 76  # RFC 2045, 6.7
_END = b"\r\n"


def text_part(text: str, kind: str) -> bytes:
    """Return a text as it is where it may stand so in a mail, else packed in whichever way is shorter."""
    lines = text.encode("utf-8", "replace").splitlines()
    whole = _END.join(lines) + _END
    way, packed = ("7bit", whole) if _is_plain(lines) else _packed(whole)
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: {way}\r\n\r\n'
    return head.encode("ascii") + packed


def file_part(content: bytes, kind: str, *, name: str, shown: str, content_id: str | None = None) -> bytes:
    """Return a file in base64; `shown` is its Content-Disposition."""
    part = MIMEPart(policy=_POLICY)
    main, _, sub = kind.partition("/")
    part.set_content(content, maintype=main, subtype=sub, filename=name, disposition=shown, cid=content_id)
    return part.as_bytes()


def multipart(kind: str, parts: Sequence[bytes]) -> bytes:
    """Join parts; one alone stays as it is."""
    if len(parts) == 1:
        return parts[0]
    boundary = f"=_{secrets.token_hex(16)}".encode()  # which nobody could write into a text
    joined = b"".join(b"--%b\r\n%b\r\n" % (boundary, part) for part in parts)
    return b'Content-Type: multipart/%b; boundary="%b"\r\n\r\n%b--%b--\r\n' % (
        kind.encode("ascii"), boundary, joined, boundary
    )  # fmt: skip


def _is_plain(lines: Sequence[bytes]) -> bool:
    return all(line.isascii() and len(line) <= _LONGEST_LINE for line in lines)


def _packed(whole: bytes) -> tuple[str, bytes]:
    quoted = binascii.b2a_qp(whole, istext=True)
    based = binascii.b2a_base64(whole, newline=False)
    if len(quoted) <= len(based):
        return "quoted-printable", quoted
    at_a_time = (based[at : at + _LONGEST_LINE] for at in range(0, len(based), _LONGEST_LINE))
    return "base64", _END.join(at_a_time) + _END
