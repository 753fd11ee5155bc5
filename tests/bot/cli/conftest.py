"""The command line as somebody types it, in a folder of its own with one desk."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from bot.cli.main import main

DESK = Path(__file__).parents[1] / "desks" / "unit-contoh"


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def desks(tmp_path, monkeypatch):
    """A folder with one desk in the current folder."""
    folder = tmp_path / "desks"
    shutil.copytree(DESK, folder / DESK.name)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def tanggap(desks, capfd):
    """Run a command: `tanggap("staff", "list")`."""

    def run(*arguments):
        code = main(arguments)
        said = capfd.readouterr()
        return Ended(code=code, out=said.out, err=said.err)

    yield run
    structlog.reset_defaults()


@pytest.fixture
def on_each_database(database_url, monkeypatch):
    monkeypatch.setenv("TANGGAP_DATABASE_URL", database_url)
