"""Signatures, with the vector that the libraries of the Standard Webhooks specification are tested with."""

from datetime import UTC, datetime, timedelta

import pytest

from channels.hooks import signature
from channels.hooks.signature import SecretError, SignatureError

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
NAME = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = datetime.fromtimestamp(1614265330, UTC)
BODY = b'{"test": 2432232314}'
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
HEADERS = {"webhook-id": NAME, "webhook-timestamp": "1614265330", "webhook-signature": SIGNED}


def test_the_vector_of_the_specification():
    assert signature.headers(SECRET, id=NAME, body=BODY, at=AT) == HEADERS


@pytest.mark.parametrize(
    "signed",
    [SIGNED, f"v1,AAAA {SIGNED}", f"v1a,AAAA v1,BBBB {SIGNED}"],
    ids=["alone", "beside another", "third"],
)
def test_one_good_signature_is_enough(signed: str):
    given = HEADERS | {"webhook-signature": signed}
    assert signature.verified_id(SECRET, given, BODY, now=AT) == NAME


@pytest.mark.parametrize(
    ("changed", "body", "late", "reason"),
    [
        ({}, BODY + b" ", 0, "signature"),
        ({"webhook-id": "another"}, BODY, 0, "signature"),
        ({"webhook-timestamp": "1614265331"}, BODY, 0, "signature"),
        ({"webhook-signature": ""}, BODY, 0, "signature"),
        ({"webhook-signature": SIGNED.removeprefix("v1,")}, BODY, 0, "signature"),
        ({"webhook-signature": "v1,æ"}, BODY, 0, "signature"),
        ({"webhook-id": ""}, BODY, 0, "headers"),
        ({"webhook-id": "x" * 201}, BODY, 0, "headers"),
        ({"webhook-timestamp": "soon"}, BODY, 0, "headers"),
        ({}, BODY, 301, "timestamp"),
        ({}, BODY, -301, "timestamp"),
    ],
)
def test_what_was_changed_or_is_old_is_not_believed(changed, body, late, reason):
    with pytest.raises(SignatureError) as refused:
        signature.verified_id(SECRET, HEADERS | changed, body, now=AT + timedelta(seconds=late))
    assert refused.value.reason == reason


def test_a_timestamp_beyond_all_calendars_is_not_believed():
    given = signature.headers(SECRET, id=NAME, body=BODY, at=AT)
    given["webhook-timestamp"] = "9" * 30
    given["webhook-signature"] = signature.signature(SECRET, id=NAME, timestamp="9" * 30, body=BODY)
    with pytest.raises(SignatureError):
        signature.verified_id(SECRET, given, BODY, now=AT)


def test_another_secret_signs_otherwise():
    with pytest.raises(SignatureError):
        signature.verified_id(OTHER, HEADERS, BODY, now=AT)


@pytest.mark.parametrize("secret", ["", "geheim", "whsec_", "whsec_c2hvcnQ=", "whsec_!!", SECRET[6:]])
def test_what_is_no_secret_of_the_specification(secret: str):
    with pytest.raises(SecretError):
        signature.key_of(secret)
