"""SOP PKIH HUM-09, rows 1 to 6: a video conference, from the vice rector's desk to the archive."""

import pytest

from tests.acceptance.sop_desk import SopDesk, paper

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def desk(ledger):
    desk = SopDesk(ledger, "unej-humas")
    await desk.is_asked_for(
        "mohon bantuan livestreaming wisuda",
        "Wisuda Periode I",
        "Fakultas Teknik",
        "Livestream",
        "20 oktober",
        "08.00",
        "400",
        paper("surat.pdf"),
    )
    return desk


async def test_the_video_conference_from_the_letter_to_the_archive(desk):
    assert desk.stands_at == ["1"]
    await desk.answers_by_mail("1", "selesai")  # Wakil Rektor III receives the letter; he reads mail alone
    await desk.answers_by_mail(
        "2", "Selesai, terima kasih.\n\nBambang Sudarsono"
    )  # … and instructs Kepala BPKH
    assert desk.papers == ["Lembar Disposisi 001/DISP/WR3/2026 issued"]
    await desk.does("3")  # Kepala BPKH instructs Koordinator PKIH
    await desk.does("4")  # … who instructs Wakil Koordinator Humas
    await desk.does("4a", "", "Andri Firmansyah")  # … who names the officer
    assert "petugasnya sudah ditunjuk" in desk.heard
    assert desk.whose("5") == "4005"

    await desk.hands_on("5", to="Putri Anjani")  # he falls ill
    await desk.does("5")  # Staf Humas hold the conference
    await desk.does("6", "", "https://youtube.example/wisuda")  # … and store it
    assert desk.stands_at == ["Terlaksana dan diarsipkan"]
    assert "https://youtube.example/wisuda" in desk.heard
    assert desk.archive == ["Wisuda Periode I 2026-10-20"]
