"""The words of answers that go later."""

PHRASES = {
    "later": ("Kirim nanti…", "Send later…"),
    "later_soon": ("Satu jam lagi", "In an hour"),
    "later_opening": ("Saat kantor buka", "When the office opens"),
    "later_at": ("Waktu lain", "Another time"),
    "later_do": ("Jadwalkan", "Schedule"),
    "later_then": ("Sesudah terkirim", "When it has gone"),
    "later_then_open": ("tiket tetap dikerjakan", "the ticket stays to be done"),
    "later_then_wait": ("tunggu jawaban kontak", "wait for the contact"),
    "later_then_solve": ("selesaikan tiket", "solve the ticket"),
    "later_then_category": (
        "Untuk sekaligus menyelesaikan tiket, pilih kategorinya lebih dahulu.",
        "To have the ticket solved by it, choose its category first.",
    ),
    "later_then_hint": (
        "Tiket tidak ikut diselesaikan bila kontak menulis sebelum itu; Anda diberi tahu.",
        "The ticket is not solved if the contact writes before that; you are told.",
    ),
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
    "scheduled_then_wait": ("lalu menunggu kontak", "then waits for the contact"),
    "scheduled_then_solve": ("lalu tiket diselesaikan", "then the ticket is solved"),
    "scheduled_unsolved": (
        "Kontak sudah menulis lagi, jadi tiket tidak ikut diselesaikan. Untuk tetap menyelesaikannya, baca dahulu, lalu simpan lagi lewat “Ubah”.",
        "The contact has written again, so the ticket will not be solved by it. To have it solved all the same, read that first, then save it anew under “Change”.",
    ),
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
    "event.answer.unsolved": (
        "Tiket tidak diselesaikan oleh jawaban terjadwal: {why}",
        "Ticket not solved by the scheduled answer: {why}",
    ),
    "event.answer.cancelled": ("Jawaban terjadwal dibatalkan", "Scheduled answer cancelled"),
}
