"""The words of the surveys of satisfaction."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "survey_card": ("Survei kepuasan", "Satisfaction survey"),
    "survey_score": ("{score} dari {best}", "{score} of {best}"),
    "survey_no_answer": ("Sudah ditanyakan, belum dijawab.", "Asked, not answered yet."),
    "survey_withheld_window": (
        "Tidak dapat ditanyakan: jendela 24 jam WhatsApp sudah tertutup.",
        "Could not be asked: WhatsApp's 24 hours were over.",
    ),
    "survey_finding": ("Nilai rendah, menunggu tindak lanjut.", "A low score that waits for a follow-up."),
    "survey_what_was_done": ("Apa yang sudah dilakukan", "What was done"),
    "survey_close_finding": ("Catat tindak lanjut", "Note the follow-up"),
    "survey_followed_up": ("Ditindaklanjuti {who}, {moment}:", "Followed up by {who}, {moment}:"),
    "surveys": ("Survei", "Surveys"),
    "surveys_month": ("Bulan", "Month"),
    "surveys_before": ("Bulan sebelumnya", "Month before"),
    "surveys_after": ("Bulan berikutnya", "Next month"),
    "surveys_mean": ("Rata-rata", "Mean"),
    "surveys_answered": ("Dijawab", "Answered"),
    "surveys_satisfied": ("Puas", "Satisfied"),
    "surveys_waiting": ("Perlu tindak lanjut", "To be followed up"),
    "surveys_of": ("dari {best}", "of {best}"),
    "surveys_withheld": (
        "{many} kontak tidak dapat ditanya karena jendela 24 jam WhatsApp sudah tertutup.",
        "{many} contacts could not be asked, for WhatsApp's 24 hours were over.",
    ),
    "surveys_distribution": ("Sebaran nilai", "Distribution"),
    "surveys_answers": ("Jawaban, nilai rendah lebih dulu", "Answers, low scores first"),
    "surveys_more": (
        "Ditampilkan {shown} dari {all} jawaban; selengkapnya dalam laporan XLSX di atas.",
        "{shown} of {all} answers are shown; all of them are in the XLSX report above.",
    ),
    "surveys_no_answers": ("Belum ada jawaban.", "No answers yet."),
    "surveys_none": ("Belum ada yang ditanya", "Nobody was asked"),
    "surveys_none_hint": (
        "Kontak ditanya saat tiketnya diselesaikan.",
        "Contacts are asked when their tickets are solved.",
    ),
}
