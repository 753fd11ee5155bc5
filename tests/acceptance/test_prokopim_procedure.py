"""BDG-Setda.010/2024, rows 1 to 10: the recording of a leader's video, as the city's office does it."""

from datetime import timedelta

import pytest

from tests.acceptance.sop_desk import SopDesk, paper

MINUTES = timedelta(minutes=1)

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
async def desk(ledger):
    """The requester has sent a letter with the script, by chat."""
    desk = SopDesk(ledger, "bandung-prokopim")
    await desk.is_asked_for(
        "mohon tapping sambutan Pak Wali",
        "Pelantikan Pengurus PKK",
        "TP PKK Kota Bandung",
        "Wali Kota Bandung",
        "20 oktober",
        paper("surat.pdf"),
        paper("naskah.pdf"),
    )
    return desk


async def test_the_recording_from_the_letter_to_the_archive(desk):
    assert desk.stands_at == ["1"]  # Pengadministrasi Umum receives the request with its script
    assert "Surat permohonan dengan naskah" in desk.called("1")
    await desk.does("1")
    assert "beserta naskahnya sudah kami terima" in desk.heard

    await desk.does("2")  # Kepala Bagian: disposition
    assert desk.papers == ["Lembar Disposisi 001/DISP/PROKOPIM/2026 issued"]
    await desk.does("3")  # Ketua Tim coordinates the schedule
    await desk.does("4", "", "16 oktober", "10.00")  # … and gives it
    assert "dijadwalkan pada" in desk.heard
    assert "pukul 10.00" in desk.heard

    assert desk.promised <= 10 * MINUTES
    await desk.passes(11 * MINUTES)
    assert "terlambat" in desk.called("5").lower()
    await desk.does("5", "", "Cecep Hidayat")  # Koordinator KPP assigns who records, late
    assert desk.stands_at == ["6"]
    await desk.does("6")
    await desk.does("7")

    await desk.does("8", "Tidak", reason="Nama kegiatan salah")  # back to the editing
    assert desk.stands_at == ["7"]
    assert "Nama kegiatan salah" in desk.called("7")
    await desk.does("7")
    await desk.does("8", "Ya")
    await desk.does("9", "Tidak", reason="Suara kurang jelas")  # back to the check
    assert desk.stands_at == ["8"]
    await desk.does("8", "Ya")
    await desk.does("9", "Ya")

    await desk.does("10", "", "https://arsip.example.go.id/pkk")  # handed over and archived
    assert desk.stands_at == ["Rekaman diserahkan dan diarsipkan"]
    assert "https://arsip.example.go.id/pkk" in desk.heard
    assert desk.archive == ["Pelantikan Pengurus PKK 2026-10-20"]
