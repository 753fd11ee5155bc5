"""`tanggap catalogue`: out for a spreadsheet, in again, and nothing saved before it was asked for."""

import io

import pytest
from openpyxl import load_workbook

from bot.house import open_house
from bot.settings import load_settings
from tests.bot.cli.test_commands import SLUG, take_in_a_message
from tickets import revisions

pytestmark = pytest.mark.usefixtures("desks")


def newest():
    with open_house(load_settings()) as house:
        return house.ledger.write_blocking(lambda tx: revisions.newest(tx, SLUG))


def test_a_workbook_goes_out_is_edited_and_comes_in(tanggap, tmp_path):
    take_in_a_message()
    book = tmp_path / "katalog.xlsx"
    assert tanggap("catalogue", "export", "-o", str(book)).code == 0
    assert "Nothing would change." in tanggap("catalogue", "import", str(book)).out
    opened = load_workbook(io.BytesIO(book.read_bytes()))
    opened["categories"]["B2"] = "Nama baru"
    opened.save(book)
    shown = tanggap("catalogue", "import", str(book))
    assert "Nama baru" in shown.out
    assert "Nothing is saved" in shown.out
    assert newest().number == 1
    assert "It is revision 2 now." in tanggap("catalogue", "import", str(book), "--apply").out
    assert (newest().by, newest().note) == ("command", "katalog.xlsx")


def test_what_cannot_be_read_is_told_in_one_line(tanggap, tmp_path):
    wrong = tmp_path / "daftar.csv"
    wrong.write_text("id,name\n")
    assert "expected a .xlsx, or categories, replies, tags" in tanggap("catalogue", "import", str(wrong)).err
    wrong = tmp_path / "x.xlsx"
    wrong.write_bytes(b"PK")
    told = tanggap("catalogue", "import", str(wrong))
    assert (told.code, told.err.strip()) == (1, "tanggap: this is not an XLSX workbook that can be read")
