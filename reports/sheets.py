"""Sheets as every workbook of ours has them: a header that stays, columns as wide as what is in them, ready to print.

Whatever a message says is written as text, never as a formula or a link.
"""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self, cast
from zoneinfo import ZoneInfo

from later import Later
from reports.errors import UnwritableError
from reports.packed import Piece, pack
from reports.pouring import Poured, Pouring
from reports.sheet_sizes import LINE, Kinded, height_of, lines_of, widths_of
from reports.sheet_sizes import Cell as Cell  # noqa: PLC0414  whoever fills sheets asks for it here
from reports.sheet_sizes import Heading as Heading  # noqa: PLC0414  likewise
from reports.sink import Sink

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter import exceptions

    from reports import long_sheet
else:
    xlsxwriter, exceptions = Later("xlsxwriter"), Later("xlsxwriter.exceptions")
    long_sheet = Later("reports.long_sheet")

ACCENT = "#1F5A73"
A4 = 9
_GREY = "#6B6B6B"
_DASH = "–"
_DAY_SECONDS = 86_400
_ALIGNED: Mapping[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "align": "left", "indent": 1},
    "instant": {"align": "center"},
    "date": {"align": "center"},
}
_MEASURED_ROWS = 2_000  # the widths of a long sheet follow its beginning
_WRITTEN_ROWS = 500  # at a time

Figure = tuple[str, Cell, str]  # on a front page: key of its label, value, kind of cell


