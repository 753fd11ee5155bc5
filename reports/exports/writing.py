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

from sqlmodel import Session

from reports.errors import BadFormatError, ReportError, UnwritableError
from reports.exports.asked import FORMATS, Asked, span_of
from reports.exports.kinds import KINDS
from reports.exports.lines import Cells, Reading, Whose
from reports.exports.workbook import SHEET_ROWS, Described, write_workbook
from reports.files import replacing
from reports.handed import Known
from reports.labels import Language
from reports.progress import Stage, Tell, told, unheard
from reports.table import harmless, plain
from tickets.desk import Desk


def export(
    session: Session, asked: Asked, to: Path | BinaryIO, *, desk: Desk, known: Known, now: datetime,
    beside: Sequence[Whose] = (), tell: Tell = unheard, sheet_rows: int = SHEET_ROWS,
) -> int:  # fmt: skip
    """Write what is asked for; how many lines. `tell` hears how far it has come.

    An export of the desks `beside` too has theirs after its own, each line with its desk, and days as they are at each. A path gets
    a whole file or none; a stream (standard output, an answer over HTTP) gets what comes. Raises ReportError.
    """
    if asked.format not in FORMATS:
        raise BadFormatError(asked.format, FORMATS)
    if asked.what not in KINDS:
        raise ReportError(f'"{asked.what[:40]}" cannot be taken out; expected {" or ".join(KINDS)}')
    language = asked.language or desk.language
    every = (Whose(desk=desk, known=known, only=asked.only), *beside)
    readings = [_reading(session, asked, each, now=now, language=language) for each in every]
    if isinstance(to, Path):
        with replacing(to) as part, part.open("wb") as file:
            return _written(readings, asked, file, tell=tell, sheet_rows=sheet_rows)
    try:
        written = _written(readings, asked, to, tell=tell, sheet_rows=sheet_rows)
        to.flush()  # a disk that is full says so now, not when nobody listens any more
    except OSError as error:
        raise UnwritableError(f"the export stopped: {error.strerror or error}") from error
    return written


def _reading(session: Session, asked: Asked, whose: Whose, *, now: datetime, language: Language) -> Reading:
    start_at, end_at = span_of(whose.desk, asked.first_on, asked.last_on)
    return Reading(
        session=session, desk=whose.desk, start_at=start_at, end_at=end_at, now=now, known=whose.known, only=whose.only,
        identities=asked.identities, language=language,
    )  # fmt: skip


def _written(
    readings: Sequence[Reading], asked: Asked, file: BinaryIO, *, tell: Tell, sheet_rows: int
) -> int:
    kind = KINDS[asked.what] if len(readings) == 1 else KINDS[asked.what].of_desks()
    sieved = any(reading.only.keeps is not None for reading in readings)
    of = None if sieved else sum(kind.count(reading) for reading in readings)
    found = ((reading, line) for reading in readings for line in kind.lines(reading))
    lines = told(found, Stage.READING, of=of, tell=tell)
    if asked.format == "xlsx":
        book = Described(what=asked.what, columns=kind.columns, readings=readings)
        return write_workbook((line for _, line in lines), book, file, tell=tell, sheet_rows=sheet_rows)
    write = _csv if asked.format == "csv" else _json_lines
    text = codecs.getwriter("utf-8")(file)  # keeps nothing back, and leaves the stream to whoever opened it
    return write(lines, [column.key for column in kind.columns], text)


def _csv(lines: Iterable[tuple[Reading, Cells]], keys: Sequence[str], file: codecs.StreamWriter) -> int:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(keys)
    written = 0
    for reading, line in lines:
        tz = reading.desk.calendar.tz
        writer.writerow([harmless(plain(value, tz)) for value in line])
        written += 1
    return written


def _json_lines(
    lines: Iterable[tuple[Reading, Cells]], keys: Sequence[str], file: codecs.StreamWriter
) -> int:
    written = 0
    for reading, line in lines:
        tz = reading.desk.calendar.tz
        values = {key: plain(value, tz) for key, value in zip(keys, line, strict=True)}
        file.write(json.dumps(values, ensure_ascii=False) + "\n")
        written += 1
    return written
