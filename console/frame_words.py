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
}
