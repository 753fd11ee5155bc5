"""What mail programs wrap is opened: winmail.dat of Outlook, and mails that are signed in one piece (S/MIME)."""

import base64
import time
from struct import pack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.email.parse import parse_mail
from channels.email.rich_text import rich_text_in_words, unpacked
from channels.email.smime import signed_content
from channels.email.tnef import opened
from tests.channels.email.mails import OURS
from tickets.message import Said

HEAD = "From: Siti <siti@kampus.example>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
STRING, UNICODE, BINARY, OBJECT, NUMBER = 0x1E, 0x1F, 0x102, 0x0D, 0x03
MESSAGE_OBJECT = bytes.fromhex("0703020000000000c000000000000046")


def mail(kind: str, content: bytes, text: str = "") -> Said:
    first = f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n" if text else ""
    packed = base64.encodebytes(content).decode()
    part = f"--b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n{packed}\r\n--b--\r\n"
    raw = f'{HEAD}Content-Type: multipart/mixed; boundary="b"\r\n\r\n{first}{part}'.encode()
    return parse_mail(raw, account="itb/email", own_addresses=frozenset({OURS}))


def attribute(level: int, name: int, value: bytes) -> bytes:
    return pack("<BHHI", level, name, 6, len(value)) + value + b"\0\0"


def properties(*given: tuple[int, int, bytes]) -> bytes:
    packed = pack("<I", len(given))
    for kind, name, value in given:
        packed += pack("<HH", kind, name)
        if kind != NUMBER:
            packed += pack("<II", 1, len(value)) + value + b"\0" * (-len(value) % 4)
        else:
            packed += value
    return packed


def tnef(*attributes: bytes) -> bytes:
    codepage = attribute(1, 0x9007, pack("<II", 1252, 0))
    return b"\x78\x9f\x3e\x22\x01\x00" + codepage + b"".join(attributes)


def attached(*given: tuple[int, int, bytes], title: bytes = b"", data: bytes = b"") -> bytes:
    return (
        attribute(2, 0x9002, b"\0" * 14)
        + (attribute(2, 0x8010, title + b"\0") if title else b"")
        + (attribute(2, 0x800F, data) if data else b"")
        + (attribute(2, 0x9005, properties(*given)) if given else b"")
    )


LONG_NAME = (UNICODE, 0x3707, "surat é panjang.pdf\0".encode("utf-16-le"))
PICTURE = ((STRING, 0x3707, b"logo.png\0"), (STRING, 0x3712, b"logo@x\0"), (BINARY, 0x3701, b"\x89PNG"))
WRAPPED = tnef(
    attribute(1, 0x9003, properties((NUMBER, 0x0E07, b"\0\0\0\0"), (STRING, 0x1000, b"Halo caf\xe9\0"))),
    attached(LONG_NAME, title=b"SURAT~1.PDF", data=b"%PDF"),
    attached(*PICTURE),
)


def test_the_files_in_winmail_dat_are_the_files_of_the_mail():
    said = mail("application/ms-tnef; name=winmail.dat", WRAPPED, "Terlampir.")
    assert said.text == "Terlampir."
    assert [(file.name, file.type, file.content, file.inline_id) for file in said.files] == [
        ("surat é panjang.pdf", "application/pdf", b"%PDF", None),
        ("logo.png", "image/png", b"\x89PNG", "logo@x"),
    ]
    assert mail("application/octet-stream; name=winmail.dat", WRAPPED).text == "Halo café"


@pytest.mark.parametrize("content", [b"", b"no TNEF", tnef(), WRAPPED[:40]])
def test_what_holds_nothing_stays_the_file_it_is(content: bytes):
    said = mail("application/ms-tnef; name=winmail.dat", content, "Halo")
    assert [(file.name, file.content) for file in said.files] == [("winmail.dat", content)]


def test_what_was_cut_off_loses_what_is_behind_the_cut():
    first, *others = mail("application/ms-tnef", WRAPPED[:-10]).files
    assert (first.name, first.content) == ("surat é panjang.pdf", b"%PDF")
    assert [file.content for file in others] == []


def test_a_message_within_is_a_mail_and_any_other_object_a_file():
    within = tnef(
        attribute(1, 0x9003, properties((STRING, 0x0037, b"Pesan lama\0"), (STRING, 0x1000, b"Isi lama\0"))),
        attached((STRING, 0x3707, b"a.txt\0"), data=b"A"),
    )
    message = attached((OBJECT, 0x3701, MESSAGE_OBJECT + within), data=b"picture of it")
    other = attached((OBJECT, 0x3701, b"\0" * 16 + b"\xd0\xcf"), (STRING, 0x3001, b"Tabel\0"))
    first, second = mail("application/ms-tnef", tnef(message, other)).files
    assert (first.name, first.type) == ("Pesan lama.eml", "message/rfc822")
    assert b"Isi lama" in (first.content or b"")
    assert b'filename="a.txt"' in (first.content or b"")
    assert (second.name, second.content) == ("Tabel", b"\xd0\xcf")


