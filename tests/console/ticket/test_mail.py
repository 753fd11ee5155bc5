"""Mail on the page of a ticket: safe, whole, with its pictures, and to be downloaded as it came."""

import re
import time
from dataclasses import replace

import pytest

from console.bounded_html import LONGEST
from console.safe_html import clean, shown
from console.ticket.invitation import read_invitation
from tests.tickets.desks import mail
from tickets.message import File

PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000") + b"\0" * 20
INVITATION = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Rapat SIX\r\nLOCATION:Ruang A\r\n"
    "DTSTART:20260302T020000Z\r\nDTEND:20260302T030000Z\r\nORGANIZER;CN=Siti:mailto:siti@kampus.example\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def kept(office, name, type_, content, inline_id=None):
    return office.ledger.blobs.keep(
        File(name=name, type=type_, size=len(content), content=content, inline_id=inline_id)
    )


async def test_a_picture_of_the_mail_stands_where_the_mail_put_it(office, budi):
    said = replace(mail("halo", message_id="<a@x>"), html='<p>lihat <img src="cid:p1@x" alt="layar"></p>')
    office.receives(said, kept(office, "layar.png", "image/png", PNG, "p1@x"))
    source = (await budi.opens("/tickets/1")).answer.text
    assert '<p>lihat <img src="/files/' in source
    link = re.search(r'src="(/files/[^"]+)"', source)[1]
    asked = await budi.client.head(link)  # as providers do before they fetch what goes out
    assert (asked.status_code, asked.content) == (200, b"")
    assert (asked.headers["content-type"], asked.headers["content-length"]) == ("image/png", str(len(PNG)))
    part = await budi.client.get(link, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, PNG[:4])


async def test_pictures_from_elsewhere_are_loaded_only_on_a_click(office, budi):
    html = '<p>halo</p><img src="https://spy.example/x.png">'
    office.receives(replace(mail("halo", message_id="<a@x>"), html=html))
    page = await budi.opens("/tickets/1")
    assert "spy.example" not in page.answer.text
    assert "img-src 'self';" in page.answer.headers["Content-Security-Policy"]
    asked = await budi.opens("/tickets/1?pictures=1")
    assert 'src="https://spy.example/x.png"' in asked.answer.text
    assert "img-src 'self' https: http:;" in asked.answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in asked.answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "hostile",
    [
        '<img src="/logout">', '<img src="data:image/svg+xml,x">', '<a href="/logout">x</a>', '<a href="javascript:x">x</a>',
        '<p style="position:fixed">x</p>', '<form action="/x"><input name="q"></form>', "<svg><script>x</script></svg>",
        '<iframe src="https://e.example"></iframe>', '<base href="https://e.example">', '<p onclick="x()">x</p>',
    ],
)  # fmt: skip
def test_nothing_of_a_mail_breaks_out(hostile):
    seen = shown(hostile, files={}, elsewhere=False).html
    for word in (
        "logout",
        "data:",
        "javascript",
        "style",
        "<form",
        "<input",
        "script",
        "iframe",
        "base",
        "onclick",
    ):
        assert word not in seen


def test_no_word_of_a_mail_is_lost():
    html = (
        "<html><head><title/><style>p {}</style></head><body><center>satu<font>dua</font></center><x-y>tiga</x-y>"
        "<svg><text>empat</text></svg><math><mi>lima</mi></math><noscript>enam</noscript><textarea>tujuh</textarea>"
        '<font title="a > b">delapan</font><body><title>sembilan'
    )
    words = clean(html)
    for word in ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"):
        assert word in words
    assert "&gt;" not in words


def test_what_a_mail_says_in_machine_made_tags_keeps_its_shape():
    made = "<!--[if gte mso 9]><xml>" + "<w:LsdException>" * 600 + "</xml><![endif]-->"
    seen = shown(f"{made}<center>satu</center>{'<p>kata</p>' * 6_000}<b>akhir</b>", files={}, elsewhere=False)
    assert seen.html.startswith("<div>satu</div><p>kata</p>")
    assert seen.html.endswith("<b>akhir</b>")


@pytest.mark.parametrize(
    "tag",
    [
        "<div>x", "<div></span>x", "<b>x", "<table><tr><td>x", "<style>", "<!--", "<img ", "<title>x", '<p x="x',
        "".join(f"<b a={each}>" for each in range(200)) + "<p>x" * 9_000,
    ],
)  # fmt: skip
def test_a_mail_nested_without_end_is_shown_in_a_moment(tag):
    html = f"<p>halo</p>{tag * (400_000 // len(tag))}"
    began = time.process_time()
    seen = shown(html, files={}, elsewhere=False)
    assert time.process_time() - began < 2
    assert "halo" in seen.html
    assert len(seen.html) < 5_000_000


