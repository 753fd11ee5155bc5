"""The catalogue goes out and comes in again unchanged; hostile and foreign workbooks are refused in one sentence."""

import io
import string
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from templates_replies.curation import workbook
from templates_replies.curation.exchange import as_table, as_workbook, taken_in
from templates_replies.entries import entries_of, put_entries
from templates_replies.tables import TableError

DESK = Path(__file__).parents[3] / "desks" / "itb-care-center"
FILES = {
    name: (DESK / name).read_text()
    for name in ("categories.yaml", "replies.yaml", "tags.yaml")
    if (DESK / name).exists()
}
SMALL = {"categories.yaml": "# Ours.\n- {id: a, name: A}\n- {id: b, name: B, retired: true}\n"}

LINES = (
    st.text(string.ascii_letters + string.digits + " =+-@'\";,:#{}[]&<>é😀", min_size=1, max_size=30)
    .map(lambda line: " ".join(line.split()))
    .filter(bool)
)
CATEGORIES = st.lists(
    st.fixed_dictionaries(
        {"id": st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True), "name": LINES},
        optional={
            "description": LINES,
            "keywords": st.lists(LINES, min_size=1, max_size=4),
            "examples": st.lists(LINES, min_size=1, max_size=4),
            "auto": st.sampled_from(["never", "suggest"]),
            "retired": st.just(True),
        },
    ),
    max_size=5,
    unique_by=lambda entry: entry["id"],
)


@settings(max_examples=60, deadline=None)
@given(CATEGORIES)
def test_what_goes_out_comes_in_again_without_a_change(entries):
    files = {"categories.yaml": put_entries("", entries)}
    assert list(entries_of(files["categories.yaml"])) == entries
    if entries:
        assert taken_in(files, "categories", "x.xlsx", as_workbook(files)) == {}
        assert list(workbook.read(as_workbook(files))["categories"]) == entries
    assert taken_in(files, "categories", "x.csv", as_table(files, "categories").encode()) == {}


def test_the_shipped_desk_goes_out_and_comes_in_byte_for_byte():
    assert taken_in(FILES, "categories", "x.xlsx", as_workbook(FILES)) == {}
    for kind in ("categories", "replies"):
        assert taken_in(FILES, kind, f"{kind}.CSV", as_table(FILES, kind).encode()) == {}
        text = FILES[f"{kind}.yaml"]
        assert taken_in(FILES, kind, f"{kind}.yaml", text.encode()) == {}


def test_ends_of_lines_as_another_program_writes_them_change_nothing():
    files = {"categories.yaml": put_entries("", [{"id": "a", "name": "A", "examples": ["satu", "dua"]}])}
    sent = named("categories", ["id", "name", "examples"], ["a", "A", "satu_x000D_\ndua_x000D_\n"])
    assert taken_in(files, "categories", "x.xlsx", sent) == {}


def test_an_edited_workbook_changes_what_was_edited_and_nothing_else():
    book = load_workbook(io.BytesIO(as_workbook(SMALL)))
    sheet = book["categories"]
    sheet["B2"] = "Nama baru"
    retired = [cell.value for cell in sheet[1]].index("retired") + 1
    sheet.cell(3, retired).value = "tidak"  # in use again
    sheet.append(["c", 2026, None, "satu; dua", "baris\nlain"])
    out = io.BytesIO()
    book.save(out)
    assert taken_in(SMALL, "categories", "x.xlsx", out.getvalue()) == {
        "categories.yaml": (
            "# Ours.\n- {id: a, name: Nama baru}\n- {id: b, name: B}\n"
            "- id: c\n  name: '2026'\n  keywords:\n    - satu\n    - dua\n  examples:\n    - baris\n    - lain\n"
        )
    }


def test_no_cell_that_goes_out_is_a_formula():
    files = {"tags.yaml": "- {id: a, name: '=HYPERLINK(\"https://example.org\")'}\n"}
    cell = load_workbook(io.BytesIO(as_workbook(files)))["tags"]["B2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("https://example.org")')
    assert taken_in(files, "tags", "x.xlsx", as_workbook(files)) == {}


def test_a_list_that_fills_more_than_a_cell_goes_on_below():
    files = {
        "categories.yaml": put_entries(
            "", [{"id": "a", "name": "A", "examples": [f"{at} " + "x" * 290 for at in range(400)]}]
        )
    }
    assert taken_in(files, "categories", "x.xlsx", as_workbook(files)) == {}
    sheet = load_workbook(io.BytesIO(as_workbook(files)))["categories"]
    assert sheet.max_row == 5


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_workbook(SMALL))) as sound, zipfile.ZipFile(out, "w") as archive:
        for part in sound.infolist():
            archive.writestr(part.filename, content if part.filename == name else sound.read(part))
    return out.getvalue()


def named(sheet: str, *rows: list[object]) -> bytes:
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


SHARED = "xl/sharedStrings.xml"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "not an XLSX workbook"),
        (b"id,name\na,A\n", "not an XLSX workbook"),
        (packed(), "not an XLSX workbook"),
        (packed(bomb=b"\0" * 50_000_000), "too large"),
        (packed(**{f"part{at}": b"" for at in range(300)}), "too large"),
        (with_part(SHARED, LAUGHS), "declarations"),
        (with_part(SHARED, LAUGHS.decode().encode("utf-16")), "declarations"),
        (with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='x'>"), "not an XLSX workbook"),
        (named("Lembar", ["id"], ["a"]), "there is a sheet lembar"),
        (named("tags"), "all are empty"),
        (named("tags", ["nama"], ["a"]), "sheet tags, row 1: expected columns among id, name"),
        (named("tags", ["id", "name"], ["", "A"]), "sheet tags, row 2: expected an id"),
        (named("tags", ["id"], *([f"a{at}"] for at in range(2_005))), "sheet tags, expected at most 2000 rows"),
    ],
    ids=lambda one: one if isinstance(one, str) else "file",
)  # fmt: skip
def test_what_is_no_catalogue_is_refused_in_one_sentence(content, told):
    with pytest.raises(TableError, match=told):
        taken_in(SMALL, "tags", "x.xlsx", content)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_read_or_refused(at, damage):
    sound = as_workbook(SMALL)
    at %= len(sound)
    with suppress(TableError):
        taken_in(SMALL, "categories", "x.xlsx", sound[:at] + damage + sound[at + len(damage) :])
