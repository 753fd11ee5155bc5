"""What staff read of the matcher's suggestions: why they were made, and what came of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_LONGEST_TEXT = 80
_WORDS = Phrase(id="kata “{words}”", en="words “{words}”")
_LIKE_TICKET = Phrase(id="mirip dengan tiket {ticket}", en="similar to ticket {ticket}")
_LIKE_TEXT = Phrase(id="mirip dengan “{text}”", en="similar to “{text}”")
_WHY = Phrase(id="Alasan: {reasons}", en="Because of: {reasons}")
_NONE_FITS = Phrase(id="Tidak ada yang cocok", en="None of these")
_NOTED = Phrase(
    id="Tercatat: tidak ada kategori yang cocok untuk tiket {ticket}. Tiket tetap memerlukan kategori sebelum ditutup.",
    en="Noted: no category fits ticket {ticket}. It still needs one before it is closed.",
)


def why_suggested(
    language: Language, *, matched: Sequence[str], nearest: Mapping[str, Any] | None
) -> str | None:
    """Say in a line why the first suggestion was made; None where nothing speaks for it but pieces of words."""
    reasons = [_WORDS.say(language, words=", ".join(matched))] if matched else []
    if nearest and "ticket" in nearest:
        reasons.append(_LIKE_TICKET.say(language, ticket=number_words(nearest["ticket"])))
    elif nearest and "text" in nearest:
        text = one_line(str(nearest["text"]), longest=_LONGEST_TEXT)
        reasons.append(_LIKE_TEXT.say(language, text=text))
    return _WHY.say(language, reasons="; ".join(reasons)) if reasons else None


def none_fits_label(language: Language) -> str:
    return _NONE_FITS.say(language)


def none_fits_noted(language: Language, *, ticket: int) -> str:
    return _NOTED.say(language, ticket=number_words(ticket))
