"""Where a command writes: a file, or standard output; and what is left when it is broken off."""

import os
import pty
import signal
import sqlite3
import subprocess
import sys

import pytest

from tests.bot.cli.test_commands import take_in_a_message

DAYS = ("--from", "2026-10-05", "--to", "2026-10-05")
MONTH = ("report", "monthly", "--month", "2026-10")
COMMAND = (sys.executable, "-c", "from bot.cli.main import run; run()")
MORE_THAN_A_PIPE_HOLDS = "a" * 200_000


def taken_out():
    with sqlite3.connect("var/tanggap.db") as database:
        return [data for (data,) in database.execute("SELECT data FROM trail WHERE kind = 'export.made'")]


def test_a_dash_is_standard_output_of_reports_and_exports_alike(tanggap, tmp_path):
    take_in_a_message()
    for command in (("export", "tickets", *DAYS), (*MONTH, "--format", "csv")):
        assert tanggap(*command, "-o", "there.csv").code == 0
        poured = tanggap(*command, "-o", "-")
        assert poured.out == (tmp_path / "there.csv").read_bytes().decode()
        assert (poured.code, len(poured.out.splitlines())) == (0, 2)
    assert not (tmp_path / "-").exists()
    assert len(taken_out()) == 4


@pytest.mark.slow
def test_a_terminal_is_spared_what_is_no_text(tanggap):
    take_in_a_message()
    ours, theirs = pty.openpty()
    refused = subprocess.run(
        [*COMMAND, *MONTH, "-o", "-"], stdout=theirs, stderr=subprocess.PIPE, check=False, text=True
    )
    os.close(theirs)
    os.close(ours)
    assert refused.returncode == 2
    assert "xlsx is no text for a terminal; say -o FILE" in refused.stderr
    assert taken_out() == []


@pytest.fixture
def in_the_foreground():
    """Commands heed SIGINT, also where the tests run behind a shell, which has all that it starts ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.slow
@pytest.mark.usefixtures("in_the_foreground")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_export_that_is_broken_off_says_nothing_more_and_stands_in_the_trail(tanggap, number, code):
    take_in_a_message(text=MORE_THAN_A_PIPE_HOLDS)
    export = subprocess.Popen(
        [*COMMAND, "export", "messages", *DAYS], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    export.stdout.read(1)  # it writes, and stands still once the pipe is full
    export.send_signal(number)
    export.stdout.read()
    assert (export.wait(), export.stderr.read()) == (code, b"")
    assert [data for data in taken_out() if "messages" in data]
    export.stdout.close()
    export.stderr.close()
