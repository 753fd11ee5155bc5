"""An export as a file: read and written line by line, in memory that does not grow with them.

Text files say what programs read: keys, ids, minutes. A workbook says it in the desk's language, with real dates and
lengths, and goes on in a further sheet where one is full.
"""

import codecs
import csv
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from sqlmodel import Session

from reports.errors import BadFormatError, ReportError, UnwritableError
from reports.exports.asked import FORMATS, Asked, span_of
from reports.exports.kinds import KINDS
from reports.exports.lines import Cells, Reading
from reports.exports.workbook import SHEET_ROWS, write_workbook
from reports.files import replacing
from reports.handed import Known
from reports.progress import Stage, Tell, told, unheard
from reports.table import harmless, plain
from tickets.desk import Desk


def export(
    session: Session, asked: Asked, to: Path | BinaryIO, *, desk: Desk, known: Known, now: datetime,
    tell: Tell = unheard, sheet_rows: int = SHEET_ROWS,
) -> int:  # fmt: skip
    """Write what is asked for; how many lines. `tell` hears how far it has come.

    A path gets a whole file or none; a stream (standard output, an answer over HTTP) gets what comes. Raises ReportError.
    """
    if asked.format not in FORMATS:
        raise BadFormatError(asked.format, FORMATS)
    if asked.what not in KINDS:
        raise ReportError(f'"{asked.what[:40]}" cannot be taken out; expected {" or ".join(KINDS)}')
    start_at, end_at = span_of(desk, asked.first_on, asked.last_on)
    reading = Reading(
        session=session, desk=desk, start_at=start_at, end_at=end_at, now=now, known=known, only=asked.only,
        identities=asked.identities, language=asked.language or desk.language,
    )  # fmt: skip
    if isinstance(to, Path):
        with replacing(to) as part, part.open("wb") as file:
            return _written(reading, asked, file, tell=tell, sheet_rows=sheet_rows)
    try:
        written = _written(reading, asked, to, tell=tell, sheet_rows=sheet_rows)
        to.flush()  # a disk that is full says so now, not when nobody listens any more
    except OSError as error:
        raise UnwritableError(f"the export stopped: {error.strerror or error}") from error
    return written


def _written(reading: Reading, asked: Asked, file: BinaryIO, *, tell: Tell, sheet_rows: int) -> int:
    kind = KINDS[asked.what]
    of = None if asked.only.keeps is not None else kind.count(reading)
    lines = told(kind.lines(reading), Stage.READING, of=of, tell=tell)
    if asked.format == "xlsx":
        return write_workbook(lines, asked.what, file, reading=reading, tell=tell, sheet_rows=sheet_rows)
    write = _csv if asked.format == "csv" else _json_lines
    text = codecs.getwriter("utf-8")(file)  # keeps nothing back, and leaves the stream to whoever opened it
    return write(lines, [column.key for column in kind.columns], text, reading.desk.calendar.tz)


def _csv(lines: Iterable[Cells], keys: Sequence[str], file: codecs.StreamWriter, tz: ZoneInfo) -> int:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(keys)
    written = 0
    for line in lines:
        writer.writerow([harmless(plain(value, tz)) for value in line])
        written += 1
    return written


def _json_lines(lines: Iterable[Cells], keys: Sequence[str], file: codecs.StreamWriter, tz: ZoneInfo) -> int:
    written = 0
    for line in lines:
        values = {key: plain(value, tz) for key, value in zip(keys, line, strict=True)}
        file.write(json.dumps(values, ensure_ascii=False) + "\n")
        written += 1
    return written
