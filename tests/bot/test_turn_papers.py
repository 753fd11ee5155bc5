"""Whoever is to sign gets the letter with the call, and what becomes of it goes to the requester."""

import pytest

from procedures.papers import rows
from procedures.papers.rows import State
from procedures.running import actions
from tests.bot.printing import PrintingChat
from tests.tickets.desk_at_work import MINUTE
from tickets.actions.errors import NotAllowedError
from tickets.actor import Actor, Kind, Role

RINA = "1001"
PROCEDURE = """\
procedure: surat
name: Surat Keterangan
roles:
  staf: {name: Staf, people: [Budi Hartanto]}
  kepala: {name: Kepala, people: [rina@example.ac.id]}
papers:
  - {id: surat, kind: surat_balasan, name: Surat Keterangan, text: ["Untuk {untuk}."]}
form: [{id: untuk, ask: Untuk apa?}]
steps:
  - {id: konsep, does: Menyusun konsep, role: staf, makes: surat}
  - id: setuju
    does: Menyetujui
    role: kepala
    tells: Surat Anda sudah kami proses.
    outcomes:
      - {id: ya, label: Ya, signs: surat, sends: surat}
      - {id: tidak, label: Tidak, to: konsep, reason: true}
"""


class Office(PrintingChat):
    def does(self, job):
        return self.ledger.write_blocking(job)

    def acts(self, case, step, outcome="done", *, by):
        (procedure,) = self.desk.procedures
        return self.does(
            lambda tx: actions.act(
                tx, case.id, step, outcome, procedure=procedure, answers={}, reason=None, desk=self.desk.now, by=by,
                at=self.now,
            )
        )  # fmt: skip


@pytest.fixture
async def office(ledger):
    office = Office(ledger, files={"procedures/surat.yaml": PROCEDURE})
    await office.telegrams("mau surat keterangan")
    return office


async def test_a_letter_goes_to_whoever_signs_it_and_signed_to_the_requester(office):
    (procedure,) = office.desk.procedures
    budi, rina = office.staff("agent", 1).actor, office.staff("supervisor").actor
    case = office.does(
        lambda tx: actions.start(
            tx, 1, procedure, answers={"untuk": "beasiswa"}, desk=office.desk.now, by=rina, at=office.now
        )
    )
    case = office.acts(case, "konsep", by=budi)
    await office.settle()
    assert not any("Menyetujui" in said for said in office.heard_by(RINA))  # the draft is not there yet
    await office.prints()
    await office.passes(2 * MINUTE)
    called = next(each for each in office.told(RINA) if "Menyetujui" in each.text)
    assert "Dokumen: Surat Keterangan (konsep)" in called.text
    assert [file.name for file in called.files] == ["KONSEP Surat Keterangan.pdf"]
    assert called.files[0].content.startswith(b"%PDF-")
    program = Actor(kind=Kind.API, id="laporan", role=Role.ADMIN)
    with pytest.raises(NotAllowedError):
        office.acts(case, "setuju", "ya", by=program)
    office.acts(case, "setuju", "ya", by=rina)
    await office.settle()
    assert "Surat Anda" not in office.told("4711")[-1].text  # it waits for the letter
    await office.prints()
    (paper,) = office.does(lambda tx: rows.of_case(tx, case.id))
    assert (paper.state, office.told("4711")[-1].text) == (
        State.ISSUED,
        "Surat Anda sudah kami proses.\n\nBersama ini kami sampaikan Surat Keterangan (terlampir).",
    )
    assert [file.name for file in office.told("4711")[-1].files] == ["Surat Keterangan.pdf"]
