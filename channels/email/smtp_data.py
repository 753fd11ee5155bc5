"""Reading a mail from an SMTP connection in large pieces: line by line a file in base64 takes as long as all the rest."""

from asyncio import LimitOverrunError, StreamReader

PIECE = 65_536  # bytes that a connection holds before they are taken out of it
_NEW_LINE, _DOT = b"\r\n", b".\r\n"
_END = _NEW_LINE + _DOT


async def read_mail(reader: StreamReader, *, most: int) -> bytes | None:
    """Return what follows DATA without the dots that were set for the way (RFC 5321, 4.5.2); None: more than `most` bytes.

    What is too large is read to its end, and not kept.
    """
    came = bytearray(_NEW_LINE)
    length = 0
    while not came.endswith(_END):  # a dot ends a mail only where it is all of a line
        try:
            piece = await reader.readuntil(_DOT)
        except LimitOverrunError as held:
            piece = await reader.read(held.consumed)
        came += piece
        length += len(piece)
        if length > most + len(_DOT):
            del came[: -len(_END)]
    if length > most + len(_DOT):
        return None
    del came[-len(_DOT) :]
    return bytes(came.replace(b"\r\n.", _NEW_LINE) if b"\r\n." in came else came)[len(_NEW_LINE) :]
