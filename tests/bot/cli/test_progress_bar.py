"""The bar on the terminal: there where somebody sees it, and nowhere else."""

import pytest
from rich.console import Console

from bot.cli import progress_bar as bars
from reports.progress import Progress, Stage

HALF = Progress(what=Stage.READING, done=50_000, of=100_000)


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr(
        bars, "Console", lambda stderr: Console(stderr=stderr, force_terminal=True, width=100)
    )


@pytest.mark.usefixtures("terminal")
def test_a_terminal_shows_how_far_it_is_and_what_is_being_done(capsys):
    with bars.progress_bar("id") as tell:
        tell(HALF)
        tell(Progress(what=Stage.WRITING))
        tell(HALF)
    shown = capsys.readouterr()
    assert "Membaca data: 50.000 dari 100.000" in shown.err
    assert "50%" in shown.err
    assert shown.out == ""


@pytest.mark.usefixtures("terminal")
def test_who_wants_quiet_sees_nothing(capsys):
    with bars.progress_bar("id", quiet=True) as tell:
        tell(HALF)
    assert capsys.readouterr() == ("", "")


def test_a_file_or_a_pipe_gets_nothing(capsys):
    with bars.progress_bar("id") as tell:
        tell(HALF)
    assert capsys.readouterr() == ("", "")
