"""A report has its look-ups made by a second process where that can be, and says the same where it cannot."""

import subprocess
import sys
from multiprocessing import Pipe

import openpyxl
import pytest

from reports.helper import Helper, HelperGoneError
from tests.bot.cli.test_commands import take_in_a_message

COMMAND = "from bot.cli.main import run; run()"
WITH_A_THREAD = (
    f"import threading; threading.Thread(target=threading.Event().wait, daemon=True).start(); {COMMAND}"
)
MADE_AT = "Dibuat "
GOES_ON = "Pelanggaran"  # what nobody has answered yet is later with each second


def cells(path):
    sheets = openpyxl.load_workbook(path)
    rows = {
        sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in sheets if sheet.title != GOES_ON
    }
    return {title: [row for row in of if not str(row[0]).startswith(MADE_AT)] for title, of in rows.items()}


@pytest.mark.slow
def test_a_workbook_says_the_same_with_a_helper_and_where_none_can_be_had(desks):
    take_in_a_message()
    for name, code in (("helped", COMMAND), ("alone", WITH_A_THREAD)):
        subprocess.run(
            [sys.executable, "-c", code, "report", "monthly", "--month", "2026-10", "-o", f"{name}.xlsx"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    assert cells("helped.xlsx") == cells("alone.xlsx")


def test_a_helper_that_has_ended_is_an_error_of_one_sentence():
    ours, theirs = Pipe()
    helper = Helper(ours)
    answer = helper.ask(len)
    theirs.close()
    with pytest.raises(HelperGoneError, match="has ended"):
        answer.result()
    with pytest.raises(HelperGoneError, match="has ended"):
        helper.ask(len)
    ours.close()
