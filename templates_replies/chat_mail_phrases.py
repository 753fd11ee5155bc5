"""The mail that brings an answer to somebody who has left the web chat."""

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase

_LONGEST_QUOTE = 2000
_SUBJECT = Phrase(id="Jawaban {desk} [{ticket}]", en="{desk}: an answer to you [{ticket}]")
_TEXT = Phrase(
    id="{answer}\n\nAnda bertanya lewat obrolan web {desk} dan meninggalkan alamat ini. Balas email ini bila ingin melanjutkan. Bila bukan Anda yang bertanya, abaikan saja.",
    en="{answer}\n\nYou asked in the web chat of {desk} and left this address. Answer this mail to go on. If it was not you, please ignore it.",
)
_ASKED = Phrase(id="Pesan Anda:", en="What you wrote:")


def answer_by_mail(language: Language, *, desk: str, ticket: int, answer: str, asked: str) -> tuple[str, str]:
    """Return subject and text of the mail, with what was asked quoted below."""
    text = _TEXT.say(language, answer=answer, desk=desk)
    if asked.strip():
        quoted = "\n".join(f"> {line}" for line in asked[:_LONGEST_QUOTE].splitlines())
        text = f"{text}\n\n{_ASKED.say(language)}\n{quoted}"
    return _SUBJECT.say(language, desk=desk, ticket=number_words(ticket)), text
