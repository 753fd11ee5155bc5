"""Steps 2 and 3 of the Care Center's procedure: identity read, asked for, checked in the directory, proven, joined."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from channels.contract import Deferred
from channels.directory.contract import Entry, PaperDirectory
from tests.bot.chat import Chat
from tickets.actions.opening import Caller, open_by_hand
from tickets.message import Vouched

BUDI = Entry(
    number="13519001",
    name="Budi Santoso",
    email="13519001@mahasiswa.example.ac.id",
    unit="Teknik Informatika",
    status="mahasiswa",
)
ANA = Entry(number="13519002", name="Ana Putri", email="ana@mahasiswa.example.ac.id", unit="Fisika")
I_AM_BUDI = "Nama: Budi Santoso\nNIM: 13519001\nProdi: Teknik Informatika\nSaya tidak bisa masuk Edunex."
RINA, BUDI_AGENT = "1001", "1002"


@pytest.fixture
def directory():
    return PaperDirectory(BUDI, ANA)


@pytest.fixture
def chat(ledger, directory):
    return Chat(ledger, directory=directory)


def card(chat, ticket=1):
    return chat.topic(ticket)[0]


def labels(chat, ticket=1):
    shown = chat.group.in_topic(chat.thread_of(ticket))[0]
    return [button.label for row in shown.buttons for button in row]


def code_in_mail(chat):
    """The code that lies in the mailbox of the directory."""
    return re.search(r"\b\d{6}\b", chat.email.sent[-1].text)[0]


def other_than(code):
    return f"{(int(code) + 1) % 10**6:06}"


async def test_who_gives_name_and_number_as_the_directory_has_them_is_verified_on_the_card(chat):
    await chat.writes(I_AM_BUDI)
    assert "Identitas: Budi Santoso, 135•••01, Teknik Informatika (terverifikasi)" in card(chat)
    assert "NIM/NIP cocok, nama cocok, unit cocok" in card(chat)


async def test_whom_the_lms_has_logged_in_is_known_once_and_what_people_say_to_it_stands(chat):
    budi = Vouched(subject="4711", name="Budi Santoso", number="13519001", email=BUDI.email)
    await chat.writes("Nama: Ana\nNIM: 13519002\nProdi: Fisika\nTidak bisa masuk.", vouched=budi)
    assert "Identitas: Budi Santoso, 135•••01, Fisika (terverifikasi)\nMasuk lewat LMS" in card(chat)
    assert chat.email.sent == []
    await chat.agent_writes(BUDI_AGENT, "/sangkal memakai akun temannya", ticket=1)
    await chat.writes("Halo, bagaimana?", vouched=budi)
    assert "Disangkal Budi" in card(chat)
    await chat.writes("Ini pemiliknya.", vouched=replace(budi, number="13519003"))
    assert "135•••03, Fisika (terverifikasi)" in card(chat)


async def test_a_day_from_a_first_word_to_one_contact_on_two_channels(chat):
    await chat.writes("Selamat pagi, saya tidak bisa masuk Edunex.")
    await chat.writes("1")  # of what it may be about
    assert "nama lengkap" in chat.last
    assert "Identitas: belum ada" in card(chat)
    await chat.writes("Nama: Ana Putri\nNIM: 13519001\nProdi: Teknik Informatika")
    assert "(tidak cocok dengan direktori)" in card(chat)
    await chat.agent_writes(BUDI_AGENT, "NIM tersebut terdaftar atas nama lain. Mohon diperiksa.", ticket=1)
    await chat.writes("Maaf, nama saya Budi Santoso, akun ini memakai nama kakak saya.")
    await chat.agent_writes(BUDI_AGENT, "/kode", ticket=1)
    await chat.writes(code_in_mail(chat))
    assert "(terverifikasi)\nDibuktikan dengan kode" in card(chat)
    await chat.mails(I_AM_BUDI, sender="budi@gmail.com", subject="Akun")
    assert "(terverifikasi)" in card(chat, 2)
    await chat.agent_writes(BUDI_AGENT, "/kode", ticket=2)
    letter = next(mail for mail in reversed(chat.email.sent) if mail.place.address == BUDI.email)
    code = re.search(r"\b\d{6}\b", letter.text)[0]
    await chat.mails(code, sender="budi@gmail.com", subject="Re: Akun [#2]")
    await chat.agent_writes(BUDI_AGENT, "/satukan #2", ticket=1)
    assert chat.ticket(1).contact == chat.ticket(2).contact
    await chat.agent_writes(BUDI_AGENT, "/lepas", ticket=2)
    assert chat.ticket(1).contact != chat.ticket(2).contact


async def test_who_is_asked_and_answers_is_looked_up_then(chat, directory):
    await chat.writes("Saya tidak bisa masuk Edunex sejak pagi.")
    assert "nama lengkap" in chat.last
    assert directory.asked == 0
    await chat.writes("Budi Santoso\n13519001\nTeknik Informatika")
    assert "(terverifikasi)" in card(chat)


async def test_a_number_of_somebody_else_does_not_match_and_says_so_without_naming_them(chat):
    await chat.writes(I_AM_BUDI.replace("13519001", "13519002"))
    assert "(tidak cocok dengan direktori)" in card(chat)
    assert "NIM/NIP cocok, nama berbeda, unit berbeda" in card(chat)
    assert "Ana Putri" not in card(chat)


async def test_a_number_that_nobody_has_is_not_found(chat):
    await chat.writes(I_AM_BUDI.replace("13519001", "13519777"))
    assert "(tidak ditemukan di direktori)" in card(chat)


async def test_an_agent_confirms_what_the_directory_does_not_know_and_no_machine_undoes_it(chat, directory):
    await chat.writes(I_AM_BUDI.replace("Budi Santoso", "Buds"))
    assert "(tidak cocok dengan direktori)" in card(chat)
    await chat.agent_writes(BUDI_AGENT, "/konfirmasi nama panggilan, KTM sudah dilihat", ticket=1)
    assert "(terverifikasi)" in card(chat)
    assert "Dikonfirmasi Budi Hartanto, hari ini pukul 09.00 WIB: nama panggilan, KTM sudah dilihat" in card(
        chat
    )
    asked = directory.asked
    await chat.writes("Email saya buds@gmail.com")
    assert directory.asked == asked
    assert "(terverifikasi)" in card(chat)


async def test_an_agent_disputes_what_the_directory_confirms(chat):
    await chat.writes(I_AM_BUDI)
    await chat.agent_writes(RINA, "/sangkal suara di telepon orang lain", ticket=1)
    assert "(tidak cocok dengan direktori)" in card(chat)
    assert "Disangkal Rina Kartikasari" in card(chat)


async def test_an_agent_has_somebody_looked_up_again_and_is_told(chat, directory):
    await chat.writes(I_AM_BUDI.replace("13519001", "13519777"))
    directory.entries.append(Entry(number="13519777", name="Budi Santoso"))
    await chat.agent_presses(BUDI_AGENT, "Periksa identitas", ticket=1)
    assert "(terverifikasi)" in card(chat)
    assert chat.topic(1)[-1].startswith("Identitas pengirim tiket #1: terverifikasi.")


async def test_without_a_number_there_is_nothing_to_look_up(chat):
    await chat.writes("Saya tidak bisa masuk Edunex sejak pagi.")
    await chat.agent_writes(BUDI_AGENT, "/periksa", ticket=1)
    assert chat.topic(1)[-1].startswith("Identitas belum cukup")


async def test_a_directory_that_cannot_be_reached_is_asked_again_until_it_can(chat, directory):
    directory.fails_with = Deferred("it is down")
    await chat.writes(I_AM_BUDI)
    assert "(belum diperiksa)" in card(chat)
    assert "Direktori belum dapat dihubungi; pemeriksaan diulang otomatis." in card(chat)
    asked = directory.asked
    await chat.passes(timedelta(seconds=20))
    assert directory.asked == asked
    directory.fails_with = None
    await chat.passes(timedelta(minutes=2))
    assert "(terverifikasi)" in card(chat)
    assert "belum dapat dihubungi" not in card(chat)


async def test_a_broken_directory_breaks_nothing_else(chat, directory):
    directory.fails_with = RuntimeError("a bug")
    await chat.writes(I_AM_BUDI)
    assert "#1" in chat.last
    assert "(belum diperiksa)" in card(chat)


class TestCode:
    @pytest.fixture
    async def chat(self, chat):
        """Somebody who is verified and is sent a code."""
        await chat.writes(I_AM_BUDI)
        await chat.agent_presses(BUDI_AGENT, "Kirim kode", ticket=1)
        return chat

    async def test_it_goes_to_the_mailbox_that_the_directory_has(self, chat):
        assert chat.email.sent[-1].place.address == BUDI.email
        assert "1***@mahasiswa…" in chat.last
        assert BUDI.email not in chat.last
        assert not any(code_in_mail(chat) in text for text in [*chat.said, *chat.topic(1)])

    async def test_typed_in_the_chat_it_proves_the_address(self, chat):
        await chat.writes(f"kodenya {code_in_mail(chat)}")
        assert chat.last == "Terima kasih, identitas Anda sudah terbukti."
        assert "Dibuktikan dengan kode, hari ini pukul 09.00 WIB" in card(chat)
        assert "Kirim kode" not in labels(chat)

    async def test_it_is_kept_nowhere_and_opens_nothing(self, chat):
        code = code_in_mail(chat)
        status = chat.ticket(1).status
        await chat.writes(code)
        assert chat.ticket(1).status == status
        assert len(chat.group.topics) == 1
        assert not any(code in text for text in chat.topic(1))

    async def test_a_wrong_one_is_refused_and_the_sixth_comes_too_late(self, chat):
        code = code_in_mail(chat)
        for left in (4, 3, 2, 1):
            await chat.writes(other_than(code))
            assert f"masih ada {left} kesempatan" in chat.last
        await chat.writes(other_than(code))
        assert "terlalu sering dicoba" in chat.last
        await chat.writes(code)
        assert "terlalu sering dicoba" in chat.last
        assert "Dibuktikan" not in card(chat)

    async def test_after_ten_minutes_it_is_over(self, chat):
        code = code_in_mail(chat)
        await chat.passes(timedelta(minutes=10))
        await chat.writes(code)
        assert "tidak berlaku" in chat.last
        assert "Dibuktikan" not in card(chat)

    async def test_from_another_address_it_is_no_code(self, chat):
        code = code_in_mail(chat)
        await chat.writes(code, sender="+62822")
        assert "Dibuktikan" not in card(chat)
        assert len(chat.group.topics) == 2  # a stranger who writes six digits

    async def test_it_works_once(self, chat):
        code = code_in_mail(chat)
        await chat.writes(code)
        said = len(chat.said)
        await chat.writes(code)
        assert chat.said[said:] == []

    async def test_a_new_one_replaces_the_one_before(self, chat):
        first = code_in_mail(chat)
        await chat.agent_presses(BUDI_AGENT, "Kirim kode", ticket=1)
        await chat.writes(first)
        assert "masih ada 4 kesempatan" in chat.last
        await chat.writes(code_in_mail(chat))
        assert "sudah terbukti" in chat.last

    async def test_only_so_many_are_sent_in_an_hour(self, chat):
        await chat.agent_writes(BUDI_AGENT, "/kode", ticket=1)
        await chat.agent_writes(BUDI_AGENT, "/kode", ticket=1)
        sent = len(chat.email.sent)
        await chat.agent_writes(BUDI_AGENT, "/kode", ticket=1)
        assert chat.topic(1)[-1].startswith("Sudah terlalu banyak kode")
        assert len(chat.email.sent) == sent
        await chat.passes(timedelta(hours=1))
        await chat.agent_writes(BUDI_AGENT, "/kode", ticket=1)
        assert len(chat.email.sent) == sent + 1

    async def test_a_code_that_could_not_leave_in_time_does_not_leave(self, chat):
        chat.email.fails_with = Deferred("the relay is down")
        await chat.agent_writes(BUDI_AGENT, "/kode", ticket=1)
        sent = len(chat.email.sent)
        chat.email.fails_with = None
        await chat.passes(timedelta(minutes=11))
        assert len(chat.email.sent) == sent


async def test_without_a_mailbox_in_the_directory_there_is_no_code(chat):
    await chat.writes(I_AM_BUDI.replace("13519001", "13519777") + "\nEmail: budi@gmail.com")
    await chat.agent_writes(BUDI_AGENT, "/kode", ticket=1)
    assert chat.topic(1)[-1].startswith("Kode tidak dapat dikirim")
    assert chat.email.sent == []


class TestJoining:
    @pytest.fixture
    async def chat(self, chat):
        """Budi on WhatsApp and by mail: tickets 1 and 2, both verified, neither proven."""
        await chat.writes(I_AM_BUDI)
        await chat.mails(I_AM_BUDI, sender="budi@gmail.com", subject="Akun")
        return chat

    async def proves(self, chat):
        await chat.agent_writes(BUDI_AGENT, "/kode", ticket=1)
        await chat.writes(code_in_mail(chat))
        await chat.agent_writes(BUDI_AGENT, "/kode", ticket=2)
        code = next(
            re.search(r"\b\d{6}\b", mail.text)[0]
            for mail in reversed(chat.email.sent)
            if mail.place.address == BUDI.email
        )
        sent = chat.email.sent[-1]
        await chat.mails(code, sender="budi@gmail.com", subject=f"Re: {sent.subject or 'Akun'} [#2]")

    async def test_an_agent_joins_whom_codes_prove_to_be_one_and_parts_them_again(self, chat):
        before = (chat.ticket(1).contact, chat.ticket(2).contact)
        await self.proves(chat)
        await chat.agent_writes(BUDI_AGENT, "/satukan #2", ticket=1)
        assert chat.topic(1)[-1] == "Pengirim tiket #1 dan #2 kini satu kontak."
        assert chat.ticket(2).contact == before[0]
        await chat.mails("Satu lagi pertanyaan", sender="budi@gmail.com", subject="Lain")
        assert chat.ticket(3).contact == before[0]
        await chat.agent_writes(BUDI_AGENT, "/lepas", ticket=1)
        assert (chat.ticket(1).contact, chat.ticket(2).contact) == before
        assert chat.ticket(3).contact == before[1]
        await chat.writes("Halo lagi, masih belum bisa")
        assert chat.ticket(1).contact == before[0]

    async def test_an_agent_joins_nobody_without_a_proof(self, chat):
        await chat.agent_writes(BUDI_AGENT, "/satukan #2 orangnya sama", ticket=1)
        assert chat.topic(1)[-1].startswith("Keduanya belum terbukti orang yang sama")
        assert chat.ticket(1).contact != chat.ticket(2).contact

    async def test_a_supervisor_joins_them_with_a_reason(self, chat):
        await chat.agent_writes(RINA, "/satukan #2", ticket=1)
        assert chat.ticket(1).contact != chat.ticket(2).contact
        await chat.agent_writes(RINA, "/satukan #2 sudah ditelepon", ticket=1)
        assert chat.ticket(1).contact == chat.ticket(2).contact

    async def test_nobody_is_joined_by_being_alike(self, chat):
        await self.proves(chat)
        assert chat.ticket(1).contact != chat.ticket(2).contact


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("/satukan", "tidak ditemukan"),
        ("/satukan #99", "Tiket #99 tidak ditemukan"),
        ("/satukan #1", "sudah milik satu kontak"),
        ("/lepas", "tidak sedang disatukan"),
    ],
)
async def test_what_cannot_be_joined_or_parted_is_refused(chat, words, says):
    await chat.writes(I_AM_BUDI)
    await chat.agent_writes(RINA, words, ticket=1)
    assert says in chat.topic(1)[-1]


async def test_who_telephones_or_comes_by_is_looked_up_as_well(chat):
    caller = Caller(name="Budi", identity_name="Budi Santoso", identity_number="13519001")

    def write_down(tx):
        budi = chat.staff("agent").actor
        return open_by_hand(tx, desk=chat.desk.now, by=budi, at=chat.now, caller=caller, text="Lupa sandi")

    await chat.settle()
    chat.ledger.write_blocking(write_down)
    await chat.settle()
    assert "(terverifikasi)" in card(chat)
    assert "Kirim kode" not in labels(chat)  # nowhere to type it
