"""What agents read where one message asks for several things."""

from collections.abc import Sequence

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_SEVERAL = Phrase(
    id="🧩 Pesannya memuat lebih dari satu hal: {names}",
    en="🧩 The message asks for more than one thing: {names}",
)
_SPLIT_OFF = Phrase(id="✂️ Jadikan tiket sendiri: {name}", en="✂️ Into a ticket of its own: {name}")
_PARTED = Phrase(
    id="✂️ {name} menjadi tiket {other}, terpisah dari {ticket}.",
    en="✂️ {name} is now ticket {other}, apart from {ticket}.",
)
_LONGEST_LABEL = 60


def several_matters(language: Language, *, names: Sequence[str]) -> str:
    return _SEVERAL.say(language, names="; ".join(names))


def split_off_label(language: Language, *, name: str) -> str:
    return one_line(_SPLIT_OFF.say(language, name=name), longest=_LONGEST_LABEL)


def parted(language: Language, *, ticket: int, other: int, name: str) -> str:
    return _PARTED.say(language, ticket=number_words(ticket), other=number_words(other), name=name)
