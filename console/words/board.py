"""The words of the supervisors' board."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "board": ("Papan", "Board"),
    "board_title": ("Papan supervisor", "Supervisors' board"),
    "board_hint": (
        "Yang perlu diperhatikan sekarang. Setiap angka membuka daftar tiketnya.",
        "What is to be looked after now. Each figure opens the list of its tickets.",
    ),
    "board_open": ("Buka papan", "Open the board"),
    "board_pressing": ("Mendesak", "Pressing"),
    "board_other": ("Perlu dirapikan", "To be put in order"),
    "board_all_done": ("Semua sudah tertangani", "Everything is taken care of"),
    "board_all_done_hint": (
        "Tidak ada yang menunggu, terlambat, atau gagal. Angka bulan ini ada di bawah.",
        "Nothing waits, is late or has failed. The month's figures are below.",
    ),
    "board_first": ("Tangani lebih dahulu", "Look after these first"),
    "board_first_all": ("Semua yang terlambat", "All that is overdue"),
    "board_first_none": (
        "Tidak ada tiket yang terlambat atau hampir terlambat.",
        "No ticket is overdue or about to be.",
    ),
    "board_people": ("Anggota yang bertugas", "Who is at work"),
    "board_people_all": ("Atur anggota", "Manage people"),
    "board_people_none": ("Belum ada petugas di unit ini.", "This desk has no agents yet."),
    "board_room": ("longgar {count}", "room for {count}"),
    "board_full": ("penuh", "full"),
    "board_verify": ("Menunggu verifikasi", "Waits for verification"),
    "board_verify_some": ("{count} tiket selesai, belum diperiksa", "{count} solved, not looked at yet"),
    "board_verify_drawn": (
        "{count} di antaranya terpilih sebagai sampel",
        "{count} of them drawn as a sample",
    ),
    "board_verify_none": (
        "Tidak ada tiket yang menunggu verifikasi.",
        "No ticket waits for verification.",
    ),
    "board_verify_now": ("Mulai verifikasi", "Begin verifying"),
    "board_month_all": ("Statistik bulan ini", "Statistics of this month"),
    "board_breaches": ("Janji yang terlewat bulan ini", "Promises missed this month"),
    "board_matcher": ("Usulan kategori", "Suggested categories"),
    "board_matcher_right": ("Usulan yang tepat", "Suggestions that were right"),
    "board_matcher_judged": (
        "dari {judged} usulan terakhir yang dinilai",
        "of the last {judged} that were judged",
    ),
    "board_matcher_none": ("Belum ada usulan yang dinilai.", "No suggestion has been judged yet."),
    "board_matcher_open": (
        "Jawaban otomatis terbuka mulai skor {score}%.",
        "Automatic answers go out from a score of {score}%.",
    ),
    "board_matcher_closed": ("Jawaban otomatis belum terbuka.", "Automatic answers are not open yet."),
    "board_matcher_all": ("Mutu usulan", "Quality of suggestions"),
    "board_channels_all": ("Semua saluran", "All channels"),
    "for_long": ("terlama {length}", "longest {length}"),
    "solved_in_time": ("Selesai dalam {within}", "Solved within {within}"),
    "share_categorised": ("Berkategori", "With a category"),
    "tickets_in": ("Tiket {month}", "Tickets in {month}"),
    "figure_empty": ("Tidak ada tiket di sini", "No tickets here"),
    "figure_empty_hint": ("Bagian ini sudah tertangani.", "This is taken care of."),
    "figure_many": ("{count} tiket, yang paling lama lebih dahulu.", "{count} tickets, the oldest first."),
    "kept_hint": (
        "Pesan ini diterima dan disimpan utuh, tetapi belum dapat diproses. Unduh untuk membacanya, atau proses ulang.",
        "These came in and are kept whole, but could not be processed. Download one to read it, or process it again.",
    ),
    "kept_again": ("Proses ulang", "Process again"),
    "kept_raw": ("Unduh aslinya", "Download the original"),
    "kept_unknown": ("belum diproses", "not processed yet"),
}
