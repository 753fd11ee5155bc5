"""Where a command writes what it is asked for: a file, or standard output, which `-` means."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from reports.errors import UnwritableError

STANDARD_OUTPUT = Path("-")
OF_TEXT = ("csv", "jsonl")  # what a terminal can show

Output = Annotated[
    Path, typer.Option("--output", "-o", help="The file to write; -: standard output, once it is whole.")
]
OutputOrNone = Annotated[
    Path | None, typer.Option("--output", "-o", help="A file; left out, or -: standard output.")
]


def as_file(output: Path | None, format_: str) -> Path | None:
    """Return the file that is meant; None for standard output. Raises BadParameter for a terminal that cannot show it."""
    if output is not None and output != STANDARD_OUTPUT:
        return output
    if format_ not in OF_TEXT and sys.stdout.isatty():
        raise typer.BadParameter(f"{format_} is no text for a terminal; say -o FILE", param_hint="--output")
    return None


@contextmanager
def whole(output: Path, format_: str) -> Iterator[Path]:
    """Give a path for a file that is written whole or not at all, and say that it is there.

    For standard output it is one that goes there once it is whole. Raises BadParameter, UnwritableError.
    """
    to = as_file(output, format_)
    if to is not None:
        yield to
        typer.echo(f"Wrote {to}.")
        return
    with _passing() as path:
        yield path
        _pour(path)


@contextmanager
def _passing() -> Iterator[Path]:
    try:
        folder = TemporaryDirectory(prefix="tanggap-report-")
    except OSError as error:
        raise UnwritableError(f"there is no room for the report: {error.strerror or error}") from error
    with folder as name:
        yield Path(name) / "report"


def _pour(path: Path) -> None:
    try:
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise UnwritableError(f"the report stopped: {error.strerror or error}") from error
