"""A sheet of very many rows says what any other says, and keeps none of them."""

import io
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from reports.long_sheet import LONGEST_TEXT
from reports.sheets import Book, Heading

JAKARTA = ZoneInfo("Asia/Jakarta")
AT = datetime(2026, 10, 31, 16, 59, 59, tzinfo=UTC)
HEADINGS = [
    Heading(label="Nomor", kind="number"), Heading(label="Perihal", kind="text"),
    Heading(label="Dibuat", kind="instant"), Heading(label="Lama", kind="length", dashed=True),
    Heading(label="Tanggal", kind="date"), Heading(label="Bagian", kind="share"),
]  # fmt: skip
ROWS = [
    [1, "Lupa sandi", AT, timedelta(hours=30), date(2026, 10, 31), 0.25],
    [2, "<b>&amp; \x07 ]]>", None, None, None, None],
    [3, "  dua baris\nlagi ", AT, timedelta(seconds=1), None, 1.0],
    [4, '=HYPERLINK("http://jahat.example","klik")', AT, None, None, None],
    [5, "kata " * 60, AT, None, None, None],
    [6, "x" * (LONGEST_TEXT + 9), AT, None, None, None],
]  # fmt: skip


def book_of(write) -> io.BytesIO:
    stream = io.BytesIO()
    with Book(stream, language="id", tz=JAKARTA, author="Meja", title="Uji", at=AT) as book:
        write(book)
    return stream


def read(stream, sheet="Tiket"):
    return openpyxl.load_workbook(stream)[sheet]


def test_it_is_read_as_the_same_table_written_cell_by_cell():
    rows = ROWS[:5]
    short = read(book_of(lambda book: book.table("Tiket", code="t", headings=HEADINGS, rows=rows, empty="-")))
    long = read(
        book_of(
            lambda book: book.long_table("Tiket", code="t", headings=HEADINGS, rows=iter(rows), empty="-")
        )
    )
    assert list(long.values) == list(short.values)
    assert long.tables.items() == [("t", "A1:F6")]
    assert long.dimensions == short.dimensions == "A1:F6"
    for row in range(1, 7):
        heights = [sheet.row_dimensions[row].height for sheet in (long, short)]
        assert heights[0] == pytest.approx(heights[1], abs=0.5) or heights[0] is heights[1]  # whole pixels
        for here, there in zip(long[row], short[row], strict=True):
            assert here.data_type in ("n", "d", "s", "inlineStr")
            if here.value is not None:
                assert (here.number_format, repr(here.alignment)) == (
                    there.number_format,
                    repr(there.alignment),
                )


def test_a_text_longer_than_a_cell_is_cut():
    sheet = read(
        book_of(lambda book: book.long_table("Tiket", code="t", headings=HEADINGS, rows=ROWS, empty="-"))
    )
    assert len(sheet["B7"].value) == LONGEST_TEXT


def test_of_no_rows_it_says_so():
    sheet = read(
        book_of(lambda book: book.long_table("Tiket", code="t", headings=HEADINGS, rows=(), empty="Kosong"))
    )
    assert sheet["A2"].value == "Kosong"


@pytest.mark.parametrize("many", [3_000, 12_000])
def test_memory_does_not_grow_with_the_rows(many):
    tracemalloc.start()
    book_of(
        lambda book: book.long_table(
            "Tiket", code="t", headings=HEADINGS, rows=(ROWS[0] for _ in range(many)), empty="-"
        )
    )
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3_000_000
