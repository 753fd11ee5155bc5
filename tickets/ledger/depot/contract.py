"""What a place for the bytes of files promises, whichever it is."""

import errno
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

PIECE = 1024 * 1024  # bytes: the most that reading holds at once


class DepotError(OSError):
    """The files cannot be reached now; `code` is the storage's own word for it, or ours."""

    def __init__(self, code: str) -> None:
        super().__init__(errno.EIO, f"the storage of files says {code}")
        self.code = code

    def __str__(self) -> str:
        return str(self.strerror)


class Depot(Protocol):
    """Bytes under keys such as `ab/cdef…`. Blocking: for threads. Any method may raise OSError for a place out of reach."""

    def put(self, key: str, content: bytes) -> None:
        """Keep bytes under a key that always means the same bytes. After the return they are durable, and new again."""

    def bring(self, key: str, file: Path) -> None:
        """Take a file of this machine away and keep its bytes, in place of what was under the key."""

    def size(self, key: str) -> int | None:
        """Return how many bytes there are; None: nothing is under the key."""

    def pieces(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield the bytes from `start` to before `end`, at most PIECE at a time. Raises FileNotFoundError."""

    def drop(self, key: str, *, unless_since: datetime) -> bool:
        """Delete what nobody has put since then; False for what is gone already, or was put again.

        Whoever puts the same bytes meanwhile finds them gone and writes them anew, or has made them new, and they stay.
        """

    def keys(self) -> Iterator[str]:
        """Yield every key there is, in any order."""
