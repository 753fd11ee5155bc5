"""What an S/MIME part holds that is only signed: it is packed, not sealed (CMS SignedData, RFC 5652).

Nothing is verified here. Whoever wants to know whether the signature holds has the mail itself.
"""

from collections.abc import Iterator
from typing import NamedTuple

TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
SIGNATURE_TYPE = "application/pkcs7-signature"  # what a part is whose content was taken out of it
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2
_SEQUENCE, _OBJECT_ID, _FIRST, _OCTETS, _OCTETS_IN_PIECES = 0x30, 0x06, 0xA0, 0x04, 0x24
_END = b"\0\0"
_DEEPEST = 12
_MOST = 100_000  # elements that are looked at


class _UnreadableError(ValueError):
    """These bytes are none of the kind that was looked for."""


class _Element(NamedTuple):
    tag: int
    content: memoryview
    after: int  # where the next one begins


def signed_content(packed: bytes) -> bytes | None:
    """Return the part that was signed; None where there is none, or it is encrypted. Never raises."""
    read = _Reading()
    try:
        kind, signed = read.children(read.element(memoryview(packed), 0), _SEQUENCE)[:2]
        if kind.tag != _OBJECT_ID or kind.content != _SIGNED_DATA:
            return None
        data = read.children(read.children(signed, _FIRST)[0], _SEQUENCE)
        held = read.children(data[2], _SEQUENCE)
        return read.octets(read.children(held[1], _FIRST)[0]) if len(held) > 1 else None
    except (ValueError, IndexError):
        return None


class _Reading:
    """Takes DER and BER apart, which say of each element what it is and how long (X.690)."""

    def __init__(self) -> None:
        self._left = _MOST

    def children(self, element: _Element, tag: int) -> list[_Element]:
        if element.tag != tag:
            raise _UnreadableError
        return [*self._inside(element.content)]

    def octets(self, element: _Element, depth: int = 0) -> bytes:
        if element.tag == _OCTETS:
            return bytes(element.content)
        if element.tag != _OCTETS_IN_PIECES or depth > _DEEPEST:
            raise _UnreadableError
        return b"".join(self.octets(each, depth + 1) for each in self._inside(element.content))

    def element(self, data: memoryview, at: int, depth: int = 0) -> _Element:
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            raise _UnreadableError
        tag, length = data[at], data[at + 1]
        begin = at + 2
        if length == 0x80:  # it ends where an empty element says so
            end = begin
            while data[end : end + 2] != _END:
                end = self.element(data, end, depth + 1).after
            return _Element(tag, data[begin:end], end + 2)
        if length > 0x80:
            begin += length & 0x7F
            length = int.from_bytes(data[at + 2 : begin], "big")
        if begin + length > len(data):
            raise _UnreadableError
        return _Element(tag, data[begin : begin + length], begin + length)

    def _inside(self, data: memoryview) -> Iterator[_Element]:
        at = 0
        while at < len(data) and data[at : at + 2] != _END:
            element = self.element(data, at)
            yield element
            at = element.after
