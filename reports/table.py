"""Plain tables: CSV and JSON Lines, the keys of the columns as header.

A message may not become a formula in whoever's spreadsheet: a cell that begins with `=`, `+`, `-` or `@`, also with a wide
one, or with a tab or line end that some programs skip over, gets a leading `'`. Where commas are decimal, as in Indonesia,
a spreadsheet separates at semicolons, and a quote behind a comma opens nothing: there a formula may begin within a cell,
behind a semicolon or a line end, and is held off as well (https://owasp.org/www-community/attacks/CSV_Injection). Instants
carry the offset of the desk's zone, lengths are minutes.
"""

import csv
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from reports.columns import Value
from templates_replies.tables import FORMULA_STARTS

_BEGINS_WITHIN = re.compile(r'([;\t\r\n]"*+)(?=[-=+@＝＋－＠])')


def write_lines(
    lines: Iterable[dict[str, str | int | float | None]], keys: Sequence[str], form: str, file: TextIO
) -> int:
    """Write lines of any records as csv, with these keys as header, or as jsonl; how many."""
    writer = csv.DictWriter(file, keys, lineterminator="\r\n")
    if form == "csv":
        writer.writeheader()
    count = 0
    for line in lines:
        if form == "csv":
            writer.writerow({key: harmless(value) for key, value in line.items()})
        else:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    return count


def plain(value: Value, tz: ZoneInfo) -> str | int | float | None:
    """Return a value as text files say it."""
    if isinstance(value, datetime):
        return value.astimezone(tz).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return minutes(value)
    return value


def minutes(length: timedelta) -> float:
    return round(length.total_seconds() / 60, 2)


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    said = f"'{value}" if value.startswith(FORMULA_STARTS) else value
    return _BEGINS_WITHIN.sub(r"\1'", said) if ";" in said or not said.isprintable() else said
