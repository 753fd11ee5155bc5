"""`tanggap migrate` looks before it does anything, and refuses what cannot end well."""

import os
import shutil
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

import bot.migrations
from bot.house import exclusive
from bot.migrations import standing
from bot.migrations.least import FIRST
from bot.settings import load_settings
from tickets.ledger.database import open_engine

FOLDER = str(Path(bot.migrations.__file__).parent)


def set_schema(url, revision, *, least=None):
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
        if least is not None:
            connection.execute(
                text("UPDATE bookmarks SET value = :least WHERE name = 'schema:least'"), {"least": least}
            )
    engine.dispose()


def at_schema(url, revision):
    engine = open_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", FOLDER)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def with_one_that_contracts(folder):
    """Return the migrations, one of which takes away what code used that knows less than 0049."""
    copied = shutil.copytree(FOLDER, folder / "migrations")
    path = copied / "versions" / "0050_imported.py"
    path.write_text(f'{path.read_text()}\n\ncontracts = "0049"\n')
    return copied


@contextmanager
def connected_as(url, name):
    with psycopg.connect(url, application_name=name):
        yield


@pytest.fixture
def older(tmp_path, monkeypatch):
    """A database of an older version, on SQLite."""
    url = f"sqlite:///{tmp_path}/older.db"
    monkeypatch.setenv("TANGGAP_DATABASE_URL", url)
    at_schema(url, "0048")
    return url


def test_the_check_says_what_would_run_and_changes_nothing(tanggap, older):
    ended = tanggap("migrate", "--check")
    assert ended.code == 0
    assert "The schema is 0048; " in ended.out
    assert "  0050  Tickets of the desk that was used before" in ended.out
    assert "No backup is known here" in ended.err
    examined = tanggap("doctor").out
    assert "[warning] database: " in examined
    assert "Its schema is 0048; " in examined
    assert standing(older).current == "0048"


def test_it_migrates_after_the_check_and_then_there_is_nothing_to_do(tanggap, older, tmp_path):
    assert tanggap("backup", str(tmp_path / "before.tar")).code == 0
    ended = tanggap("migrate")
    assert (ended.code, ended.err) == (0, "")
    assert "The database has the newest schema." in ended.out
    again = tanggap("migrate", "--check")
    assert f"The schema is {standing(older).newest}, the newest that this version knows." in again.out


def test_it_refuses_beneath_a_running_server(tanggap, older):
    with exclusive(load_settings()):
        ended = tanggap("migrate")
    assert ended.code == 1
    assert f"process {os.getpid()} serves from" in ended.err
    assert standing(older).current == "0048"


@pytest.mark.usefixtures("on_each_database")
def test_a_schema_of_a_newer_version_that_took_something_away_is_refused_by_name(tanggap, database_url):
    set_schema(database_url, "9999", least="9000")
    for words in (("migrate",), ("migrate", "--check")):
        ended = tanggap(*words)
        assert ended.code == 1
        assert "the schema of the database is 9999, and this version of Tanggap knows none above" in ended.err
    examined = tanggap("doctor")
    assert examined.code == 1
    assert "[bad]     database: " in examined.out
    assert "Its schema is 9999, and this version of Tanggap knows none above" in examined.out
    assert tanggap("staff", "list").err.startswith(
        "tanggap: this version of Tanggap does not know the schema"
    )
    set_schema(database_url, standing(database_url).newest, least=FIRST)


@pytest.mark.usefixtures("on_each_database")
def test_a_newer_schema_that_only_added_is_served_under(tanggap, database_url):
    set_schema(database_url, "9999")
    ended = tanggap("migrate", "--check")
    assert ended.code == 0
    assert "The schema is 9999, newer than" in ended.out
    assert "Its schema is 9999, newer than" in tanggap("doctor").out
    assert tanggap("staff", "list").code == 0
    assert standing(database_url).current == "9999"
    set_schema(database_url, standing(database_url).newest)


def test_who_may_go_on_under_what_is_pending_is_told_by_name(tanggap, cluster, monkeypatch, tmp_path):
    url = cluster.url(cluster.create())
    monkeypatch.setenv("TANGGAP_DATABASE_URL", url)
    at_schema(url, "0048")
    with connected_as(url, "tanggap/0.1.0/0048/4711"):
        ended = tanggap("migrate", "--check")
        assert "process 4711 on 127.0.0.1 (0.1.0, which knows schema 0048) serves, and may go on" in ended.out
        monkeypatch.setattr(
            import_module("bot.migrations.moving"), "_FOLDER", with_one_that_contracts(tmp_path)
        )
        for words in (("migrate", "--check"), ("migrate",), ("staff", "list")):
            ended = tanggap(*words)
            assert ended.code == 1
            assert "a migration takes away what process 4711" in ended.err
    assert standing(url).current == "0048"


def test_a_database_that_is_none_is_one_line(tanggap, tmp_path, monkeypatch):
    (tmp_path / "none.db").write_text("this is no database at all, but a text of some length" * 100)
    monkeypatch.setenv("TANGGAP_DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    ended = tanggap("migrate", "--check")
    assert (ended.code, ended.err) == (1, "tanggap: the database cannot be used: file is not a database\n")
