"""What the desk hears of mails as they really come."""

import time
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.email.parse import parse_mail
from tests.channels.email.mails import OURS, mail
from tickets.message import Channel, Said

ACCOUNT = "itb/email"


def read(raw: bytes, **more: Any) -> Said:
    return parse_mail(raw, account=ACCOUNT, own_addresses=frozenset({OURS}), **more)


def test_a_plain_mail_says_who_where_and_what():
    raw = mail("Saya tidak bisa masuk Edunex.", cc="Budi <Budi@kampus.example>, x@y.example", to=f"<{OURS}>")
    said = read(raw)
    assert said.external_id == "<mail-1@kampus.example>"
    assert said.place.channel is Channel.EMAIL
    assert said.place.account == ACCOUNT
    assert said.place.address == "siti@kampus.example"
    assert said.place.thread == "<mail-1@kampus.example>"
    assert said.sender.name == "Siti Aminah"
    assert said.subject == "Edunex"
    assert said.text == "Saya tidak bisa masuk Edunex."
    assert said.full_text is None
    assert said.participants == ("budi@kampus.example", "x@y.example")
    assert said.raw == raw
    assert not said.automatic
    assert not said.bounce


def test_the_same_mail_by_another_way_has_the_same_event_id():
    raw = mail("Halo")
    again = (
        b"Return-Path: <siti@kampus.example>\r\nReceived: from a by b\r\n"
        + raw.replace(b"\r\n", b"\n")
        + b"\n"
    )
    assert read(raw).event_id == read(again).event_id
    assert read(raw).event_id != read(mail("Halo lagi")).event_id
    assert len(read(raw).event_id) == 64


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b"From: printer@kampus.example\nSubject: Toner habis\n\n", b"From: printer@kampus.example\nSubject: Kertas habis\n\n"),
        (b"From: printer@kampus.example\nSubject: Toner habis", b"From: printer@kampus.example\nX-Level: 2\nSubject: Toner habis"),
        (b"toner habis", b"kertas habis"),
    ],
)  # fmt: skip
def test_what_has_neither_id_nor_date_is_told_apart_by_what_it_says_wherever_that_stands(
    one: bytes, other: bytes
):
    assert read(one).event_id == read(one.replace(b"\n", b"\r\n")).event_id != read(other).event_id


def test_a_reply_belongs_to_its_thread():
    said = read(mail(in_reply_to="<b@x>", references="<a@x>\r\n\t<b@x>"))
    assert said.references == ("<a@x>", "<b@x>")
    assert said.replies_to == "<b@x>"
    assert said.place.thread == "<a@x>"
    alone = read(mail(in_reply_to="Your message <q@x> of Monday"))
    assert alone.references == ("<q@x>",)
    assert alone.replies_to == "<q@x>"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (b"=?utf-8?Q?Permohonan_surat_=E2=80=93_mahasiswa?=", "Permohonan surat – mahasiswa"),
        (b"=?UTF-8?B?UGVybW9ob25hbg==?=\r\n =?UTF-8?B?IHN1cmF0?= akhir", "Permohonan surat akhir"),
        (b"=?utf-8?B?4oI=?= =?utf-8?B?rA==?=", "€"),  # one character cut in two
        (b"=?windows-1252?Q?caf=E9?=", "café"),
        (b"=?no-such-charset?Q?caf=C3=A9?=", "café"),
        (b"=?utf-8?B?a?= x", "a x"),  # no base64: shown as it is
        (
            b"=?utf-8?Q?Apa_kabar??= =?utf-8?Q?_Bu??=",
            "Apa kabar? Bu?",
        ),  # a question mark that was left as it is
        (b"=?iso-8859-2*sl?Q?Doma=E8e?=", "Domače"),  # with a language (RFC 2231)
        ("Selamat pagi é".encode(), "Selamat pagi é"),
        ("café".encode("latin-1"), "café"),
        (b"satu\r\n dua\r\n\ttiga", "satu dua tiga"),
        (b"a\x00b\x07c", "ab c"),
        (b"", None),
    ],
)
def test_a_subject_is_read_however_it_is_written(header: bytes, expected: str | None):
    said = read(mail(Subject=None).replace(b"To: ", b"Subject: " + header + b"\r\nTo: ", 1))
    assert said.subject == expected


