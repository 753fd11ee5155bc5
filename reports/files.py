"""Files that are whole or not there: written beside their place, and moved into it once they are complete."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reports.errors import UnwritableError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a file beside `path` to write to; it takes that name only if all went well.

    Raises UnwritableError for what the file system refuses: no such folder, no right to write, a full disk.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        part.touch()  # what cannot be written is found out before there is anything to write
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(path)
    except OSError as error:
        raise UnwritableError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
