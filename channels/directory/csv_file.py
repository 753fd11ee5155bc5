"""A directory in a CSV file beside the desk file.

The file is personal data, so it is not part of the desk's revisions: it is read where it lies, and read anew when it
changed. What stays in memory is an index from numbers and mailboxes to the places of their rows, for such a file may
have a hundred thousand of them.
"""

import asyncio
import csv
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from channels.contract import Deferred, RefusedByProvider
from channels.directory.contract import FIELDS, MOST_ENTRIES, Entry, digits_of, entry_of

ENCODING = "utf-8"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, kw_only=True)
class _Index:
    """Where the rows of the file as it was then begin."""

    stamp: tuple[int, int, int]  # inode, time of change, size
    delimiter: str
    columns: Mapping[str, int]  # field → its place in a row
    rows: int
    numbers: Mapping[str, tuple[int, ...]]
    emails: Mapping[str, tuple[int, ...]]


class CsvDirectory:
    """The columns are found by the header: `number`, `name`, `email`, `unit`, `status`, or as `columns` calls them."""

    def __init__(self, path: Path, *, columns: Mapping[str, str] | None = None) -> None:
        self._path = path
        self._columns = {name: name for name in FIELDS} | dict(columns or {})
        self._index: _Index | None = None
        self._lock = threading.Lock()

    async def find(self, *, number: str | None = None, email: str | None = None) -> tuple[Entry, ...]:
        return await asyncio.to_thread(self._find, number, email)

    async def state(self) -> str:
        index = await asyncio.to_thread(self._opened)
        return f"{self._path.name} has {index.rows} {'entry' if index.rows == 1 else 'entries'}."

    def _find(self, number: str | None, email: str | None) -> tuple[Entry, ...]:
        index = self._opened()
        places = index.numbers.get(number, ()) if number is not None else index.emails.get(email or "", ())
        if not places:
            return ()
        try:
            with self._path.open("rb") as file:
                return tuple(_entry_at(file, place, index) for place in places[:MOST_ENTRIES])
        except (OSError, ValueError, StopIteration) as error:
            raise Deferred(f"{self._path.name} changed while it was read") from error

    def _opened(self) -> _Index:
        """Return the index of the file as it is now."""
        with self._lock:
            try:
                found = self._path.stat()
                stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
                if self._index is None or self._index.stamp != stamp:
                    with self._path.open("rb") as file:
                        self._index = self._read(file, stamp)
            except FileNotFoundError as error:
                raise RefusedByProvider(f"there is no file {self._path.name}", account_broken=True) from error
            except OSError as error:
                raise Deferred(f"{self._path.name} cannot be read: {error.strerror}") from error
            except (ValueError, csv.Error) as error:
                says = f"{self._path.name} is no CSV file in UTF-8"
                raise RefusedByProvider(says, account_broken=True) from error
            return self._index

    def _read(self, file: BinaryIO, stamp: tuple[int, int, int]) -> _Index:
        header = file.readline().removeprefix(_BOM).decode(ENCODING)
        delimiter = (
            ";" if header.count(";") > header.count(",") else ","
        )  # a spreadsheet's, where the comma is decimal
        columns = self._places_of(next(csv.reader([header], delimiter=delimiter), []))
        numbers: dict[str, tuple[int, ...]] = {}
        emails: dict[str, tuple[int, ...]] = {}
        rows = 0
        for place, row in _rows(file, delimiter):
            rows += 1
            if number := digits_of(_cell(row, columns.get("number"))):
                numbers[number] = (*numbers.get(number, ()), place)
            if email := _cell(row, columns.get("email")).strip().lower():
                emails[email] = (*emails.get(email, ()), place)
        return _Index(
            stamp=stamp, delimiter=delimiter, columns=columns, rows=rows, numbers=numbers, emails=emails
        )

    def _places_of(self, header: Sequence[str]) -> dict[str, int]:
        there = {title.strip().casefold(): place for place, title in enumerate(header)}
        columns = {
            field: there[title.casefold()]
            for field, title in self._columns.items()
            if title.casefold() in there
        }
        if not columns.keys() & {"number", "email"}:
            says = f"{self._path.name} has no column {self._columns['number']} or {self._columns['email']}"
            raise RefusedByProvider(says, account_broken=True)
        return columns


def _rows(file: BinaryIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the place at which it begins; a quoted cell may run over several lines."""
    place = file.tell()
    for row in csv.reader(iter(lambda: file.readline().decode(ENCODING), ""), delimiter=delimiter):
        if row:
            yield place, row
        place = file.tell()


def _entry_at(file: BinaryIO, place: int, index: _Index) -> Entry:
    file.seek(place)
    _, row = next(_rows(file, index.delimiter))
    return entry_of(**{field: _cell(row, column) for field, column in index.columns.items()})


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""