@pytest.mark.parametrize(
    ("label", "header", "expected"),
    [
        ("windows-1251", "Привет".encode("cp1251"), "Привет"),
        ("gb2312", "您好".encode("gbk"), "您好"),
        ("gb2312", "Salam é".encode(), "Salam é"),
        ("utf-8", "café".encode("latin-1"), "café"),
    ],
)
def test_raw_bytes_of_a_header_are_read_as_the_text_is_written(label: str, header: bytes, expected: str):
    raw = mail(Subject=None, content_type=f"text/plain; charset={label}")
    said = read(raw.replace(b"To: ", b"Subject: " + header + b"\r\nTo: ", 1).replace(b"Siti Aminah", header))
    assert (said.subject, said.sender.name) == (expected, expected)


@pytest.mark.parametrize(
    ("written", "address", "name"),
    [
        ('"Aminah, Siti" <SITI@Kampus.example>', "siti@kampus.example", "Aminah, Siti"),
        ("siti@kampus.example (Siti)", "siti@kampus.example", "Siti"),
        ("=?utf-8?Q?Siti=2C_S.Kom?= <siti@kampus.example>", "siti@kampus.example", "Siti, S.Kom"),
        ('"siti@other.example" <siti@kampus.example>', "siti@kampus.example", "siti@other.example"),
        ("=?utf-8?Q?Siti_:)?= <siti@kampus.example>", "siti@kampus.example", "Siti :)"),
        ('"siti.a"@kampus.example', "siti.a@kampus.example", None),
        ('"siti a"@kampus.example', '"siti a"@kampus.example', None),
        ("<a!b@c@kampus.example>", "a!b@c@kampus.example", None),
        ("Siti <siti@kampus.example> Ana <ana@kampus.example>", "siti@kampus.example", "Siti"),
        ("root (Cron Daemon)", "root", "Cron Daemon"),
        ("Siti Aminah", "unknown@sender.invalid", "Siti Aminah"),
        ("undisclosed-recipients:;", "unknown@sender.invalid", "undisclosed-recipients:;"),
        ("", "unknown@sender.invalid", None),
        ("(" * 5000 + "siti@kampus.example", "unknown@sender.invalid", None),
    ],
)
def test_a_sender_is_read_however_it_is_written(written: str, address: str, name: str | None):
    said = read(mail(From=written))
    assert said.sender.address == address
    assert said.place.address == address
    if len(written) < 1000:
        assert said.sender.name == name


def test_a_mail_without_a_message_id_gets_one_that_stays():
    raw = mail(message_id=None)
    said = read(raw)
    assert said.external_id.endswith("@no-message-id.invalid>")
    assert said.external_id == read(raw).external_id
    assert read(mail(message_id="bare-id@kampus.example")).external_id == "<bare-id@kampus.example>"
    for longest in ("<{}>", "{}"):  # which no database looks up
        named = longest.format("\U00020000" * 790).encode()
        assert read(b"Message-ID: " + named + b"\r\n" + raw).external_id.endswith("@no-message-id.invalid>")


