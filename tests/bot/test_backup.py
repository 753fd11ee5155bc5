"""Backup and restore: what comes back is what was there, and nothing is overwritten or half done."""

import io
import json
import os
import sqlite3
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr
from sqlmodel import select

from bot.accounts.secrets_file import own_secrets
from bot.backup import BackupError, restore_backup, write_backup
from bot.house import AlreadyServingError, HouseError, exclusive, open_ledger
from bot.settings import load_settings
from tests.standins import s3
from tests.tickets.desks import open_desk, whatsapp
from tickets.intake import Reading, take_in
from tickets.ledger.blobs import Stored
from tickets.ledger.depot.bucket import BucketDepot
from tickets.ledger.depot.contract import PIECE
from tickets.tables import Message

AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
SID = "SM1"


@pytest.fixture
def settings(database_url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TANGGAP_DATABASE_URL", database_url)
    own_secrets(Path("var"))
    return load_settings()


@pytest.fixture
def elsewhere(request, settings, monkeypatch):
    """Settings of a second, empty place for the same kind of database."""
    monkeypatch.setenv("TANGGAP_DATA_DIR", "other")
    if settings.is_sqlite:
        monkeypatch.setenv("TANGGAP_DATABASE_URL", "")
        yield load_settings()
        return
    cluster = request.getfixturevalue("cluster")
    name = cluster.create()
    monkeypatch.setenv("TANGGAP_DATABASE_URL", cluster.url(name))
    yield load_settings()
    cluster.drop(name)


def take_in_a_message(ledger, text="halo", content=b"%PDF-1.4 surat"):
    """Take in a message with a file; the file's SHA-256."""
    desk = open_desk(ledger)
    digest = ledger.blobs.put(content)
    file = Stored(name="surat.pdf", type="application/pdf", size=len(content), sha256=digest, state="stored")
    said = whatsapp(text, sid=SID)
    ledger.write_blocking(lambda tx: take_in(tx, said, desk=desk, reading=Reading(), files=[file], at=AT))
    return digest


def messages(ledger):
    with ledger.reading() as session:
        return [message.text for message in session.exec(select(Message))]


@pytest.mark.parametrize("name", ["backup.tar", "backup.tar.gz"])
def test_what_was_backed_up_beside_a_running_server_comes_back_elsewhere(settings, elsewhere, tmp_path, name):
    archive = tmp_path / name
    with open_ledger(settings) as ledger:
        digest = take_in_a_message(ledger)
        assert write_backup(settings, archive, at=AT).files == 1
    assert archive.stat().st_mode & 0o777 == 0o600
    assert restore_backup(elsewhere, archive, force=False).files == 1
    with open_ledger(elsewhere) as ledger:
        assert messages(ledger) == ["halo"]
        assert ledger.blobs.get(digest) == b"%PDF-1.4 surat"
    assert own_secrets(elsewhere.data_dir) == own_secrets(settings.data_dir)


def in_a_bucket(settings, at):
    return settings.model_copy(
        update={
            "blobs_url": f"s3://{at.bucket}/{at.prefix}", "blobs_endpoint": at.endpoint, "blobs_key_id": at.key_id,
            "blobs_secret": SecretStr(at.secret),
        }
    )  # fmt: skip


@pytest.mark.parametrize("to", ["bucket", "folder"])
def test_attachments_of_a_bucket_go_into_the_archive_and_where_they_are_to_lie(
    settings, elsewhere, object_storage, tmp_path, to
):
    archive = tmp_path / "backup.tar.gz"
    here = in_a_bucket(settings, object_storage.bucket())
    there = in_a_bucket(elsewhere, object_storage.bucket()) if to == "bucket" else elsewhere
    with open_ledger(here) as ledger:
        digest = take_in_a_message(ledger, content=os.urandom(2 * PIECE + 7))
        large = ledger.blobs.get(digest)
        ledger.blobs.put(b"")
        assert write_backup(here, archive, at=AT).files == 2
    assert s3.folder_of(settings.files) == set()
    assert restore_backup(there, archive, force=False).files == 2
    with open_ledger(there) as ledger:
        assert messages(ledger) == ["halo"]
        assert ledger.blobs.get(digest) == large


def test_a_bucket_that_is_in_use_is_not_mixed_up_without_force(
    on_sqlite, object_storage, tmp_path, monkeypatch
):
    archive, at = tmp_path / "backup.tar", object_storage.bucket()
    with open_ledger(on_sqlite) as ledger:
        take_in_a_message(ledger)
        write_backup(on_sqlite, archive, at=AT)
    monkeypatch.setenv("TANGGAP_DATA_DIR", "other")
    other = in_a_bucket(load_settings(), at)
    BucketDepot(at).put(f"00/{'0' * 62}", b"somebody else's")
    with pytest.raises(BackupError, match="bucket has attachments already"):
        restore_backup(other, archive, force=False)
    assert restore_backup(other, archive, force=True).files == 1


def test_without_the_bucket_there_is_no_backup_and_no_half_of_a_restore(on_sqlite, object_storage, tmp_path):
    archive, at = tmp_path / "backup.tar", object_storage.address("nobody-has-made-it")
    with open_ledger(on_sqlite) as ledger:
        take_in_a_message(ledger)
        write_backup(on_sqlite, archive, at=AT)
    before = (archive.read_bytes(), Path("var/tanggap.db").read_bytes())
    with pytest.raises(
        BackupError, match="attachments cannot be read: the storage of files says NoSuchBucket"
    ):
        write_backup(in_a_bucket(on_sqlite, at), archive, at=AT)
    with pytest.raises(BackupError, match="cannot be put in place: the storage of files says NoSuchBucket"):
        restore_backup(in_a_bucket(on_sqlite, at), archive, force=True)
    assert (archive.read_bytes(), Path("var/tanggap.db").read_bytes()) == before
    assert [each for each in tmp_path.iterdir() if each.suffix == ".part"] == []


def test_nothing_is_overwritten_without_force(settings, tmp_path):
    archive = tmp_path / "backup.tar"
    with open_ledger(settings) as ledger:
        take_in_a_message(ledger)
        write_backup(settings, archive, at=AT)
    with pytest.raises(BackupError, match="--force"):
        restore_backup(settings, archive, force=False)


def test_with_force_the_state_goes_back_to_the_backup(settings, tmp_path):
    archive = tmp_path / "backup.tar"
    with open_ledger(settings) as ledger:
        take_in_a_message(ledger)
        write_backup(settings, archive, at=AT)
        settings.search_index.write_bytes(b"knows of what comes later")
        later = whatsapp("sesudahnya", sid="SM2")
        desk = open_desk(ledger)
        ledger.write_blocking(lambda tx: take_in(tx, later, desk=desk, reading=Reading(), files=[], at=AT))
    restore_backup(settings, archive, force=True)
    with open_ledger(settings) as ledger:
        assert messages(ledger) == ["halo"]
    assert not settings.search_index.exists() or not settings.is_sqlite


def test_a_database_with_tables_is_not_overwritten_even_if_the_data_folder_is_empty(
    cluster, migrated_template, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    name = cluster.create(template=migrated_template)
    monkeypatch.setenv("TANGGAP_DATABASE_URL", cluster.url(name))
    with pytest.raises(BackupError, match="has tables already"):
        restore_backup(load_settings(), tmp_path / "any.tar", force=False)
    cluster.drop(name)


@pytest.fixture
def on_sqlite(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return load_settings()


def test_a_served_database_is_not_replaced(on_sqlite, tmp_path):
    archive = tmp_path / "backup.tar"
    with open_ledger(on_sqlite):
        write_backup(on_sqlite, archive, at=AT)
    with exclusive(on_sqlite), pytest.raises(AlreadyServingError):
        restore_backup(on_sqlite, archive, force=True)


def test_the_database_that_was_in_the_way_is_kept_beside_the_new_one(on_sqlite, tmp_path):
    with open_ledger(on_sqlite) as ledger:
        write_backup(on_sqlite, tmp_path / "empty.tar", at=AT)
        take_in_a_message(ledger)
    restore_backup(on_sqlite, tmp_path / "empty.tar", force=True)
    kept = sqlite3.connect("var/tanggap.db.before-restore")
    assert kept.execute("SELECT text FROM messages").fetchall() == [("halo",)]
    kept.close()


def test_before_there_is_anything_to_back_up_that_is_said(on_sqlite, tmp_path):
    with pytest.raises(BackupError, match=r"there is no database var/tanggap\.db yet"):
        write_backup(on_sqlite, tmp_path / "backup.tar", at=AT)
    assert list(tmp_path.glob("*.tar")) == []


def test_a_folder_that_is_not_there_is_named(on_sqlite):
    with pytest.raises(BackupError, match=r"nowhere/backup\.tar cannot be written"):
        write_backup(on_sqlite, Path("nowhere/backup.tar"), at=AT)


def packed(path, members):
    with tarfile.open(path, "w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


MANIFEST = json.dumps({"format": 1, "database": "database.sqlite"}).encode()


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"readme.txt": b"x"}, "is no backup of Tanggap"),
        ({"tanggap-backup.json": MANIFEST}, "holds no database"),
        ({"tanggap-backup.json": b"[", "database.sqlite": b""}, "is damaged"),
        ({"tanggap-backup.json": b'{"format": 2}', "database.sqlite": b""}, "made by another version"),
        ({"tanggap-backup.json": MANIFEST.replace(b"sqlite", b"pgdump")}, "another kind of database"),
        ({"tanggap-backup.json": MANIFEST, "../evil": b"x"}, "which no backup of Tanggap has"),
        ({"tanggap-backup.json": MANIFEST, f"files/00/{'0' * 62}": b"x"}, "is not what its name says"),
    ],
)
def test_an_archive_that_is_none_changes_nothing(on_sqlite, tmp_path, members, expected):
    with pytest.raises(BackupError, match=expected):
        restore_backup(on_sqlite, packed(tmp_path / "a.tar", members), force=False)
    assert not Path("var/tanggap.db").exists()
    assert not (tmp_path / "evil").exists()


