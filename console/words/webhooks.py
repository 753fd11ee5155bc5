"""The words of the page of webhooks."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "webhooks": ("Webhook", "Webhooks"),
    "webhooks_hint": (
        "Program lain yang diberi tahu tentang kejadian di unit ini. Alamat dan jenis kejadiannya diatur pada pengaturan unit.",
        "Programs that are told what happens at the desk. Addresses and events are set in the desk's settings.",
    ),
    "webhook_none": ("Belum ada webhook", "No webhooks yet"),
    "webhook_none_hint": (
        "Tambahkan pada pengaturan unit, atau sebagai pelacak isu sebuah tim.",
        "Add them in the desk's settings, or as a team's tracker.",
    ),
    "tracker_of": ("Pelacak isu {team}", "Tracker of {team}"),
    "webhook_on": ("aktif", "on"),
    "webhook_off": ("mati", "off"),
    "webhook_failing": ("gagal", "failing"),
    "webhook_paused": ("dijeda", "paused"),
    "webhook_identity_masked": ("NIM/NIP disamarkan", "NIM/NIP masked"),
    "webhook_identity_full": ("NIM/NIP ditampilkan", "NIM/NIP shown"),
    "webhook_off_hint": (
        "Rahasianya belum diisi di lingkungan, sehingga tidak ada yang dikirim.",
        "Its secret is not set in the environment, so nothing is sent.",
    ),
    "webhook_paused_failing": (
        "Dijeda {at}, setelah sehari penuh gagal. Periksa penerimanya, lalu lanjutkan.",
        "Paused {at}, after failing for a whole day. Look after the receiver, then let it run again.",
    ),
    "webhook_paused_gone": (
        "Dijeda {at}: penerimanya menjawab bahwa alamat itu tidak dipakai lagi (410).",
        "Paused {at}: the receiver answers that the address is no longer in use (410).",
    ),
    "webhook_failing_since": (
        "Gagal sejak {at}. Dicoba lagi dengan sendirinya.",
        "Failing since {at}. It is tried again by itself.",
    ),
    "webhook_waiting": ("Menunggu: {many}", "Waiting: {many}"),
    "webhook_given_up": ("dihentikan: {many}", "given up: {many}"),
    "webhook_test": ("Kirim percobaan", "Send a test"),
    "webhook_resume": ("Lanjutkan", "Let it run again"),
    "webhook_again": ("Kirim ulang", "Send again"),
    "webhook_tries": ("Kiriman terakhir", "Last tries"),
    "webhook_when": ("Waktu", "When"),
    "webhook_what": ("Kejadian", "Event"),
    "webhook_answer": ("Jawaban", "Answer"),
    "webhook_took": ("Lama", "Took"),
    "webhook_refused": (
        "Itu tidak dapat dilakukan sekarang. Kiriman mungkin sedang berjalan.",
        "That cannot be done now. It may be on its way at this moment.",
    ),
}
