"""A kept file as an answer: piece by piece from wherever it lies, and in part for a player that asks for a part."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from starlette.exceptions import HTTPException

from tickets.ledger.store import Ledger

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
Pieces = Callable[[int, int], Iterator[bytes]]


async def kept_file(
    ledger: Ledger, sha256: str, *, type: str, headers: Mapping[str, str], asked: Request | None = None  # noqa: A002
) -> Response:  # fmt: skip
    """Hand out a file of the ledger. Raises HTTPException(404) for one that is no longer kept, StoreUnavailableError."""
    blobs = ledger.blobs
    size = await ledger.put_aside(blobs.size, sha256)
    if size is None:
        raise HTTPException(404, "the file is no longer kept")
    return in_pieces(partial(blobs.pieces, sha256), size, type=type, headers=headers, asked=asked)


def in_pieces(
    pieces: Pieces, size: int, *, type: str, headers: Mapping[str, str], asked: Request | None = None  # noqa: A002
) -> Response:  # fmt: skip
    """Answer with what was asked for of a file: all, or one range of it; several ranges are answered with all (RFC 9110)."""
    start, end = _meant(asked, size)
    if start >= end > 0 or start > end:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
    said = {**headers, "Accept-Ranges": "bytes", "Content-Length": str(end - start)}
    partly = (start, end) != (0, size)
    if partly:
        said["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    status = 206 if partly else 200
    if asked is not None and asked.method == "HEAD":
        return Response(status_code=status, media_type=type, headers=said)
    return StreamingResponse(pieces(start, end), status_code=status, media_type=type, headers=said)


def _meant(asked: Request | None, size: int) -> tuple[int, int]:
    """Return the place where what is asked for begins, and the one before which it ends."""
    wished = None if asked is None or "if-range" in asked.headers else asked.headers.get("range")
    part = _RANGE.fullmatch(wished or "")
    if part is None or part.groups() == ("", ""):
        return 0, size
    first, last = part.groups()
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(int(last) + 1, size) if last else size