QUOTED = [
    (
        "Sudah bisa.\n\nPada Sen, 2 Mar 2026 pukul 10.15 Care Center <c@i.example> menulis:\n> Halo\n> Baik",
        "Sudah bisa.",
    ),
    ("Sudah.\n\nPada tanggal 2 Mar 2026 10.15, Care Center\n<c@i.example> menulis:\n\n> Halo", "Sudah."),
    (
        "Thanks!\n\nOn Mon, Mar 2, 2026 at 10:15 AM Care Center <\nc@i.example> wrote:\n\n> Hello\n> there",
        "Thanks!",
    ),
    ("Thanks!\n\nOn Mon, Care Center wrote:\nHello, unmarked\nquote", "Thanks!"),
    ("On Mon, Care Center wrote:\n> Hello\n\nMy answer is below.", "My answer is below."),
    ("On Mon, A wrote:\n> Satu?\nYa.\n> Dua?\n> Tiga?\nTidak.", None),
    ("Baik.\n\n-----Original Message-----\nFrom: C\nHello", "Baik."),
    ("Baik.\n\n-----Pesan Asli-----\nDari: C\nHalo", "Baik."),
    ("Baik.\n\nDari: Care Center <c@i.example>\nDikirim: Senin\nKepada: Siti\nPerihal: x\n\nHalo", "Baik."),
    ("Ok\n\n________________________________\nFrom: Care\nSent: Monday\nTo: Siti\nSubject: x\n\nHi", "Ok"),
    ("Ok\n\n*From:* Care\n*Date:* Monday\n*To:* Siti\n*Subject:* x\n\nHi", "Ok"),
    ("Terima kasih\n-- \nSiti\nTeknik Fisika", "Terima kasih"),
    ("> hanya\n> kutipan", "> hanya\n> kutipan"),
    ("-- \nSiti", "--\nSiti"),
    ("Berkas > 100 MB:\n> 100 MB tidak bisa\nTolong.", "Berkas > 100 MB:\n> 100 MB tidak bisa\nTolong."),
    ("Pada hari Senin saya menulis: tolong dibantu.", "Pada hari Senin saya menulis: tolong dibantu."),
    (
        "Dari: Siti\nKepada: Bapak\nPerihal: Surat\n\nDengan hormat",
        "Dari: Siti\nKepada: Bapak\nPerihal: Surat\n\nDengan hormat",
    ),
    ("fyi\n\n---------- Forwarded message ---------\nFrom: A\nDate: x\nTo: y\n\nIsi", None),
    ("Tolong ini\n\n---------- Pesan terusan ----------\nDari: A\n\nIsi", None),
]


@pytest.mark.parametrize(("written", "own"), QUOTED)
def test_quotes_are_cut_and_the_senders_words_stay(written: str, own: str | None):
    said = read(mail(written))
    whole = "\n".join(line.rstrip() for line in written.split("\n"))
    assert said.text == (whole if own is None else own)
    assert (said.full_text or said.text) == whole


def test_a_forward_is_kept_whole_by_its_subject():
    written = "Mohon bantuannya\n\nFrom: A\nSent: Monday\nTo: B\nSubject: x\n\nIsi"
    assert read(mail(written, Subject="Fwd: x")).text == written
    assert read(mail(written, Subject="Re: Fwd: x")).text == "Mohon bantuannya"


@pytest.mark.parametrize(
    ("content", "charset", "expected"),
    [
        ("Selamat é".encode(), "iso-8859-1", "Selamat é"),
        ("Selamat é".encode("cp1252"), "utf-8", "Selamat é"),
        ("“Halo”".encode("cp1252"), "iso-8859-1", "“Halo”"),
        ("Привет, мир".encode("koi8-r"), "koi8-r", "Привет, мир"),
        ("こんにちは".encode("iso2022_jp"), "iso-2022-jp", "こんにちは"),
        ("Chào".encode("cp1258"), "windows-1258", "Chào"),
        (b"caf\xe9", "no-such", "café"),
        (b"caf\xe9", "zip", "café"),
        (b"a\x00b", "utf-8", "ab"),
        (b"+2AA-", "utf-7", None),
    ],
)
def test_a_body_is_decoded_whatever_its_label_says(content: bytes, charset: str, expected: str | None):
    raw = f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n\n".encode() + content
    text = read(raw).text
    text.encode()
    if expected is not None:
        assert text == expected


def test_html_alone_becomes_words_and_stays_as_it_was():
    html = (
        "<html><head><title>x</title><style>p {}</style></head><body><p>Halo&nbsp;<b>Ibu</b> &amp; Bapak,</p>"
        '<div>lihat <a href="https://edunex.example/a?b=1&amp;c=2">ini</a><br>ya</div><ul><li>satu<li>dua</ul>'
        "<script>alert('x')</script><!-- rahasia --><blockquote>kutipan<br>lama</blockquote></body></html>"
    )
    said = read(mail(html, Content_Type="text/html; charset=utf-8"))
    assert said.html is not None
    assert said.html.strip() == html
    assert (
        said.text == "Halo Ibu & Bapak,\n\nlihat ini (https://edunex.example/a?b=1&c=2)\nya\n\n- satu\n- dua"
    )
    assert said.full_text is not None
    assert said.full_text.endswith("> kutipan\n> lama")
    assert "alert" not in said.text
    assert "rahasia" not in said.text
    assert "kutipan" not in said.text


