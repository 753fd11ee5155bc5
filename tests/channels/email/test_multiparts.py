"""Parts are found, also where the boundaries do not say where they are, and no word is told twice."""

import base64
from typing import Any

import pytest

from channels.email.parse import parse_mail
from tests.channels.email.mails import OURS
from tickets.message import Said

HEAD = "From: Siti <siti@kampus.example>\nTo: carecenter@itb.example\nSubject: x\nMIME-Version: 1.0\n"
PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
HTML = "Content-Type: text/html; charset=utf-8\n\n"
JAPANESE = "お世話になっております。先日の件です。"
RUSSIAN = "Здравствуйте, я хотел бы узнать о поступлении."
MIXED = 'Content-Type: multipart/mixed; boundary="c"\n\n'
NAMED = "Content-Type: text/plain; name=surat.txt\n\n"
ATTACHED = "Content-Disposition: attachment\n" + NAMED
PDF = "Content-Type: application/pdf; name=surat.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n"


def read(raw: str | bytes, **more: Any) -> Said:
    if isinstance(raw, str):
        raw = raw.replace("\n", "\r\n").encode()
    return parse_mail(raw, account="itb/email", own_addresses=frozenset({OURS}), **more)


def mixed(body: str, boundary: str = "b") -> str:
    return f'{HEAD}Content-Type: multipart/mixed; boundary="{boundary}"\n\n{body}'


@pytest.mark.parametrize(
    ("what", "raw"),
    [
        ("whole", mixed(f"--b\n{PLAIN}Halo\n--b\n{PDF}--b--\n")),
        ("never closed", mixed(f"--b\n{PLAIN}Halo\n--b\n{PDF}")),
        ("another boundary in the body", mixed(f"--c\n{PLAIN}Halo\n--c\n{PDF}--c--\n")),
        ("a boundary that was folded", mixed(f"--b x\n{PLAIN}Halo\n--b x\n{PDF}--b x--\n", "b\n x")),
        ("no boundary at all", f"{HEAD}Content-Type: multipart/mixed\n\n--c\n{PLAIN}Halo\n--c\n{PDF}--c--\n"),
        ("no blank line above the first part", mixed(f"--b\n{PLAIN}Halo\n--b\n{PDF}--b--\n").replace("\n\n--b", "\n--b", 1)),
        ("blank lines that are not blank", mixed(f"--b:1\n{PLAIN}Halo\n--b:1\n{PDF}--b:1--\n", "b:1").replace("\n\n", "\n \n")),
        ("no content type at all", f"{HEAD}\n--c\n{PLAIN}Halo\n--c\n{PDF}--c--\n"),
        ("called HTML", f'{HEAD}Content-Type: text/html; boundary="b"\n\n--b\n{PLAIN}Halo\n--b\n{PDF}--b--\n'),
        ("parts below the end", mixed(f"--b\n{PLAIN}Halo\n--b--\n\n--b\n{PDF}--b--\n")),
        (
            "the boundary of the mail around it",
            mixed(
                f'--b\nContent-Type: multipart/alternative; boundary="b"\n\n--b\n{PLAIN}Halo\n'
                f"--b\n{HTML}<p>Halo</p>\n--b--\n--b\n{PDF}--b--\n"
            ),
        ),
        (
            "an inner part that is never closed",
            mixed(
                f'--b\nContent-Type: multipart/alternative; boundary="bb"\n\n--bb\n{PLAIN}Halo\n'
                f"--bb\n{HTML}<p>Halo</p>\n--b\n{PDF}--b--\n"
            ),
        ),
        ("a remark of a filter behind the end", mixed(f"--b\n{PLAIN}Halo\n--b\n{PDF}--b-- >\nNo virus found.\n")),
        ("characters that no boundary may have", mixed(f"--=_ü<x>\n{PLAIN}Halo\n--=_ü<x>\n{PDF}--=_ü<x>--\n", "=_ü<x>")),
    ],
)  # fmt: skip
def test_the_text_and_the_file_are_found(what: str, raw: str):
    said = read(raw)
    assert said.text == "Halo", what
    assert [(file.name, file.content) for file in said.files] == [("surat.pdf", b"%PDF")]


def test_text_beyond_ascii_is_read_where_the_boundary_is_another():
    assert read(mixed(f"--c\n{PLAIN}Halo, é\n--c\n{PDF}--c--\n")).text == "Halo, é"


