"""POS 024/IT1.B04.3/OT/SOP-PB/2022, numbers 1 to 17: the studio, from the letter of request to the product."""

import pytest

from tests.acceptance.sop_desk import SopDesk, paper

LETTER, PROOF = paper("surat-permohonan.pdf"), paper("bukti-transfer.pdf")


@pytest.fixture
def desk(ledger):
    return SopDesk(ledger, "itb-studio")


async def applies(desk, *, date="20 oktober"):
    """1. Pemohon applies with a letter."""
    await desk.is_asked_for(
        "mau ajukan studio", "Kuliah Umum AI", "Fakultas Teknik", "Rekaman di studio", date, "09.00", "12.00", "lewati", LETTER
    )  # fmt: skip
    assert desk.stands_at == ["2"]


async def test_the_studio_from_the_letter_to_the_product(desk):
    await applies(desk)
    await desk.does("2", "", "AG-2026-101")  # Sekretariat registers it in the E-Office
    assert "nomor agenda AG-2026-101" in desk.heard
    await desk.answers_by_mail("3", "Setuju.")  # Direktur approves, by mail
    await desk.answers_by_mail("4", "selesai")  # … and hands it to the content team
    assert desk.papers == ["Lembar Disposisi 001/DISP/B04.3/2026 issued"]
    await desk.does("5", "Tersedia")  # Seksi Pembangunan Konten: schedule and facilities are free
    assert desk.bookings == ["studio 2026-10-20 09:00–12:00 firm"]
    await desk.does("6", "", "Nadia Puspita\nTeguh Wibisono")  # Sekretariat drafts both letters
    await desk.answers_by_mail("7", "Kembalikan untuk diperbaiki: nama kegiatan kurang lengkap")
    assert desk.stands_at == ["6"]
    await desk.does("6", "", "Nadia Puspita\nTeguh Wibisono")
    await desk.answers_by_mail("7", "Tanda tangan")  # Direktur signs both
    assert desk.papers[1:] == [
        "Surat Balasan 001/IT1.B04.3/TU/X/2026 issued",
        "Surat Tugas 001/IT1.B04.3/ST/X/2026 issued",
    ]
    await desk.does("8")  # Sekretariat sends the reply
    assert desk.was_told("dapat kami layani")
    assert "Sekarang giliran Anda" in desk.heard
    await desk.telegrams("Baik, terima kasih. Apakah mikrofonnya dua?")  # a question ends nothing
    assert desk.stands_at == ["9"]
    await desk.presses("Sudah selesai")  # Pemohon has coordinated administration and technical matters

    await desk.does("10", "Berbayar")  # Sekretariat decides: paid
    assert "Invoice yang akan dibuat: Rp1.050.000" in desk.heard_by(desk.whose("11"))[-1]
    await desk.does("11")  # … and sends the invoice: three hours and two people
    assert desk.was_told("Rp1.050.000")
    await desk.telegrams("Ini bukti transfernya", files=(PROOF,))  # 12. Pemohon pays, and hands in the proof
    await desk.checks_payment()
    assert desk.stands_at == ["13"]

    await desk.does("13")  # Seksi Pembangunan Konten prepares the studio
    await desk.does("14", "Di luar jam kerja")  # … and gives the service, beyond the working hours
    await desk.does("15", "", "2", "3")  # Sekretariat: the invoice for two people, three hours
    assert desk.was_told("Rp300.000")
    await desk.telegrams("Bukti lemburnya", files=(paper("bukti-lembur.pdf", b"%PDF-1.4 lembur"),))  # 16.
    await desk.checks_payment()
    await desk.does("17", "", "https://studio.example.ac.id/kuliah-umum")
    assert desk.stands_at == ["Produk diserahkan"]
    assert "https://studio.example.ac.id/kuliah-umum" in desk.heard
    assert desk.archive == ["Kuliah Umum AI 2026-10-20"]


async def test_what_is_not_approved_or_not_free_ends_with_a_reason(desk):
    await applies(desk)
    await desk.does("2", "", "AG-2026-102")
    await desk.answers_by_mail("3", "Tidak setuju: bertepatan dengan ujian")
    assert desk.stands_at == ["Tidak disetujui"]
    assert "bertepatan dengan ujian" in desk.heard
    assert desk.bookings == []

    await applies(desk)
    await desk.does("2", "", "AG-2026-103")
    await desk.answers_by_mail("3", "setuju")
    await desk.answers_by_mail("4", "selesai")
    await desk.does("5", "Tidak tersedia", reason="Kamera sedang diperbaiki.")
    assert desk.stands_at == ["Jadwal tidak tersedia"]
    assert "Kamera sedang diperbaiki." in desk.heard
