"""The words of the SOP form (Permenpan-RB 35/2012): its head, its columns, what its connectors say."""

from collections.abc import Mapping, Sequence

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase

NUMBER = Phrase(id="No", en="No")
ACTIVITY = Phrase(id="Kegiatan", en="Activity")
PERFORMERS = Phrase(id="Pelaksana", en="Actors")
QUALITY = Phrase(id="Mutu baku", en="Standards")
NEEDS = Phrase(id="Kelengkapan", en="At hand")
TIME = Phrase(id="Waktu", en="Time")
OUTPUT = Phrase(id="Output", en="Output")
NOTE = Phrase(id="Keterangan", en="Remarks")

HEAD: Mapping[str, Phrase] = {
    "unit": Phrase(id="Unit", en="Unit"),
    "number": Phrase(id="Nomor SOP", en="Number"),
    "revision": Phrase(id="Revisi", en="Revision"),
    "made_on": Phrase(id="Tanggal pembuatan", en="Made on"),
    "revised_on": Phrase(id="Tanggal revisi", en="Revised on"),
    "in_force_on": Phrase(id="Tanggal efektif", en="In force on"),
    "made_by": Phrase(id="Disusun oleh", en="Made by"),
    "checked_by": Phrase(id="Diperiksa oleh", en="Checked by"),
    "approved_by": Phrase(id="Disahkan oleh", en="Approved by"),
    "name": Phrase(id="Nama SOP", en="Name"),
    "legal_basis": Phrase(id="Dasar hukum", en="Legal basis"),
    "qualification": Phrase(id="Kualifikasi pelaksana", en="Qualification"),
    "related": Phrase(id="Keterkaitan", en="Related procedures"),
    "equipment": Phrase(id="Peralatan/perlengkapan", en="Equipment"),
    "warning": Phrase(id="Peringatan", en="Warning"),
    "records": Phrase(id="Pencatatan dan pendataan", en="Records"),
}

_PAGE = Phrase(id="hal. {page}", en="p. {page}")
_FROM = Phrase(id="{rows}, hal. {page}", en="{rows}, p. {page}")
_LEADS = Phrase(id="{label}: ke no. {row}", en="{label}: to no. {row}")
_BEGINS = Phrase(id="memulai prosedur {procedure}", en="begins the procedure {procedure}")
_OPTIONAL = Phrase(id="Boleh dilewati", en="May be left out")
_LAPSES = Phrase(
    id="Tanpa tanggapan dalam {length}: {outcome}", en="Without an answer within {length}: {outcome}"
)
_IS_OVER = Phrase(id="dianggap selesai", en="taken as done")
_PASSED_OVER = Phrase(id="Bila dilewati", en="Left out")


def on_page(language: Language, page: int) -> str:
    return _PAGE.say(language, page=str(page))


def from_rows(language: Language, rows: str, page: int) -> str:
    """Say from which rows of another page something comes."""
    return _FROM.say(language, rows=rows, page=str(page))


def leads(language: Language, label: str, row: str) -> str:
    """Say in words where a way leads that is not drawn; no label: passing over the step."""
    return _LEADS.say(language, label=label or _PASSED_OVER.say(language), row=row)


