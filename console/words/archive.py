"""The words of the archive."""

PHRASES = {
    "archive": ("Arsip", "Archive"),
    "archive_hint": (
        "Prosedur yang sudah selesai, dengan surat, lampiran, isian, dan tabel SOP-nya dalam satu berkas ZIP.",
        "Cases that are over, each with its papers, attachments, answers and SOP table in one ZIP.",
    ),
    "archive_search": ("Nama kegiatan", "Name of the activity"),
    "archive_procedure": ("Semua prosedur", "All procedures"),
    "archive_first": ("Berakhir dari", "Ended from"),
    "archive_last": ("sampai", "to"),
    "archive_done": ("selesai", "done"),
    "archive_refused": ("ditolak", "refused"),
    "archive_stopped": ("dihentikan karena spam", "stopped as spam"),
    "archive_withdrawn": ("dibatalkan pemohon", "withdrawn"),
    "archive_from_to": ("{first} sampai {last}", "{first} to {last}"),
    "archive_take": ("Unduh ZIP", "Download ZIP"),
    "archive_take_whole": ("Dengan nomor identitas utuh", "With whole identity numbers"),
    "archive_none": ("Belum ada arsip di sini", "Nothing in the archive here"),
    "archive_none_hint": (
        "Prosedur masuk ke arsip begitu berakhir. Coba nama atau tanggal lain.",
        "A case is filed here as soon as it is over. Try another name or other days.",
    ),
    "archive_kept": (
        "Arsip disimpan selama {length}, lalu dihapus.",
        "The archive is kept for {length}, then deleted.",
    ),
    "archive_kept_always": (
        "Arsip disimpan tanpa batas waktu: unit ini tidak menetapkan masa simpan.",
        "The archive is kept without a limit: the desk names no retention.",
    ),
    "archive_years": ("{count} tahun", "years: {count}"),
    "archive_days": ("{count} hari", "days: {count}"),
    "event.case.discarded": (
        "Masa simpan lewat: isi prosedur {procedure} dihapus",
        "Kept for long enough: what was said in {procedure} is deleted",
    ),
    "event.ticket.erased": ("Isi tiket dihapus: {why}", "What was said is erased: {why}"),
    "event.message.erased": (
        "Tulisan seseorang di tiket ini dihapus: {why}",
        "What somebody wrote here is erased: {why}",
    ),
    "why_erasure": ("atas permintaan pemilik data", "at the request of its owner"),
    "why_retention": ("masa simpannya berakhir", "it was kept for long enough"),
    "trail_export_archive": ("arsip prosedur", "an archived case"),
}
