"""The month as a workbook: a front page with the figures and charts, a sheet for each way of looking, one row a ticket.

Its figures are those of the `MonthReport` and nothing is reckoned here, so that the workbook says what the screen says.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from operator import itemgetter
from pathlib import Path

from reports.broken_steps import promise_name
from reports.columns import TICKET_COLUMNS, values
from reports.columns import Kind as ColumnKind
from reports.correction_sheets import write_correction_sheets
from reports.explained import OfClock, of_breach
from reports.figures import Attainment, Group
from reports.front_page import FrontPage
from reports.handed import Handed
from reports.labels import Labels, Language
from reports.measures import MonthReport
from reports.packed import Piece
from reports.periods import Month
from reports.pouring import Poured, Pouring
from reports.procedure_sheets import write_procedure_sheets
from reports.quality_sheet import write_quality_sheet
from reports.rows import TicketRow
from reports.scorecard.card import Card
from reports.scorecard.sheet import write_scorecard_sheets
from reports.sheets import Book, Cell, Heading
from reports.survey_sheets import write_survey_sheets
from reports.tally import Breach, Mentioned
from templates_replies.catalogue import supported_language
from tickets.desk import Desk

_FOR_PEOPLE = [column for column in TICKET_COLUMNS if column.for_people]
_SHOWN = itemgetter(*(place for place, column in enumerate(TICKET_COLUMNS) if column.for_people))
_WORDS = [place for place, column in enumerate(_FOR_PEOPLE) if column.kind is ColumnKind.WORD]


class TicketSheet:
    """Writes the sheet with one row a ticket, page by page."""

    def __init__(self, pouring: Pouring, labels: Labels) -> None:
        self._pouring, self._labels = pouring, labels
        self._words: dict[str, str] = {}

    def begin(self, rows: Sequence[TicketRow]) -> None:
        self._pouring.begin(self._cells(rows))

    def write(self, before: int, rows: Sequence[TicketRow]) -> Piece:
        return self._pouring.write(before, self._cells(rows))

    def gather(self, written: Sequence[Piece]) -> None:
        self._pieces = written

    def poured(self, count: int) -> Poured:
        """Return the sheet's rows."""
        return self._pouring.poured(self._pieces, count)

    def _cells(self, rows: Sequence[TicketRow]) -> Sequence[Sequence[Cell]]:
        return [self._said(_SHOWN(values(row))) for row in rows]

    def _said(self, shown: Sequence[Cell]) -> Sequence[Cell]:
        """Return a row's cells with words of ours as people say them."""
        cells = list(shown)
        for place in _WORDS:
            if cells[place] is not None:
                cells[place] = self._word(str(cells[place]))
        return cells

    def _word(self, word: str) -> str:
        said = self._words.get(word)
        if said is None:
            said = self._words[word] = self._labels.word(word)
        return said


class MonthBook:
    """The month's workbook while it is written: first its tickets as they are measured, then what they come to."""

    def __init__(self, book: Book, labels: Labels) -> None:
        self._book, self._labels = book, labels
        pouring = book.pouring(code="tbl_tickets", headings=ticket_headings(labels))
        self.tickets = TicketSheet(pouring, labels)  # which is the last one

    def write(self, handed: Handed, *, why: Mapping[OfClock, str], card: Card | None) -> None:
        """Add all sheets; `why` explains breaches, `card` is the month's scorecard."""
        book, labels, report = self._book, self._labels, handed.report
        front = book.workbook.add_worksheet(labels("sheet.summary"))
        _groups(book, labels, "categories", report.categories, label="category", nameless="no_category")
        _groups(book, labels, "channels", report.channels, label="channel", nameless="word.other")
        _groups(book, labels, "agents", report.agents, label="agent", nameless="nobody", answers=True)
        _days(book, labels, report)
        _breaches(book, labels, handed, why)
        _uncategorised(book, labels, report)
        if handed.corrections is not None:
            write_correction_sheets(book, labels, handed.corrections, report.names)
        if card is not None:
            write_scorecard_sheets(book, card, supported_language(labels.language))
        write_procedure_sheets(book, labels, handed.procedures)
        if report.part.is_whole:
            write_quality_sheet(book, labels, report)
            write_survey_sheets(book, labels, report)
        book.poured_table(
            labels("sheet.tickets"),
            self.tickets.poured(report.tickets),
            empty=labels("empty.groups"),
            pages_wide=3,
        )
        FrontPage(book, labels, front, handed).write()