_STATES: Mapping[str, Phrase] = {
    "done": Phrase(id="selesai", en="done"),
    "now": Phrase(id="sedang berjalan", en="under way"),
    "held": Phrase(id="menunggu langkah lain", en="waits for other steps"),
    "passed": Phrase(id="dilewati", en="passed over"),
    "dropped": Phrase(id="dihentikan", en="cut short"),
    "ahead": Phrase(id="belum dimulai", en="to come"),
}
_ROUND = Phrase(id="putaran ke-{round}", en="round {round}")
_TOOK = Phrase(id="{took} dari {standard}", en="{took} of {standard}")
_LATE = Phrase(id="terlambat", en="late")
_SINCE = Phrase(id="sejak {moment}", en="since {moment}")
_DUE = Phrase(id="paling lambat {moment}", en="due {moment}")
_OF_CASE = Phrase(
    id="Tiket {ticket}, dimulai {begun}. {stands}", en="Ticket {ticket}, begun {begun}. {stands}"
)
_STANDS_AT = Phrase(id="Sekarang pada langkah {steps}.", en="It stands at step {steps}.")
_ENDED = Phrase(id="Berakhir: {end}, {moment}.", en="It has ended: {end}, {moment}.")
_WITHDRAWN = Phrase(id="Dibatalkan pemohon", en="Withdrawn")
_STOPPED = Phrase(id="Dihentikan: spam", en="Stopped: spam")
_LEGEND = Phrase(
    id="Hijau: selesai. Merah: selesai, melewati waktu baku. Kuning: sedang berjalan. Putus-putus: dilewati atau dihentikan.",
    en="Green: done. Red: done, over its time. Yellow: under way. Dashed: passed over or cut short.",
)
_OURS = Phrase(
    id="Bertanda *: tafsiran atau pelengkap kami, bukan isi naskah SOP; pada nomor: siapa pelaksananya, atau ke mana alurnya.",
    en="Marked *: our reading or completion, not the words of the paper; at a number: who does it, or where it leads.",
)
_SHEET = Phrase(id="Bagan alir, halaman {page} dari {pages}", en="Flow, page {page} of {pages}")
_SIGNED = Phrase(id="Tanda tangan dan cap, atau kode QR", en="Signature and seal, or QR code")
_INITIALS = Phrase(id="Paraf", en="Initials")
_PRINTED = Phrase(id="Dicetak {moment}", en="Printed {moment}")


def optional(language: Language) -> str:
    return _OPTIONAL.say(language)


def lapses(language: Language, length: str, outcome: str) -> str:
    """Say how a step ends by itself; no outcome: it is done."""
    return _LAPSES.say(language, length=length, outcome=outcome or _IS_OVER.say(language))


def begins(language: Language, procedure: str) -> str:
    return _BEGINS.say(language, procedure=procedure)


def state(language: Language, name: str) -> str:
    """Say how far a step has come: done, now, held, passed, dropped, ahead."""
    return _STATES[name].say(language)


def round_words(language: Language, number: int) -> str:
    return _ROUND.say(language, round=str(number))


def took(language: Language, length: str, standard: str | None) -> str:
    """Say how long something took, of how much it may."""
    return _TOOK.say(language, took=length, standard=standard) if standard else length


def late(language: Language) -> str:
    return _LATE.say(language)


def since(language: Language, moment: str) -> str:
    return _SINCE.say(language, moment=moment)


def due_by(language: Language, moment: str) -> str:
    return _DUE.say(language, moment=moment)


def of_case(
    language: Language, *, ticket: int, begun: str, steps: Sequence[str], end: str | None, ended: str
) -> str:
    """Say whose case is on the table and where it stands; `end` is what its end is called."""
    if end is None:
        stands = _STANDS_AT.say(language, steps=", ".join(steps) or "–")
    else:
        stands = _ENDED.say(language, end=end, moment=ended)
    return _OF_CASE.say(language, ticket=number_words(ticket), begun=begun, stands=stands)


def ended_otherwise(language: Language, end: str) -> str:
    """Name an end that is none of the file's."""
    return (_STOPPED if end == "stopped" else _WITHDRAWN).say(language)


def legend(language: Language) -> str:
    return _LEGEND.say(language)


def ours(language: Language) -> str:
    return _OURS.say(language)


def sheet(language: Language, page: int, pages: int) -> str:
    return _SHEET.say(language, page=str(page), pages=str(pages))


def signed_here(language: Language) -> str:
    return _SIGNED.say(language)


def initials(language: Language) -> str:
    return _INITIALS.say(language)


def printed(language: Language, moment: str) -> str:
    return _PRINTED.say(language, moment=moment)
