"""The words of searching, and what is said of a query that is not read as it may have been meant."""

from collections.abc import Mapping

from templates_replies.catalogue import Language
from tickets.query import Trouble

TROUBLES: Mapping[Trouble, str] = {
    Trouble.UNKNOWN_FILTER: "search_unknown_filter",
    Trouble.UNKNOWN_VALUE: "search_unknown_value",
    Trouble.BAD_DATE: "search_bad_date",
    Trouble.EMPTY: "search_empty_filter",
    Trouble.TOO_LONG: "search_too_long",
}
EXAMPLES: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "kategori:login status:dikerjakan": "search_example_filters",
        '"kode otp" dari:1-10-2026': "search_example_phrase",
        "petugas:saya adalah:terlambat": "search_example_mine",
        "nomor:0812-3456-789": "search_example_address",
        "lampiran:bukti -spam": "search_example_file",
    },
    "en": {
        "category:login status:open": "search_example_filters",
        '"otp code" from:2026-10-01': "search_example_phrase",
        "agent:me is:late": "search_example_mine",
        "phone:0812-3456-789": "search_example_address",
        "file:proof -spam": "search_example_file",
    },
}
PHRASES: Mapping[str, tuple[str, str]] = {
    "search_title": ("Pencarian", "Search"),
    "search_box": (
        "Kata, nama, nomor, berkas, atau saringan seperti status:baru",
        "Words, names, numbers, files, or filters such as status:open",
    ),
    "search_unknown_filter": (
        "Saringan “{filter}:” tidak dikenal, jadi dicari sebagai kata.",
        "There is no filter “{filter}:”, so it is searched as words.",
    ),
    "search_unknown_value": (
        "“{value}” tidak dikenal untuk {filter}:, jadi dicari sebagai kata.",
        "{filter}: has no “{value}”, so it is searched as words.",
    ),
    "search_bad_date": (
        "“{value}” bukan tanggal yang dikenal ({filter}:). Tulislah seperti 2026-10-01, 2026-10, kemarin, atau 7hari.",
        "“{value}” is not a date ({filter}:). Write it like 2026-10-01, 2026-10, yesterday, or 7days.",
    ),
    "search_empty_filter": ("{filter}: belum berisi nilai.", "{filter}: has no value yet."),
    "search_too_long": (
        "Pencarian ini terlalu panjang; hanya bagian awalnya yang dipakai.",
        "This search is too long; only its beginning is used.",
    ),
    "search_instead": ("Menampilkan hasil untuk", "Showing results for"),
    "search_exactly": ("Cari persis", "Search for exactly"),
    "search_best": ("Paling sesuai", "Best match"),
    "search_newest": ("Terbaru", "Newest"),
    "search_order": ("Urutan", "Order"),
    "search_further": ("Hasil berikutnya", "More results"),
    "search_again": ("Kembali ke awal", "Back to the start"),
    "search_in_contact": ("dari kontak", "from the contact"),
    "search_in_answer": ("jawaban", "answer"),
    "search_in_note": ("catatan internal", "internal note"),
    "search_in_file": ("nama berkas", "file name"),
    "search_only": ("Hanya tiket {desk}.", "Only tickets of {desk}."),
    "search_elsewhere": ("Cari di semua unit", "Search all desks"),
    "search_nothing": ("Tidak ada tiket yang cocok", "No ticket matches"),
    "search_nothing_hint": (
        "Kurangi kata atau saringan, atau periksa ejaannya. Yang baru saja masuk dapat dicari beberapa detik kemudian.",
        "Try fewer words or filters, or check the spelling. What has just come in can be found some seconds later.",
    ),
    "search_help": ("Cara mencari", "How to search"),
    "search_off": ("Pencarian sedang tidak tersedia.", "Search is not available."),
    "search_example_filters": ("tiket yang sedang dikerjakan dalam satu kategori", "open tickets of one category"),
    "search_example_phrase": (
        "kata yang berurutan persis, pada tiket yang dibuka sejak 1 Oktober",
        "words that stand just so, on tickets opened since 1 October",
    ),
    "search_example_mine": ("tiket Anda yang melewati janji layanan", "your tickets that are overdue"),
    "search_example_address": ("tiket seorang kontak, bagaimanapun nomornya ditulis", "tickets of a contact, however the number is written"),
    "search_example_file": ("nama berkas, tanpa tiket yang memuat kata “spam”", "the name of a file, without tickets that say “spam”"),
    "search_filters": (
        ("Saringan: kategori, status, kanal, petugas, tim, tag, prioritas, unit, dari, sampai, pada, kontak, alamat, nomor, "
        "lampiran, catatan, adalah. Beberapa nilai dipisah koma; tanda - di depan berarti tanpa."),
        ("Filters: category, status, channel, agent, team, tag, priority, desk, from, to, on, contact, address, phone, file, "
        "note, is. Several values are separated by commas; - in front leaves out."),
    ),
}  # fmt: skip
