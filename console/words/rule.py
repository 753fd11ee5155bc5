"""The words of the rules' form: what may happen, what is asked, what is done."""

from collections.abc import Mapping

_GENERAL: Mapping[str, tuple[str, str]] = {
    "rule_one": ("Aturan", "The rule"),
    "rule_add": ("Tambah aturan", "Add a rule"),
    "rule_out": ("Hapus aturan ini", "Take this rule out"),
    "rule_is_off": (
        "Dinonaktifkan: tersimpan, tetapi tidak dijalankan",
        "Switched off: kept, and not followed",
    ),
    "rule_when": ("Saat", "When"),
    "rule_part_when": ("Kapan", "When"),
    "rule_part_if": ("Jika semuanya terpenuhi", "If all of this is so"),
    "rule_part_unless": ("Kecuali jika semuanya terpenuhi", "Unless all of this is so"),
    "rule_part_then": ("Maka", "Then"),
    "rule_hint_if": (
        "Tanpa syarat, aturan berlaku untuk semua tiket. Beberapa nilai dipisah koma; salah satunya cukup.",
        "Without conditions the rule is for every ticket. Several values stand with commas between; one of them is enough.",
    ),
    "rule_hint_unless": (
        "Biarkan kosong bila tidak ada pengecualian.",
        "Leave it empty where there are no exceptions.",
    ),
    "rule_hint_then": (
        "Yang sudah ditetapkan seseorang tidak diubah oleh aturan.",
        "What a person has decided is left alone by rules.",
    ),
    "rule_lines_hint": (
        "Baris yang dikosongkan pilihannya akan hilang saat disimpan.",
        "A line that asks for nothing is gone when it is saved.",
    ),
    "rule_nothing": ("–", "–"),
    "rule_value": ("Nilai baris", "Value of line"),
    "rule_more_lines": ("Tambah baris", "More lines"),
    "rule_known": ("Nilai yang dapat dipakai", "Values that can be used"),
    "rule_theirs": ("Yang disimpan rekan Anda", "What somebody else has saved"),
    "rule_or_lasts": (
        "Atau, sebagai gantinya, setelah tiket berada dalam suatu keadaan selama:",
        "Or instead, once a ticket has been like this for so long:",
    ),
    "rule_lasts": ("Keadaan", "State"),
    "rule_lasts_not": ("tidak menurut lamanya", "not by length"),
    "rule_length": ("Selama", "For"),
    "rule_counts": ("Dihitung dalam", "Counted in"),
}
_HAPPENS: Mapping[str, tuple[str, str]] = {
    "opened": ("tiket dibuka", "a ticket is opened"),
    "received": ("pesan kontak masuk", "a contact's message comes in"),
    "answered": ("petugas menjawab", "a person has answered"),
    "categorised": ("kategori ditetapkan", "the category is set"),
    "prioritised": ("prioritas diubah", "the priority is set"),
    "assigned": ("tiket ditugaskan", "it is assigned"),
    "tagged": ("tag dipasang", "it is tagged"),
    "escalated": ("diteruskan ke tim", "it is passed to a team"),
    "returned": ("dikembalikan tim", "a team gives it back"),
    "waiting": ("menunggu kontak", "it waits for the contact"),
    "solved": ("diselesaikan", "it is solved"),
    "reopened": ("dibuka kembali", "it is reopened"),
    "closed": ("ditutup", "it is closed"),
    "verified": ("identitas kontak diperiksa", "the contact is looked up"),
    "warned": ("tenggat hampir lewat", "a promise is nearly broken"),
    "breached": ("tenggat terlewat", "a promise is broken"),
}
_LASTS: Mapping[str, tuple[str, str]] = {
    "waiting_for": ("menunggu kontak", "waiting for the contact"),
    "silent_for": ("tidak ada yang menulis", "neither side has written"),
    "unanswered_for": ("belum dijawab petugas", "no person has answered"),
    "unassigned_for": ("belum ada yang memegang", "nobody holds it"),
    "unsolved_for": ("belum selesai", "not solved"),
}
_IF: Mapping[str, tuple[str, str]] = {
    "any_words": ("memuat salah satu kata", "has one of these words"),
    "all_words": ("memuat semua kata", "has all of these words"),
    "alike": ("mirip ungkapan", "is like this phrase"),
    "matches": ("cocok dengan pola (RE2)", "matches a pattern (RE2)"),
    "category": ("kategori", "category"),
    "channel": ("saluran", "channel"),
    "status": ("status", "status"),
    "priority": ("prioritas", "priority"),
    "tags": ("tag", "tag"),
    "team": ("tim", "team"),
    "holder": ("pemegang", "holder"),
    "language": ("bahasa", "language"),
    "clock": ("tenggat", "promise"),
    "older_than": ("umur tiket paling sedikit", "is at least so old"),
    "open_tickets": ("tiket terbuka kontak paling sedikit", "open tickets of the contact, at least"),
    "verified": ("identitas terverifikasi", "identity is verified"),
    "unit": ("unit kontak memuat", "the contact's unit has"),
    "address": ("alamat kontak (* dan ?)", "the contact's address (* and ?)"),
    "hours": ("jam layanan", "operating hours"),
    "days": ("hari", "days"),
    "from": ("dari tanggal", "from"),
    "to": ("sampai tanggal", "to"),
}
_THEN: Mapping[str, tuple[str, str]] = {
    "category": ("tetapkan kategori", "set the category"),
    "tag": ("pasang tag", "tag it"),
    "untag": ("lepas tag", "take a tag off"),
    "priority": ("ubah prioritas", "set the priority"),
    "team": ("teruskan ke tim", "pass it to a team"),
    "assign": ("tugaskan kepada", "assign it to"),
    "reply": ("kirim templat balasan", "send a reply template"),
    "note": ("tulis catatan internal", "write an internal note"),
    "webhook": ("beri tahu webhook", "tell a webhook"),
}
PHRASES: Mapping[str, tuple[str, str]] = {
    **_GENERAL,
    **{f"rule_happens_{key}": said for key, said in _HAPPENS.items()},
    **{f"rule_lasts_{key}": said for key, said in _LASTS.items()},
    **{f"rule_if_{key}": said for key, said in _IF.items()},
    **{f"rule_then_{key}": said for key, said in _THEN.items()},
}