def test_a_mail_longer_than_anybody_reads_keeps_its_words():
    lines = "".join(f"<p>baris <i>ke-{each}.</i></p>" for each in range(20_000))
    seen = shown(lines, files={}, elsewhere=False)
    assert all(f"ke-{each}." in seen.html for each in range(0, 20_000, 97))
    assert not seen.is_cut
    assert shown(lines * 5, files={}, elsewhere=False).is_cut


def test_a_mail_whose_styles_are_longer_than_its_words_is_shown_whole():
    html = f"<style>{'p {} ' * LONGEST}</style><p>halo</p>"
    seen = shown(html, files={}, elsewhere=False)
    assert "halo" in seen.html
    assert not seen.is_cut


async def test_an_invitation_is_read_in_words(office, budi):
    office.receives(
        mail("", message_id="<a@x>"), kept(office, "undangan.ics", "text/calendar", INVITATION.encode())
    )
    text = (await budi.opens("/tickets/1")).text
    assert "Rapat SIX" in text
    assert "09.00" in text or "09:00" in text  # the desk's own time
    assert "Siti (siti@kampus.example)" in text


@pytest.mark.parametrize(
    "content", [b"", b"BEGIN:VCALENDAR", b"\xff\xfe", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR"]
)
def test_what_is_no_invitation_is_none(content):
    assert read_invitation(content) is None


def test_the_last_day_of_a_meeting_of_whole_days_is_the_one_before_its_end():
    found = read_invitation(
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260304\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert found is not None
    assert (found.whole_days, found.starts_at.day, found.ends_at.day) == (True, 2, 3)


@pytest.mark.parametrize(
    ("name", "type_", "words"),
    [
        ("smime.p7s", "application/pkcs7-signature", "Signed digitally (S/MIME)"),
        ("smime.p7m", "application/pkcs7-mime", "An S/MIME mail"),
        ("signature.asc", "application/pgp-signature", "Signed digitally (PGP)"),
        ("version.asc", "application/pgp-encrypted", "encrypted with PGP"),
        ("winmail.dat", "application/ms-tnef", "wrapper of Outlook"),
        ("winmail.dat", "application/octet-stream", "wrapper of Outlook"),
    ],
)
async def test_a_sealed_mail_is_shown_as_what_it_is(office, budi, name, type_, words):
    office.receives(mail("halo", message_id="<a@x>"), kept(office, name, type_, b"\x30\x80sealed"))
    assert words in (await budi.opens("/tickets/1")).text


async def test_a_message_within_a_mail_is_read_on_the_page_and_its_files_are_handed_out(office, budi):
    within = (
        "From: Dosen <dosen@kampus.example>\r\nSubject: =?utf-8?q?Nilai_=E2=80=93_kuis?=\r\nDate: Mon, 02 Mar 2026 10:15:00 +0700\r\n"
        'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\nNilainya <b>sudah</b> masuk.\r\n\r\n> tadi\r\n'
        '--x\r\nContent-Type: text/html; name="../n.html"\r\nContent-Disposition: attachment\r\n\r\n<script>1</script>\r\n--x--\r\n'
    )
    office.receives(
        mail("lihat", message_id="<a@x>"), kept(office, "surat.eml", "message/rfc822", within.encode())
    )
    page = await budi.opens("/tickets/1")
    for words in (
        "Dosen <dosen@kampus.example>",
        "Nilai – kuis",
        "2 March 2026",
        "Nilainya <b>sudah</b> masuk.",
        "> tadi",
    ):
        assert words in page.text
    link = re.search(r'href="(/files/[^"/]+/0)"', page.answer.text)
    file = await budi.client.get(link[1])
    assert file.text.strip() == "<script>1</script>"
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["content-disposition"] == "attachment; filename*=utf-8''n.html"
    assert (await budi.client.get(link[1][:-1] + "1")).status_code == 404


async def test_the_mail_is_downloaded_as_it_came(office, budi):
    office.receives(mail("halo", message_id="<a@x>"))
    assert "/tickets/1/messages/1/mail" in (await budi.opens("/tickets/1")).answer.text
    answer = await budi.client.get("/tickets/1/messages/1/mail")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "message/rfc822")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert (await budi.client.get("/tickets/1/messages/9/mail")).status_code == 404
