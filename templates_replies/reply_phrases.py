"""What agents read of reply templates: which are offered, what is still to be filled in, how the reply would read."""

from collections.abc import Mapping, Sequence

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase
from templates_replies.placeholders import ASKED
from templates_replies.render import Rendered

_MOST_NAMES = 40

_CHOOSE = Phrase(
    id="Pilih templat balasan yang paling sesuai di bawah ini.",
    en="Choose the reply template that fits best below.",
)
_OTHERS = Phrase(
    id="Templat lain (ketik /balas diikuti namanya):\n{names}",
    en="Others (type /reply and the name):\n{names}",
)
_NONE = Phrase(id="Unit ini belum memiliki templat balasan.", en="This desk has no reply templates yet.")
_PREVIEW = Phrase(
    id="Pratinjau balasan untuk pengirim:\n\n{text}\n\nKetik {lead}/kirim untuk mengirim atau {lead}/batal untuk membatalkan.",
    en="This reply would go to the contact:\n\n{text}\n\nType {lead}/send to send it, or {lead}/cancel to drop it.",
)
_UNFINISHED = Phrase(
    id="Balasan ini belum lengkap:\n\n{text}", en="This reply is not complete yet:\n\n{text}"
)
_ASK = Phrase(
    id="Isi {name}: tulis nilainya di sini, atau /batal.",
    en="Fill in {name}: write it here, or /cancel.",
)
_AND_MORE = Phrase(
    id="Isi {name}: tulis nilainya di sini, atau /batal. Setelah itu masih ada {more}.",
    en="Fill in {name}: write it here, or /cancel. After that: {more}.",
)
_LEFT_OPEN = Phrase(
    id="⚠️ Jawaban ini belum dikirim: {gaps} belum diisi, padahal akan terbaca apa adanya oleh pengirim.\n\nTulis ulang jawabannya dengan isian yang benar, atau kirim apa adanya bila memang dimaksudkan demikian.",
    en="⚠️ This answer was not sent: {gaps} is not filled in, and the contact would read it as it stands.\n\nWrite the answer again with what belongs there, or send it as it stands if that is what you mean.",
)
_NOT_FILLED = Phrase(
    id="⚠️ Belum ada yang dikirim atau diubah: {gaps} belum diisi. Tulis ulang dengan isian yang benar.",
    en="⚠️ Nothing was sent or changed: {gaps} is not filled in. Write it again with what belongs there.",
)
_AS_IT_STANDS = Phrase(id="Kirim apa adanya", en="Send as it stands")
_DROP = Phrase(id="Batal", en="Drop it")
_FOREIGN: Mapping[Language, Phrase] = {  # by the language that it is written in
    "id": Phrase(
        id="⚠️ Templat ini hanya ada dalam bahasa Indonesia, sedangkan pengirim menulis dalam bahasa Inggris.",
        en="⚠️ This template is written in Indonesian only, and the contact writes in English.",
    ),
    "en": Phrase(
        id="⚠️ Templat ini hanya ada dalam bahasa Inggris, sedangkan pengirim menulis dalam bahasa Indonesia.",
        en="⚠️ This template is written in English only, and the contact writes in Indonesian.",
    ),
}
_VALUES: Mapping[str, Phrase] = {
    "contact": Phrase(id="nama pengirim", en="the contact's name"),
    "identity": Phrase(id="NIM/NIP", en="the student or staff number"),
    "unit": Phrase(id="program studi atau unit", en="the study programme or unit"),
    "ticket": Phrase(id="nomor tiket", en="the ticket's number"),
    "subject": Phrase(id="perihal", en="the subject"),
    "category": Phrase(id="kategori", en="the category"),
    "status": Phrase(id="status", en="the status"),
    "desk": Phrase(id="nama unit layanan", en="the desk's name"),
    "agent": Phrase(id="nama petugas", en="the agent's name"),
    "hours": Phrase(id="jam layanan", en="the operating hours"),
    "answer_by": Phrase(id="batas waktu jawaban", en="by when a person answers"),
    "today": Phrase(id="tanggal hari ini", en="today's date"),
    "alert": Phrase(id="pemberitahuan", en="the alert"),
    "link": Phrase(id="tautan survei", en="the survey's link"),
}


def value_words(language: Language, name: str) -> str:
    """Return what a placeholder asks for: the template's own words, or ours for what the ticket should know."""
    known = _VALUES.get(name)
    return known.say(language) if known is not None else name.removeprefix(ASKED)


def choose(language: Language, *, others: Sequence[str], any_: bool = True) -> str:
    if not any_:
        return _NONE.say(language)
    lines = [_CHOOSE.say(language)]
    if others:
        lines.append(_OTHERS.say(language, names=", ".join(others[:_MOST_NAMES])))
    return "\n\n".join(lines)


def preview(language: Language, rendered: Rendered, *, number: int | None = None) -> str:
    """Show a rendered reply before it goes; `number` of the ticket where a command has to name it."""
    lead = "" if number is None else f"#{number} "
    return _marked(language, rendered, _PREVIEW.say(language, text=rendered.text, lead=lead))


def ask(language: Language, rendered: Rendered) -> str:
    """Ask for the first value that a reply lacks, and say which come after it."""
    first, *others = (value_words(language, name) for name in rendered.missing)
    phrase = _AND_MORE if others else _ASK
    question = phrase.say(language, name=first, more=", ".join(others))
    shown = _UNFINISHED.say(language, text=rendered.text)
    return _marked(language, rendered, f"{shown}\n\n{question}")


def left_open(language: Language, gaps: Sequence[str]) -> str:
    """Ask what was meant by placeholders that stand in somebody's own words."""
    return _LEFT_OPEN.say(language, gaps=_in_braces(gaps))


def not_filled(language: Language, gaps: Sequence[str]) -> str:
    """Refuse what cannot be held: a change of what was sent, words to somebody who has not written."""
    return _NOT_FILLED.say(language, gaps=_in_braces(gaps))


def left_open_labels(language: Language) -> tuple[str, str]:
    """Return the labels of the two buttons: send as it stands, drop."""
    return _AS_IT_STANDS.say(language), _DROP.say(language)


def foreign(language: Language, written_in: Language) -> str:
    """Say that a template is not written in the contact's language."""
    return _FOREIGN[written_in].say(language)


def _in_braces(gaps: Sequence[str]) -> str:
    return ", ".join(f"{{{gap}}}" for gap in gaps)


def _marked(language: Language, rendered: Rendered, text: str) -> str:
    return f"{foreign(language, rendered.language)}\n\n{text}" if rendered.is_foreign else text
