"""Who acts may depend on what was answered, may be somebody outside, and others may be told how it ended."""

import pytest

from procedures.cases import rows as cases
from procedures.running import actions
from tests.bot.chat import Chat

RINA, BUDI, SARI = "1001", "1002", "1003"
PROCEDURE = """\
procedure: seminar
name: Seminar Proposal
roles:
  kaprodi: {name: Ketua Program Studi, by: prodi, people: {informatika: budi@example.ac.id, sipil: [sari@example.ac.id]}}
  bank: {name: Bank, outside: true}
  kepala: {name: Kepala, people: [rina@example.ac.id]}
form:
  - {id: prodi, ask: Program studi?, kind: choice, choices: [Informatika, Sipil]}
steps:
  - {id: setuju, does: Menyetujui seminar, role: kaprodi, within: 1d, informs: kepala}
  - {id: setor, does: Menerima setoran, role: bank}
  - {id: jadwal, does: Menjadwalkan seminar, role: kaprodi}
"""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_head_of_the_programme_that_was_answered_acts(ledger):
    chat = Chat(ledger, files={"procedures/seminar.yaml": PROCEDURE})
    await chat.telegrams("mau seminar")
    supervisor = chat.staff("supervisor").actor
    case = ledger.write_blocking(
        lambda tx: actions.start(
            tx, 1, chat.desk.procedures[0], answers={"prodi": "sipil"}, desk=chat.desk.now, by=supervisor, at=chat.now
        )
    )  # fmt: skip
    await chat.settle()
    assert "Giliran Bapak/Ibu sebagai Ketua Program Studi" in chat.heard_by(SARI)[-1]
    assert not any("Menyetujui seminar" in text for text in chat.heard_by(BUDI))

    def stands_at():
        found = ledger.write_blocking(lambda tx: cases.load(tx, case.id))
        return found.ended or found.standing.open

    await chat.says(BUDI, "#1 /langkah setuju")
    assert stands_at() == ("setuju",)
    await chat.says(SARI, "#1 /langkah setuju")
    assert "sudah dikerjakan oleh Sari Wulandari" in chat.heard_by(RINA)[-1]
    assert stands_at() == ("setor",)
    await chat.says(BUDI, "#1 /langkah setor")  # the first line notes down what the bank did
    assert stands_at() == ("jadwal",)
    assert "Menjadwalkan seminar" in chat.heard_by(SARI)[-1]
