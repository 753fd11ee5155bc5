"""The tickets of a month as CSV or JSON Lines: what `table` says of a value, said of whole columns at once."""

import csv
import io
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from reports.columns import TICKET_COLUMNS, Kind, values
from reports.local_time import LocalTime
from reports.rows import TicketRow
from reports.table import harmless, minutes

_KEYS = [column.key for column in TICKET_COLUMNS]
_TEXTS = frozenset({Kind.TEXT, Kind.WORD})

Cells = Sequence[Any]


class TicketLines:
    """Writes each page of tickets into a file of its own in a folder; together they are the lines of the table."""

    def __init__(self, form: str, folder: Path, *, tz: ZoneInfo) -> None:
        self._form, self._folder, self._local = form, folder, LocalTime(tz)
        self._pages: Sequence[Path] = ()

    def begin(self, rows: Sequence[TicketRow]) -> None:
        pass

    def write(self, before: int, rows: Sequence[TicketRow]) -> Path:
        page = self._folder / str(before)
        with page.open("x", encoding="utf-8", newline="") as file:
            _WRITERS[self._form](file, self._plain(rows))
        return page

    def gather(self, written: Sequence[Path]) -> None:
        self._pages = written

    def pour(self, file: IO[bytes]) -> None:
        """Write the whole table."""
        file.write(_HEADS[self._form]().encode())
        for page in self._pages:
            with page.open("rb") as lines:
                shutil.copyfileobj(lines, file)
            page.unlink()

    def _plain(self, rows: Sequence[TicketRow]) -> Sequence[Cells]:
        columns = zip(*map(values, rows), strict=True)
        return [self._said(column.kind, cells) for column, cells in zip(TICKET_COLUMNS, columns, strict=True)]

    def _said(self, kind: Kind, cells: Cells) -> Cells:
        if kind is Kind.INSTANT:
            return self._local.written(cells)
        if kind is Kind.LENGTH:
            return [None if length is None else minutes(length) for length in cells]
        return cells


def _write_csv(file: IO[str], columns: Sequence[Cells]) -> None:
    safe = (
        [harmless(text) for text in cells] if column.kind in _TEXTS else cells
        for column, cells in zip(TICKET_COLUMNS, columns, strict=True)
    )  # fmt: skip
    csv.writer(file, lineterminator="\r\n").writerows(zip(*safe, strict=True))


def _write_json_lines(file: IO[str], columns: Sequence[Cells]) -> None:
    file.writelines(
        json.dumps(dict(zip(_KEYS, line, strict=True)), ensure_ascii=False) + "\n"
        for line in zip(*columns, strict=True)
    )


def _csv_head() -> str:
    head = io.StringIO()
    csv.writer(head, lineterminator="\r\n").writerow(_KEYS)
    return head.getvalue()


_WRITERS: Mapping[str, Callable[[IO[str], Sequence[Cells]], None]] = {
    "csv": _write_csv,
    "jsonl": _write_json_lines,
}
_HEADS: Mapping[str, Callable[[], str]] = {"csv": _csv_head, "jsonl": str}
