"""The words of the page on which a contact fills in the form of a procedure."""

PHRASES = {
    "request_hint": (
        "Isi formulir ini lalu kirim. Yang sudah diisi tersimpan sampai {until}.",
        "Fill in this form and send it. What you fill in is kept until {until}.",
    ),
    "request_which": ("Permohonan apa yang ingin Anda ajukan?", "What would you like to apply for?"),
    "request_optional": ("boleh dikosongkan", "optional"),
    "request_attached": ("Sudah terlampir: {name}", "Attached already: {name}"),
    "request_too_large": ("Berkasnya terlalu besar, paling besar 10 MB.", "The file is too large; 10 MB at most."),
    "request_incomplete": (
        "Formulir belum dikirim: ada yang perlu diperbaiki. Yang lain sudah tersimpan.",
        "The form has not been sent: something needs correcting. Everything else is kept.",
    ),
    "request_row": ("No.", "No."),
    "request_more_rows": ("Tambah baris", "More rows"),
    "request_send": ("Kirim permohonan", "Send the request"),
    "request_sent": ("Permohonan Anda sudah diajukan", "Your request has been handed in"),
    "request_sent_hint": (
        "Nomor tiket {ticket}. Kabar selanjutnya kami sampaikan melalui saluran yang Anda gunakan.",
        "Ticket {ticket}. We shall write to you where you wrote to us.",
    ),
    "request_over": ("Formulir ini sudah ditutup", "This form is closed"),
    "request_over_hint": (
        "Isiannya sudah dibatalkan atau terlalu lama tidak diteruskan. Hubungi kami lagi untuk memulai yang baru.",
        "It was cancelled, or nobody went on with it for too long. Write to us again to begin a new one.",
    ),
    "request_running": (
        "Permohonan lain pada tiket ini sedang diproses.",
        "Another request is under way on this ticket.",
    ),
    "turn_ticket": ("Tiket {ticket}", "Ticket {ticket}"),
    "turn_late": (
        "Langkah itu sudah berakhir, jadi jawaban ini tidak diproses.",
        "That step was over already, so nothing came of this answer.",
    ),
    "turn_incomplete": (
        "Belum terkirim: ada yang perlu diperbaiki. Berkas perlu dipilih sekali lagi.",
        "Not sent yet: something needs correcting. Please choose the files once more.",
    ),
    "turn_reason": ("Alasan", "Reason"),
    "turn_reason_when": ("bila jawabannya memerlukan alasan", "where the answer needs one"),
    "turn_reason_missing": ("Jawaban ini memerlukan alasan.", "This answer needs a reason."),
    "turn_way_missing": ("Mohon pilih salah satu.", "Please choose one."),
    "turn_files": ("Berkas", "Files"),
    "turn_send": ("Kirim jawaban", "Send the answer"),
    "turn_done": ("Sudah selesai", "Done"),
}  # fmt: skip