def test_lines_may_end_by_a_bare_carriage_return():
    kind = 'Content-Type: multipart/mixed;\nboundary="b"\n\n'  # and the wrap has no indent
    raw = f"{HEAD}{kind}--b\n{PLAIN}Halo\n\nSiti\n--b\n{PDF}--b--\n".replace("\n", "\r").encode()
    said = read(raw)
    assert said.text == "Halo\n\nSiti"
    assert [file.name for file in said.files] == ["surat.pdf"]
    assert said.raw == raw


def test_a_mail_about_mails_is_no_mail_of_parts():
    said = read(HEAD + "Content-Type: text/plain\n\nDi log tertulis:\n--abc\nContent-Type: text/html\n\nx\n")
    assert "--abc" in said.text
    assert said.files == ()


def test_an_empty_mail_of_parts_is_empty():
    said = read(mixed("\n"))
    assert (said.text, said.files) == ("", ())


def test_parts_that_nothing_tells_apart_are_shown():
    said = read(mixed("Halo, apakah ini terbaca?\n"))
    assert (said.text, said.files) == ("Halo, apakah ini terbaca?", ())


def test_forms_of_one_text_are_one_text_and_other_texts_stay():
    body = f"--b\n{PLAIN}Halo\n--b\n{PLAIN}Halo \n--b\n{PLAIN}Siti\n--b--\n"
    said = read(f'{HEAD}Content-Type: multipart/alternative; boundary="b"\n\n{body}')
    assert said.text == "Halo\n\nSiti"


@pytest.mark.parametrize(
    ("what", "body", "said", "files"),
    [
        ("a name makes no file of the words", f"{NAMED}Halo\n--b\n{NAMED}Lampiran\n", "Halo", ["surat.txt"]),
        ("what is attached is a file", f"{ATTACHED}Lampiran\n--b\n{PLAIN}Halo\n", "Halo", ["surat.txt"]),
        (
            "forms of one text have names",
            f'Content-Type: multipart/alternative; boundary="c"\n\n--c\n{NAMED}Halo\n--c\n{HTML}<p>Halo</p>\n--c--\n',
            "Halo", [],
        ),
        ("a report without words", "Content-Type: message/delivery-status\n\nPesan ditolak.\n", "Pesan ditolak.",
         ["delivery-status.txt"]),
    ],
)  # fmt: skip
def test_what_leads_is_the_text(what: str, body: str, said: str, files: list[str]):
    read_as = read(mixed(f"--b\n{body}--b--\n"))
    assert read_as.text == said, what
    assert [file.name for file in read_as.files] == files


def test_the_one_part_of_a_mail_of_parts_needs_no_boundary():
    said = read(mixed(f"Content-Disposition: inline\n{HTML}<p>Halo</p>\n"))
    assert (said.text, said.html) == ("Halo", "<p>Halo</p>\n".replace("\n", "\r\n"))


@pytest.mark.parametrize(
    ("what", "kind", "parts", "said"),
    [
        ("pieces of HTML between files", "alternative",
         f"{PLAIN}Halo\nSiti\n--b\n{MIXED}--c\n{HTML}<p>Halo</p>\n--c\n{PDF}--c\n{HTML}<p>Siti</p>\n--c--\n",
         "Halo\nSiti"),
        ("a footer within the HTML form", "alternative",
         f"{PLAIN}Halo\nKampus\n--b\n{MIXED}--c\n{HTML}<p>Halo</p>\n--c\n{PLAIN}Kampus\n--c--\n", "Halo\nKampus"),
        ("forms that nothing calls so", "mixed", f"{PLAIN}Halo, *Siti*!\n--b\n{HTML}<p>Halo, <b>Siti</b>!</p>\n",
         "Halo, *Siti*!"),
        ("HTML that says more", "mixed", f"{PLAIN}Halo\n--b\n{HTML}<p>Siti</p>\n", "Halo\n\nSiti"),
    ],
)  # fmt: skip
def test_nothing_is_said_twice_and_nothing_is_lost(what: str, kind: str, parts: str, said: str):
    read_as = read(f'{HEAD}Content-Type: multipart/{kind}; boundary="b"\n\n--b\n{parts}--b--\n')
    assert (read_as.full_text or read_as.text) == said, what
    assert "Siti" in (read_as.html or "") or "Kampus" in (read_as.html or "")


