"""Files that are whole or not there: written beside their place, and moved into it once they are complete."""

import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from reports.errors import UnwritableError

# What files of each form are called over HTTP.
TYPES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "poster": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
}


@contextmanager
def poured(stream: BinaryIO) -> Iterator[TextIO]:
    """Give a text to write to that pours into a stream: standard output, an answer over HTTP.

    What the stream cannot take is known here and not when the process ends. Raises UnwritableError.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        yield text
        text.flush()
    except OSError as error:
        raise UnwritableError(f"the export stopped: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            text.detach()  # leaves the stream to whoever opened it


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
