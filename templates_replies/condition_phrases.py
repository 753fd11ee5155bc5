"""Under which answers a question is asked, in both languages."""

from collections.abc import Sequence

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_WHERE = Phrase(id="Hanya bila {every}", en="Only where {every}")
_WHERE_NOT = Phrase(id="Tidak bila {unless}", en="Not where {unless}")
_AND = Phrase(id=" dan ", en=" and ")
_OR = Phrase(id=" atau ", en=" or ")
_ANSWERED = Phrase(id="{label} diisi", en="{label} is filled in")
_UNANSWERED = Phrase(id="{label} tidak diisi", en="{label} is left empty")


def only_where(language: Language, *, every: Sequence[str], unless: Sequence[str]) -> str:
    both = _AND.say(language)
    parts = []
    if every:
        parts.append(_WHERE.say(language, every=both.join(every)))
    if unless:
        parts.append(_WHERE_NOT.say(language, unless=both.join(unless)))
    return "; ".join(parts)


def answered(language: Language, *, label: str, answered: bool) -> str:
    return (_ANSWERED if answered else _UNANSWERED).say(language, label=label)


def any_of(language: Language, values: Sequence[str]) -> str:
    return _OR.say(language).join(values)
