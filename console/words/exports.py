"""The words of exports, and of files that are made aside."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "exports": ("Ekspor", "Exports"),
    "exports_hint": (
        "Data unit sebagai tabel untuk diolah lebih lanjut: pilih jenis data, kurun waktu, dan tiketnya. Berkas disiapkan di latar belakang; Anda dapat meninggalkan halaman ini.",
        "The desk's records as tables to work on: choose the records, the days and the tickets. The file is made in the background; you can leave this page.",
    ),
    "exports_what": ("Jenis data", "Records"),
    "exports_tickets": ("Tiket", "Tickets"),
    "exports_messages": ("Pesan", "Messages"),
    "exports_clocks": ("Janji layanan", "Promises"),
    "exports_cases": ("Kasus prosedur", "Cases"),
    "exports_findings": ("Temuan", "Findings"),
    "exports_says_tickets": ("satu baris per tiket", "one row a ticket"),
    "exports_says_messages": ("satu baris per pesan", "one row a message"),
    "exports_says_clocks": ("satu baris per janji layanan, beserta hasilnya", "one row a promise, and how it was kept"),
    "exports_says_cases": ("satu baris per kasus", "one row a case"),
    "exports_says_findings": ("satu baris per temuan pada daftar temuan", "one row a finding of the register"),
    "exports_from": ("Dari tanggal", "From"),
    "exports_to": ("Sampai tanggal", "To"),
    "exports_days_hint": (
        "Menurut tanggal tiket dibuat; untuk temuan, tanggal temuan dicatat.",
        "By the day on which the ticket was created; findings by the day on which they were written down.",
    ),
    "exports_which": ("Tiket yang mana", "Which tickets"),
    "exports_which_hint": (
        'Tidak berlaku untuk temuan. Kata dicari dalam pesan seperti pada pencarian, misalnya: "kode otp" -tag:beasiswa.',
        'Not for findings. Words are looked for in messages as in a search, such as: "otp code" -tag:grant.',
    ),
    "exports_words": ("Kata atau saringan", "Words or filters"),
    "exports_every_status": ("Semua status", "Every status"),
    "exports_every_agent": ("Semua petugas", "Every agent"),
    "exports_every_team": ("Semua tim", "Every team"),
    "exports_language": ("Bahasa kolom (Excel)", "Language of the columns (Excel)"),
    "exports_identities": ("Tulis nomor identitas dan alamat secara utuh", "Write identity numbers and addresses out"),
    "exports_identities_hint": (
        "Untuk tiket dan pesan. Tanpa centang ini nomor dan alamat disamarkan. Pengunduhan dicatat dalam jejak audit.",
        "For tickets and messages. Without it numbers and addresses are masked. Downloads stand in the audit trail.",
    ),
    "exports_make": ("Siapkan berkas", "Make the file"),
    "exports_columns": ("Kolom yang ditulis", "What the columns are"),
    "exports_columns_hint": (
        "Judul kolom pada Excel. CSV dan JSON Lines memakai kunci berbahasa Inggris yang tetap, beserta id di samping nama.",
        "As they are headed in Excel. CSV and JSON Lines have lasting English keys, with ids beside names.",
    ),
    "exports_bad_days": (
        "Tanggal itu tidak dapat dipakai: tulis tahun-bulan-tanggal, dan tanggal awal tidak sesudah tanggal akhir.",
        "Those days cannot be used: write year-month-day, the first not after the last.",
    ),
    "exports_bad_format": ("Format itu tidak ada.", "There is no such format."),
    "exports_unknown_filter": (
        "“{about}” bukan saringan ekspor. Yang ada: status, kanal, kategori, petugas, tim, tag, prioritas, kontak, alamat, lampiran, catatan, dan kata.",
        "“{about}” is no filter of an export. There are: status, channel, category, agent, team, tag, priority, contact, address, file, note, and words.",
    ),
    "exports_nobody": ("Tidak ada yang bernama “{about}” di unit ini.", "Nothing is called “{about}” at this desk."),
    "exports_unheard_of": (
        "Tidak ada yang menulis “{about}”. Mungkin maksud Anda “{instead}”.",
        "Nobody has written “{about}”. Perhaps you mean “{instead}”.",
    ),
    "exports_not_indexed": (
        "Indeks pencarian masih disusun, sehingga kata belum dapat dicari. Coba lagi nanti, atau ekspor tanpa kata.",
        "The search index is still being built, so words cannot be looked for yet. Try again later, or without words.",
    ),
    "makings": ("Berkas Anda", "Your files"),
    "makings_hint": (
        "Berkas disimpan selama 24 jam dan hanya untuk Anda.",
        "Files are kept for 24 hours, for you alone.",
    ),
    "makings_none": ("Belum ada berkas", "No files yet"),
    "makings_none_hint": (
        "Berkas yang Anda minta akan muncul di sini.",
        "What you ask for will stand here.",
    ),
    "making_report": ("Laporan {month}", "Report of {month}"),
    "making_export": ("{what}, {first} – {last}", "{what}, {first} – {last}"),
    "making_waits": ("Menunggu giliran", "Waiting for its turn"),
    "making_begins": ("Mulai disiapkan", "Beginning"),
    "making_is_done": ("Siap diunduh", "Ready"),
    "making_asked": ("Diminta {moment}", "Asked for {moment}"),
    "making_until": ("disimpan sampai {moment}", "kept until {moment}"),
    "making_with_identities": ("nomor identitas utuh", "whole identity numbers"),
    "making_take": ("Unduh", "Download"),
    "making_stop": ("Batalkan", "Stop"),
    "making_drop": ("Hapus", "Delete"),
    "making_under_way": (
        "Masih ada berkas Anda yang sedang disiapkan. Tunggu sampai selesai, atau batalkan.",
        "One file of yours is still being made. Wait for it, or stop it.",
    ),
    "making_too_many": (
        "Terlalu banyak berkas yang sedang menunggu. Coba lagi beberapa saat lagi.",
        "Too many files are waiting. Try again in a while.",
    ),
    "making_broken_off": (
        "Penyiapan berkas terputus beberapa kali dan dihentikan. Silakan minta kembali; bila berulang, hubungi administrator.",
        "The making was broken off several times and given up. Ask again; if it happens once more, tell the administrator.",
    ),
    "making_unwritable": (
        "Berkas tidak dapat disimpan: ruang penyimpanan server penuh atau tidak dapat ditulisi.",
        "The file cannot be kept: the server's disk is full, or not to be written to.",
    ),
    "making_failed": ("Berkas tidak dapat disiapkan.", "The file could not be made."),
}  # fmt: skip
