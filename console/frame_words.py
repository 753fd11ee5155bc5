"""The words of the frame around every page: where one can go, who one is, how it looks, what the keys do."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "inbox": ("Kotak masuk", "Inbox"),
    "people": ("Anggota", "People"),
    "log_out": ("Keluar", "Log out"),
    "other_language": ("English", "Bahasa Indonesia"),
    "skip": ("Langsung ke isi", "Skip to content"),
    "nav": ("Menu utama", "Main menu"),
    "nav_work": ("Kerja", "Work"),
    "nav_oversight": ("Pengawasan", "Oversight"),
    "nav_settings": ("Pengaturan", "Settings"),
    "nav_more": ("Menu", "Menu"),
    "close": ("Tutup", "Close"),
    "theme": ("Tampilan", "Appearance"),
    "theme_auto": ("Ikut perangkat", "As the device"),
    "theme_light": ("Terang", "Light"),
    "theme_dark": ("Gelap", "Dark"),
    "speak_language": ("Bahasa", "Language"),
    "connection_lost": (
        "Sambungan terputus. Halaman ini menyambung kembali dengan sendirinya; yang sedang Anda ketik tetap ada.",
        "The connection is lost. This page connects again by itself, and keeps what you are typing.",
    ),
    # the palette
    "palette": ("Palet perintah", "Command palette"),
    "palette_open": ("Cari cepat", "Quick find"),
    "palette_hint": ("Halaman, tindakan, atau #nomor", "A page, an act, or #number"),
    "palette_nothing": ("Tidak ada yang cocok.", "Nothing fits."),
    "palette_acts": ("Tindakan", "Act"),
    "palette_pages": ("Halaman", "Page"),
    "palette_search": ("Cari “…” di semua tiket", "Search all tickets for “…”"),
    "palette_ticket": ("Buka tiket #0", "Open ticket #0"),
    # the keys
    "keys": ("Pintasan papan tik", "Keyboard shortcuts"),
    "keys_everywhere": ("Di semua halaman", "Everywhere"),
    "keys_lists": ("Pada daftar", "In lists"),
    "keys_ticket": ("Pada tiket", "On a ticket"),
    "keys_help": ("Tampilkan daftar ini", "Show this list"),
    "keys_next": ("Baris berikutnya", "Next line"),
    "keys_before": ("Baris sebelumnya", "Line before"),
    "keys_open": ("Buka", "Open"),
    "keys_mark": ("Tandai baris", "Tick the line"),
    "keys_reply": ("Tulis balasan", "Write an answer"),
    "keys_wait": ("Tandai menunggu kontak", "Wait for the contact"),
    "keys_solve": ("Tutup tiket", "Solve it"),
    "keys_back": ("Kembali ke kotak masuk", "Back to the inbox"),
    "keys_single": ("Pakai pintasan satu tombol", "Use single-key shortcuts"),
    "keys_single_hint": (
        "Matikan bila Anda mendikte atau sering menekan tombol tanpa sengaja. Ctrl K tetap berlaku.",
        "Switch them off if you dictate, or press keys by accident. Ctrl K goes on working.",
    ),
}
