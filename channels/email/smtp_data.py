"""Reading a mail from an SMTP connection in large pieces: line by line a file in base64 takes as long as all the rest."""

from asyncio import LimitOverrunError, StreamReader
from collections.abc import Iterator
from contextlib import contextmanager

PIECE = 65_536  # bytes that a connection holds before they are taken out of it
_SMALL = 262_144  # bytes of a mail that are taken however full it is
_NEW_LINE, _DOT = b"\r\n", b".\r\n"
_END = _NEW_LINE + _DOT


class MailTooLargeError(Exception):
    """The mail is larger than one may be."""


class NoRoomError(Exception):
    """The mails that are being taken in fill the memory that they may have."""


class Share:
    """What one mail holds of the memory that all share."""

    def __init__(self, room: "Room") -> None:
        self._room = room
        self._held = 0

    def grows(self, by: int) -> bool:
        """Take so many bytes more; False: there is no room for them."""
        if self._held + by > _SMALL and self._room.held + by > self._room.most:
            return False
        self._held += by
        self._room.held += by
        return True

    def end(self) -> None:
        self._room.held -= self._held
        self._held = 0


class Room:
    """Memory for the mails that are taken in at once, over all connections: `most` bytes, and a little for each."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held = 0

    @contextmanager
    def share(self) -> Iterator[Share]:
        """Give one mail its share until it is stored, or gone."""
        share = Share(self)
        try:
            yield share
        finally:
            share.end()


async def read_mail(reader: StreamReader, share: Share, *, most: int) -> bytes:
    """Return what follows DATA without the dots that were set for the way (RFC 5321, 4.5.2).

    Raises MailTooLargeError for more than `most` bytes, and NoRoomError, when the mail has been read to its end.
    """
    came = bytearray(_NEW_LINE)
    length = 0
    is_too_large = is_kept_out = False
    try:
        while not came.endswith(_END):  # a dot ends a mail only where it is all of a line
            try:
                piece = await reader.readuntil(_DOT)
            except LimitOverrunError as held:
                piece = await reader.read(held.consumed)
            came += piece
            length += len(piece)
            is_too_large = length > most + len(_DOT)
            is_kept_out = is_kept_out or not share.grows(len(piece))
            if is_too_large or is_kept_out:
                share.end()
                del came[: -len(_END)]
        if is_too_large:
            raise MailTooLargeError
        if is_kept_out:
            raise NoRoomError
        del came[-len(_DOT) :]
        if b"\r\n." in came:
            came = came.replace(b"\r\n.", _NEW_LINE)
        return bytes(memoryview(came)[len(_NEW_LINE) :])
    finally:
        came.clear()  # whoever hangs up leaves a circle of objects behind, for which nobody looks for long
