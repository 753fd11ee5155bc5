"""Reply templates in the agents' topics: the likeliest first, what is missing asked one by one, nothing sent with a gap."""

from datetime import timedelta

import pytest

from tests.bot.chat import Chat

BUDI, SARI = "1002", "1003"
EXAM = """
- id: ujian
  title: Jadwal ujian susulan
  body:
    id: "Halo {contact}, ujian susulan pada {isi:tanggal ujian} di {isi:ruang}. NIM: {identity}. {{Catatan}}"
    en: "Hello {contact}, the make-up exam is on {isi:date of the exam}. NIM: {identity}."
- id: only-en
  title: Exchange students
  body: {en: "Hello {contact}, please ask the international office."}

# One for each category
"""
ASKS = {"replies.yaml": ("\n# One for each category\n", EXAM)}
QUESTION = "kak nilai kuis saya di matkul fisika kok belum muncul ya padahal sudah dikoreksi"


@pytest.fixture
def chat(ledger):
    return Chat(ledger, changes=ASKS)


def labels(chat, ticket=1):
    thread = chat.thread_of(ticket)
    newest = chat.group.in_topic(thread)[-1]
    return [button.label for row in newest.buttons for button in row]


async def test_the_three_likeliest_are_buttons_and_the_others_are_named(chat):
    await chat.writes("kak kapan jadwal ujian susulan fisika ya")
    await chat.agent_writes(BUDI, "/balas", ticket=1)
    assert len(labels(chat)) == 3
    assert "Jadwal ujian susulan" in labels(chat)
    assert "only-en" in chat.topic(1)[-1]


async def test_whoever_changes_the_subject_is_answered_about_what_they_ask_now(chat):
    await chat.writes("saya lupa kata sandi akun INA")
    await chat.agent_writes(BUDI, "/kategori password", ticket=1)
    chat.now += timedelta(minutes=5)
    await chat.writes("sudah bisa kak. sekarang kode OTP tidak masuk ke hp saya")
    await chat.writes("terima kasih banyak ya kak 🙏")
    await chat.agent_writes(BUDI, "/balas", ticket=1)
    assert labels(chat)[0] == "Kode OTP tidak masuk"


async def test_what_agents_gave_for_the_category_moves_up(chat):
    for number in range(1, 7):
        await chat.writes(QUESTION, sender=f"+6281{number}")
        await chat.agent_writes(BUDI, "/kategori login", ticket=number)
        await chat.agent_writes(BUDI, "/balas otp", ticket=number)
        await chat.agent_presses(BUDI, "Kirim", ticket=number)
    await chat.writes(QUESTION, sender="+62820")
    await chat.agent_writes(SARI, "/kategori login", ticket=7)
    await chat.agent_writes(SARI, "/balas", ticket=7)
    assert labels(chat, 7)[:2] == ["Kode OTP tidak masuk", "Gagal masuk ke Edunex"]


async def test_what_is_missing_is_asked_one_by_one_and_then_it_is_shown(chat):
    await chat.writes(QUESTION)
    before = len(chat.said)
    await chat.agent_writes(BUDI, "/balas ujian", ticket=1)
    assert "Isi tanggal ujian" in chat.topic(1)[-1]
    assert "Setelah itu masih ada ruang, NIM/NIP." in chat.topic(1)[-1]
    await chat.agent_writes(BUDI, "Senin, 12 Oktober", ticket=1)
    assert "Isi ruang" in chat.topic(1)[-1]
    await chat.agent_writes(BUDI, "9103 {lantai 1}", ticket=1)
    assert "Isi NIM/NIP" in chat.topic(1)[-1]
    assert len(chat.said) == before
    await chat.agent_writes(BUDI, "13520001", ticket=1)
    assert "Pratinjau" in chat.topic(1)[-1]
    await chat.agent_writes(BUDI, "/kirim", ticket=1)
    assert chat.said[before:] == [
        "Halo Ana, ujian susulan pada Senin, 12 Oktober di 9103 {lantai 1}. NIM: 13520001. {Catatan}"
    ]


async def test_a_reply_that_lacks_something_cannot_be_sent_and_batal_leaves_it(chat):
    await chat.writes(QUESTION)
    before = len(chat.said)
    await chat.agent_writes(BUDI, "/balas ujian", ticket=1)
    await chat.agent_writes(BUDI, "/kirim", ticket=1)
    assert len(chat.said) == before
    await chat.agent_writes(BUDI, "/balas ujian", ticket=1)
    await chat.agent_writes(BUDI, "/batal", ticket=1)
    assert "dibatalkan" in chat.topic(1)[-1]
    await chat.agent_writes(BUDI, "Ini jawaban biasa.", ticket=1)
    assert chat.said[before:] == ["Ini jawaban biasa."]


async def test_what_somebody_wrote_with_a_gap_in_it_is_held_until_they_say_that_it_is_meant(chat):
    await chat.writes(QUESTION)
    before = len(chat.said)
    await chat.agent_writes(BUDI, "Halo {contact}, ujian pada {isi:tanggal}.", ticket=1)
    assert "{contact}, {isi:tanggal} belum diisi" in chat.topic(1)[-1]
    await chat.agent_presses(BUDI, "Batal", ticket=1)
    await chat.agent_writes(BUDI, "/kategori login", ticket=1)
    await chat.agent_writes(BUDI, '/tutup Kirim {"nama": "..."} ke {nama}', ticket=1)
    assert (len(chat.said), chat.ticket().status) == (before, "new")
    await chat.agent_presses(BUDI, "Kirim apa adanya", ticket=1)
    assert chat.said[before] == 'Kirim {"nama": "..."} ke {nama}'

    await chat.agent_writes(BUDI, 'Contoh: {"status": 1} dan `{nama}`', ticket=1)
    assert chat.last == 'Contoh: {"status": 1} dan `{nama}`'


async def test_only_whoever_was_asked_answers_and_only_for_a_while(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/balas ujian", ticket=1)
    await chat.agent_writes(SARI, "Halo, saya Sari.", ticket=1)
    assert chat.last == "Halo, saya Sari."
    chat.now += timedelta(minutes=16)
    await chat.agent_writes(BUDI, "Halo, saya Budi.", ticket=1)
    assert chat.last == "Halo, saya Budi."


async def test_whoever_changes_language_gets_the_reply_in_the_language_of_now(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/balas ujian", ticket=1)
    assert "Isi tanggal ujian" in chat.topic(1)[-1]
    await chat.writes("I am sorry, I only speak English. When is the exam, please?")
    await chat.agent_writes(BUDI, "/balas ujian", ticket=1)
    assert "Isi date of the exam" in chat.topic(1)[-1]
    assert "⚠️" not in chat.topic(1)[-1]


async def test_a_reply_in_another_language_than_the_contacts_says_so(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/balas only-en", ticket=1)
    assert chat.topic(1)[-1].startswith("⚠️ Templat ini hanya ada dalam bahasa Inggris")
    await chat.agent_presses(BUDI, "Kirim", ticket=1)
    assert chat.last == "Hello Ana, please ask the international office."