class Book:
    """A workbook that is being written: its formats, and how each kind of cell is written.

    Leaving its `with` packs the file into the stream. Raises OSError, UnwritableError.
    """

    def __init__(
        self, to: BinaryIO, *, language: str, tz: ZoneInfo, author: str, title: str, at: datetime
    ) -> None:
        self._sink = Sink(to)
        self._folder = tempfile.TemporaryDirectory(prefix="tanggap-report-")
        self._packed = Path(self._folder.name) / "packed"
        self._rows: dict[str, Sequence[Piece]] = {}
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": self._folder.name,
        }
        self.workbook = xlsxwriter.Workbook(str(self._packed), options)
        self.workbook.set_properties({"title": title, "author": author, "created": _local(at, tz)})
        self.tz = tz
        day = "dd/mm/yyyy" if language == "id" else "yyyy-mm-dd"
        self._number_formats = {
            "text": "@",
            "number": "#,##0",
            "share": "0.0%",
            "mean": "0.00",
            "thousandths": "0.000",
            "instant": f"{day} hh:mm",
            "date": day,
            "length": "[h]:mm:ss",
        }
        base = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
        self._base = base
        self._cells = {
            kind: self.workbook.add_format(
                base | {"num_format": number_format} | _ALIGNED.get(kind, {"align": "right"})
            )
            for kind, number_format in self._number_formats.items()
        }
        self._dash = self.format(align="right", font_color=_GREY)
        heading: dict[str, Any] = {
            "bold": True, "font_color": "white", "bg_color": ACCENT, "text_wrap": True, "valign": "vcenter",
            "border": 1, "border_color": "#FFFFFF",
        }  # fmt: skip
        self._headers = {
            True: self.format(**heading, align="left", indent=1),
            False: self.format(**heading, align="center"),
        }
        self.quiet = self.format(font_color=_GREY, italic=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sink.given_up = error is not None
        try:
            self.workbook.close()
            if error is None:
                pack(self._packed, self._rows, cast(BinaryIO, self._sink))
                self._sink.flush()
        except exceptions.XlsxWriterException as failed:
            if error is None:
                raise UnwritableError(f"the workbook cannot be put together: {failed}") from failed
        finally:
            self._sink.given_up = True  # the stream is whoever opened it's again
            self._folder.cleanup()
        if error is None and self._sink.error is not None:
            raise self._sink.error

    def format(self, *, of: str | None = None, **properties: Any) -> Any:
        """Make a format: the house's own with some properties changed; `of` a kind of cell."""
        kind = {"num_format": self._number_formats[of]} if of else {}
        return self.workbook.add_format(self._base | kind | properties)

    def header(self, kind: str) -> Any:
        """Return the format of a heading over cells of this kind."""
        return self._headers[kind == "text"]

    def write(
        self, sheet: Any, row: int, column: int, value: Cell, *, kind: str, dashed: bool = False
    ) -> None:
        """Write one cell as what it is. Instants become local time, which is all that a spreadsheet knows."""
        form = self._cells[kind]
        if value is None:
            if dashed:
                sheet.write_string(row, column, _DASH, self._dash)
            else:
                sheet.write_blank(row, column, None, form)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, form)
        elif isinstance(value, timedelta):
            sheet.write_number(row, column, value.total_seconds() / _DAY_SECONDS, form)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, _local(value, self.tz), form)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, form)
        else:
            sheet.write_number(row, column, value, form)

    def table(
        self, name: str, *, code: str, headings: Sequence[Heading], rows: Sequence[Sequence[Cell | Kinded]], empty: str,
        pages_wide: int = 1,
    ) -> None:  # fmt: skip
        """Add a sheet with one real table from its first row on; without rows it says so instead."""
        sheet = self.workbook.add_worksheet(name)
        widths = widths_of(headings, rows[:_MEASURED_ROWS])
        self._lay_out(sheet, name, headings, widths, pages_wide=pages_wide if rows else 1)
        for number, row in enumerate(rows, start=1):
            self._write_row(sheet, number, headings, widths, row)
        if not rows:
            sheet.write_string(1, 0, empty, self.quiet)
            return
        self._make_table(sheet, code, headings, len(rows))

    def long_table(
        self, name: str, *, code: str, headings: Sequence[Heading], rows: Iterable[Sequence[Cell]], empty: str,
        pages_wide: int = 1,
    ) -> int:  # fmt: skip
        """Add a sheet like `table` does, of however many rows, keeping none of them; how many there were.

        No chart can be drawn of it.
        """
        poured = self.pour(rows, code=code, headings=headings)
        return self.poured_table(name, poured, empty=empty, pages_wide=pages_wide)

    def pouring(self, *, code: str, headings: Sequence[Heading]) -> Pouring:
        """Return what writes out the rows of a long table, whose sheet is added later."""
        folder = Path(self._folder.name)
        return Pouring(code, folder, headings=headings, styles=self._styles(headings), tz=self.tz, dash=_DASH)

    def pour(self, rows: Iterable[Sequence[Cell]], *, code: str, headings: Sequence[Heading]) -> Poured:
        """Write out the rows of a long table, whose sheet is added later."""
        coming = iter(rows)
        beginning = list(islice(coming, _MEASURED_ROWS))
        pouring, pieces, count = self.pouring(code=code, headings=headings), list[Piece](), 0
        pouring.begin(beginning)
        rest = chain(beginning, coming)
        while some := list(islice(rest, _WRITTEN_ROWS)):
            pieces.append(pouring.write(count, some))
            count += len(some)
        return pouring.poured(pieces, count)

    def poured_table(self, name: str, poured: Poured, *, empty: str, pages_wide: int = 1) -> int:
        """Add the sheet of rows that were poured; how many there are."""
        headings = poured.headings
        if not poured.count:
            self.table(name, code=poured.code, headings=headings, rows=(), empty=empty)
            return 0
        sheet = self.workbook.add_worksheet(name, long_sheet.LongSheet)
        self._lay_out(sheet, name, headings, poured.widths, pages_wide=pages_wide)
        sheet.make_room(poured.count)
        self._rows[sheet.part] = poured.pieces
        self._make_table(sheet, poured.code, headings, poured.count)
        return poured.count

    def _styles(self, headings: Sequence[Heading]) -> "Sequence[long_sheet.Style]":
        dash = _number_of(self._dash)
        return [
            long_sheet.Style(cell=_number_of(self._cells[one.kind]), nothing=dash if one.dashed else None)
            for one in headings
        ]

    def _make_table(self, sheet: Any, code: str, headings: Sequence[Heading], rows: int) -> None:
        sheet.add_table(
            0, 0, rows, len(headings) - 1,
            {
                "name": code,
                "style": "Table Style Light 1",
                "columns": [
                    {"header": one.label, "header_format": self.header(one.kind)} for one in headings
                ],
            },
        )  # fmt: skip

    def _write_row(
        self, sheet: Any, number: int, headings: Sequence[Heading], widths: Sequence[float],
        row: Sequence[Cell | Kinded],
    ) -> None:  # fmt: skip
        for column, (heading, value) in enumerate(zip(headings, row, strict=True)):
            cell = value if isinstance(value, Kinded) else Kinded(value, heading.kind)
            self.write(sheet, number, column, cell.value, kind=cell.kind, dashed=heading.dashed)
        height = height_of(zip(row, widths, strict=True))
        if height is not None:
            sheet.set_row(number, height)

    def _lay_out(
        self, sheet: Any, name: str, headings: Sequence[Heading], widths: Sequence[float], *, pages_wide: int
    ) -> None:
        """Set up the sheet and write its first row."""
        needed = max(lines_of(one.label, width - 2) for one, width in zip(headings, widths, strict=True))
        sheet.set_row(0, needed * LINE + 6)
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading.label, self.header(heading.kind))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        if pages_wide > 1:
            sheet.repeat_columns(0)
        prepare_to_print(sheet, name, landscape=True, pages_wide=pages_wide)


def prepare_to_print(sheet: Any, name: str, *, landscape: bool, pages_wide: int) -> None:
    """Set the sheet up for A4, with its name and the page's number below."""
    sheet.set_paper(A4)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.hide_gridlines(2)
    sheet.set_footer(f"&L&8{_in_footer(name)}&R&8&P / &N")


def _in_footer(text: str) -> str:
    return text[:120].replace("&", "&&")


def _local(at: datetime, tz: ZoneInfo) -> datetime:
    return at.astimezone(tz).replace(tzinfo=None)


def _number_of(form: Any) -> int:
    """Return by which number cells name a format."""
    return int(form._get_xf_index())  # noqa: SLF001  a sheet that writes its own cells has no other way to it
