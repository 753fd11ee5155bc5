"""The first sheet of the month's workbook: the figures at a glance, the charts, and how all of it is counted."""

from collections.abc import Sequence
from typing import Any

from reports.compared import compared
from reports.correction_words import closed_line
from reports.gone import said_of_gone
from reports.handed import Handed
from reports.labels import Labels
from reports.lost_line import said_of_lost
from reports.quality_sheet import quality_figures
from reports.sheets import ACCENT, Book, Cell, Figure, prepare_to_print
from reports.survey_sheets import survey_figures
from reports.whose import whose

CHARTED_CATEGORIES = 12
_CHART_WIDTH = 900
_FRONT_COLUMNS = 8
_COMPARED_COLUMNS = (0, 1, 2, 3)
_NOTE_LINE = 120  # letters of a note that surely fit on one line


class FrontPage:
    """The first sheet, which is printed on one page."""

    def __init__(self, book: Book, labels: Labels, sheet: Any, handed: Handed) -> None:
        self._book = book
        self._labels = labels
        self._sheet = sheet
        self._handed = handed
        self._report = handed.report
        self._row = 0
        self._section = book.format(
            bold=True, font_size=12, font_color=ACCENT, bottom=1, bottom_color=ACCENT, valign="vcenter"
        )
        self._note = book.format(text_wrap=True, font_size=9, font_color="#6B6B6B", valign="vcenter")

    def write(self) -> None:
        self._sheet.set_column(0, 0, 30)
        self._sheet.set_column(1, _FRONT_COLUMNS - 1, 13.5)
        prepare_to_print(self._sheet, self._labels("sheet.summary"), landscape=False, pages_wide=1)
        self._title()
        self._figures()
        self._promises()
        self._comparison()
        if self._report.part.is_whole:
            self._survey()
            self._quality()
        self._statuses()
        self._charts()
        self._notes()
        self._sheet.activate()

    def _title(self) -> None:
        report, labels = self._report, self._labels
        at = report.made_at.astimezone(report.month.tz)
        said_at = f"{labels.day(at.date())} {at:%H:%M}"
        month = labels.month(report.month.year, report.month.number)
        self._sheet.set_row(0, 26)
        self._line(
            f"{labels('title')} – {month}", self._book.format(bold=True, font_size=18, font_color=ACCENT)
        )
        self._line(whose(report, labels), self._book.format(bold=True, font_size=12))
        self._line(labels("made_at", at=said_at, zone=report.month.zone), self._book.quiet)
        if report.month.running:
            self._line(labels("running", at=said_at), self._book.format(bold=True, font_color="#9C5700"))
        found = self._handed.corrections
        if found is not None:
            on = labels.day(found.closing.closed_at.astimezone(report.month.tz).date())
            said = closed_line(found, on, labels, report.names)
            self._line(said, self._book.format(bold=True, font_color="#9C5700"))
        if (gone := said_of_gone(self._handed.gone, labels)) is not None:
            self._wrapped(gone)
        if not report.tickets:
            self._row += 1
            self._line(labels("empty_month"), self._book.format(bold=True, font_size=12))
        self._row += 1

    def _line(self, text: str, form: Any) -> None:
        self._sheet.write_string(self._row, 0, text, form)
        self._row += 1

    def _wrapped(self, text: str) -> None:
        self._sheet.set_row(self._row, 26)
        form = self._book.format(bold=True, font_color="#9C5700", text_wrap=True, valign="vcenter")
        self._sheet.merge_range(self._row, 0, self._row, _FRONT_COLUMNS - 1, "", form)
        self._line(text, form)

    def _heading(self, key: str) -> None:
        self._sheet.set_row(self._row, 24)
        self._sheet.set_row(self._row + 1, 5)  # air below the line
        self._sheet.write_string(self._row, 0, self._labels(key), self._section)
        for column in range(1, _FRONT_COLUMNS):
            self._sheet.write_blank(self._row, column, None, self._section)
        self._row += 2

    def _figures(self) -> None:
        report = self._report
        self._heading("figures")
        # Two columns of figures: a front page is read at a glance.
        left = (("tickets_in", report.tickets), ("finished", report.finished),
                ("unfinished", report.tickets - report.finished),
                ("reopened", report.reopened), ("uncategorised", len(report.uncategorised)), ("spam", report.left_out.spam))  # fmt: skip
        right = (("breached", len(report.breaches)), ("messages_in", report.messages_in),
                 ("messages_out", report.messages_out), ("messages_automatic", report.messages_automatic),
                 ("merged", report.left_out.merged))  # fmt: skip
        self._columns(left, right)
        self._line(said_of_lost(report.brought, self._labels), self._book.format())
        self._row += 1

    def _survey(self) -> None:
        if self._report.surveys.is_any or self._report.public_service is not None:
            self._told("survey", *survey_figures(self._report))

    def _quality(self) -> None:
        if self._report.quality.all.messages:
            self._told("quality", *quality_figures(self._report))

    def _told(self, heading: str, left: Sequence[Figure], right: Sequence[Figure]) -> None:
        self._heading(heading)
        strong = {
            kind: self._book.format(of=kind, bold=True, align="right")
            for kind in ("number", "share", "mean", "text")
        }
        for column, offset, figures in ((0, 1, left), (3, 2, right)):
            for row, (key, value, kind) in enumerate(figures, start=self._row):
                self._sheet.write_string(row, column, self._labels(key), self._book.format())
                self._sheet.write(row, column + offset, "–" if value is None else value, strong[kind])
        self._row += max(len(left), len(right)) + 1

    def _statuses(self) -> None:
        self._heading("statuses")
        named = [(f"word.{status}", count) for status, count in self._report.statuses.items()]
        self._columns(named[:3], named[3:])

    def _columns(self, left: Sequence[tuple[str, int]], right: Sequence[tuple[str, int]]) -> None:
        strong = self._book.format(of="number", bold=True)
        for column, figures in ((0, left), (3, right)):
            for offset, (key, count) in enumerate(figures):
                self._sheet.write_string(self._row + offset, column, self._labels(key), self._book.format())
                self._sheet.write_number(
                    self._row + offset, column + (1 if column == 0 else 2), count, strong
                )
        self._row += max(len(left), len(right)) + 1

    def _promises(self) -> None:
        self._heading("promises")
        labels = self._labels
        keys = ("promise", "share", "met", "breaches", "running_count", "ended", "median", "p90")
        self._sheet.set_row(self._row, 32)
        for column, key in enumerate(keys):
            self._sheet.write_string(
                self._row, column, labels(key), self._book.header("text" if column == 0 else "number")
            )
        for promise in self._report.promises:
            self._row += 1
            cells: Sequence[tuple[Cell, str]] = (
                (labels.promise(promise.kind), "text"), (promise.share, "share"), (promise.met, "number"),
                (promise.breached, "number"), (promise.running, "number"), (promise.ended, "number"),
                (promise.median, "length"), (promise.p90, "length"),
            )  # fmt: skip
            for column, (value, kind) in enumerate(cells):
                self._book.write(self._sheet, self._row, column, value, kind=kind, dashed=True)
        self._row += 2

    def _comparison(self) -> None:
        """Put the month beside the one before and that of a year before; as many days of them, while it runs."""
        labels, handed = self._labels, self._handed
        self._heading("compared")
        months = (handed.report.month.first_on, handed.before.days.first_on, handed.year_before.days.first_on)
        heads = ("", *(labels.month(first.year, first.month) for first in months))
        for column, head in zip(_COMPARED_COLUMNS, heads, strict=True):
            self._sheet.write_string(
                self._row, column, head, self._book.header("number" if column else "text")
            )
        for one in compared(handed):
            self._row += 1
            name = labels(one.key) if not one.of else f"{labels.promise(one.of)}: {labels(one.key).lower()}"
            self._sheet.write_string(self._row, 0, name, self._book.format())
            for column, value in zip(
                _COMPARED_COLUMNS[1:], (one.now, one.before, one.year_before), strict=True
            ):
                self._book.write(self._sheet, self._row, column, value, kind=one.kind, dashed=True)
        self._row += 1
        if handed.report.month.running:
            days = handed.before.days
            until = labels("compared_until", day=days.last_on.day)
            self._sheet.write_string(self._row, 0, until, self._book.quiet)
            self._row += 1
        self._row += 1

    def _charts(self) -> None:
        report, labels = self._report, self._labels
        if not report.tickets:
            return
        self._sheet.set_h_pagebreaks([self._row])  # printed, no chart is cut in two
        days = self._book.workbook.add_chart({"type": "column"})
        days.add_series(
            {
                "categories": [labels("sheet.days"), 1, 0, len(report.days), 0],
                "values": [labels("sheet.days"), 1, 2, len(report.days), 2],
                "fill": {"color": ACCENT},
                "gap": 40,
            }
        )
        days.set_x_axis({"num_format": "d", "text_axis": True, "num_font": {"size": 8, "rotation": 0}})
        days.set_y_axis(
            {
                "min": 0,
                "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}},
                "num_format": "#,##0",
            }
        )
        self._place(days, labels("chart.days"), rows=13)
        shown = min(CHARTED_CATEGORIES, len(report.categories))
        categories = self._book.workbook.add_chart({"type": "bar"})
        categories.add_series(
            {
                "categories": [labels("sheet.categories"), 1, 0, shown, 0],
                "values": [labels("sheet.categories"), 1, 1, shown, 1],
                "fill": {"color": ACCENT},
                "gap": 40,
                "data_labels": {"value": True, "num_format": "#,##0"},
            }
        )
        categories.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        categories.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
        all_shown = shown == len(report.categories)
        title = labels("chart.categories") if all_shown else labels("chart.categories_top", shown=shown)
        self._place(categories, title, rows=max(8, shown + 4))

    def _place(self, chart: Any, title: str, *, rows: int) -> None:
        chart.set_title({"name": title, "name_font": {"size": 12, "color": ACCENT}})
        chart.set_legend({"none": True})
        chart.set_chartarea({"border": {"none": True}})
        chart.set_size({"width": _CHART_WIDTH, "height": rows * 20})
        self._sheet.insert_chart(self._row, 0, chart, {"object_position": 2})
        self._row += rows + 1

    def _notes(self) -> None:
        self._heading("notes")
        for key in ("note.month", "note.share", "note.times", "note.survey", "note.quality"):
            self._sheet.set_row(self._row, 26 if len(self._labels(key)) > _NOTE_LINE else 15)
            self._sheet.merge_range(self._row, 0, self._row, _FRONT_COLUMNS - 1, "", self._note)
            self._sheet.write_string(self._row, 0, self._labels(key), self._note)
            self._row += 1
