"""The doctor tries the bucket of attachments, and says in words what is wrong with it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.doctor.bucket import of_bucket
from tests.standins import s3


def told(at, *, ahead=timedelta(0)):
    return [(found.state, found.says) for found in of_bucket(at, datetime.now(UTC) + ahead)]


def test_one_that_works_is_left_as_it_was(object_storage):
    at = object_storage.bucket()
    ((state, says), (warned, plain)) = told(at)
    assert (state, says) == (
        "ok",
        f"s3://{at.bucket}/desk at {at.endpoint} can be read, written, listed and deleted in.",
    )
    assert (warned, "go over the network as they are" in plain) == ("warning", True)
    assert object_storage.names_in(at) == set()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"bucket": "nobody-has-made-it"}, "there is no such bucket (NoSuchBucket)"),
        ({"secret": "geheim"}, "TANGGAP_BLOBS_SECRET is not that of the key (SignatureDoesNotMatch)"),
        ({"key_id": "AKIANOBODY"}, "TANGGAP_BLOBS_KEY_ID is not known there (InvalidAccessKeyId)"),
        ({"endpoint": s3.nowhere()}, "nobody answers at TANGGAP_BLOBS_ENDPOINT, or not in time (no answer)"),
    ],
)
def test_what_is_wrong_is_said(object_storage, wrong, says):
    ((state, said),) = told(replace(object_storage.bucket(), **wrong))
    assert (state, says in said, "geheim" in said) == ("bad", True, False)


def test_a_key_without_rights_is_said_to_need_them(object_storage):
    at = object_storage.bucket()
    ((_, said),) = told(replace(at, key_id=object_storage.idle_key_id, secret=object_storage.idle_secret))
    assert "it needs GetObject, PutObject, DeleteObject and ListBucket (AccessDenied)" in said


def test_a_clock_that_is_wrong_and_a_bucket_that_forgets_nothing_are_warned_of(object_storage):
    at = object_storage.bucket()
    object_storage.admin.put_bucket_versioning(
        Bucket=at.bucket, VersioningConfiguration={"Status": "Enabled"}
    )
    says = [said for state, said in told(at, ahead=timedelta(minutes=5)) if state == "warning"]
    assert "differs by 30" in says[0] or "differs by 29" in says[0]
    assert "what is erased stays there" in says[1]
