"""One ZIP out of many files, handed out while it is made: nothing but the piece at hand is in memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tickets.ledger.blobs import BlobStore

PIECE = 256 * 1024  # bytes
_EARLIEST = 1980  # a ZIP knows no year before
_READABLE = 0o644 << 16


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One file of an archive."""

    path: str  # with `/` between folders, each of them a harmless name
    at: datetime  # local: a ZIP knows no zone
    size: int  # bytes, about: whether it needs the larger format
    pieces: Callable[[], Iterable[bytes]]


def of_bytes(path: str, content: bytes, *, at: datetime) -> Entry:
    return Entry(path=path, at=at, size=len(content), pieces=lambda: (content,))


def of_file(path: str, sha256: str, size: int, blobs: BlobStore, *, at: datetime) -> Entry:
    """Return a file that is kept as an entry."""
    return Entry(path=path, at=at, size=size, pieces=lambda: blobs.pieces(sha256))


def packed(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield a ZIP piece by piece."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for entry in entries:
            with archive.open(_info(entry), "w") as file:
                for large in entry.pieces():
                    for start in range(0, len(large), PIECE):
                        file.write(large[start : start + PIECE])
                        yield from sink.taken()
            yield from sink.taken()
    yield from sink.taken()


def _info(entry: Entry) -> ZipInfo:
    at = entry.at if entry.at.year >= _EARLIEST else entry.at.replace(year=_EARLIEST)
    info = ZipInfo(entry.path, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    info.compress_type, info.external_attr, info.file_size = ZIP_DEFLATED, _READABLE, entry.size
    return info


class _Sink:
    """Where the ZIP is written: it keeps what has not been handed on, and cannot be sought in."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> list[bytes]:
        pieces, self._pieces = self._pieces, []
        return pieces
