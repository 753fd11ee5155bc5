"""The words of saved views."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "saved_views": ("Tampilan tersimpan", "Saved views"),
    "saved_views_hint": (
        "Daftar tiket yang Anda simpan dengan nama, dalam bahasa pencarian. Daftar itu selalu menurut keadaan terbaru.",
        "Lists of tickets that you keep under a name, in the language of the search. They always show how things stand now.",
    ),
    "saved_views_manage": ("Atur tampilan", "Manage views"),
    "saved_views_none": ("Belum ada tampilan tersimpan", "No saved views yet"),
    "saved_views_none_hint": (
        "Saringlah kotak masuk atau cari sesuatu, lalu pilih “Simpan tampilan ini”.",
        "Filter the inbox or search for something, then choose “Keep this view”.",
    ),
    "view_keep": ("Simpan tampilan ini", "Keep this view"),
    "view_edit": ("Ubah tampilan ini", "Change this view"),
    "view_change": ("Ubah", "Change"),
    "view_new": ("Tampilan baru", "New view"),
    "view_name": ("Nama tampilan", "Name of the view"),
    "view_query": ("Yang ditampilkan", "What it shows"),
    "view_query_hint": (
        "Seperti di halaman pencarian: status:baru,dikerjakan kategori:login petugas:saya",
        "As on the search page: status:new,open category:login agent:me",
    ),
    "view_for": ("Untuk", "For"),
    "view_for_me": ("Saya saja", "Myself alone"),
    "view_for_desk": ("Semua di {desk}", "Everybody at {desk}"),
    "view_shared": ("bersama", "shared"),
    "view_save": ("Simpan", "Save"),
    "view_up": ("Naikkan", "Move up"),
    "view_down": ("Turunkan", "Move down"),
    "view_drop": ("Hapus", "Delete"),
    "view_fits": ("{many} tiket sekarang", "{many} tickets now"),
    "view_is_theirs": (
        "Hanya pembuatnya dan supervisor yang dapat mengubahnya.",
        "Only whoever made it and supervisors can change it.",
    ),
    "view_gone": (
        "Tampilan itu sudah tidak ada. Ini tiket yang perlu dikerjakan.",
        "That view is no longer there. These are the tickets to do.",
    ),
    "view_not_allowed": (
        "Hanya supervisor yang dapat membagikan tampilan dengan unit.",
        "Only supervisors can share a view with a desk.",
    ),
    "view_incomplete": (
        "Mohon isi nama dan yang ditampilkan.",
        "Please give it a name, and say what it shows.",
    ),
    "view_rule": (
        "Sudah ada terlalu banyak tampilan. Mohon hapus salah satunya dulu.",
        "There are too many views already. Please delete one first.",
    ),
}
