"""What the bot says to people of the desk about answers that were changed, taken back, undone or sent again."""

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_NONE_OF_OURS = Phrase(
    id="Hanya jawaban dan catatan petugas pada tiket ini yang dapat diubah atau ditarik.",
    en="Only answers and notes of the desk's people on this ticket can be changed or taken back.",
)
_TAKEN_BACK = Phrase(id="🗑 Jawaban ditarik dari kontak.", en="🗑 The answer was taken back from the contact.")
_UNDONE = Phrase(
    id="↩️ Jawaban di atas dibatalkan sebelum terkirim. Kontak tidak menerimanya.",
    en="↩️ The answer above was undone before it was sent. The contact has not received it.",
)
_NOTE_TAKEN_BACK = Phrase(id="🗑 Catatan ditarik.", en="🗑 The note was taken back.")
_NOT_CHANGED = Phrase(
    id="⚠️ Perubahan jawaban tidak sampai pada kontak: {reason}",
    en="⚠️ The change did not reach the contact: {reason}",
)
_NOT_TAKEN_BACK = Phrase(
    id="⚠️ Pesan tidak dapat ditarik dari kontak: {reason}",
    en="⚠️ The message could not be taken back from the contact: {reason}",
)
_SENT_AGAIN = Phrase(
    id="Jawaban pada tiket {ticket} dikirim lagi.", en="The answer on ticket {ticket} is being sent again."
)


def taken_back(language: Language, *, note: bool) -> str:
    return (_NOTE_TAKEN_BACK if note else _TAKEN_BACK).say(language)


def undone(language: Language) -> str:
    return _UNDONE.say(language)


def none_of_ours(language: Language) -> str:
    return _NONE_OF_OURS.say(language)


def sent_again(language: Language, *, ticket: int) -> str:
    return _SENT_AGAIN.say(language, ticket=number_words(ticket))


def not_changed(language: Language, *, reason: str) -> str:
    return _NOT_CHANGED.say(language, reason=one_line(reason))


def not_taken_back(language: Language, *, reason: str) -> str:
    return _NOT_TAKEN_BACK.say(language, reason=one_line(reason))
