"""The words of the page of the channels: how each account fares, and what is to be done."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "channels": ("Saluran", "Channels"),
    "channels_hint": (
        "Keadaan setiap akun: kapan terakhir menerima dan mengirim, apa yang tertahan, dan apa yang perlu dilakukan.",
        "How each account fares: when it last received and sent, what is held up, and what is to be done.",
    ),
    "channels_none": ("Unit ini belum memiliki saluran", "This desk has no channel yet"),
    "channels_none_hint": (
        "Tambahkan akun di bagian accounts pada berkas unit.",
        "Add an account under accounts in the desk's file.",
    ),
    "channels_all_good": ("Semua saluran yang aktif berjalan baik.", "All channels that are on work."),
    "channels_some": ("{count} saluran perlu perhatian.", "{count} need looking after."),
    "channel_state_broken": ("Tidak berjalan", "Not working"),
    "channel_state_heed": ("Perlu perhatian", "Needs attention"),
    "channel_state_off": ("Belum aktif", "Off"),
    "channel_state_good": ("Berjalan", "Working"),
    "channel_last_in": ("Terakhir menerima", "Last received"),
    "channel_last_out": ("Terakhir mengirim", "Last sent"),
    "channel_never": ("belum pernah", "never"),
    "channel_before": ("sebelum {moment}", "before {moment}"),
    "channel_waiting": ("Menunggu dikirim", "Waiting to be sent"),
    "channel_waiting_since": ("{count}, terlama {length}", "{count}, longest {length}"),
    "channel_failed": ("Gagal, 7 hari", "Failed, 7 days"),
    "channel_unknown": ("Tidak pasti, 7 hari", "Uncertain, 7 days"),
    "channel_parked": ("Menunggu kontak menulis", "Waiting for the contact to write"),
    "channel_kept": ("Gagal diproses", "Not processed"),
    "channel_templates": ("Templat WhatsApp", "WhatsApp templates"),
    "channel_templates_at": ("diperiksa {moment}", "looked up {moment}"),
    "channel_template_approved": ("disetujui", "approved"),
    "channel_template_pending": ("diperiksa", "pending"),
    "channel_template_rejected": ("ditolak", "rejected"),
    "channel_template_paused": ("dijeda", "paused"),
    "channel_template_disabled": ("dimatikan", "disabled"),
    "channel_reading": ("Pengambilan pesan", "Fetching messages"),
    "channel_reading_yes": ("dijalankan satu proses", "run by one process"),
    "channel_reading_no": ("tidak ada yang menjalankan", "run by nobody"),
    "channel_todo": ("Yang perlu dilakukan", "What to do"),
    "channel_do_set": (
        "Isi {names} di lingkungan layanan, lalu mulai ulang. Sambil menunggu, saluran dapat dicoba dengan tanggap simulate.",
        "Set {names} in the environment of the service and restart it. Until then try it with tanggap simulate.",
    ),
    "channel_do_read": (
        "Pastikan layanan dengan peran workers berjalan: sekarang tidak ada yang mengambil pesan akun ini.",
        "See that a service with the role workers runs: nobody fetches this account's messages now.",
    ),
    "channel_do_mend": (
        "Perbaiki pengaturan akun. Kata penyedianya: {why} Yang tertahan akan berangkat sendiri sesudah itu.",
        "Mend the account's set-up. Its provider says: {why} What is held up leaves by itself afterwards.",
    ),
    "channel_do_send": (
        "Pastikan layanan dengan peran workers berjalan dan terhubung ke internet: antrean tidak bergerak.",
        "See that a service with the role workers runs and reaches the internet: the queue does not move.",
    ),
    "channel_do_replay": (
        "Baca dan proses ulang {count} pesan masuk yang belum dapat diproses.",
        "Read and process again what could not be processed: {count}.",
    ),
    "channel_do_ask": (
        "Pastikan kepada kontak: {count} jawaban mungkin tidak sampai.",
        "Make sure with the contact: {count} answers may not have arrived.",
    ),
    "channel_do_other_way": (
        "Hubungi lewat jalan lain: {count} jawaban gagal terkirim.",
        "Reach them another way: {count} answers failed.",
    ),
    "channel_reconciled": ("Dibandingkan dengan penyedia", "Compared with the provider"),
    "channel_reconciled_what": (
        "hilang: {lost}, baru diambil: {brought}",
        "lost: {lost}, fetched late: {brought}",
    ),
    "channel_reconciled_not": ("belum selesai", "not to the end"),
    "channel_reconciled_span": ("({since} sampai {until})", "({since} to {until})"),
    "channel_do_find": (
        "{count} pesan ada di daftar penyedia dan tidak dapat diambil: lihat langsung di sana",
        "{count} messages are on the provider's list and could not be fetched: look at them there",
    ),
    "channel_do_compare": (
        "Daftar penyedia belum dapat dibandingkan: {why}",
        "The provider's list could not be compared: {why}",
    ),
    "channel_do_list": (
        "Daftar templat tidak dapat diambil: {why}",
        "The list of templates cannot be had: {why}",
    ),
    "channel_do_reword": (
        "Perbaiki {count} templat yang ditolak, lalu ajukan lagi kepada penyedianya.",
        "Reword {count} rejected templates and hand them in again at the provider.",
    ),
}
