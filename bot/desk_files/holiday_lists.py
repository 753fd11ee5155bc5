"""An operator's own lists of holidays: files beside the desk file.

A list adds days off and takes days away: `open` says that the desk works on a day, whoever calls it a holiday. Reading
is a pure function of the text, the desk's time zone and the years that are wanted; it notes every mistake there is.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

from bot.desk_files.icalendar_days import read_ics
from bot.desk_files.listed_days import LONGEST_SPAN, Listed, ListedDay, Mistake, day_name, days_in

COLUMNS = ("on", "to", "name", "open")
HEADER_EXPECTED = f"expected a header of {', '.join(COLUMNS)}; only to and open may be left out"
MOST_LINES = 5_000
# A file right beside the desk file: nothing in its name leads out of the folder.
FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}\.(csv|ics)")
_SAID: Mapping[str, bool] = dict.fromkeys(("yes", "ya", "true"), True) | dict.fromkeys(
    ("", "no", "tidak", "false"), False
)


def read_list(name: str, text: str, *, zone: ZoneInfo, years: range) -> Listed:
    """Read a list by the ending of its name."""
    return read_ics(text, zone=zone, years=years) if name.endswith(".ics") else read_csv(text, years=years)


def read_csv(text: str, *, years: range) -> Listed:
    """Read `on,to,name,open`, header first; `to` and `open` may be left out. Spreadsheets here write semicolons."""
    text = text.removeprefix("\ufeff")
    if text.count("\n") > MOST_LINES:
        return Listed(mistakes=(Mistake(0, f"expected at most {MOST_LINES:,} lines"),))
    rows = csv.reader(StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    days: list[ListedDay] = []
    mistakes: list[Mistake] = []
    header: list[str] | None = None
    try:
        for cells in rows:
            if header is None:
                header = _header(cells)
            elif any(cell.strip() for cell in cells):
                try:
                    days += _days(_row(header, cells), years)
                except ValueError as error:
                    mistakes.append(Mistake(rows.line_num, str(error)))
    except (ValueError, csv.Error) as error:
        mistakes.append(Mistake(rows.line_num, str(error)))
    if header is None and not mistakes:
        mistakes.append(Mistake(1, HEADER_EXPECTED))
    return Listed(days=tuple(days), mistakes=tuple(mistakes))


def _header(cells: Sequence[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    if not {"on", "name"} <= set(names) <= set(COLUMNS) or len(set(names)) < len(names):
        raise ValueError(HEADER_EXPECTED)
    return names


def _row(header: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    if len(cells) > len(header):
        raise ValueError(
            f"expected {len(header)} columns, as in the header; a name with a comma goes in quotes"
        )
    return {name: cell.strip() for name, cell in zip(header, cells, strict=False)}


def _days(row: Mapping[str, str], years: range) -> Iterator[ListedDay]:
    """Yield the days of one row. Raises ValueError with what is expected."""
    said = row.get("open", "").lower()
    if said not in _SAID:
        raise ValueError("open: expected yes or no (ya, tidak); yes: the desk works on that day")
    name = day_name(row.get("name", ""))
    if not name and not _SAID[said]:
        raise ValueError("name: expected what the day off is called")
    first = _date(row, "on")
    last = _date(row, "to") if row.get("to") else first
    if not first <= last <= first + LONGEST_SPAN:
        raise ValueError(f"to: expected a date from {first} on, within ten years")
    return (ListedDay(on, name, _SAID[said]) for on in days_in(first, last + timedelta(days=1), years))


def _date(row: Mapping[str, str], column: str) -> date:
    raw = row.get(column, "")
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw, re.ASCII):
            return date.fromisoformat(raw)
    except ValueError:  # a day that the month does not have
        pass
    raise ValueError(f'{column}: expected a date YYYY-MM-DD, not "{raw[:40]}"')
