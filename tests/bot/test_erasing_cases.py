"""A person is erased who asked for a room, had a letter and paid a bill: their words go, numbers, sums and seats stay."""

import pytest
from sqlmodel import select

from procedures.bookings.tables import Booking
from procedures.cases import rows as cases
from procedures.money.tables import Invoice, Payment
from procedures.papers.tables import PaperRow
from procedures.running import actions
from tests.bot.printing import PrintingChat
from tests.bot.test_erasing import asks, closes, contact_of, erases, everything, files_of
from tickets import removals
from tickets.actions import erasing
from tickets.erasure import Hindrance, Thing
from tickets.message import File

BUDI, AYU = "1002", "4711"
PROCEDURE = """\
procedure: studio
name: Peminjaman Studio
starts: {words: [pinjam studio]}
roles:
  pemohon: {name: Pemohon, requester: true}
  staf: {name: Sekretariat, people: [Budi Hartanto]}
papers:
  - {id: izin, kind: surat_balasan, name: Surat Izin, text: ["Untuk {nama}: {acara}."]}
form:
  - {id: nama, ask: Nama Anda?}
  - {id: acara, ask: Acara apa?}
  - {id: ruang, ask: Studio mana?, kind: resource, among: [studio]}
  - {id: waktu, ask: Kapan?, kind: period}
  - {id: proposal, ask: Mohon lampirkan proposalnya., kind: file}
tariff:
  - {id: studio, name: Sewa studio, price: 250.000, per: hour, quantity: 2}
books: {resource: ruang, when: waktu, title: acara}
steps:
  - {id: konsep, does: Menyusun izin, role: staf, makes: izin}
  - id: izin
    does: Menerbitkan izin
    role: staf
    outcomes:
      - {id: ya, label: Ya, signs: izin, sends: izin}
      - {id: tidak, label: Tidak, to: 1, reason: true}
  - {id: invoice, does: Membuat invoice, role: staf, bills: {due: 7d}}
  - {id: bayar, does: Membayar, role: pemohon, settles: staf}
"""
RESOURCES = """\
resources:
  - {id: studio-1, name: Studio 1, kind: studio, staff: [Budi Hartanto]}
holidays:"""
RECEIPT = File(name="bukti-larasati.jpg", type="image/jpeg", content=b"\xff\xd8\xff rekeninglarasati")
PROPOSAL = File(name="proposal-larasati.txt", type="text/plain", content=b"isi proposallarasati")
SECRETS = (
    "Ayu Larasati", "gelarkaryaku", "belumkarena", "buktiburam", "bukti-larasati", "rekeninglarasati",
    "proposal-larasati", "proposallarasati",
)  # fmt: skip


@pytest.fixture
async def chat(ledger):
    """A desk at which Ayu has asked for the studio, got a letter, and was billed."""
    chat = PrintingChat(
        ledger, files={"procedures/studio.yaml": PROCEDURE}, changes={"desk.yaml": ("holidays:", RESOURCES)}
    )  # fmt: skip
    await chat.telegrams("pinjam studio", sender=AYU)
    await chat.presses("Ya, ajukan", sender=AYU)
    for said in ("Ayu Larasati", "gelarkaryaku"):
        await chat.telegrams(said, sender=AYU)
    await chat.presses("Studio 1", sender=AYU)
    await chat.telegrams("7 oktober 9.00-11.00", sender=AYU)
    await chat.telegrams("", sender=AYU, files=(PROPOSAL,))
    await chat.presses("Kirim", sender=AYU)
    await acts(chat, "konsep", "done")
    await acts(chat, "izin", "tidak", reason="belumkarena Ayu Larasati")
    await acts(chat, "konsep", "done")
    await acts(chat, "izin", "ya")
    await acts(chat, "invoice", "done")
    await chat.prints()
    return chat


async def acts(chat, step, outcome, reason=None):
    by, procedure = chat.staff("supervisor").actor, chat.desk.procedures[0]
    chat.ledger.write_blocking(
        lambda tx: actions.act(
            tx,
            1,
            step,
            outcome,
            procedure=procedure,
            answers={},
            reason=reason,
            desk=chat.desk.now,
            by=by,
            at=chat.now,
        )
    )
    await chat.settle()


async def pays(chat):
    """Pay by two proofs, the first of which is turned away."""
    await chat.telegrams("ini buktinya", sender=AYU, files=(RECEIPT,))
    await chat.says(BUDI, "", button=chat.told(BUDI)[-1].buttons[0][1].data)
    await chat.says(BUDI, "buktiburam")
    await chat.telegrams("", sender=AYU, files=(RECEIPT,))
    await chat.says(BUDI, "", button=chat.told(BUDI)[-1].buttons[0][0].data)
    await chat.prints()


def kept(chat, table):
    with chat.ledger.reading() as session:
        return list(session.exec(select(table).order_by(table.id)))


def hindered(chat, contact):
    with pytest.raises(erasing.NotOverError) as error:
        asks(chat, contact)
    return {each.by for each in error.value.hindered}


async def test_who_asked_paid_and_had_a_letter_is_erased_and_numbers_sums_and_seats_stay(chat, tmp_path):
    ayu = contact_of(chat, AYU)
    assert hindered(chat, ayu) == {Hindrance.TICKET, Hindrance.CASE, Hindrance.INVOICE}
    await pays(chat)
    assert chat.ledger.write_blocking(lambda tx: cases.load(tx, 1)).ended == "done"
    await closes(chat, 1)
    before = everything(chat, tmp_path)
    assert [word for word in SECRETS if word.encode() not in before] == []
    papers = kept(chat, PaperRow)
    assert len(papers) == 3  # the letter, the bill, the receipt
    assert all(each.sha256 in files_of(chat) for each in papers)

    removal = asks(chat, ayu)
    assert await erases(chat) == 0
    after = everything(chat, tmp_path)
    assert [word for word in SECRETS if word.encode() in after] == []
    assert files_of(chat) == set()
    done = chat.ledger.write_blocking(lambda tx: removals.load(tx, removal))
    assert (done.counts[Thing.CASES], done.files, done.done_at) == (1, (), chat.now)
    (invoice,), payments, (booked,) = kept(chat, Invoice), kept(chat, Payment), kept(chat, Booking)
    assert (invoice.number, invoice.state) == ("INV/2026/0001", "paid")
    assert [(each.state, each.amount) for each in payments] == [("refused", None), ("accepted", 500_000)]
    assert (booked.resource, booked.title, booked.state) == ("studio-1", None, "firm")
    assert [(each.number, each.sha256) for each in kept(chat, PaperRow)] == [
        (each.number, each.sha256) for each in papers
    ]  # whether one is genuine can still be told
