"""The month as a workbook: a front page with the figures and charts, a sheet for each way of looking, one row a ticket.

Its figures are those of the `MonthReport` and nothing is reckoned here, so that the workbook says what the screen says.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reports.columns import TICKET_COLUMNS, Column
from reports.columns import Kind as ColumnKind
from reports.files import replacing
from reports.labels import Labels, Language
from reports.measures import Attainment, Breach, Group, MonthReport
from reports.quality_sheet import write_quality_sheet
from reports.rows import TicketRow
from reports.sheets import ACCENT, Book, Cell, Heading, prepare_to_print
from reports.survey_sheets import survey_figures, write_survey_sheets

CHARTED_CATEGORIES = 12
_CHART_WIDTH = 900
_FRONT_COLUMNS = 8
_NOTE_LINE = 120  # letters of a note that surely fit on one line


def write_workbook(report: MonthReport, path: Path, language: Language) -> None:
    """Write the month to a file, whole or not at all. Raises UnwritableError."""
    labels = Labels(language)
    month = labels.month(report.month.year, report.month.number)
    with (
        replacing(path) as part,
        part.open("wb") as file,
        Book(
            file, language=labels.language, tz=report.month.tz, author=report.desk_name,
            title=f"{labels('title')}: {report.desk_name}, {month}", at=report.made_at,
        ) as book,
    ):  # fmt: skip
        front = book.workbook.add_worksheet(labels("sheet.summary"))
        _groups(book, labels, "categories", report.categories, label="category", nameless="no_category")
        _groups(book, labels, "channels", report.channels, label="channel", nameless="word.other")
        _groups(book, labels, "agents", report.agents, label="agent", nameless="nobody", answers=True)
        _days(book, labels, report)
        _breaches(book, labels, report)
        _uncategorised(book, labels, report)
        write_quality_sheet(book, labels, report)
        write_survey_sheets(book, labels, report)
        _tickets(book, labels, report)
        _FrontPage(book, labels, front, report).write()


def ticket_headings(labels: Labels) -> Sequence[Heading]:
    """Return the headings of the sheet with one row a ticket."""
    kinds = {ColumnKind.WORD: "text"}
    return [
        Heading(label=labels.column(column.key), kind=kinds.get(column.kind, str(column.kind)))
        for column in _columns_for_people()
    ]


def ticket_cells(row: TicketRow, labels: Labels) -> list[Cell]:
    """Return the cells of that sheet's row."""
    return [
        labels.word(value) if column.kind is ColumnKind.WORD and isinstance(value, str) else value
        for column in _columns_for_people()
        for value in (column.of(row),)
    ]


def _columns_for_people() -> Sequence[Column]:
    return [column for column in TICKET_COLUMNS if column.for_people]


# -- the sheets with tables -------------------------------------------------------------------------------------------


def _groups(
    book: Book, labels: Labels, sheet: str, groups: Sequence[Group], *, label: str, nameless: str, answers: bool = False
) -> None:  # fmt: skip
    headings = [
        Heading(label=labels(label), kind="text"),
        Heading(label=labels("tickets"), kind="number"),
        Heading(label=labels("finished"), kind="number"),
        *([Heading(label=labels("answers"), kind="number")] if answers else []),
    ]
    for kind in ("first_response", "resolution"):
        headings += [
            Heading(label=f"{labels(kind)}: {labels('met').lower()}", kind="number"),
            Heading(label=f"{labels(kind)}: {labels('breaches').lower()}", kind="number"),
            Heading(label=f"{labels(kind)}: {labels('share').lower()}", kind="share", dashed=True),
            Heading(label=f"{labels(kind)}: {labels('median').lower()}", kind="length", dashed=True),
        ]
    rows: list[list[Cell]] = [
        [
            labels(nameless) if group.name is None else labels.word(group.name),
            group.tickets,
            group.finished,
            *([group.answers] if answers else []),
            *_attained(group.first_response),
            *_attained(group.resolution),
        ]
        for group in groups
    ]
    book.table(
        labels(f"sheet.{sheet}"), code=f"tbl_{sheet}", headings=headings, rows=rows, empty=labels("empty.groups")
    )  # fmt: skip


def _attained(attainment: Attainment) -> list[Cell]:
    return [attainment.met, attainment.breached, attainment.share, attainment.median]


def _days(book: Book, labels: Labels, report: MonthReport) -> None:
    headings = [
        Heading(label=labels("day"), kind="date"),
        Heading(label=labels("weekday"), kind="text"),
        Heading(label=labels("tickets"), kind="number"),
        Heading(label=labels("finished"), kind="number"),
    ]
    rows: list[list[Cell]] = [
        [day.on, labels.weekday(day.on), day.tickets, day.finished] for day in report.days
    ]
    book.table(
        labels("sheet.days"), code="tbl_days", headings=headings, rows=rows, empty=labels("empty.groups")
    )


