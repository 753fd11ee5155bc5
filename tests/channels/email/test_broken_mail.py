"""Mails as broken as they come: headers that are none, parts that are packed in odd ways, files written into the text."""

import base64
import binascii
from typing import Any

import pytest

from channels.email.parse import parse_mail
from tests.channels.email.mails import OURS
from tickets.message import Said

HEAD = b"From: Siti <siti@kampus.example>\r\nTo: carecenter@itb.example\r\n"


def read(raw: bytes, **more: Any) -> Said:
    return parse_mail(raw, account="itb/email", own_addresses=frozenset({OURS}), **more)


@pytest.mark.parametrize(
    "junk",
    [
        b"this line is no header\r\n",
        b"X-Spam Status: No\r\n",
        b"Subject : Edunex\r\n",
        b"***** SPAM *****\r\n>From somebody\r\n",
        b"\xff\xfe\r\n",
    ],
)
def test_a_line_that_is_no_header_hides_nothing(junk: bytes):
    said = read(HEAD + junk + b"Subject: Edunex\r\nMessage-ID: <a@b>\r\n\r\nHalo\r\n")
    assert (said.subject, said.external_id, said.text) == ("Edunex", "<a@b>", "Halo")


@pytest.mark.parametrize("above", [b"\r\n", b"\n\n", b" \r\n\r\n"])
def test_headers_below_blank_lines_are_headers(above: bytes):
    said = read(above + HEAD + b"Subject: Edunex\r\n\r\nHalo\r\n")
    assert (said.sender.address, said.subject, said.text) == ("siti@kampus.example", "Edunex", "Halo")
    assert read(above + b"Catatan: tidak bisa masuk\r\n").text == "Catatan: tidak bisa masuk"


def test_a_body_without_a_blank_line_above_is_a_body():
    said = read(HEAD + b"Subject: Edunex\r\nSaya tidak bisa masuk\r\n\r\nTolong\r\n")
    assert said.subject == "Edunex"
    assert said.text == "Saya tidak bisa masuk\n\nTolong"


def test_a_parameter_that_was_wrapped_without_an_indent_is_a_parameter():
    kind = b'Subject: x\r\nContent-Type: multipart/mixed;\r\nboundary="abc"\r\n\r\n'
    said = read(
        HEAD + kind + b"--abc\r\nContent-Type: text/plain;\r\ncharset=utf-8\r\n\r\nHalo\r\n--abc--\r\n"
    )
    assert said.text == "Halo"


@pytest.mark.parametrize(
    ("label", "packed"),
    [
        ("base64", base64.b64encode("Héllo".encode())),
        ("BASE64 ", base64.b64encode("Héllo".encode())),
        ("base64;", base64.b64encode(b"H\xc3\xa9llo " * 9) + b"\r\nignored -- "),
        ("base64", "Héllo, not packed at all: see?".encode()),
        ("quoted-printable   ", b"H=C3=A9llo"),
        ("Quoted-Printable; x", b"H=C3=A9llo"),
        ("8-bit", "Héllo".encode()),
        ("x-none", "Héllo".encode()),
        ("", "Héllo".encode()),
    ],
)
def test_a_part_is_unpacked_however_its_way_is_labelled(label: str, packed: bytes):
    head = (
        f"Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {label}\r\n\r\n"
    )
    assert read(HEAD + head.encode() + packed + b"\r\n").text.startswith("Héllo")


@pytest.mark.parametrize("charset", ["idna", "punycode", "undefined", "utf-8\0", "rot13"])
def test_a_charset_that_is_none_keeps_no_mail_from_being_read(charset: str):
    kind = f'Content-Type: text/plain; charset="{charset}"\r\n\r\n'.encode()
    text = "Tidak bisa masuk – tolong".encode()
    assert read(HEAD + b"Subject: x\r\n" + kind + text + b"\r\n").text == "Tidak bisa masuk – tolong"
    whole = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + kind + text
    attached = (
        b"\r\n--b\r\nContent-Disposition: attachment; filename=a.txt\r\n" + kind + text + b"\r\n--b--\r\n"
    )
    said = read(whole + attached)
    assert (said.text, [file.content for file in said.files]) == ("Tidak bisa masuk – tolong", [text])


def test_a_file_that_was_written_into_the_text_is_a_file():
    content = bytes(range(200))
    lines = b"".join(binascii.b2a_uu(content[at : at + 45]) for at in range(0, 200, 45))
    said = read(
        HEAD
        + b"Subject: x\r\n\r\nTerlampir:\r\n\r\nbegin 644 data.bin\r\n"
        + lines
        + b"`\r\nend\r\n\r\nSalam\r\n"
    )
    assert [(file.name, file.content) for file in said.files] == [("data.bin", content)]
    assert said.text.split() == ["Terlampir:", "Salam"]


def test_begin_and_end_in_prose_are_no_file():
    said = read(HEAD + b"Subject: x\r\n\r\nbegin 644 reasons why\r\nthis is prose\r\nend\r\n")
    assert said.files == ()
    assert "this is prose" in said.text


def test_lines_that_the_mail_program_wrapped_are_one_again():
    kind = b"Subject: x\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
    said = read(HEAD + kind + b"Saya sudah mencoba \r\nberkali-kali.\r\n\r\n  dua spasi\r\n-- \r\nSiti\r\n")
    assert said.full_text == "Saya sudah mencoba berkali-kali.\n\n dua spasi\n--\nSiti"
    assert said.text == "Saya sudah mencoba berkali-kali.\n\n dua spasi"


def test_where_the_blank_belongs_to_the_wrap_it_goes_with_it():
    kind = b"Subject: x\r\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\r\n\r\n"
    assert read(HEAD + kind + "日本 \r\n語\r\n".encode()).text == "日本語"
