"""What stands in a ticket's topic beside its card: what the contact, the bot and colleagues said, and what to choose."""

from collections.abc import Sequence
from datetime import datetime

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.moments import time_in_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_LONGEST_NAME = 60
_MOST_NAMES = 60

_CONTACT = Phrase(id="💬 {who}, {time}", en="💬 {who}, {time}")
_ANSWERS = Phrase(id="↪ membalas “{words}”", en="↪ in reply to “{words}”")
_FILE = Phrase(id="berkas", en="a file")
_GONE = Phrase(id="pesan yang dihapus", en="a deleted message")
_DELETED = Phrase(id="🗑 {who} menghapus pesannya: “{words}”", en="🗑 {who} deleted their message: “{words}”")
_EDITED = Phrase(id="✏️ {who} mengubah pesannya", en="✏️ {who} edited the message")
_BOT = Phrase(id="🤖 Dijawab otomatis", en="🤖 Answered automatically")
_COLLEAGUE = Phrase(id="↩️ Dijawab oleh {who}", en="↩️ Answered by {who}")
_NOTE = Phrase(id="📝 Catatan {who}", en="📝 Note by {who}")
_NOTE_EDITED = Phrase(id="✏️ {who} mengubah catatan:", en="✏️ {who} changed the note:")
_NOTE_GONE = Phrase(id="🗑 {who} menarik catatannya.", en="🗑 {who} took the note back.")
_FILES = Phrase(id="📎 {names}", en="📎 {names}")
_LOCATION = Phrase(id="📍 Lokasi: {link}", en="📍 Location: {link}")
_NAMED_LOCATION = Phrase(id="📍 {name}: {link}", en="📍 {name}: {link}")
_SUBJECT = Phrase(id="Perihal: {subject}", en="Subject: {subject}")
_CHOOSE_CATEGORY = Phrase(
    id="Pilih kategori di bawah ini, atau ketik /kategori diikuti namanya:\n{names}",
    en="Choose a category below, or type /category and its name:\n{names}",
)
_QUEUED = Phrase(
    id="Jawaban untuk tiket {ticket} sedang dikirim.", en="Your answer on ticket {ticket} is on its way."
)
_TAKE = Phrase(id="Ambil", en="Take it")
_TEMPLATES = Phrase(id="Templat balasan", en="Reply templates")
_CLOSE = Phrase(id="Tutup", en="Close")
_SEND, _CANCEL = Phrase(id="Kirim", en="Send"), Phrase(id="Batal", en="Cancel")
_RETURNED = Phrase(
    id="Tiket {ticket} kembali ke lini pertama.", en="Ticket {ticket} is back with the first line."
)
_VERIFIED = Phrase(
    id="Tiket {ticket} diverifikasi dan ditutup.", en="Ticket {ticket} is verified and closed."
)
_AMENDED = Phrase(id="✏️ {who} mengubah jawaban:", en="✏️ {who} changed the answer:")


def contact_wrote(
    language: Language,
    *,
    who: str,
    at: datetime,
    subject: str | None,
    text: str,
    files: Sequence[str],
    link: str | None,
    place: str | None = None,
    warning: str | None = None,
    answers: str | None = None,
) -> str:
    """Show a contact's message; `at` local to the desk, `subject` only where it is worth a line.

    `answers`: the words that it was written in reply to, where they do not stand above it; `link` leads to a map,
    `place` is what the sender calls it.
    """
    lines = [
        _CONTACT.say(language, who=one_line(who, longest=_LONGEST_NAME), time=time_in_words(at, language))
    ]
    if warning:
        lines.append(warning)
    if subject:
        lines.append(_SUBJECT.say(language, subject=one_line(subject, longest=150)))
    if answers is not None:
        lines.append(_ANSWERS.say(language, words=one_line(answers, longest=100) or _FILE.say(language)))
    lines += [text] if text else []
    if link:
        name = one_line(place or "", longest=150)
        at_place = _NAMED_LOCATION.say(language, name=name, link=link) if name else None
        lines.append(at_place or _LOCATION.say(language, link=link))
    lines += (
        [_FILES.say(language, names=", ".join(one_line(name, longest=80) for name in files))] if files else []
    )
    return "\n".join(lines)


def contact_edited(language: Language, *, who: str, text: str) -> str:
    return f"{_EDITED.say(language, who=one_line(who, longest=_LONGEST_NAME))}\n{text}"


def contact_deleted(language: Language, *, who: str, text: str) -> str:
    words = one_line(text, longest=100) or _FILE.say(language)
    return _DELETED.say(language, who=one_line(who, longest=_LONGEST_NAME), words=words)


def deleted(language: Language) -> str:
    return _GONE.say(language)


def bot_answered(language: Language, *, text: str) -> str:
    return f"{_BOT.say(language)}\n{text}"


def colleague_answered(language: Language, *, who: str, text: str) -> str:
    return f"{_COLLEAGUE.say(language, who=one_line(who, longest=_LONGEST_NAME))}\n{text}"


def colleague_amended(language: Language, *, who: str, text: str) -> str:
    return f"{_AMENDED.say(language, who=one_line(who, longest=_LONGEST_NAME))}\n{text}"


def colleague_noted(language: Language, *, who: str, text: str, edited: bool = False) -> str:
    said = _NOTE_EDITED if edited else _NOTE
    return f"{said.say(language, who=one_line(who, longest=_LONGEST_NAME))}\n{text}"


def note_taken_back(language: Language, *, who: str) -> str:
    return _NOTE_GONE.say(language, who=one_line(who, longest=_LONGEST_NAME))


def choose_category(language: Language, *, names: Sequence[str]) -> str:
    return _CHOOSE_CATEGORY.say(language, names=", ".join(names[:_MOST_NAMES]))


def answer_queued(language: Language, *, ticket: int) -> str:
    return _QUEUED.say(language, ticket=number_words(ticket))


def returned(language: Language, *, ticket: int) -> str:
    return _RETURNED.say(language, ticket=number_words(ticket))


def verified(language: Language, *, ticket: int) -> str:
    return _VERIFIED.say(language, ticket=number_words(ticket))


def take_label(language: Language) -> str:
    return _TAKE.say(language)


def templates_label(language: Language) -> str:
    return _TEMPLATES.say(language)


def close_label(language: Language) -> str:
    return _CLOSE.say(language)


def send_labels(language: Language) -> tuple[str, str]:
    """Return the labels of the two buttons below a reply that is shown: send, cancel."""
    return _SEND.say(language), _CANCEL.say(language)
