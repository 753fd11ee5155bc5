"""The words for how a ticket stands: its clocks, its status, its channel."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "left": ("{length} lagi", "{length} left"),
    "late": ("terlambat {length}", "{length} late"),
    "paused": ("menunggu kontak", "paused"),
    "met": ("tercapai", "met"),
    "met_late": ("tercapai terlambat", "met late"),
    "ended": ("berakhir", "ended"),
    "due": ("tenggat {moment}", "due {moment}"),
    "first_response": ("Jawaban pertama", "First response"),
    "next_response": ("Jawaban berikutnya", "Next response"),
    "resolution": ("Penyelesaian", "Resolution"),
    "second_line": ("Lini kedua", "Second line"),
    "new": ("baru", "new"),
    "open": ("dikerjakan", "open"),
    "waiting": ("menunggu kontak", "waiting"),
    "solved": ("selesai", "solved"),
    "closed": ("ditutup", "closed"),
    "whatsapp": ("WhatsApp", "WhatsApp"),
    "telegram": ("Telegram", "Telegram"),
    "email_channel": ("Surel", "Email"),
    "webchat": ("Obrolan web", "Web chat"),
    "other": ("Telepon/loket", "Phone/counter"),
}
