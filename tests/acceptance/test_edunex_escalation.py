"""POS 033/IT1.B04.3/OT/SOP-BT/2022, numbers 3 to 9: what the first line cannot solve goes to the developers, and comes back."""

import pytest

from procedures.running import actions
from tests.acceptance.sop_desk import SopDesk
from tests.bot.chat import DESKS, SLUG

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
BUDI, YOGA, RINA = "1002", "1006", "1001"
FILE = "procedures/eskalasi-edunex.yaml"


@pytest.fixture
async def desk(ledger):
    """A user has told of a trouble, and an agent begins the escalation on their ticket."""
    desk = SopDesk(ledger, SLUG, files={FILE: (DESKS / SLUG / FILE).read_text()})
    await desk.writes("Nilai kuis saya hilang di Edunex sejak kemarin")
    await desk.people.refresh()
    budi = next(person for person in desk.people.at(SLUG) if person.telegram == BUDI)
    ledger.write_blocking(
        lambda tx: actions.start(
            tx, 1, desk.desk.procedures[0], answers={"gejala": "Nilai kuis hilang", "terdampak": "satu_kelas"},
            desk=desk.desk.now, by=budi.actor, at=desk.now,
        )
    )  # fmt: skip
    await desk.settle()
    return desk


async def test_the_developers_ask_back_repair_and_the_supervisor_makes_sure(desk):
    await desk.says(BUDI, "#1 /langkah 3")  # the agent has checked who it is, and hands the matter on
    assert "Nilai kuis hilang" in desk.called("4")
    await desk.says(YOGA, "#1 /langkah 4 Perlu keterangan")
    await desk.says(YOGA, "Belum dapat ditiru.")
    await desk.says(YOGA, "Kelas yang mana?")
    assert desk.stands_at == ["3"]
    await desk.says(BUDI, "#1 /langkah 3")
    await desk.says(YOGA, "#1 /langkah 4 Diperbaiki")
    await desk.says(YOGA, "Antrean nilai macet, sudah dijalankan ulang.")
    assert desk.stands_at == ["5"]

    await desk.agent_writes(BUDI, "Nilai Anda sudah tampil kembali, silakan dicek.", ticket=1)
    await desk.says(BUDI, "#1 /langkah 5")
    await desk.says(BUDI, "#1 /langkah 8")
    await desk.says(RINA, "#1 /langkah 9 Belum")
    await desk.says(RINA, "Kategori tiket belum tepat.")
    assert desk.stands_at == ["5"]
    await desk.says(BUDI, "#1 /langkah 5")
    await desk.says(BUDI, "#1 /langkah 8")
    await desk.says(RINA, "#1 /langkah 9 Sudah baik")
    assert desk.stands_at == ["Selesai"]
    assert len(desk.archive) == 1
