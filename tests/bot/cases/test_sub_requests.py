"""A step that begins another procedure: it waits for that, goes on by its end, and takes it along when it is withdrawn."""

import re

import pytest

from bot.desk_files import DeskFileError, desk_from_files
from procedures.cases import rows as cases
from procedures.running import actions
from tests.bot.chat import Chat
from tests.bot.test_procedure_files import DESK, GUIDE

RINA, BUDI = "1001", "1002"
SERVICE = """\
procedure: layanan
name: Layanan Studio
roles:
  staf: {name: Staf, people: [Budi Hartanto]}
form: [{id: kebutuhan, ask: Butuh apa?}]
steps:
  - {id: terima, does: Menerima permohonan, role: staf}
  - id: beli
    does: Membeli peralatan
    role: staf
    begins: {procedure: pengadaan, answers: {barang: kebutuhan}}
    outcomes:
      - {id: selesai, label: Terbeli}
      - {id: ditolak, label: Tidak dibeli, to: ditolak, reason: true}
  - {id: layani, does: Memberikan layanan, role: staf}
ends:
  - {id: selesai, name: Selesai}
  - {id: ditolak, name: Ditolak, ending: refused, tells: "Mohon maaf: {reason}"}
"""
PURCHASE = """\
procedure: pengadaan
name: Pengadaan Barang
roles:
  kepala: {name: Kepala, people: [rina@example.ac.id]}
form: [{id: barang, ask: Barang apa?}]
steps:
  - id: putus
    does: Menyetujui pembelian
    role: kepala
    outcomes:
      - {id: ya, label: Ya, to: selesai}
      - {id: tidak, label: Tidak, to: ditolak, reason: true}
ends:
  - {id: selesai, name: Terbeli}
  - {id: ditolak, name: Tidak dibeli, ending: refused}
"""


@pytest.fixture
async def chat(ledger):
    chat = Chat(ledger, files={"procedures/a.yaml": SERVICE, "procedures/b.yaml": PURCHASE})
    await chat.writes("mau pakai studio")
    return chat


@pytest.fixture
async def case(chat):
    """The case stands at the step that begins the other."""
    service = next(one for one in chat.desk.procedures if one.id == "layanan")
    begun = chat.ledger.write_blocking(
        lambda tx: actions.start(
            tx, 1, service, answers={"kebutuhan": "tripod"}, desk=chat.desk.now, by=chat.staff("supervisor").actor,
            at=chat.now,
        )
    )  # fmt: skip
    await chat.settle()
    await chat.says(BUDI, "#1 /langkah terima")
    await chat.settle()
    return begun


def found(chat):
    return chat.ledger.write_blocking(lambda tx: cases.of_ticket(tx, 1))


async def test_the_other_begins_with_the_answers_and_its_end_leads_on(chat, case):
    parent, sub = found(chat)
    assert (sub.procedure, sub.answers, sub.within.case) == ("pengadaan", {"barang": "tripod"}, parent.id)
    assert "Giliran Bapak/Ibu sebagai Kepala: Menyetujui pembelian" in chat.heard_by(RINA)[-1]
    assert not any("Membeli peralatan" in said for said in chat.heard_by(BUDI) if "Giliran" in said)
    await chat.says(BUDI, "#1 /langkah beli selesai")
    assert found(chat)[0].standing.open == ("beli",)  # it waits
    await chat.says(RINA, "#1 /langkah putus ya")
    await chat.settle()
    parent, sub = found(chat)
    assert (sub.ended, parent.standing.open) == ("selesai", ("layani",))
    assert "Memberikan layanan" in chat.heard_by(BUDI)[-1]
    await chat.says(BUDI, "#1 /langkah layani")
    assert found(chat)[0].ended == "selesai"


async def test_its_refusal_refuses_with_the_same_reason(chat, case):
    await chat.says(RINA, "#1 /langkah putus tidak Anggaran habis")
    await chat.settle()
    assert [each.ended for each in found(chat)] == ["ditolak", "ditolak"]
    assert "Mohon maaf: Anggaran habis" in chat.said[-1]