def test_of_two_forms_the_text_is_read_and_the_html_kept():
    message = EmailMessage()
    message["From"] = "siti@kampus.example"
    message.set_content("Teks")
    message.add_alternative("<p>HTML <img src='cid:foto@x'></p>", subtype="html")
    html = message.get_payload()[1]
    html.add_related(b"\x89PNG", "image", "png", cid="<foto@x>")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Surat – é.pdf")
    message.add_attachment("isi catatan é", filename="catatan.txt")
    inner = EmailMessage()
    inner["Subject"] = "Pesan lama"
    inner.set_content("Isi lama")
    message.add_attachment(inner)
    said = read(message.as_bytes())
    assert said.text == "Teks"
    assert said.html is not None
    assert said.html.startswith("<p>HTML")
    picture, pdf, note, old = said.files
    assert (picture.inline_id, picture.type, picture.content) == ("foto@x", "image/png", b"\x89PNG")
    assert (pdf.name, pdf.type, pdf.size, pdf.inline_id) == ("Surat – é.pdf", "application/pdf", 4, None)
    assert note.name == "catatan.txt"
    assert (old.name, old.type) == ("Pesan lama.eml", "message/rfc822")
    assert b"Isi lama" in (old.content or b"")


@pytest.mark.parametrize(
    "disposition",
    [
        'attachment; filename="=?utf-8?B?c3VyYXQgw6kucGRm?="',
        "attachment; filename*=utf-8''surat%20%C3%A9.pdf",
        "attachment;\n filename*0*=utf-8''surat%20;\n filename*1*=%C3%A9.pdf",
        'attachment; filename="surat é.pdf"',
        "attachment; filename*=no-such''surat%20%C3%A9.pdf",
        "attachment; filename=surat.pdf; filename*=utf-8''surat%20%C3%A9.pdf",
        "attachment; filename*0=utf-8''surat%20%C3%A9; filename*1=.pdf",
        'attachment; filename="surat é.pdf',
        "attachment; filename='surat é.pdf'",
        "attachment filename=surat é.pdf",
    ],
)
def test_a_files_name_is_read_however_it_is_written(disposition: str):
    raw = (
        'From: a@b.example\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n\nHalo\n--b\n'
        f"Content-Type: application/pdf\nContent-Disposition: {disposition}\n\nx\n--b--\n"
    ).encode()
    (file,) = read(raw).files
    assert file.name == "surat é.pdf"


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "auto-replied"},
        {"auto_submitted": "auto-generated; x=y"},
        {"x_autoreply": "yes"},
        {"x_autorespond": "x"},
        {"precedence": "Bulk"},
        {"precedence": "auto_reply"},
        {"list_id": "<milis.kampus.example>"},
        {"return_path": "<>"},
        {"content_type": "multipart/report; report-type=disposition-notification; boundary=x"},
        {"From": OURS.upper()},
    ],
)
def test_machines_are_told_from_people(headers: dict[str, str]):
    assert read(mail(**headers)).automatic


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"auto_submitted": "no"},
        {"precedence": "first-class"},
        {"return_path": "<siti@kampus.example>"},
        {"x_autoreply": "no"},
    ],
)
def test_people_are_not_taken_for_machines(headers: dict[str, str]):
    assert not read(mail(**headers)).automatic


def test_a_bounce_is_known_as_one():
    report = {"content_type": 'multipart/report; report-type=delivery-status; boundary="x"'}
    body = (
        "--x\n\nYour mail could not be delivered.\n--x\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; siti@kampus.example\nStatus: 5.1.1\n"
        "--x\nContent-Type: message/rfc822\n\nSubject: Re: Edunex\nMessage-ID: <ours@itb.example>\n\nHalo\n--x--"
    )
    said = read(mail(body, From="MAILER-DAEMON@mx.example", **report))
    assert said.bounce
    assert said.automatic
    assert said.text == "Your mail could not be delivered."
    assert [file.name for file in said.files] == ["delivery-status.txt", "Re: Edunex.eml"]
    assert b"5.1.1" in (said.files[0].content or b"")
    assert read(mail(From="postmaster@mx.example"), envelope_from="").bounce
    assert not read(mail(), envelope_from="").bounce


