"""Where files lie: a folder and a bucket promise the same, and both say when they cannot be reached."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.standins import s3
from tickets.ledger.blobs import BlobStore, FileTooLargeError
from tickets.ledger.depot.bucket import GOING, BucketDepot
from tickets.ledger.depot.contract import PIECE, Depot, DepotError
from tickets.ledger.depot.folder import FolderDepot

KEY = "ab/cdef"
NOW = datetime.now(UTC)
EARLIER, LATER = NOW - timedelta(days=1), NOW + timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A place, and what lies there as somebody else sees it."""

    depot: Depot
    names: object  # a call


@pytest.fixture
def folder(tmp_path):
    return Kept(depot=FolderDepot(tmp_path / "files"), names=lambda: s3.folder_of(tmp_path / "files"))


@pytest.fixture
def bucket(object_storage):
    at = object_storage.bucket("a/desk")

    def names():
        return {name.removeprefix("a/desk/") for name in object_storage.names_in(at)}

    return Kept(depot=BucketDepot(at), names=names)


@pytest.fixture(params=["folder", "bucket"])
def kept(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def depot(kept):
    return kept.depot


def read(depot, *places, key=KEY):
    return b"".join(depot.pieces(key, *places))


def test_what_was_put_is_there_once_and_whole(kept):
    kept.depot.put(KEY, b"surat permohonan")
    kept.depot.put(KEY, b"surat permohonan")
    assert kept.names() == {KEY}
    assert list(kept.depot.keys()) == [KEY]
    assert (kept.depot.size(KEY), read(kept.depot)) == (16, b"surat permohonan")


@pytest.mark.parametrize(
    ("places", "expected"),
    [((6,), b"permohonan"), ((6, 10), b"perm"), ((10, 99), b"ohonan"), ((16, 20), b""), ((4, 4), b"")],
)
def test_a_part_of_it_can_be_had(depot, places, expected):
    depot.put(KEY, b"surat permohonan")
    assert read(depot, *places) == expected


def test_an_empty_file_is_a_file(depot):
    depot.put(KEY, b"")
    assert (depot.size(KEY), read(depot)) == (0, b"")


def test_a_large_one_comes_in_pieces(depot):
    content = os.urandom(2 * PIECE + 5)
    depot.put(KEY, content)
    pieces = list(depot.pieces(KEY))
    assert [len(each) for each in pieces] == [PIECE, PIECE, 5]
    assert b"".join(pieces) == content


def test_what_is_not_there_is_said_to_be_missing(depot):
    depot.put("00/other", b"x")
    assert depot.size(KEY) is None
    with pytest.raises(FileNotFoundError):
        read(depot)
    assert not depot.drop(KEY, unless_since=LATER)


def test_a_file_that_was_made_here_is_taken_away_and_replaces_what_was_there(depot, tmp_path):
    for content in (b"the first try", b"the second"):
        made = tmp_path / "made.csv"
        made.write_bytes(content)
        depot.bring("made/1.csv", made)
        assert not made.exists()
        assert read(depot, key="made/1.csv") == content


def test_what_goes_goes_and_leaves_nothing_behind(kept):
    kept.depot.put(KEY, b"x")
    assert not kept.depot.drop(KEY, unless_since=EARLIER)  # put since then: somebody wants it
    assert kept.names() == {KEY}
    assert kept.depot.drop(KEY, unless_since=LATER)
    assert kept.names() == set()


# -- the bucket: what is on its way meanwhile ---------------------------------------------------------------------------


@pytest.fixture
def line(object_storage):
    with s3.disturbable(object_storage.bucket()) as (line, by):
        yield line, by


@pytest.mark.parametrize("deleted", [0, 1], ids=["before it goes", "after it went"])
def test_one_who_puts_while_the_file_goes_finds_that_and_puts_it_again(line, deleted):
    way, by = line
    beside, dropper = BucketDepot(by), BucketDepot(by)
    dropper.put(KEY, b"x")
    with ThreadPoolExecutor(1) as pool:
        putting = []

        def puts_meanwhile():
            asked = len(way.asked)
            putting.append(pool.submit(beside.put, KEY, b"x"))
            while "HEAD" not in way.asked[asked:]:  # it was written, and is looked after
                time.sleep(0.002)

        for _ in range(deleted):
            way.before("DELETE", lambda: None)
        way.before("DELETE", puts_meanwhile)
        assert dropper.drop(KEY, unless_since=LATER)
        putting[0].result()
    assert read(beside) == b"x"


def test_one_who_was_quicker_than_the_announcement_keeps_the_file(line):
    way, by = line
    depot = BucketDepot(by)
    depot.put(KEY, b"x")
    younger = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
    way.before("PUT", lambda: sleeps_until(younger) or depot.write(KEY, b"x"))
    assert not depot.drop(KEY, unless_since=younger)
    assert read(depot) == b"x"


def sleeps_until(at):
    """Wait for the storage's clock, which counts whole seconds."""
    time.sleep(max(0.0, (at - datetime.now(UTC)).total_seconds()))


def test_what_a_dead_process_has_announced_holds_nobody_up(object_storage, monkeypatch):
    depot = BucketDepot(object_storage.bucket())
    depot.write(f"{GOING}/{KEY}/of-a-dead-one", b"")
    monkeypatch.setattr("tickets.ledger.depot.bucket._GIVEN_UP", timedelta(seconds=-1))
    depot.put(KEY, b"x")
    assert list(depot.keys()) == [KEY]


# -- the bucket: when it cannot be reached ------------------------------------------------------------------------------

ACTS = {
    "put": lambda depot: depot.put(KEY, b"x"),
    "size": lambda depot: depot.size("00/none"),
    "read": read,
    "drop": lambda depot: depot.drop(KEY, unless_since=LATER),
    "keys": lambda depot: list(depot.keys()),
    "bring": lambda depot: depot.bring("made/1.csv", Path(__file__)),
}
acts = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


@acts
@pytest.mark.parametrize("wrong", ["bucket", "secret", "key_id", "rights", "endpoint"])
def test_what_is_set_wrongly_is_no_missing_file(object_storage, wrong, act):
    at = object_storage.bucket()
    depot = BucketDepot(
        replace(
            at,
            **{
                "bucket": {"bucket": "nobody-has-made-it"},
                "secret": {"secret": "geheim-but-wrong"},
                "key_id": {"key_id": "AKIANOBODY"},
                "rights": {"key_id": object_storage.idle_key_id, "secret": object_storage.idle_secret},
                "endpoint": {"endpoint": s3.nowhere()},
            }[wrong],
        )
    )
    with pytest.raises(DepotError) as error:
        act(depot)
    assert "geheim" not in str(error.value)
    assert at.endpoint not in str(error.value)
    assert Path(__file__).exists()


@acts
@pytest.mark.parametrize("status", [500, 503])
def test_a_storage_that_is_ill_is_asked_again_and_then_said_to_be(line, status, act):
    way, by = line
    way.answers(status)
    with pytest.raises(DepotError, match=str(status)):
        act(BucketDepot(by))


def test_a_storage_that_is_ill_for_a_moment_is_not_noticed(line):
    way, by = line
    way.answers(503, times=1)
    depot = BucketDepot(by)
    depot.put(KEY, b"x")
    way.answers(503, times=1)
    assert read(depot) == b"x"


def test_one_that_says_nothing_is_given_up(line):
    way, by = line
    depot = BucketDepot(by, within=timedelta(milliseconds=100))
    depot.put(KEY, b"x")
    way.falls_silent()
    with pytest.raises(DepotError, match="no answer"):
        read(depot)
    with pytest.raises(DepotError, match="no answer"):
        depot.put(KEY, b"x")


def test_an_answer_that_breaks_off_is_no_file(line):
    way, by = line
    depot = BucketDepot(by)
    depot.put(KEY, b"surat permohonan" * 1_000)
    way.cuts("GET")
    with pytest.raises(DepotError):
        read(depot)


def test_the_surroundings_do_not_say_where_files_go(object_storage, monkeypatch):
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT"):
        monkeypatch.setenv(name, s3.nowhere())
    monkeypatch.setenv("AWS_SESSION_TOKEN", "of-somebody-else")
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "true")
    monkeypatch.setenv("AWS_VIRTUAL_HOSTED_STYLE_REQUEST", "true")
    at = object_storage.bucket()
    BucketDepot(at).put(KEY, b"x")
    assert object_storage.names_in(at) == {f"desk/{KEY}"}


# -- files by what they contain -----------------------------------------------------------------------------------------


@pytest.fixture
def blobs(depot, tmp_path):
    return BlobStore(depot, workshop=tmp_path / "shop", max_bytes=20)


def test_a_file_is_called_by_what_it_contains(blobs, depot):
    sha256 = blobs.put(b"surat")
    assert blobs.put(b"surat") == sha256
    assert list(blobs.listed()) == [sha256]
    assert (blobs.size(sha256), blobs.get(sha256), b"".join(blobs.pieces(sha256, 1, 3))) == (
        5,
        b"surat",
        b"ur",
    )
    with pytest.raises(FileTooLargeError):
        blobs.put(b"x" * 21)
    depot.put(f"{sha256[:2]}/{'0' * 62}", b"not what its name says")
    with pytest.raises(OSError, match="not what it was"):
        blobs.get(f"{sha256[:2]}{'0' * 62}")
