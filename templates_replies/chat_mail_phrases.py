"""The mail that brings an answer to somebody who has left the web chat."""

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase

_SUBJECT = Phrase(id="Jawaban {desk} [{ticket}]", en="{desk}: an answer to you [{ticket}]")
_TEXT = Phrase(
    id="{answer}\n\nAnda bertanya lewat obrolan web {desk} dan meninggalkan alamat ini. Balas email ini bila ingin melanjutkan. Bila bukan Anda yang bertanya, abaikan saja.",
    en="{answer}\n\nYou asked in the web chat of {desk} and left this address. Answer this mail to go on. If it was not you, please ignore it.",
)
_ASKED = Phrase(id="Pesan Anda:", en="What you wrote:")
_NOT_MAILED = Phrase(
    id="✉️ Jawaban tiket {ticket} untuk {mailbox} tidak terkirim lewat email: {reason}\nPengunjung hanya dapat membacanya bila membuka obrolan lagi.",
    en="✉️ The answer on ticket {ticket} could not be mailed to {mailbox}: {reason}\nThe visitor reads it only on coming back to the chat.",
)


def answer_by_mail(language: Language, *, desk: str, ticket: int, answer: str) -> tuple[str, str]:
    """Return subject and text of the mail."""
    text = _TEXT.say(language, answer=answer, desk=desk).strip()
    return _SUBJECT.say(language, desk=desk, ticket=number_words(ticket)), text


def asked(language: Language) -> str:
    """Return what stands above the visitor's own words."""
    return _ASKED.say(language)


def not_mailed(language: Language, *, ticket: int, mailbox: str, reason: str) -> str:
    return _NOT_MAILED.say(language, ticket=number_words(ticket), mailbox=mailbox, reason=reason)
