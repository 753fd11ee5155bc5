"""The words of the page of what is kept of one person."""

PHRASES = {
    "contact_data": ("Data pribadi", "Personal data"),
    "contact_nameless": ("Kontak tanpa nama", "A contact without a name"),
    "contact_kept": ("Yang tersimpan", "What is kept"),
    "contact_nothing": ("Tidak ada lagi yang tersimpan.", "Nothing is kept any more."),
    "contact_export": ("Unduh semuanya (ZIP)", "Download all of it (ZIP)"),
    "contact_export_hint": (
        "Halaman, data, dan berkas untuk pemilik data; nomor dan alamat orang lain disamarkan. Serahkan hanya kepada orangnya.",
        "Pages, data and files for their owner; numbers and mailboxes of others are masked. Hand it to nobody else.",
    ),
    "contact_erase": ("Hapus data orang ini", "Erase this person"),
    "contact_erase_reason": ("Alasan (tetap tersimpan; jangan sebut nama)", "Reason (it stays; name nobody)"),
    "contact_erase_sure": (
        "Saya mengerti bahwa penghapusan ini tidak dapat dibatalkan.",
        "I understand that this cannot be undone.",
    ),
    "contact_stays": ("Yang tetap disimpan, dan alasannya", "What stays, and why"),
    "contact_beyond": ("Yang tidak terjangkau dari sini", "What cannot be reached from here"),
    "contact_hindered": ("Yang harus selesai lebih dahulu", "What has to end first"),
    "contact_under_way": (
        "Penghapusan diminta {moment} dan sedang dikerjakan.",
        "The erasure was asked for {moment} and is under way.",
    ),
    "contact_looks": ("Siapa melihat apa", "Who looked at what"),
    "contact_looks_hint": (
        "Siapa membuka tiketnya (sekali sehari), melihat nomornya, mengubah identitasnya, atau mengeluarkan datanya. Disimpan 400 hari.",
        "Who opened a ticket of theirs (once a day), saw the number, changed the identity, or took data out. Kept for 400 days.",
    ),
    "contact_looks_none": ("Belum ada.", "Nobody yet."),
    "removals": ("Data yang dihapus", "Erased data"),
    "removals_hint": (
        "Apa yang dihapus atas permintaan pemilik data, dan apa yang dihapus malam hari karena masa simpannya berakhir. Catatan ini tidak menyebut nama.",
        "What was erased at its owner's request, and what went by night because it was kept for long enough. These records name nobody.",
    ),
    "removals_none": ("Belum ada yang dihapus", "Nothing was erased yet"),
    "removals_none_hint": (
        "Penghapusan dimulai dari halaman data pribadi sebuah kontak; masa simpan ditentukan pada pengaturan unit.",
        "An erasure begins on the page of a contact's personal data; the settings of the desk say how long it keeps.",
    ),
    "removal_erasure": ("Atas permintaan pemilik data", "At its owner's request"),
    "removal_retention": ("Masa simpan berakhir", "Kept for long enough"),
    "removal_months": (
        "Bulan yang dihapus utuh dengan riwayat dan waktunya: {months}",
        "Months that went whole, with their history and times: {months}",
    ),
    "removal_before": ("yang selesai sebelum {moment}", "what ended before {moment}"),
    "removal_done": ("selesai {moment}", "done {moment}"),
    "removal_under_way": ("sedang dikerjakan", "under way"),
    "removal_files": ("{many} berkas belum dihapus", "{many} files are still to go"),
    "erase_unsure": ("Centang dahulu bahwa Anda mengerti.", "Tick first that you understand."),
    "erase_hindered": (
        "Belum dapat dihapus: ada yang belum selesai.",
        "Not yet: something of theirs is not over.",
    ),
    "erase_no_reason": ("Tuliskan alasannya.", "Say why."),
}
