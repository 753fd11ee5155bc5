"""The words of the page on which supervisors verify what is solved."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "verification": ("Verifikasi", "Verification"),
    "verified_many": ("{count} tiket diverifikasi.", "{count} verified."),
    "not_verified_many": (
        "{count} tidak: tiket Anda sendiri, atau tidak lagi selesai.",
        "{count} not: your own work, or no longer solved.",
    ),
    "drawn": ("sampel", "sample"),
    "solved_when": ("selesai {when}", "solved {when}"),
    "asked": ("Ditanyakan", "Asked"),
    "answered": ("Dijawab", "Answered"),
    "answered_nothing": ("Tidak ada jawaban tertulis.", "There is no written answer."),
    "decision": ("Keputusan", "Decision"),
    "own_work": (
        "Tiket ini Anda tangani sendiri, sehingga supervisor lain yang memverifikasi.",
        "This is your own work, so another supervisor verifies it.",
    ),
    "next_one": ("Berikutnya", "Next"),
    "what_is_missing": ("Apa yang perlu diperbaiki", "What is missing"),
    "send_back": ("Kembalikan ke petugas", "Send back"),
    "send_back_hint": (
        "Tiket dibuka lagi dan petugasnya diberi tahu; kontak tidak.",
        "The ticket is open again and its agent is told; the contact is not.",
    ),
    "queue": ("Antrean ({count})", "Queue ({count})"),
    "choose_all": ("Pilih semua", "Choose all"),
    "verify_chosen": ("Verifikasi yang dipilih", "Verify those chosen"),
    "nothing_to_verify": ("Tidak ada yang menunggu verifikasi", "Nothing waits for verification"),
    "nothing_to_verify_hint": (
        "Tiket yang diselesaikan petugas muncul di sini dengan sendirinya.",
        "What agents solve appears here by itself.",
    ),
}
