"""Mail as nobody would write it: samples of our own, broken at random, and mails put together of odd pieces.

Whatever comes is read at once and becomes something that can be stored: never an exception, never a long wait.
"""

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.email.parse import parse_mail
from tests.channels.email.mails import OURS, mail
from tests.channels.email.test_multiparts import HEAD, HTML, PDF, PLAIN, mixed
from tickets.message import Said

SAMPLES = (
    mail("Saya tidak bisa masuk Edunex.\n\nPada Sen, 2 Mar 2026 Budi <b@x.example> menulis:\n> Halo"),
    mail("Halo", subject="=?iso-2022-jp?B?GyRCRnxLXBsoQg==?= =?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?="),
    mixed(f"--b\n{PLAIN}Halo\n--b\n{PDF}--b--\n").encode(),
    mixed(
        f'--b\nContent-Type: multipart/alternative; boundary="bb"\n\n--bb\n{PLAIN}Halo\n--bb\n{HTML}'
        f'<blockquote type="cite"><p>Halo <a href="http://x.example">x</a></p></blockquote>\n--bb--\n--b\n{PDF}--b--\n'
    ).encode(),
    mixed(f"--b\nContent-Type: message/rfc822\n\nSubject: dalam\n{PLAIN}Halo\n--b--\n").encode(),
    f"{HEAD}Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n".encode(),
    f"{HEAD}Content-Type: text/plain; format=flowed\n\nsatu \ndua\nbegin 644 a.txt\n#0V%T\n`\nend\n".encode(),
)  # fmt: skip
PIECES = (
    b"--b\r\n", b"--b--\r\n", b"--bb\r\n", b"\r\n", b"\n", b"\r", b"\x00", b"\xff\xfe", b"\x1b$B", b"<!--", b"<div>" * 20,
    b"> ", b"From me\n", b"On Mon wrote:\n", b"begin 644 x\n", b"=?utf-8?B?", b"?=", b";", b'"', b"(", b"<a@b>,", b":",
    b"Content-Type: multipart/alternative; boundary=b\r\n", b'Content-Type: multipart/mixed; boundary="b"\r\n',
    b"Content-Type: message/rfc822\r\n", b"Content-Type: text/html; charset=x-unknown\r\n", b"Content-Type: ; =\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: x-uuencode\r\n", b"====\r\n", b"=C3=\r\n",
    b"Content-Disposition: attachment; filename*0*=utf-8''%FF; filename*1=\"../../x\"\r\n", b"Subject: =?x?Q?=?=\r\n",
)  # fmt: skip
OFTEN = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def stored(raw: bytes) -> Said:
    """Read it, and see that neither the ledger nor the network stumbles over what was read."""
    start = time.process_time()
    said = parse_mail(raw, account="itb/email", own_addresses=frozenset({OURS}))
    assert time.process_time() - start < 1
    assert said.raw == raw
    assert said.event_id
    assert said.external_id
    assert said.sender.address
    words: list[Any] = [
        said.text,
        said.full_text,
        said.html,
        said.subject,
        said.sender.name,
        said.external_id,
    ]
    words += [word for file in said.files for word in (file.name, file.type, file.inline_id)]
    for word in filter(None, words):
        assert "\x00" not in word
        word.encode()
    for file in said.files:
        assert file.content is not None
        assert file.size == len(file.content)
    return said


@OFTEN
@given(data=st.data())
def test_a_sample_that_was_broken_at_random_is_read(data: st.DataObject):
    raw = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(raw)))
        length = data.draw(st.integers(0, 40))
        raw[at : at + length] = data.draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8)))
    stored(bytes(raw))


@OFTEN
@given(
    st.lists(
        st.one_of(st.sampled_from(PIECES), st.sampled_from(SAMPLES), st.binary(max_size=20)), max_size=60
    )
)
def test_pieces_in_any_order_are_read(pieces: list[bytes]):
    stored(b"".join(pieces))


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_that_ends_anywhere_is_read(sample: bytes):
    for end in range(0, len(sample), 7):
        stored(sample[:end])


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("head", [b"", b"From: a@b.example\r\n", b"From: a@b.example\r\n\r\n"])
@pytest.mark.timeout(30)
def test_a_piece_without_end_takes_no_time(piece: bytes, head: bytes):
    stored(head + piece * (150_000 // len(piece)))