def test_enriched_text_is_read_where_there_is_no_other():
    kind = "Content-Type: text/enriched\nContent-Transfer-Encoding: quoted-printable\n\n"
    said = read(HEAD + kind + "<bold>H=61lo</bold>,\nada <<kendala>.\n\nSi=\nti\n")
    assert said.text == "Halo, ada <kendala>.\nSiti"


def test_an_invitation_alone_is_read_by_its_words():
    ics = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Rapat SIX\nLOCATION:Ruang A\nEND:VEVENT\nEND:VCALENDAR\n"
    said = read(HEAD + "Content-Type: text/calendar; method=REQUEST\n\n" + ics)
    assert said.text == "Rapat SIX\nRuang A"
    assert [file.name for file in said.files] == ["undangan.ics"]
    packed = base64.b64encode(ics.encode()).decode()
    way = "Content-Transfer-Encoding: base64\n"
    assert read(f"{HEAD}Content-Type: text/calendar\n{way}\n{packed}\n").text == "Rapat SIX\nRuang A"


@pytest.mark.parametrize(
    ("label", "packed", "meant"),
    [
        ("iso-2022-jp", "次のあて先へ".encode(), "次のあて先へ"),  # it is UTF-8
        ("iso-2022-jp", b"\x1b$B-!-j\x1b(B abc", "①㈱ abc"),  # characters of NEC
        ("iso-2022-jp-ms", b"\x1b$BF|K\\\x1b(B", "日本"),
        ("cp50220", b"\x1b(I123\x1b(B", "ｱｲｳ"),
        ("utf-16", b"Halo, apa kabar", "Halo, apa kabar"),
        ("utf-16le", "Halo, Siti".encode("utf-16-le"), "Halo, Siti"),
        ("x-user-defined", "Héllo".encode(), "Héllo"),
        ("utf-8; format=flowed", "Héllo".encode(), "Héllo"),
        ("utf-8", JAPANESE.encode("cp932"), JAPANESE),
        ("us-ascii", JAPANESE.encode("euc_jp"), JAPANESE),
        (
            "us-ascii",
            "您好，我想咨询一下入学申请的问题。".encode("gb18030"),
            "您好，我想咨询一下入学申请的问题。",
        ),
        (
            "no-such",
            "您好，我想詢問一下入學申請的問題。".encode("big5"),
            "您好，我想詢問一下入學申請的問題。",
        ),
        ("utf-8", "안녕하세요. 문의드리고 싶습니다.".encode("cp949"), "안녕하세요. 문의드리고 싶습니다."),
        ("us-ascii", RUSSIAN.encode("koi8_r"), RUSSIAN),
        ("us-ascii", RUSSIAN.encode("cp1251"), RUSSIAN),
        (
            "us-ascii",
            "Grüße, schöne Äpfel: ·¸¸·´¯·¸¸·´¯".encode("cp1252"),
            "Grüße, schöne Äpfel: ·¸¸·´¯·¸¸·´¯",
        ),
        ("us-ascii", ("é" * 40).encode("cp1252"), "é" * 40),
    ],
)
def test_what_was_written_is_read_whatever_its_label_says(label: str, packed: bytes, meant: str):
    head = f'{HEAD}Content-Type: text/plain; charset="{label}"\nContent-Transfer-Encoding: base64\n\n'
    assert read(head.encode() + base64.b64encode(packed)).text == meant


@pytest.mark.parametrize(
    ("label", "meant"), [("", "cp1251"), ("; charset=us-ascii", "cp1251"), ("; charset=koi8-r", "koi8-r")]
)
def test_a_page_says_itself_how_it_is_written_where_the_mail_does_not(label: str, meant: str):
    words = "Привет".encode("cp1251")
    page = b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>' + words
    assert read(f"{HEAD}Content-Type: text/html{label}\n\n".encode() + page).text == words.decode(meant)


@pytest.mark.parametrize(
    "packed",
    [
        b"SGFsbyA=\r\nU2l0aQ==\r\n",
        b"SGFsbyBTaXRpIA== ignored\r\n",
        b"SGFsbyBTaXRp\r\nNo virus.\r\n",
        b"SGFs*byBTaXRp",
        b"SGFs\x00byBT\r\naXRp",
    ],
)
def test_base64_in_pieces_and_with_remarks_is_unpacked(packed: bytes):
    head = f"{HEAD}Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
    assert read(head.encode() + packed).text == "Halo Siti"


