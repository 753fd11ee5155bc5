"""Payment in chat: a file of the requester is the proof, whoever checks says what has come in, the requester is reminded."""

from datetime import timedelta
from decimal import Decimal

import pytest

from procedures.cases import rows as cases
from procedures.running import actions
from tests.bot.printing import PrintingChat
from tickets.message import File

RINA, BUDI, ANA = "1001", "1002", "4711"
PROCEDURE = """\
procedure: studio
name: Peminjaman Studio
roles:
  pemohon: {name: Pemohon, requester: true}
  staf: {name: Sekretariat, people: [Budi Hartanto]}
form: [{id: jam, ask: Berapa jam?, kind: number}, {id: gratis, ask: Unit sendiri?, kind: yes_no, required: false}]
tariff:
  - {id: studio, name: Sewa studio, price: 250.000, per: hour, quantity: jam, unless: {gratis: true}}
steps:
  - {id: invoice, does: Membuat invoice, role: staf, bills: {due: 7d, reminds: [0d]}}
  - {id: bayar, does: Membayar, role: pemohon, settles: staf}
"""
RECEIPT = File(name="bukti.jpg", type="image/jpeg", content=b"\xff\xd8\xff" + b"0" * 50)


@pytest.fixture
async def chat(ledger):
    chat = PrintingChat(ledger, files={"procedures/studio.yaml": PROCEDURE})
    await chat.telegrams("mau pinjam studio")
    return chat


async def billed(chat, **answers):
    by, procedure = chat.staff("supervisor").actor, chat.desk.procedures[0]

    def job(tx):
        case = actions.start(tx, 1, procedure, answers=answers, desk=chat.desk.now, by=by, at=chat.now)
        return actions.act(
            tx, case.id, "invoice", "done", procedure=procedure, answers={}, reason=None, desk=chat.desk.now, by=by,
            at=chat.now,
        )  # fmt: skip

    case = chat.ledger.write_blocking(job)
    await chat.settle()
    return lambda: chat.ledger.write_blocking(lambda tx: cases.load(tx, case.id))


async def test_a_photo_proves_it_and_whoever_checks_accepts_a_part_refuses_and_accepts_the_rest(chat):
    case = await billed(chat, jam=Decimal(2))
    assert "INV/2026/0001" not in chat.told(ANA)[-1].text  # what is told waits for its paper
    await chat.prints()
    assert "INV/2026/0001 sebesar Rp500.000" in chat.told(ANA)[-1].text
    assert [file.name for file in chat.told(ANA)[-1].files] == ["Invoice INV-2026-0001.pdf"]
    await chat.telegrams("sebentar ya")  # no file, no proof
    assert not any("Bukti pembayaran" in text for text in chat.heard_by(BUDI))

    await chat.telegrams("ini buktinya", files=(RECEIPT,))
    assert "sudah kami terima dan akan kami periksa" in chat.told(ANA)[-1].text
    assert "💰 Bukti pembayaran perlu diperiksa: invoice INV/2026/0001, Rp500.000" in chat.heard_by(BUDI)[-1]
    accept, refuse = chat.told(BUDI)[-1].buttons[0]
    assert (accept.label, refuse.label) == ("Terima Rp500.000", "Tolak")
    await chat.says(BUDI, "", button=refuse.data)
    assert "Apa alasan bukti pembayaran tiket #1 ditolak?" in chat.heard_by(BUDI)[-1]
    await chat.says(BUDI, "Fotonya buram")
    assert "Fotonya buram" in chat.told(ANA)[-1].text
    await chat.says(BUDI, "", button=accept.data)  # too late
    assert "sudah diperiksa oleh Budi Hartanto: ditolak" in chat.heard_by(BUDI)[-1]

    await chat.telegrams("", files=(RECEIPT,))
    await chat.says(BUDI, f"#1 /bukti {'9' * 20} terima")  # a number that no payment has
    assert "Tidak ada bukti pembayaran" in chat.heard_by(BUDI)[-1]
    await chat.says(BUDI, "#1 /bukti terima dua ratus")
    assert "Mohon tulis jumlahnya" in chat.heard_by(BUDI)[-1]
    await chat.says(BUDI, "#1 /bukti terima 200rb")
    assert (
        "Pembayaran Rp200.000 untuk tiket #1 diterima, kuitansi KW/2026/0001. Sisa" in chat.heard_by(BUDI)[-1]
    )
    await chat.prints()
    assert "Sisa yang belum dibayar: Rp300.000" in chat.told(ANA)[-1].text
    assert case().standing.open == ("bayar",)

    await chat.telegrams("", files=(RECEIPT,))
    await chat.says(BUDI, "", button=chat.told(BUDI)[-1].buttons[0][0].data)
    assert case().ended == "done"
    await chat.says(BUDI, "#1 /bukti terima")
    assert "Tidak ada bukti pembayaran" in chat.heard_by(BUDI)[-1]


async def test_who_has_nothing_to_pay_waits_for_nothing_and_who_has_is_reminded_once(chat):
    free = await billed(chat, jam=Decimal(2), gratis=True)
    assert free().ended == "done"
    await billed(chat, jam=Decimal(1))
    chat.now += timedelta(days=7, hours=1)
    for _ in range(2):
        await chat.jobs.remind()
    await chat.settle()
    said = [outgoing.text for outgoing in chat.told(ANA) if "Kami ingatkan" in outgoing.text]
    assert len(said) == 1
    assert "Rp250.000 jatuh tempo hari ini, Selasa, 13 Oktober 2026" in said[0]
    chat.now += timedelta(days=4 * 365)
    await chat.jobs.discard()
    assert free().answers["gratis"] is True
    chat.now += timedelta(days=366)  # the desk keeps what is over for five years
    await chat.jobs.discard()
    assert (free().answers, free().ended) == ({}, "done")
