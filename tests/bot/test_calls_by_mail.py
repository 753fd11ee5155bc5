"""A director who only reads mail: decides by answering the call, from their own address, and nobody in their place."""

import pytest
from sqlmodel import select

from procedures.cases import rows as cases
from procedures.running import actions
from tests.bot.chat import Chat
from tickets.message import Authenticity
from tickets.tables import Event

RATNA, BUDI = "ratna@example.ac.id", "budi@example.ac.id"
PROVEN = Authenticity(by="mx.example.ac.id", dmarc="pass")
FORGED = Authenticity(by="mx.example.ac.id", dmarc="fail")
PROCEDURE = """\
procedure: studio
name: Layanan Studio
roles:
  staf: {name: Sekretariat, people: [Budi Hartanto]}
  direktur: {name: Direktur, people: [ratna@example.ac.id]}
form: [{id: acara, ask: Acara apa?}, {id: nip, ask: NIP, required: false}]
steps:
  - id: setuju
    does: Menyetujui permohonan
    role: direktur
    outcomes: [{id: ya, label: Setuju}, {id: tidak, label: Tidak setuju, to: ditolak, reason: true}]
  - {id: disposisi, does: Mendisposisikan, role: direktur}
  - {id: siapkan, does: Menyiapkan studio, role: staf}
ends: [{id: selesai}, {id: ditolak, ending: refused}]
"""
DIRECTOR = "staff:\n  - {name: Ratna, role: viewer, email: ratna@example.ac.id}"


@pytest.fixture
async def chat(ledger):
    chat = Chat(
        ledger, files={"procedures/studio.yaml": PROCEDURE}, changes={"desk.yaml": ("staff:", DIRECTOR)}
    )
    await chat.telegrams("mau pakai studio")
    answers = {"acara": "Pelantikan", "nip": "198503302003121002"}
    chat.ledger.write_blocking(
        lambda tx: actions.start(
            tx, 1, chat.desk.procedures[0], answers=answers, desk=chat.desk.now, by=chat.staff("supervisor").actor,
            at=chat.now,
        )
    )  # fmt: skip
    await chat.settle()
    return chat


def newest(chat, address=RATNA):
    return next(mail for mail in reversed(chat.email.sent) if mail.place.address == address)


async def answers(chat, text, *, to=None, sender=RATNA, authenticity=PROVEN, **fields):
    call = to or newest(chat)
    await chat.mails(
        text, sender=sender, subject=f"Re: {call.subject}", references=(call.message_id,), authenticity=authenticity,
        **fields,
    )  # fmt: skip


def case_of(chat):
    (case,) = chat.ledger.write_blocking(lambda tx: cases.of_ticket(tx, 1))
    return case


def refused(chat):
    with chat.ledger.reading() as session:
        return [
            event.data["why"] for event in session.exec(select(Event).where(Event.kind == "step.refused"))
        ]


async def test_setuju_decides_and_the_second_is_told_that_it_is_over(chat):
    call = newest(chat)
    assert "Giliran Bapak/Ibu sebagai Direktur: Menyetujui permohonan" in call.text
    assert "- Acara: Pelantikan" in call.text
    assert "198503302003121002" not in call.text
    assert "Balas email ini dengan “Setuju” / “Tidak setuju: alasannya”" in call.in_words
    await answers(chat, "Baik, saya pelajari dulu.")
    assert "belum jelas, jadi belum ada yang diputuskan" in newest(chat).text
    assert case_of(chat).standing.open == ("setuju",)
    await answers(chat, "Setuju.\n\nSalam,\nRatna")  # to what was asked back
    assert case_of(chat).standing.open == ("disposisi",)
    assert "✅ Menyetujui permohonan: Setuju" in chat.email.sent[-2].text
    assert "Giliran Bapak/Ibu sebagai Direktur: Mendisposisikan" in newest(chat).text
    await answers(chat, "Selesai\n\nPada Sel, 6 Okt 2026 pukul 09.10 Care Center menulis:")
    assert case_of(chat).standing.open == ("siapkan",)
    await answers(chat, "tidak setuju: berubah pikiran", to=call)
    assert "sudah diputuskan oleh Ratna" in newest(chat).text
    assert case_of(chat).standing.open == ("siapkan",)
    assert refused(chat) == ["step_over"]


async def test_a_refusal_brings_its_reason(chat):
    await answers(chat, "Tidak setuju")
    assert "memerlukan alasan" in newest(chat).text
    await answers(chat, "tidak setuju karena studio direnovasi")
    assert (case_of(chat).ended, case_of(chat).turns[0].reason) == ("ditolak", "studio direnovasi")


async def test_a_sender_whom_nobody_proves_confirms_once_more(chat):
    call = newest(chat)
    await answers(chat, "setuju", authenticity=None)
    assert case_of(chat).standing.open == ("setuju",)
    confirms = newest(chat)
    assert "Server email kami tidak dapat memastikan pengirimnya" in confirms.text
    await answers(chat, "ya", to=call, authenticity=None)  # not to the mail that asks
    assert case_of(chat).standing.open == ("setuju",)
    await answers(chat, "ya", to=confirms, authenticity=None)
    assert case_of(chat).standing.open == ("disposisi",)


async def test_nobody_decides_in_the_directors_place(chat):
    call = newest(chat)
    await answers(chat, "setuju", authenticity=FORGED)
    await answers(chat, "setuju", sender="orang@example.com")
    await answers(chat, "setuju", sender=BUDI)
    assert "ditujukan kepada orang lain" in newest(chat, BUDI).text
    forged = call.message_id.replace(".", ".1", 1)
    await chat.mails("setuju", sender=RATNA, subject="Re", references=(forged,), authenticity=PROVEN)
    await chat.mails("#1 /langkah 1 ya", sender=RATNA, subject="Re", authenticity=PROVEN)
    assert case_of(chat).standing.open == ("setuju",)
    assert refused(chat) == ["forged", "sender", "sender"]
    assert newest(chat).message_id != call.message_id  # who asks is called once more


async def test_a_machine_that_answers_decides_nothing(chat):
    await answers(chat, "setuju", automatic=True)
    assert case_of(chat).standing.open == ("setuju",)
