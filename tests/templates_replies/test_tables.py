"""The catalogue as a table: what goes out comes in again, and a mistake names its row."""

from pathlib import Path

import pytest

from templates_replies import tables
from templates_replies.entries import entries_of, put_entries
from templates_replies.tables import CATEGORIES, REPLIES, TAGS, TableError

DESK = Path(__file__).parents[2] / "desks" / "itb-care-center"


@pytest.mark.parametrize(
    ("columns", "name"), [(CATEGORIES, "categories.yaml"), (REPLIES, "replies.yaml")], ids=lambda one: str(one)[:20]
)  # fmt: skip
def test_what_goes_out_comes_in_again_without_a_change(columns, name):
    text = (DESK / name).read_text()
    table = tables.written(columns, entries_of(text))
    back = put_entries(text, tables.read(columns, table))
    assert entries_of(back) == entries_of(text)
    assert back.splitlines()[0] == text.splitlines()[0]  # the comment on top


def test_only_the_columns_that_are_there_are_changed():
    text = "- {id: a, name: A, auto: never}\n"
    changed = put_entries(text, tables.read(CATEGORIES, "id,keywords\na,satu; dua\nb,tiga\n"))
    assert entries_of(changed) == (
        {"id": "a", "name": "A", "auto": "never", "keywords": ["satu", "dua"]},
        {"id": "b", "keywords": ["tiga"]},
    )


def test_a_spreadsheet_with_semicolons_and_a_mark_in_front_is_read():
    assert tables.read(TAGS, "\ufeffid;name\r\nvip;Tamu penting\r\n\r\n") == (
        {"id": "vip", "name": "Tamu penting"},
    )


def test_nothing_becomes_a_formula_and_nothing_is_lost_by_it():
    table = tables.written(TAGS, [{"id": "a", "name": "=1+1"}])
    assert "'=1+1" in table
    assert tables.read(TAGS, table) == ({"id": "a", "name": "=1+1"},)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nama\nA\n", "row 1: expected columns among id, name; there is a column nama"),
        ("name\nA\n", "row 1: expected columns among id, name; there is no column id"),
        ("id,name\na,A\n,B\n", "row 3: expected an id"),
        ("id,name\na,A,x\n", "row 2: expected 2 cells, not 3"),
    ],
)
def test_a_mistake_names_its_row(text, told):
    with pytest.raises(TableError) as caught:
        tables.read(TAGS, text)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("id,name\na,A\nb,B\na,C\n", "row 4: there is a row a already, row 2"),
        ("id,name\na,A\na,C\n", "row 3: the row above has another name for a"),
        ("id,name,Name\na,A,C\n", "row 1: there are two columns name"),
    ],
)
def test_what_is_said_twice_and_differently_is_refused(table, told):
    with pytest.raises(TableError, match=told):
        tables.read(CATEGORIES, table)
