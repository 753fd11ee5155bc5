"""Contacts ask for something by a procedure: recognised, asked question by question, corrected, sent once."""

from datetime import timedelta

import pytest

from procedures.cases import rows as cases
from tests.bot.chat import Chat
from tickets.message import File

PROCEDURE = """\
procedure: rekaman
name: Perekaman Video
starts: {words: [rekam video, perekaman], category: password}
roles:
  pemohon: {name: Pemohon, requester: true}
  staf: {name: Staf Studio, people: [Budi Hartanto]}
form:
  - {id: kegiatan, ask: Apa nama kegiatannya?, label: Nama kegiatan}
  - {id: tanggal, ask: {id: Tanggal berapa?, en: On what date?}, kind: date, ahead: 3d}
  - {id: jenis, ask: Jenis kegiatannya?, kind: choice, choices: [Luring, Daring]}
  - {id: tempat, ask: Di mana?, only_if: {jenis: luring}}
  - {id: surat, ask: Mohon lampirkan suratnya., kind: file, required: false}
  - {id: siaran, ask: Disiarkan langsung?, kind: yes_no}
steps:
  - {does: Mengajukan permohonan, role: pemohon}
  - {does: Memeriksa permohonan, role: staf, within: 30m}
  - {does: Merekam, role: staf, within: 2h}
withdraw_until: 3
"""
LETTER = File(name="surat.pdf", type="application/pdf", size=8, content=b"%PDF-1.4")


@pytest.fixture
def chat(ledger):
    return Chat(ledger, files={"procedures/rekaman.yaml": PROCEDURE})


def case_of(chat, ticket=1):
    found = chat.ledger.write_blocking(lambda tx: cases.of_ticket(tx, ticket))
    return found[-1] if found else None


def labels(outgoing):
    return [button.label for row in outgoing.buttons for button in row]


async def test_a_day_with_the_form_in_a_chat_with_buttons(chat):
    await chat.telegrams("kak mau rekam video wisuda", files=(LETTER,))
    offer = chat.told("4711")[-1]
    assert "Apakah Anda ingin mengajukan Perekaman Video?" in offer.text
    assert labels(offer) == ["Ya, ajukan", "Tidak, ke petugas"]

    await chat.presses("Ya, ajukan")
    assert chat.told("4711")[-1].text.endswith("Apa nama kegiatannya?")
    await chat.telegrams("Wisuda Oktober")
    await chat.telegrams("minggu depan")
    assert "Contoh: 12 Oktober 2026" in chat.told("4711")[-1].text
    await chat.telegrams("besok")
    assert "paling cepat Jumat, 9 Oktober 2026" in chat.told("4711")[-1].text

    await chat.telegrams("studionya ada AC tidak ya?")  # a side question goes to a person, and the form waits
    assert "diteruskan ke petugas" in chat.told("4711")[-1].text
    await chat.agent_writes("1002", "Ada, Kak.", ticket=1)
    told = len(chat.told("4711"))
    await chat.telegrams("oke makasih")
    assert len(chat.told("4711")) == told
    await chat.passes(timedelta(hours=24))  # over a restart or not: it is a row
    await chat.passes(timedelta(minutes=1))
    reminders = [each.text for each in chat.told("4711") if "(tiket #1) belum dikirim" in each.text]
    assert len(reminders) == 1
    assert "sampai Selasa, 13 Oktober 2026" in reminders[0]
    await chat.telegrams("lanjut")
    assert chat.told("4711")[-1].text == "Tanggal berapa?"

    await chat.telegrams("20 oktober")
    await chat.presses("Luring")
    await chat.telegrams("Aula Barat")
    asked = chat.told("4711")[-1].text  # the letter came with the first words
    assert asked == "📎 surat.pdf kami pakai untuk: Surat.\n\nDisiarkan langsung?"
    await chat.presses("Ya")
    review = chat.told("4711")[-1]
    assert "2. Tanggal: Selasa, 20 Oktober 2026" in review.text
    assert "5. Surat: 📎 surat.pdf" in review.text

    await chat.telegrams("ubah 3")
    await chat.presses("Daring")  # then nobody asks where
    assert "Aula Barat" not in chat.told("4711")[-1].text
    await chat.presses("Kirim")
    assert "sudah diajukan, tiket #1. Sekarang: Memeriksa permohonan, oleh Staf Studio, paling lambat" in (
        chat.told("4711")[-1].text
    )
    await chat.presses("Kirim")
    assert "tidak dikirim dua kali" in chat.told("4711")[-1].text
    case = case_of(chat)
    assert case.id == 1
    assert case.begun_by == "contact"
    assert case.standing.open == ("step-2",)
    assert case.answers.keys() == {"kegiatan", "tanggal", "jenis", "surat", "siaran"}
    assert "Giliran" in chat.heard_by("1002")[-1]

    await chat.telegrams("permohonan saya sudah sampai mana ya?")
    stands = chat.told("4711")[-1].text
    assert "Memeriksa permohonan, oleh Staf Studio" in stands
    assert "akan menjawab" not in stands  # an answer within minutes is not what they wait for
    await chat.telegrams("batalkan permohonan saya")
    await chat.presses("Ya, tarik kembali")
    assert case_of(chat).ended == "withdrawn"
    assert "sudah ditarik kembali" in chat.told("4711")[-1].text


FORM_BY_MAIL = """\
Dengan hormat, berikut permohonan kami.
Nama kegiatan: Kuliah umum
> Tanggal berapa?
> Tanggal: kapan saja
Jenis: luring
Terima kasih
"""


async def test_a_mail_shows_the_form_is_read_line_by_line_and_is_asked_back_once(chat):
    await chat.mails("Mohon perekaman kegiatan kami.", subject="Permohonan", files=(LETTER,))
    shown = chat.email.sent[-1]
    assert "Nama kegiatan: \n" in shown.text
    assert "Jenis kegiatannya? (Luring / Daring)" in shown.text
    assert "5. Surat: 📎 surat.pdf" in shown.text or "Surat: 📎 surat.pdf" in shown.text
    assert "Di mana? (hanya bila Jenis: Luring)\n" in shown.text
    assert "https://desk.test/requests/1" in shown.text
    assert case_of(chat) is None

    await chat.mails(FORM_BY_MAIL, subject="Re: Permohonan [#1]")
    back = chat.email.sent[-1].text
    assert "belum lengkap" in back
    assert "1. Nama kegiatan: Kuliah umum" in back  # is not asked for again
    assert "Contoh: 12 Oktober 2026" in back
    assert "Tempat: " in back  # now that it is held on site

    await chat.mails("Tanggal: 20/10/2026\nTempat: Aula\nSiaran: tidak", subject="Re: Permohonan [#1]")
    assert "sudah diajukan, tiket #1" in chat.email.sent[-1].text
    assert case_of(chat).answers["tempat"] == "Aula"
    assert len(chat.email.sent) == 3


async def test_a_form_that_nobody_goes_on_with_is_given_up_and_a_declined_one_is_with_people(chat):
    await chat.writes("perekaman")
    await chat.writes("2")
    assert "diteruskan ke petugas" in chat.last
    await chat.writes("/ajukan", sender="+62812")
    assert "https://desk.test/requests/2" in chat.last  # a list of numbers, and the page
    await chat.writes("ya", sender="+62812")
    await chat.writes("Wisuda", sender="+62812")
    await chat.writes("lewati", sender="+62812")
    assert chat.last.startswith("Pertanyaan ini perlu dijawab.")
    await chat.passes(timedelta(days=8))
    told = len(chat.said)
    await chat.writes("20 oktober", sender="+62812")
    assert len(chat.said) == told  # people read it
