"""The words of answers that go later."""

PHRASES = {
    "later": ("Kirim nanti…", "Send later…"),
    "later_soon": ("Satu jam lagi", "In an hour"),
    "later_opening": ("Saat kantor buka", "When the office opens"),
    "later_at": ("Waktu lain", "Another time"),
    "later_do": ("Jadwalkan", "Schedule"),
    "later_then_wait": ("Lalu tunggu jawaban kontak", "Then wait for the contact"),
    "later_despite": (
        "Kirim juga bila kontak menulis lagi sebelum itu",
        "Send also if the contact writes before that",
    ),
    "later_hint": (
        "Ditahan, dan Anda diberi tahu, bila kontak menulis, rekan menjawab, tiket selesai, atau tiket berpindah tangan.",
        "Held, and you are told, if the contact writes, a colleague answers, the ticket is solved or changes hands.",
    ),
    "later_counts": (
        "Waktu respons baru terhitung saat jawaban terkirim.",
        "It counts as a response only when it goes.",
    ),
    "later_when": ("Pilih waktu pengirimannya.", "Choose when it is to go."),
    "later_note": (
        "Catatan tidak dikirim ke mana pun, jadi tidak dapat dijadwalkan.",
        "A note is sent to nobody, so it cannot be scheduled.",
    ),
    "scheduled": ("Jawaban terjadwal", "Scheduled answers"),
    "scheduled_label": ("Terjadwal", "Scheduled"),
    "scheduled_mark": ("dijadwalkan", "scheduled"),
    "scheduled_held_mark": ("◷ ditahan", "◷ held"),
    "scheduled_goes": ("Dikirim {moment}", "Goes {moment}"),
    "scheduled_waits": ("lalu menunggu kontak", "then waits for the contact"),
    "scheduled_despite": ("juga bila kontak menulis", "also if the contact writes"),
    "scheduled_window": (
        "Saat itu jendela 24 jam WhatsApp sudah tertutup, kecuali kontak menulis lagi.",
        "By then WhatsApp's 24 hours are over, unless the contact writes again.",
    ),
    "scheduled_held": (
        "Belum dikirim: {why}. Kirim sekarang, ubah waktunya, atau batalkan.",
        "Not sent: {why}. Send it now, change its time, or cancel it.",
    ),
    "scheduled_send": ("Kirim sekarang", "Send now"),
    "scheduled_change": ("Ubah", "Change"),
    "scheduled_cancel": ("Batalkan pengiriman", "Do not send"),
    "why_contact": ("kontak sudah menulis lagi", "the contact has written again"),
    "why_colleague": ("rekan sudah menjawab kontak", "a colleague has answered the contact"),
    "why_over": ("tiketnya sudah selesai", "the ticket is solved"),
    "why_assigned": ("tiketnya kini dipegang orang lain", "somebody else has the ticket now"),
    "why_window": ("jendela 24 jam WhatsApp tertutup", "WhatsApp's 24 hours are over"),
    "why_rights": (
        "penulisnya tidak lagi dapat menjawab tiket ini",
        "its author cannot answer on this ticket any more",
    ),
    "why_refused": ("kontak tidak dapat dihubungi", "the contact cannot be written to"),
    "event.answer.scheduled": ("Jawaban dijadwalkan untuk {due}", "Answer scheduled for {due}"),
    "event.answer.rescheduled": (
        "Jawaban terjadwal diubah, dikirim {due}",
        "Scheduled answer changed, goes {due}",
    ),
    "event.answer.held": ("Jawaban terjadwal ditahan: {why}", "Scheduled answer held: {why}"),
    "event.answer.cancelled": ("Jawaban terjadwal dibatalkan", "Scheduled answer cancelled"),
}
