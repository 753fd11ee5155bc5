"""Attachments go to another place beside a running server, and what nothing names any more goes for good."""

import os
from datetime import timedelta

import pytest

from bot.house import open_ledger, utc_now
from bot.settings import load_settings
from tests.bot.test_backup import take_in_a_message
from tickets.ledger.depot.choosing import depot_at

pytestmark = pytest.mark.usefixtures("at_home")


@pytest.fixture
def at_home(desks, monkeypatch, object_storage):
    """A desk's folder, and a key to the storage in the environment."""
    at = object_storage.bucket("itb")
    for name, value in (("ENDPOINT", at.endpoint), ("KEY_ID", at.key_id), ("SECRET", at.secret)):
        monkeypatch.setenv(f"TANGGAP_BLOBS_{name}", value)
    return at


@pytest.fixture
def bucket(at_home):
    return f"s3://{at_home.bucket}/itb"


def test_a_desk_moves_into_a_bucket_while_it_is_served(bucket, monkeypatch, tanggap):
    with open_ledger(load_settings()) as ledger:
        first = take_in_a_message(ledger)
        copied, again = (tanggap("files", "copy", "--to", bucket) for _ in range(2))
        later = ledger.blobs.put(b"came in between")
    assert copied.out == "Copied 1 files (14 bytes); 0 were there already.\n"
    assert again.out == "Copied 0 files (0 bytes); 1 were there already.\n"
    monkeypatch.setenv("TANGGAP_BLOBS_URL", bucket)
    assert tanggap("files", "copy", "--from", "var/files").code == 0
    with open_ledger(load_settings()) as ledger:
        assert ledger.blobs.get(first) == b"%PDF-1.4 surat"
        assert ledger.blobs.get(later) == b"came in between"


def test_a_damaged_file_is_named_and_not_taken_along(bucket, tanggap):
    with open_ledger(load_settings()) as ledger:
        sha256 = take_in_a_message(ledger)
    (load_settings().files / sha256[:2] / sha256[2:]).write_bytes(b"rotten")
    refused = tanggap("files", "copy", "--to", bucket)
    assert (refused.code, sha256 in refused.err) == (1, True)


def test_what_nothing_names_goes_once_it_is_a_day_old(tanggap):
    settings = load_settings()
    with open_ledger(settings) as ledger:
        named = take_in_a_message(ledger)
        orphan, young = ledger.blobs.put(b"left by a stop"), ledger.blobs.put(b"on its way")
    long_ago = (utc_now() - timedelta(days=2)).timestamp()
    for each in (named, orphan):
        os.utime(settings.files / each[:2] / each[2:], (long_ago, long_ago))
    assert (
        tanggap("files", "sweep", "--dry-run").out
        == "Of 3 files 2 are named by nothing: nothing was deleted.\n"
    )
    assert tanggap("files", "sweep").out == (
        "Of 3 files 2 are named by nothing: 1 were deleted, the others are younger than a day.\n"
    )
    depot = depot_at(settings.files, None)
    assert {key.replace("/", "") for key in depot.keys()} == {named, young}  # noqa: SIM118


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["files", "copy"], 2, "say either --to"),
        (["files", "copy", "--to", "ftp://x"], 2, "neither a folder nor s3://bucket/prefix"),
        (["files", "copy", "--to", "s3://nobody-has-made-it"], 1, "the storage of files says NoSuchBucket"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(arguments, code, says, tanggap):
    with open_ledger(load_settings()) as ledger:
        take_in_a_message(ledger)
    refused = tanggap(*arguments)
    assert (refused.code, says in refused.err) == (code, True)