def test_a_title_that_is_closed_at_once_hides_nothing():
    assert read(HEAD + HTML + "<html><head><title/></head><body><p>Halo</p></body></html>").text == "Halo"


def test_a_message_that_is_only_passed_on_is_read():
    inner = f"From: Ana <ana@x.example>\nSubject: Sandi\n{PLAIN}Saya lupa sandi.\n"
    said = read(mixed(f"--b\nContent-Type: message/rfc822\n\n{inner}--b--\n"))
    assert said.text == "From: Ana <ana@x.example>\nSubject: Sandi\n\nSaya lupa sandi."
    assert [file.name for file in said.files] == ["Sandi.eml"]
    packed = base64.b64encode(inner.encode()).decode()
    kind = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
    again = read(mixed(f"--b\n{kind}{packed}\n--b--\n"))
    assert again.text == said.text
    assert b"Saya lupa sandi." in again.files[0].content
    beside = read(mixed(f"--b\n{PLAIN}Mohon dibaca.\n--b\nContent-Type: message/rfc822\n\n{inner}--b--\n"))
    assert beside.text == "Mohon dibaca."


@pytest.mark.parametrize("way", ["", "Content-Transfer-Encoding: base64\n"])
def test_a_message_within_a_mail_is_kept_as_it_came(way: str):
    received = "Received: from a.example by b.example; " + "x" * 90 + "\n    (a fold of its own)\n"
    inner = f"{received}Subject: Sandi\n{HTML}<p>Saya lupa é.</p>\n".replace("\n", "\r\n").encode()
    packed = base64.encodebytes(inner).replace(b"\n", b"\r\n") if way else inner
    kind = f"--b\nContent-Type: message/rfc822\n{way}\n".replace("\n", "\r\n").encode()
    said = read(mixed("").replace("\n", "\r\n").encode() + kind + packed + b"\r\n--b--\r\n")
    assert [(file.name, file.content) for file in said.files] == [("Sandi.eml", inner)]
    assert said.text == "Subject: Sandi\n\nSaya lupa é."


def test_what_a_digest_holds_are_messages_also_where_its_boundary_is_another():
    parts = f"--c\n\nSubject: Satu\n\n1\n--c\n{PDF}--c\n\nSubject: Dua\n\n2\n--c--\n"
    said = read(f'{HEAD}Content-Type: multipart/digest; boundary="b"\n\n{parts}')
    assert [file.name for file in said.files] == ["Satu.eml", "surat.pdf", "Dua.eml"]


def test_a_text_longer_than_anybody_reads_is_kept_whole_as_a_file():
    line = "Baris yang panjang sekali dari sebuah catatan. "
    said = read(HEAD + PLAIN + f"{line * 10}\n" * 2_500)
    assert said.text.endswith("[…]")
    assert len(said.text) < 1_001_000
    assert [(file.name, file.content.count(line.strip().encode())) for file in said.files] == [
        ("pesan.txt", 25_000)
    ]


def test_the_end_of_a_long_text_is_not_taken_for_a_quote_or_lost():
    rest, quote = "Catatan.\n" * 30_000, "> Catatan.\n" * 30_000
    said = read(f"{HEAD}{PLAIN}{rest}Akhir\n")
    assert said.text.endswith("Akhir")
    assert read(f"{HEAD}{PLAIN}Halo\n\nOn Monday, Ana wrote:\n{quote}").text == "Halo"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_long_stretches_of_base64_are_read_whole_wherever_they_stand(end: str):
    content = bytes(range(256)) * 20
    stretch = base64.encodebytes(content).decode()
    packed = "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"
    raw = (
        f"{mixed('')}{stretch}--b\n{PLAIN}Kuncinya é:\n{stretch}\n--b\n{PLAIN}Lagi:\n{stretch}\n"
        f"--b\n{packed}{stretch}--b--\n{stretch}--b\n{packed}{stretch}--b--\n"
    )
    said = read(raw.replace("\n", end).encode())
    lines = stretch.strip()
    assert (said.full_text or said.text) == f"Kuncinya é:\n{lines}\n\n\nLagi:\n{lines}"
    assert [file.content for file in said.files] == [content, content]
