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
    "undo_held": ("Jawaban dikirim dalam {seconds} detik.", "The answer is sent in {seconds} seconds."),
    "undo": ("Batalkan", "Undo"),
    "refused_cannot_take_back": (
        "Sudah terlambat: jawaban sudah dikirim, atau kanalnya tidak dapat menariknya kembali.",
        "It is too late: the answer has left, or its channel cannot take it back.",
    ),
    "event.message.undone": ("Jawaban dibatalkan sebelum dikirim", "Answer undone before it was sent"),
    "writing_now": ("{who} sedang menulis di tiket ini.", "{who} is writing on this ticket."),
}
