"""One-time codes: derived, short-lived, tried a few times."""

from datetime import UTC, datetime, timedelta

import pytest

from tickets.one_time_codes import TRIES, Try, code_of, derive_key, judge, masked_mailbox, typed_code

KEY = derive_key("a secret of the installation")
NOW = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
CODE = code_of(KEY, "nonce")


def tried(typed: str, *, tries: int = 0, at: datetime = NOW) -> Try:
    return judge(typed, key=KEY, nonce="nonce", expires_at=NOW + timedelta(minutes=10), tries=tries, at=at)


def test_a_code_is_six_digits_and_another_for_each_nonce_and_installation():
    codes = {code_of(KEY, str(nonce)) for nonce in range(200)}
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(codes) > 190
    assert code_of(derive_key("another"), "nonce") != CODE


def test_the_right_code_is_right_until_it_expires():
    assert tried(CODE) is Try.RIGHT
    assert tried(CODE, at=NOW + timedelta(minutes=10, seconds=-1)) is Try.RIGHT
    assert tried(CODE, at=NOW + timedelta(minutes=10)) is Try.EXPIRED


def test_after_five_wrong_ones_the_right_one_comes_too_late():
    wrong = f"{(int(CODE) + 1) % 10**6:06}"
    assert [tried(wrong, tries=tries) for tries in range(TRIES)] == [Try.WRONG] * 4 + [Try.SPENT]
    assert tried(CODE, tries=TRIES - 1) is Try.RIGHT
    assert tried(CODE, tries=TRIES) is Try.SPENT


@pytest.mark.parametrize("text", ["123456", " 123 456 ", "123-456", "kodenya 123456 kak", "Kode: 123456.", "123456 terima kasih"])  # fmt: skip
def test_a_code_is_read_as_people_type_it(text):
    assert typed_code(text) == "123456"


@pytest.mark.parametrize(
    "text", ["", "12345", "1234567", "13519001", "123456 dan 654321", "tiket 123456 saya belum dijawab sampai hari ini, mohon bantuannya", "kode error 404", "Rp 123.456,00", "12 34 56", "١٢٣٤٥٦"]
)  # fmt: skip
def test_anything_else_is_no_code(text):
    assert typed_code(text) is None


def test_a_mailbox_is_shown_to_its_owner_only():
    assert masked_mailbox("ana.putri@students.example.ac.id") == "a***@students…"
    assert masked_mailbox("x@localhost") == "x***@localhost"
