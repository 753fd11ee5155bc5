"""Files in a folder of this machine, each synced before it counts as kept."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tickets.ledger.depot.contract import PIECE

_GOING = ".going"


class FolderDepot:
    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, content: bytes) -> None:
        target = self._root / key
        if _touched(target):
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)

    def bring(self, key: str, file: Path) -> None:
        target = self._root / key
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, target)

    def size(self, key: str) -> int | None:
        try:
            return (self._root / key).stat().st_size
        except FileNotFoundError:
            return None

    def pieces(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        with (self._root / key).open("rb") as file:
            file.seek(start)
            left = PIECE if end is None else end - start
            while left > 0 and (piece := file.read(min(PIECE, left))):
                yield piece
                left -= 0 if end is None else len(piece)

    def drop(self, key: str, *, unless_since: datetime) -> bool:
        target = self._root / key
        going = target.with_suffix(_GOING)
        try:
            target.rename(going)
        except FileNotFoundError:
            return False
        if going.stat().st_mtime >= unless_since.timestamp():
            going.rename(target)
            return False
        going.unlink()
        return True

    def keys(self) -> Iterator[str]:
        for path in self._root.glob("*/*"):
            if path.suffix != _GOING:
                yield path.relative_to(self._root).as_posix()


def _touched(file: Path) -> bool:
    """Say of a file that it is wanted still; False if it is not there."""
    try:
        os.utime(file)
    except FileNotFoundError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