@contextmanager
def month_book(
    path: Path, *, desk: Desk, month: Month, language: Language, at: datetime
) -> Iterator[MonthBook]:
    """Open the workbook of a month, and pack it into the file at the end. Raises OSError, UnwritableError."""
    labels = Labels(language)
    title = f"{labels('title')}: {desk.name}, {labels.month(month.year, month.number)}"
    with (
        path.open("wb") as file,
        Book(file, language=labels.language, tz=month.tz, author=desk.name, title=title, at=at) as book,
    ):
        yield MonthBook(book, labels)


def ticket_headings(labels: Labels) -> Sequence[Heading]:
    """Return the headings of the sheet with one row a ticket."""
    kinds = {ColumnKind.WORD: "text"}
    return [
        Heading(label=labels.column(column.key), kind=kinds.get(column.kind, str(column.kind)))
        for column in _FOR_PEOPLE
    ]


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


def _breaches(book: Book, labels: Labels, handed: Handed, why: Mapping[OfClock, str]) -> None:
    tell: Sequence[tuple[Heading, Callable[[Breach], Cell]]] = (
        (Heading(label=labels.column("number"), kind="number"), lambda one: one.ticket.number),
        (Heading(label=labels.column("subject"), kind="text"), lambda one: one.ticket.subject),
        (Heading(label=labels("channel"), kind="text"), lambda one: labels.word(one.ticket.channel)),
        (Heading(label=labels("category"), kind="text"), lambda one: one.ticket.category_name),
        (
            Heading(label=labels("promise"), kind="text"),
            lambda one: promise_name(one.promise, handed.steps, labels),
        ),
        (Heading(label=labels("cycle"), kind="number"), lambda one: one.promise.cycle),
        (Heading(label=labels("started_at"), kind="instant"), lambda one: one.promise.started_at),
        (Heading(label=labels("due_at"), kind="instant"), lambda one: one.promise.breached_at),
        (Heading(label=labels("answered_at"), kind="instant"), lambda one: _kept(one, labels)),
        (Heading(label=labels("late"), kind="length"), lambda one: one.promise.late),
        (Heading(label=labels("extended_why"), kind="text"), lambda one: one.promise.extended_why),
        (Heading(label=labels("held_by"), kind="text"), lambda one: one.held_by_name or labels("no_holder")),
        (Heading(label=labels.column("status"), kind="text"), lambda one: labels.word(one.ticket.status)),
        (Heading(label=labels("why"), kind="text"), lambda one: why.get(of_breach(one))),
    )
    book.long_table(
        labels("sheet.breaches"),
        code="tbl_breaches",
        headings=[heading for heading, _ in tell],
        rows=([of(breach) for _, of in tell] for breach in handed.report.breaches),
        empty=labels("empty.breaches"),
    )


def _kept(breach: Breach, labels: Labels) -> Cell:
    promise = breach.promise
    if promise.met_at is not None:
        return promise.met_at
    return labels("still_open") if promise.ended_at is None else labels.word("ended")


def _uncategorised(book: Book, labels: Labels, report: MonthReport) -> None:
    tell: Sequence[tuple[Heading, Callable[[Mentioned], Cell]]] = (
        (Heading(label=labels.column("number"), kind="number"), lambda one: one.number),
        (Heading(label=labels.column("created_at"), kind="instant"), lambda one: one.created_at),
        (Heading(label=labels.column("channel"), kind="text"), lambda one: labels.word(one.channel)),
        (Heading(label=labels.column("contact"), kind="text"), lambda one: one.contact),
        (Heading(label=labels.column("subject"), kind="text"), lambda one: one.subject),
        (Heading(label=labels.column("status"), kind="text"), lambda one: labels.word(one.status)),
        (Heading(label=labels.column("assignee_name"), kind="text"), lambda one: one.assignee_name),
    )
    book.long_table(
        labels("sheet.uncategorised"),
        code="tbl_uncategorised",
        headings=[heading for heading, _ in tell],
        rows=([of(one) for _, of in tell] for one in report.uncategorised),
        empty=labels("empty.uncategorised" if report.tickets else "empty.groups"),
    )
