"""The words of notifications on one's own devices."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "devices": ("Pemberitahuan", "Notifications"),
    "devices_hint": (
        (
            "Untuk tiket Anda: pesan baru, tiket yang menjadi milik Anda, serta batas waktu yang dekat atau terlewati. Yang "
            "tampil hanya nomor tiket dan kejadiannya."
        ),
        (
            "For your own tickets: new messages, tickets that become yours, due times that are close or missed. Nothing "
            "shows but the ticket's number and what happened."
        ),
    ),
    "device_turn_on": ("Nyalakan di peramban ini", "Turn on in this browser"),
    "device_on_here": ("Menyala di peramban ini.", "On in this browser."),
    "device_scriptless": (
        "Untuk menyalakannya, JavaScript perlu diizinkan.",
        "Turning it on needs JavaScript.",
    ),
    "device_insecure": (
        "Peramban hanya mengizinkan pemberitahuan melalui https. Mohon hubungi administrator.",
        "Browsers allow notifications over https alone. Please ask the administrator.",
    ),
    "device_unable": (
        "Peramban ini tidak dapat menerima pemberitahuan.",
        "This browser cannot take notifications.",
    ),
    "device_install_first": (
        "Di iPhone dan iPad, pasang dahulu Tanggap: Bagikan, lalu Tambahkan ke Layar Utama. Setelah itu, buka dari sana.",
        "On iPhone and iPad install Tanggap first: Share, then Add to Home Screen. Then open it from there.",
    ),
    "device_blocked": (
        "Pemberitahuan diblokir untuk situs ini. Izinkan di pengaturan peramban, lalu coba lagi.",
        "Notifications are blocked for this site. Allow them in the settings of the browser, then try again.",
    ),
    "device_failed": (
        "Layanan pemberitahuan peramban ini tidak dapat dihubungi. Mohon coba sebentar lagi.",
        "The push service of this browser cannot be reached. Please try again in a moment.",
    ),
    "device_since": ("menyala sejak {at}", "on since {at}"),
    "device_told": ("terakhir terkirim {at}", "last told {at}"),
    "device_failing": ("gagal sejak {at}", "failing since {at}"),
    "device_try": ("Coba", "Test"),
    "device_turn_off": ("Matikan", "Turn off"),
    "device_refused": (
        "Peramban ini memberi alamat yang tidak dapat dipakai.",
        "This browser gave an address that cannot be used.",
    ),
    "saved_device_on": (
        "Pemberitahuan menyala di peramban ini.",
        "Notifications are on in this browser.",
    ),
    "saved_device_off": (
        "Pemberitahuan di peramban itu telah dimatikan.",
        "Notifications in that browser were turned off.",
    ),
    "saved_device_try": (
        "Pemberitahuan percobaan sedang dikirim. Bila belum tampil dalam semenit, periksa izin pemberitahuan perangkat.",
        "A notification is on its way. If nothing shows within a minute, look after the device's permissions.",
    ),
}
