"""The words of the page of monthly reports."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "reports": ("Laporan", "Reports"),
    "reports_hint": (
        "Laporan bulanan yang siap diteruskan: dibuat di sini, atau datang sendiri setelah bulan berakhir, dan tersimpan di arsip.",
        "Monthly reports ready to be handed on: made here, or arriving by themselves after the month, and kept in the archive.",
    ),
    "reports_make": ("Buat laporan", "Make a report"),
    "reports_make_hint": (
        "Laporan disiapkan di latar belakang lalu tersimpan di arsip; Anda dapat meninggalkan halaman ini.",
        "The report is made in the background and kept in the archive; you can leave this page.",
    ),
    "reports_month": ("Bulan", "Month"),
    "reports_format": ("Format", "Format"),
    "reports_format_xlsx": ("Excel (xlsx)", "Excel (xlsx)"),
    "reports_format_pdf": ("PDF", "PDF"),
    "reports_format_csv": ("CSV", "CSV"),
    "reports_format_jsonl": ("JSON Lines", "JSON Lines"),
    "reports_format_docx": ("Word (docx)", "Word (docx)"),
    "reports_format_poster": ("Lembar publikasi (PDF)", "Sheet to hang up (PDF)"),
    "reports_language": ("Bahasa laporan", "Language of the report"),
    "reports_language_id": ("Indonesia", "Indonesian"),
    "reports_language_en": ("Inggris", "English"),
    "reports_every_team": ("Semua tim", "All teams"),
    "reports_every_category": ("Semua kategori", "All categories"),
    "reports_identities": ("Tulis nomor identitas secara utuh", "Write identity numbers out"),
    "reports_done_reopened": (
        "Bulan sudah dibuka kembali. Laporan yang dulu tetap ada di arsip.",
        "The month is open again. The earlier report stays in the archive.",
    ),
    "reports_bad_month": (
        "Bulan itu tidak dapat dilaporkan: tulis tahun dan bulan, misalnya 2026-10, dan bukan bulan yang belum dimulai.",
        "That month cannot be reported: write year and month, such as 2026-10, and none that has not begun.",
    ),
    "reports_bad_part": (
        "Tim atau kategori itu tidak ada di unit ini.",
        "This desk has no such team or category.",
    ),
    "reports_still_running": (
        "Bulan itu belum berakhir; bulan ditutup setelah berakhir.",
        "That month is not over yet; a month is closed once it is.",
    ),
    "reports_closed_already": ("Bulan itu sudah ditutup.", "That month is closed already."),
    "reports_not_closed": ("Bulan itu tidak sedang ditutup.", "That month is not closed."),
    "reports_unwritable": (
        "Laporan tidak dapat disimpan: ruang penyimpanan server penuh atau tidak dapat ditulisi.",
        "The report cannot be kept: the server's disk is full, or not to be written to.",
    ),
    "reports_closing": ("Penutupan bulan", "Closing a month"),
    "reports_closing_hint": (
        "Angka pada saat penutupan disimpan. Tiket tetap dapat dikerjakan; laporan yang dibuat sesudahnya menyebut angka yang berubah dan sebabnya.",
        "The figures are kept as they are then. Tickets can still be worked on; a report made later says which figures have changed, and why.",
    ),
    "reports_close": ("Tutup {month}", "Close {month}"),
    "reports_reopen": ("Buka kembali", "Reopen"),
    "reports_closed_by": ("Ditutup oleh {name}, {moment}", "Closed by {name}, {moment}"),
    "reports_reopened_by": ("dibuka kembali oleh {name}, {moment}", "reopened by {name}, {moment}"),
    "reports_as_closed": ("Laporan saat ditutup", "Report as closed"),
    "reports_archive": ("Arsip laporan", "Archive"),
    "reports_made_by": ("Dibuat oleh {name}, {moment}", "Made by {name}, {moment}"),
    "reports_arrived": ("Datang sendiri, {moment}", "Arrived by itself, {moment}"),
    "reports_told": ("ditujukan kepada {count} orang", "addressed to people: {count}"),
    "reports_told_nobody": (
        "tidak ada supervisor yang dapat dihubungi",
        "no supervisor could be reached",
    ),
    "reports_discarded": (
        "Masa simpannya habis; berkasnya dihapus {moment}.",
        "Kept for long enough; its file was deleted {moment}.",
    ),
    "reports_wait": (
        "Laporan {months} belum sampai kepada siapa pun: tidak ada supervisor yang dapat dihubungi. Laporan tersimpan di arsip dan dikirim begitu ada yang dapat dihubungi; mohon lengkapi alamat mereka.",
        "The report of {months} has reached nobody: no supervisor can be reached. It lies in the archive, and goes out as soon as one can be; please complete their addresses.",
    ),
    "reports_with_identities": ("nomor identitas utuh", "whole identity numbers"),
    "reports_occasion_closed": ("penutupan", "closing"),
    "reports_occasion_arrived": ("otomatis", "by itself"),
    "reports_take": ("Unduh", "Download"),
    "reports_none": ("Belum ada laporan di arsip", "No reports in the archive yet"),
    "reports_none_hint": (
        "Buat laporan di atas, atau tunggu laporan bulan ini datang setelah bulan berakhir.",
        "Make one above, or wait for this month's to arrive once it is over.",
    ),
}