def test_an_archive_that_is_cut_off_changes_nothing(on_sqlite, tmp_path):
    archive = tmp_path / "backup.tar.gz"
    with open_ledger(on_sqlite) as ledger:
        take_in_a_message(ledger, content=b"x" * 100_000)
        write_backup(on_sqlite, archive, at=AT)
        archive.write_bytes(archive.read_bytes()[:-200])
    before = Path("var/tanggap.db").read_bytes()
    with pytest.raises(BackupError):
        restore_backup(on_sqlite, archive, force=True)
    assert Path("var/tanggap.db").read_bytes() == before


def test_no_archive_and_no_tool_are_said_in_one_line(settings, tmp_path, monkeypatch):
    with pytest.raises((BackupError, HouseError), match="No such file"):
        restore_backup(settings, tmp_path / "none.tar", force=True)
    if not settings.is_sqlite:
        monkeypatch.setenv("PATH", "/nowhere")
        with pytest.raises(BackupError, match="pg_dump is not installed"):
            write_backup(settings, tmp_path / "backup.tar", at=AT)


def test_the_password_of_the_database_is_not_on_the_command_line(cluster, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = cluster.create()
    with psycopg.connect(cluster.url(name)) as connection:
        connection.execute("CREATE TABLE a (b int)")
    (tmp_path / "bin").mkdir()
    spy = tmp_path / "bin" / "pg_dump"
    spy.write_text('#!/bin/sh\necho "$@ $PGPASSWORD" >&2\nexit 1\n')
    spy.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/usr/bin:/bin")
    monkeypatch.setenv("TANGGAP_DATABASE_URL", cluster.url(name).replace("postgres@", "postgres:geheim@"))
    with pytest.raises(BackupError) as caught:
        write_backup(load_settings(), tmp_path / "backup.tar", at=AT)
    options, password = str(caught.value).rsplit(" ", 1)
    assert password == "geheim"
    assert "geheim" not in options
    cluster.drop(name)