# The examples of MS-OXRTFCP, 3.1 and 3.2.
@pytest.mark.parametrize(
    ("packed", "rich"),
    [
        (
            (
                "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af320"
                "68656c090020627705b06c647d0a800fa0"
            ),
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
        ),
        ("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
    ],
)
def test_packed_rich_text_refers_to_what_it_said_before(packed: str, rich: bytes):
    assert unpacked(bytes.fromhex(packed)) == rich


@pytest.mark.parametrize(
    ("rich", "said"),
    [
        (rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\pard Caf\'e9\par Dua\tab x{\*\junk y}\}}", "Café\nDua\tx}"),
        (rb"{\rtf1\ansicpg1251 \'cf\'f0 \u8364? \uc2\u8211ab-}", "Пр € –-"),
        ((rb"{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}\htmlrtf {\b \htmlrtf0 1 < 2{\*\htmltag84 &amp;}\htmlrtf \par}\htmlrtf0"
         rb"{\*\htmltag72 </p>}{\*\htmltag64 <p>}x{\*\htmltag72 </p>}}"), "1 < 2&\n\nx"),
        (b"no rich text", ""),
        (b"{\\rtf1 " + b"}" * 50, ""),
    ],
)  # fmt: skip
def test_rich_text_is_read_for_its_words(rich: bytes, said: str):
    assert rich_text_in_words(rich) == said
    message = attribute(
        1, 0x9003, properties((BINARY, 0x1009, pack("<II4sI", 0, len(rich), b"MELA", 0) + rich))
    )
    read = mail("application/ms-tnef; name=winmail.dat", tnef(message))
    assert (read.text, len(read.files)) == (said, 0 if said else 1)


def element(tag: int, *inside: bytes, ended: bool = False) -> bytes:
    content = b"".join(inside)
    if ended:
        return bytes([tag, 0x80]) + content + b"\0\0"
    return bytes([tag, 0x82]) + len(content).to_bytes(2, "big") + content


def signed(content: bytes, *, ended: bool = False, oid: str = "2a864886f70d010702") -> bytes:
    octets = (
        element(0x24, element(4, content[:5]), element(4, content[5:]), ended=True)
        if ended
        else element(4, content)
    )
    held = element(0x30, element(6, b"\x2a\x03"), element(0xA0, octets, ended=ended), ended=ended)
    data = element(0x30, element(2, b"\x01"), element(0x31), held, element(0x31), ended=ended)
    return element(0x30, element(6, bytes.fromhex(oid)), element(0xA0, data, ended=ended), ended=ended)


INNER = (
    b'Content-Type: multipart/mixed; boundary="c"\r\n\r\n--c\r\nContent-Type: text/plain\r\n\r\nHalo\r\n'
    b"--c\r\nContent-Type: application/pdf; name=surat.pdf\r\n\r\n%PDF\r\n--c--\r\n"
)


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize(
    "kind", ["application/pkcs7-mime; name=smime.p7m", "application/octet-stream; name=smime.p7m"]
)
def test_a_mail_that_is_signed_in_one_piece_is_read(kind: str, ended: bool):
    again = b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    said = mail(kind, signed(again + base64.encodebytes(signed(INNER)), ended=ended))
    assert said.text == "Halo"
    assert [(file.name, file.type) for file in said.files] == [
        ("surat.pdf", "application/pdf"),
        ("smime.p7m", "application/pkcs7-signature"),
    ]


@pytest.mark.parametrize(
    "content", [b"", b"\x30", b"\x30\x80" * 50, signed(INNER, oid="2a864886f70d010703"), signed(INNER)[:99]]
)
def test_what_is_encrypted_or_broken_is_shown_as_what_it_is(content: bytes):
    said = mail("application/pkcs7-mime; name=smime.p7m", content)
    assert [(file.name, file.type, file.content) for file in said.files] == [
        ("smime.p7m", "application/pkcs7-mime", content)
    ]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_was_broken_at_random_is_opened_as_far_as_it_goes(data: st.DataObject):
    raw = bytearray(
        data.draw(st.sampled_from([WRAPPED, signed(INNER, ended=True), b"{\\rtf1\\'e9\\u8364 {\\*x}}"]))
    )
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    opened(bytes(raw))
    signed_content(bytes(raw))
    rich_text_in_words(unpacked(bytes(raw)))


@pytest.mark.parametrize(
    "content",
    [
        tnef(*[attached(title=b"a", data=b"b")] * 5000),
        tnef(attribute(1, 0x9003, pack("<IHHI", 2**31, 0x1003, 1, 2**31) + b"\0" * 1_000_000)),
        b"\x30\x80" + b"\x30\x00" * 300_000,
        tnef(attribute(1, 0x9003, properties((BINARY, 0x1009, pack("<II4sI", 0, 2**31, b"LZFu", 0) + b"\xff" * 200_000)))),
        tnef(attribute(1, 0x9003, properties((BINARY, 0x1009, b"{\\rtf1" + b"{" * 500_000)))),
    ],
    ids=["files", "properties", "elements", "packed", "groups"],
)  # fmt: skip
def test_a_hostile_wrapper_is_opened_in_a_moment(content: bytes):
    kind = "application/pkcs7-mime" if content.startswith(b"\x30") else "application/ms-tnef"
    began = time.process_time()
    mail(kind, content)
    assert time.process_time() - began < 1.0