def _breaches(book: Book, labels: Labels, report: MonthReport) -> None:
    tell: Sequence[tuple[Heading, Callable[[Breach], Cell]]] = (
        (Heading(label=labels.column("number"), kind="number"), lambda one: one.ticket.number),
        (Heading(label=labels.column("subject"), kind="text"), lambda one: one.ticket.subject),
        (Heading(label=labels("channel"), kind="text"), lambda one: labels.word(one.ticket.channel)),
        (Heading(label=labels("category"), kind="text"), lambda one: one.ticket.category_name),
        (Heading(label=labels("promise"), kind="text"), lambda one: labels.promise(one.promise.kind)),
        (Heading(label=labels("cycle"), kind="number"), lambda one: one.promise.cycle),
        (Heading(label=labels("started_at"), kind="instant"), lambda one: one.promise.started_at),
        (Heading(label=labels("due_at"), kind="instant"), lambda one: one.promise.breached_at),
        (Heading(label=labels("answered_at"), kind="instant"), lambda one: _kept(one, labels)),
        (Heading(label=labels("late"), kind="length"), lambda one: one.promise.late),
        (Heading(label=labels("extended_why"), kind="text"), lambda one: one.promise.extended_why),
        (Heading(label=labels("held_by"), kind="text"), lambda one: one.held_by_name or labels("no_holder")),
        (Heading(label=labels.column("status"), kind="text"), lambda one: labels.word(one.ticket.status)),
    )
    book.table(
        labels("sheet.breaches"),
        code="tbl_breaches",
        headings=[heading for heading, _ in tell],
        rows=[[of(breach) for _, of in tell] for breach in report.breaches],
        empty=labels("empty.breaches"),
    )


def _kept(breach: Breach, labels: Labels) -> Cell:
    promise = breach.promise
    if promise.met_at is not None:
        return promise.met_at
    return labels("still_open") if promise.ended_at is None else labels.word("ended")


def _uncategorised(book: Book, labels: Labels, report: MonthReport) -> None:
    shown = ("number", "created_at", "channel", "contact", "subject", "status", "assignee_name")
    places = [[column.key for column in _columns_for_people()].index(key) for key in shown]
    headings = ticket_headings(labels)
    cells = [ticket_cells(row, labels) for row in report.uncategorised]
    book.table(
        labels("sheet.uncategorised"),
        code="tbl_uncategorised",
        headings=[headings[place] for place in places],
        rows=[[row[place] for place in places] for row in cells],
        empty=labels("empty.uncategorised" if report.tickets else "empty.groups"),
    )


def _tickets(book: Book, labels: Labels, report: MonthReport) -> None:
    book.table(
        labels("sheet.tickets"),
        code="tbl_tickets",
        headings=ticket_headings(labels),
        rows=[ticket_cells(row, labels) for row in report.rows],
        empty=labels("empty.groups"),
        pages_wide=3,
    )


# -- the front page ---------------------------------------------------------------------------------------------------


class _FrontPage:
    """The first sheet, which is printed on one page."""

    def __init__(self, book: Book, labels: Labels, sheet: Any, report: MonthReport) -> None:
        self._book = book
        self._labels = labels
        self._sheet = sheet
        self._report = report
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
        self._survey()
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
        self._line(report.desk_name, self._book.format(bold=True, font_size=12))
        self._line(labels("made_at", at=said_at, zone=report.month.zone), self._book.quiet)
        if report.month.running:
            self._line(labels("running", at=said_at), self._book.format(bold=True, font_color="#9C5700"))
        if not report.tickets:
            self._row += 1
            self._line(labels("empty_month"), self._book.format(bold=True, font_size=12))
        self._row += 1

    def _line(self, text: str, form: Any) -> None:
        self._sheet.write_string(self._row, 0, text, form)
        self._row += 1

    def _heading(self, key: str) -> None:
        self._sheet.set_row(self._row, 24)
        self._sheet.set_row(self._row + 1, 5)  # air below the line
        self._sheet.write_string(self._row, 0, self._labels(key), self._section)
        for column in range(1, _FRONT_COLUMNS):
            self._sheet.write_blank(self._row, column, None, self._section)
        self._row += 2

    def _figures(self) -> None:
        report = self._report
        finished = report.statuses["solved"] + report.statuses["closed"]
        self._heading("figures")
        # Two columns of figures: a front page is read at a glance.
        left = (("tickets_in", report.tickets), ("finished", finished), ("unfinished", report.tickets - finished),
                ("reopened", report.reopened), ("uncategorised", len(report.uncategorised)), ("spam", report.left_out.spam))  # fmt: skip
        right = (("breached", len(report.breaches)), ("messages_in", report.messages_in),
                 ("messages_out", report.messages_out), ("messages_automatic", report.messages_automatic),
                 ("merged", report.left_out.merged))  # fmt: skip
        self._columns(left, right)

    def _survey(self) -> None:
        if not self._report.surveys.rows and self._report.public_service is None:
            return
        self._heading("survey")
        strong = {
            kind: self._book.format(of=kind, bold=True, align="right")
            for kind in ("number", "share", "mean", "text")
        }
        left, right = survey_figures(self._report)
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

    def _charts(self) -> None:
        report, labels = self._report, self._labels
        if not report.tickets:
            return
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
            {"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}, "num_format": "0"}
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
                "data_labels": {"value": True},
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
        for key in ("note.month", "note.share", "note.times", "note.survey"):
            self._sheet.set_row(self._row, 26 if len(self._labels(key)) > _NOTE_LINE else 15)
            self._sheet.merge_range(self._row, 0, self._row, _FRONT_COLUMNS - 1, "", self._note)
            self._sheet.write_string(self._row, 0, self._labels(key), self._note)
            self._row += 1
