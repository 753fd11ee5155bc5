"""The words of an archived case: its folders, and its page of contents."""

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_WORDS = {
    "contents": Phrase(id="Daftar isi", en="Contents"),
    "table": Phrase(id="Tabel SOP", en="SOP table"),
    "papers": Phrase(id="Surat", en="Papers"),
    "attached": Phrase(id="Lampiran", en="Attachments"),
    "procedure": Phrase(id="Prosedur", en="Procedure"),
    "ticket": Phrase(id="Tiket", en="Ticket"),
    "requester": Phrase(id="Pemohon", en="Requester"),
    "begun": Phrase(id="Dimulai", en="Begun"),
    "ended": Phrase(id="Berakhir", en="Ended"),
    "outcome": Phrase(id="Hasil", en="Outcome"),
    "answers": Phrase(id="Isian", en="Answers"),
    "steps": Phrase(id="Siapa mengerjakan apa, dan kapan", en="Who did what, and when"),
    "number": Phrase(id="No", en="No"),
    "does": Phrase(id="Kegiatan", en="Activity"),
    "role": Phrase(id="Pelaksana", en="Actor"),
    "who": Phrase(id="Oleh", en="By"),
    "reason": Phrase(id="Alasan", en="Reason"),
    "invoices": Phrase(id="Invoice", en="Invoices"),
    "total": Phrase(id="Jumlah", en="Total"),
    "paid": Phrase(id="Dibayar", en="Paid"),
    "state": Phrase(id="Keadaan", en="State"),
    "none": Phrase(id="Tidak ada.", en="None."),
    "missing": Phrase(id="berkas tidak tersedia", en="the file is not there"),
    "retention": Phrase(id="masa simpan sudah lewat", en="kept for long enough"),
    "under_way": Phrase(id="masih berjalan", en="still under way"),
    "open": Phrase(id="belum lunas", en="open"),
    "settled": Phrase(id="lunas", en="paid in full"),
    "void": Phrase(id="batal", en="void"),
    "replaced": Phrase(id="diganti", en="replaced"),
    "issued": Phrase(id="berlaku", en="valid"),
}


def word(language: Language, key: str) -> str:
    """Say a word of the contents. Raises KeyError for one that there is not."""
    return _WORDS[key].say(language)