async def test_withdrawing_the_one_withdraws_the_other(chat, case):
    service = next(one for one in chat.desk.procedures if one.id == "layanan")
    chat.ledger.write_blocking(
        lambda tx: actions.take_back(
            tx, case.id, procedure=service, desk=chat.desk.now, by=chat.staff("supervisor").actor, at=chat.now
        )
    )
    await chat.settle()
    assert [each.ended for each in found(chat)] == ["withdrawn", "withdrawn"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("begins: {procedure: pengadaan,", "begins: {procedure: belanja,", "no procedure belanja"),
        ("begins: {procedure: pengadaan,", "begins: {procedure: layanan,", "layanan → layanan"),
        ("answers: {barang: kebutuhan}", "answers: {}", "requires barang"),
        ("answers: {barang: kebutuhan}", "answers: {barang: kapan}", "kapan is asked neither"),
        ("answers: {barang: kebutuhan}", "answers: {barang: kebutuhan, warna: kebutuhan}", "does not ask for warna"),
        ("id: selesai, label: Terbeli", "id: terbeli, label: Terbeli", "has no end terbeli"),
        ("kebutuhan}}", "kebutuhan}, waits: false}", "does not wait"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused_in_words(before, after, said):
    assert before in SERVICE
    desk = DESK.replace("{name: Budi, ", "{name: Budi Hartanto, ").replace(
        "members: [Budi]", "members: [Budi Hartanto]"
    )
    files = {"desk.yaml": desk, "procedures/b.yaml": PURCHASE}
    with pytest.raises(DeskFileError) as refused:
        desk_from_files(files | {"procedures/a.yaml": SERVICE.replace(before, after)}, {})
    assert any(said in str(problem) for problem in refused.value.problems)


def test_the_guides_step_is_in_order():
    (step,) = re.findall(r"```yaml\n(  - no: 4.*?)```", GUIDE.read_text(), re.DOTALL)
    service = f"""\
procedure: layanan
name: Layanan
roles: {{sekretariat: {{name: Sekretariat, people: [Budi]}}}}
form: [{{id: kebutuhan, ask: Apa?}}, {{id: tanggal, ask: Kapan?, kind: date}}]
steps:
{step}ends: [{{id: selesai, name: Selesai}}, {{id: tidak_dapat, name: Tidak dapat, ending: refused}}]
"""
    purchase = PURCHASE.replace(
        "Barang apa?}", "Barang apa?}, {id: sebelum, ask: Sebelum kapan?, kind: date}"
    )
    files = {"desk.yaml": DESK, "procedures/a.yaml": service, "procedures/b.yaml": purchase}
    first, _ = desk_from_files(files, {}).procedures
    assert first.steps[0].begins.answers == (("barang", "kebutuhan"), ("sebelum", "tanggal"))


async def test_a_step_that_does_not_wait_is_over_at_once(ledger):
    service = SERVICE.replace("kebutuhan}}", "kebutuhan}, waits: false}")
    head, _, tail = service.partition("    outcomes:\n")
    service = head + "  - {id: layani" + tail.partition("  - {id: layani")[2]
    service = service.replace(
        '  - {id: ditolak, name: Ditolak, ending: refused, tells: "Mohon maaf: {reason}"}\n', ""
    )
    chat = Chat(ledger, files={"procedures/a.yaml": service, "procedures/b.yaml": PURCHASE})
    await chat.writes("mau pakai studio")
    service = next(one for one in chat.desk.procedures if one.id == "layanan")
    chat.ledger.write_blocking(
        lambda tx: actions.start(
            tx, 1, service, answers={"kebutuhan": "tripod"}, desk=chat.desk.now, by=chat.staff("supervisor").actor,
            at=chat.now,
        )
    )  # fmt: skip
    await chat.settle()
    await chat.says(BUDI, "#1 /langkah terima")
    await chat.settle()
    parent, sub = found(chat)
    assert (parent.standing.open, sub.standing.open) == (("layani",), ("putus",))