HOSTILE = {
    "nothing": b"",
    "zeros": b"\0" * 10_000,
    "no header": b"\r\n\r\nhi",
    "only headers": b"X: y\n" * 20_000,
    "comments": b"From: " + b"(" * 100_000,
    "nested mails": b"Content-Type: message/rfc822\n\n" * 3000,
    "nested parts": b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(290)
    )
    + b"x\n" * 100_000,
    "many parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nhi\n" * 5000,
    "more parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nhi\n" * 60_000,
    "parameters": b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; "
    + b"a=b; " * 100_000,
    "line ends in base64": b"Content-Transfer-Encoding: base64\n\nA" + b"\r" * 60_000 + b"\n?",
    "blank lines": b"From: a@b\n\nx" + b"\n" * 100_000 + b"y",
    "attributions": b"From: a@b\n\n" + b"On x wrote:\n>\n" * 10_000,
    "rules": b"From: a@b\n\n" + b"-----------\n" * 10_000,
    "underlines": b"From: a@b\n\n" + b"*_ " * 50_000,
    "words": b"Subject: " + b"=?utf-8?q?a?= " * 50_000,
    "a group without an address": b"".join(
        b"%b: %b\n" % (each, b"#" * 19_000) for each in (b"Mailing-List", b"List-Post")
    ),
    "a notice in one word": b"From: mailer-daemon@a.example\n\n" + b"deliver" * 400 + b"exceed" * 2000,
    "ids": b"References: " + b"<a@b>" * 50_000,
    "pieces of a name": b"Content-Disposition: attachment; " + b"filename*0*=x; " * 5000 + b"\n\nx",
    "huge piece number": b"Content-Disposition: attachment; filename*99999999999999999999*=x\n\nx",
    "not base64": b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!a",
    "not uuencode": b"Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n!!!\n",
    "part without a boundary": b"Content-Type: multipart/mixed\n\nhi",
    "eight-bit type": b"Content-Type: text/pl\xe9in; charset=\xff\xfe; name=\xe9.txt\n\nhi",
    "eight-bit encoding": b"Content-Transfer-Encoding: \xe9\n\nhi",
    "idna": b"Content-Type: text/plain; charset=punycode\n\n" + b"a-" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_is_read_in_a_moment(name: str):
    began = time.process_time()
    said = read(HOSTILE[name])
    assert time.process_time() - began < 1.0
    assert said.raw == HOSTILE[name]
    assert said.place.address
    (said.text + (said.subject or "") + (said.html or "")).encode()


SAMPLES = [
    mail(QUOTED[1][0], in_reply_to="<b@x>", references="<a@x> <b@x>", Subject="=?utf-8?B?UGVybW9ob25hbg==?="),
    HOSTILE["part without a boundary"],
    (
        b'From: a@b.example\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n'
        b"\n<p>Halo <a href='x'>y</a>\n--b\nContent-Type: application/pdf; name*0*=utf-8''a%C3\n"
        b'Content-Disposition: attachment; filename="=?utf-8?q?=C3=A9?="\nContent-Transfer-Encoding: base64\n\nAAAA\n--b\n'
        b"Content-Type: message/rfc822\n\nSubject: x\n\ny\n--b--\n"
    ),
]
PIECES = [
    b"\r\n",
    b"\n\n",
    b"--b",
    b"=?",
    b"?=",
    b"<",
    b">",
    b"\xff",
    b"\x00",
    b"charset=",
    b"''",
    b"*0*=",
    b'"',
    b";",
    b"(",
    b"message/rfc822",
    b"multipart/",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_mutilated_mail_is_read_all_the_same(data: st.DataObject):
    raw = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw)))
        end = min(len(raw), at + data.draw(st.integers(0, 12)))
        raw[at:end] = data.draw(st.sampled_from(PIECES) | st.binary(max_size=6))
    began = time.process_time()
    said = read(bytes(raw))
    assert time.process_time() - began < 1.0
    assert said.external_id.startswith("<")
    (said.text + (said.subject or "") + (said.sender.name or "") + said.place.address).encode()
    for file in said.files:
        file.name.encode()
