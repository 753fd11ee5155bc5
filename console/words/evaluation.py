"""The words of the page of the self-evaluation."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "evaluation": ("Evaluasi diri", "Self-evaluation"),
    "evaluation_hint": (
        "Laporan Evaluasi Diri satu tahun: angkanya dibaca dari tiket, teksnya Anda tulis di sini dan terbawa ke tahun berikutnya.",
        "The self-evaluation report of a year: its figures are read from the tickets, its texts are written here and carried into the next years.",
    ),
    "evaluation_year": ("Tahun {year}", "Year {year}"),
    "evaluation_runs": ("Tahun ini masih berjalan.", "This year still runs."),
    "evaluation_take_docx": ("Buat berkas Word", "Make a Word file"),
    "evaluation_take_pdf": ("Buat PDF", "Make a PDF"),
    "evaluation_wanted": ("Untuk ditulis: {what}.", "To be written: {what}."),
    "evaluation_missing": ("belum ditulis", "not written yet"),
    "evaluation_carried": ("dibawa dari {year}", "carried over from {year}"),
    "evaluation_written": ("Ditulis oleh {who}, {moment}", "Written by {who}, {moment}"),
    "evaluation_versions": ("Versi sebelumnya ({count})", "Earlier versions ({count})"),
    "evaluation_text": ("Teks", "Text"),
    "evaluation_save": ("Simpan", "Save"),
    "evaluation_disputed": (
        "Belum tersimpan, karena orang lain menulis pada saat yang sama: {chapters}. Yang lain sudah tersimpan.",
        "Not kept yet, for somebody else has written at the same time: {chapters}. Everything else is kept.",
    ),
    "evaluation_theirs": ("{who} menulis ini pada {moment}:", "{who} wrote this, {moment}:"),
    "evaluation_yours": (
        "Teks Anda ada di bawah. Gabungkan keduanya, lalu simpan; versi sebelumnya tetap ada.",
        "Your text is below. Bring both together, then save; the earlier version stays.",
    ),
    "evaluation_indicators": (
        "Indikator kinerja utama ditetapkan di pengaturan:",
        "The main indicators are set in the settings:",
    ),
    "trail_export_annual": ("evaluasi diri", "the self-evaluation"),
    "trail.evaluation.written": ("Teks evaluasi diri ditulis", "Text of the self-evaluation written"),
}
