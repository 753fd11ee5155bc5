"""Words of an Indonesian office's paper where the files have English ones: what was meant by them."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches

_MEANT: Mapping[str, tuple[str, ...]] = {
    # keys
    "prosedur": ("procedure",),
    "nama": ("name",),
    "kata": ("words",),
    "kategori": ("category",),
    "kepala": ("head",),
    "pelaksana": ("role", "roles", "people"),
    "peran": ("role", "roles"),
    "aktor": ("role", "roles"),
    "pemohon": ("requester",),
    "pegawai": ("people", "staff"),
    "orang": ("people",),
    "pengganti": ("substitutes",),
    "formulir": ("form",),
    "pertanyaan": ("ask", "asks", "form"),
    "tanya": ("ask", "asks"),
    "pilihan": ("choices",),
    "wajib": ("required",),
    "langkah": ("steps", "no"),
    "tahapan": ("steps",),
    "kegiatan": ("does", "steps"),
    "aktivitas": ("does",),
    "uraian": ("does",),
    "nomor": ("no", "number"),
    "kelengkapan": ("needs",),
    "persyaratan": ("needs",),
    "waktu": ("within", "when"),
    "hasil": ("output", "outcomes"),
    "keterangan": ("note",),
    "bersama": ("with",),
    "catatan": ("note",),
    "keputusan": ("outcomes",),
    "ke": ("to",),
    "alasan": ("reason",),
    "jika": ("only_if",),
    "kecuali": ("unless",),
    "akhir": ("ends", "ending"),
    "surat": ("papers", "paper"),
    "perihal": ("about",),
    "isi": ("text",),
    "tembusan": ("copies", "informs"),
    "tarif": ("tariff",),
    "biaya": ("tariff", "price"),
    "harga": ("price",),
    "jumlah": ("quantity", "count"),
    "arsip": ("archive",),
    "jenis": ("kind",),
    # kinds of question, endings, units
    "teks": ("text",),
    "paragraf": ("paragraph",),
    "angka": ("number",),
    "bilangan": ("number",),
    "uang": ("amount",),
    "rupiah": ("amount",),
    "tanggal": ("date", "on"),
    "jam": ("time", "hour"),
    "berkas": ("file",),
    "lampiran": ("file",),
    "telepon": ("phone",),
    "surel": ("email",),
    "periode": ("period",),
    "ya_tidak": ("yes_no",),
    "selesai": ("done",),
    "ditolak": ("refused",),
    "dibatalkan": ("withdrawn",),
    "ditarik": ("withdrawn",),
    "kalender": ("calendar",),
}


def means(said: str, word: str) -> bool:
    """Say whether a word of the paper stands where a file has `word`."""
    return word in _MEANT.get(said.casefold(), ())


def meant(said: str, known: Collection[str]) -> str | None:
    """Return which of the words that are known was meant: a word of the paper, or one misspelt; None if that is unclear."""
    ours = next((word for word in _MEANT.get(said.casefold(), ()) if word in known), None)
    return ours or next(iter(get_close_matches(said, known, n=1)), None)
