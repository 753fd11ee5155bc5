"""The attachments of a backup: read from wherever they lie into a tar file, and put where they are to lie from one."""

import io
import os
import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import IO, Any

from tickets.ledger.depot.contract import Depot

NAME = re.compile(r"files/([0-9a-f]{2})/([0-9a-f]{62})")  # as a file is called in the archive
_CHUNK = 1024 * 1024


def add_files(archive: tarfile.TarFile, depot: Depot) -> int:
    """Write all attachments; how many. One that was erased since the list was read is left out."""
    done = 0
    for key in depot.keys():  # noqa: SIM118  it is no mapping
        if NAME.fullmatch(f"files/{key}"):
            done += _added(archive, depot, key)
    return done


def there_is_any(depot: Depot) -> bool:
    return any(NAME.fullmatch(f"files/{key}") for key in depot.keys())  # noqa: SIM118


def take_back(content: IO[bytes], name: str, depot: Depot, *, aside: Path) -> None:
    """Put one attachment of an archive where attachments lie; `aside` is a folder for it on its way."""
    part = aside / "attachment"
    with part.open("wb") as file:
        shutil.copyfileobj(content, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())
    depot.bring(name.removeprefix("files/"), part)


def _added(archive: tarfile.TarFile, depot: Depot, key: str) -> bool:
    size, pieces = depot.size(key), depot.pieces(key)
    if size is None:
        return False
    with suppress(FileNotFoundError):
        first = next(pieces, b"")  # before its name is written: it may just have gone
        info = tarfile.TarInfo(f"files/{key}")
        info.size, info.mode = size, 0o600
        archive.addfile(info, _Pieces(chain((first,), pieces)))
        return True
    return False


class _Pieces(io.RawIOBase):
    """Pieces as a file that is read from its beginning to its end."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        many = min(len(into), len(self._left))
        into[:many], self._left = self._left[:many], self._left[many:]
        return many
