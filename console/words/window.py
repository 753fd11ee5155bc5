"""The words of the pages about WhatsApp's 24 hours and its approved templates."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "window_open": (
        "WhatsApp: bebas menulis sampai {moment} (sisa {left}).", "WhatsApp: free text until {moment} ({left} left).",
    ),
    "window_closed": (
        "Jendela 24 jam WhatsApp sudah tertutup. Jawaban Anda menunggu dan terkirim sendiri begitu kontak menulis.",
        "WhatsApp's 24 hours are over. Your answer waits, and goes out by itself when the contact writes.",
    ),
    "window_knocked": ("Templat dikirim {moment}.", "A template was sent {moment}."),
    "window_waiting": ("Menunggu kontak: {count} jawaban.", "Waiting for the contact: {count}."),
    "knock": ("Kirim templat agar kontak menulis", "Send the template that asks for a word"),
    "withdraw_waiting": ("Tarik jawaban yang menunggu", "Take back what waits"),
    "parked": ("menunggu kontak", "waits for the contact"),
    "refused_knocked": (
        "Templat sudah dikirim, dan kontak belum menulis sejak itu.",
        "The template was sent, and the contact has not written since.",
    ),
    "refused_window_open": (
        "Templat tidak diperlukan: kontak ini masih dapat dijawab bebas.",
        "No template is needed: this contact can still be answered in free words.",
    ),
    "refused_nothing_waits": (
        "Tidak ada jawaban yang menunggu kontak pada tiket ini.", "No answer waits for the contact on this ticket.",
    ),
    "refused_template_unusable": (
        "Templat tidak dapat dikirim: unit belum menetapkannya, atau WhatsApp belum menyetujui, menjeda, atau menolaknya.",
        "The template cannot be sent: the desk names none, or WhatsApp has not approved it, paused or rejected it.",
    ),
    "event.delivery.parked": ("Menunggu kontak menulis", "Waits for the contact to write"),
    "event.delivery.released": ("Dilepas: kontak menulis", "Released: the contact wrote"),
    "event.contact.knocked": ("Templat dikirim agar kontak menulis", "A template asked the contact for a word"),
    "event.alert.undelivered": ("Pemberitahuan kepada petugas tidak sampai", "A notice to the desk's people was not delivered"),
    "catalogue_templates": ("Templat WhatsApp", "WhatsApp templates"),
    "templates_hint": (
        "Yang boleh dikirim setelah 24 jam. Penyedia menyetujuinya; Tanggap memeriksanya sebelum mengirim.",
        "What may be sent after 24 hours. The provider approves it; Tanggap checks it before sending.",
    ),
    "template_fault_unnamed": ("namanya di penyedia belum diisi", "its name at the provider is not set"),
    "template_fault_missing": ("tidak ada pada penyedia", "the provider has none of that name"),
    "template_fault_pending": ("belum disetujui", "not approved yet"),
    "template_fault_rejected": ("ditolak", "rejected"),
    "template_fault_paused": ("dijeda", "paused"),
    "template_fault_disabled": ("dinonaktifkan", "disabled"),
    "template_fault_variables": ("variabelnya berbeda", "its variables differ"),
    "template_fine": ("dapat dikirim", "can be sent"),
    "template_of_reply": ("Balasan {reply}", "Reply {reply}"),
    "template_purpose": ("dipakai untuk {purpose}", "used for {purpose}"),
    "templates_fetched": ("Diambil dari penyedia {moment}.", "Fetched from the provider {moment}."),
    "templates_never": ("Belum pernah diambil dari penyedia.", "Never fetched from the provider."),
    "templates_error": ("Terakhir gagal diambil: {error}", "Could not be fetched the last time: {error}"),
    "templates_refresh": ("Ambil lagi", "Fetch again"),
    "templates_none": ("Tidak ada templat pada akun ini.", "This account has no templates."),
    "template_state_approved": ("disetujui", "approved"),
    "template_state_pending": ("menunggu persetujuan", "pending"),
    "template_state_rejected": ("ditolak", "rejected"),
    "template_state_paused": ("dijeda", "paused"),
    "template_state_disabled": ("dinonaktifkan", "disabled"),
}  # fmt: skip
