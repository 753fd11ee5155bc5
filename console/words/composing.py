"""The words of what is written on a ticket's page: drafts, answers that can still be held back."""

PHRASES = {
    "draft": ("draf", "draft"),
    "draft_keep": ("Simpan draf", "Keep the draft"),
    "draft_drop": ("Buang draf", "Drop the draft"),
    "draft_since": ("Draf Anda dari {moment}", "Your draft of {moment}"),
    "draft_kept": ("Draf tersimpan", "Draft kept"),
    "draft_unkept": (
        "Draf belum tersimpan: sambungan terputus. Dicoba lagi terus; tulisan Anda tetap di halaman ini.",
        "The draft is not kept yet: the connection is lost. It is tried again; your words stay on this page.",
    ),
    "draft_over": (
        "Draf belum tersimpan: sesi Anda sudah berakhir. Kirim saja: setelah Anda masuk lagi, tulisan ini kembali ke sini.",
        "The draft is not kept: your session is over. Send it all the same: once you have logged in again, it is back here.",
    ),
    "draft_back": (
        "Tulisan ini belum terkirim. Silakan periksa, lalu kirim lagi.",
        "This was not sent. Please look at it, then send it again.",
    ),
    "mode": ("Jawaban atau catatan", "Reply or note"),
    "mode_reply": ("Jawab kontak", "Reply to the contact"),
    "mode_note": ("Catatan internal", "Internal note"),
    "this_contact": ("kontak ini", "this contact"),
    "mode_reply_hint": ("Yang Anda tulis dikirim kepada {name}.", "What you write is sent to {name}."),
    "mode_note_hint": (
        "hanya dibaca rekan di unit ini, tidak pernah dikirim ke kontak.",
        "only colleagues of the desk read it; it never goes to the contact.",
    ),
    "words": ("Tulisan Anda", "Your words"),
    "send_and_solve": ("Kirim & selesaikan", "Send & solve"),
    "send_and_solve_category": (
        "Pilih kategorinya lebih dahulu. Jawaban ini langsung dikirim.",
        "Choose the category first. This answer leaves at once.",
    ),
    "slash_hint": (
        "Ketik / untuk templat balasan; seret atau tempel berkas ke sini",
        "Type / for templates; drop or paste files here",
    ),
    "slash_none": ("Tidak ada templat yang cocok", "No template fits"),
    "file_remove": ("Lepas {name}", "Take {name} off"),
    "files_many": (
        "Paling banyak lima berkas sekali kirim; selebihnya tidak ikut.",
        "At most five files go along at once; the rest does not.",
    ),
    "files_large": (
        "{name} lebih besar dari 10 MB dan tidak ikut terkirim.",
        "{name} is larger than 10 MB and does not go along.",
    ),
    "files_without": ("Kirim tanpa itu", "Go on without"),
    "undo_held": ("Jawaban dikirim dalam {seconds} detik.", "The answer is sent in {seconds} seconds."),
    "undo": ("Batalkan", "Undo"),
    "refused_cannot_take_back": (
        "Sudah terlambat: jawaban sudah dikirim, atau kanalnya tidak dapat menariknya kembali.",
        "It is too late: the answer has left, or its channel cannot take it back.",
    ),
    "event.message.undone": ("Jawaban dibatalkan sebelum dikirim", "Answer undone before it was sent"),
    "writing_now": ("{who} sudah mulai menulis di tiket ini.", "{who} has begun to write on this ticket."),
    "company_looking": ("{who} juga membuka tiket ini.", "{who} has this ticket open too."),
    "company_typing": ("{who} sedang mengetik …", "{who} is typing …"),
}
