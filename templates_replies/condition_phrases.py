"""Under which answers a question is asked, in both languages."""

from collections.abc import Mapping, Sequence

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_WHERE = Phrase(id="Hanya bila {every}", en="Only where {every}")
_WHERE_NOT = Phrase(id="Kecuali bila {unless}", en="Unless {unless}")
_AND = Phrase(id=" dan ", en=" and ")
_OR = Phrase(id=" atau ", en=" or ")
_ANSWERED = Phrase(id="{label} diisi", en="{label} is filled in")
_UNANSWERED = Phrase(id="{label} tidak diisi", en="{label} is left empty")

_THAN_NUMBERS: Mapping[str, Phrase] = {
    "<": Phrase(id="kurang dari {bound}", en="below {bound}"),
    "<=": Phrase(id="paling banyak {bound}", en="{bound} at most"),
    ">": Phrase(id="lebih dari {bound}", en="over {bound}"),
    ">=": Phrase(id="paling sedikit {bound}", en="{bound} at least"),
}
_THAN_DATES: Mapping[str, Phrase] = {
    "<": Phrase(id="sebelum {bound}", en="before {bound}"),
    "<=": Phrase(id="paling lambat {bound}", en="{bound} at the latest"),
    ">": Phrase(id="setelah {bound}", en="after {bound}"),
    ">=": Phrase(id="mulai {bound}", en="from {bound} on"),
}


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


def compared(language: Language, comparison: str, bound: str, *, of_dates: bool) -> str:
    """Say how an answer stands to a bound; `comparison` is `<`, `<=`, `>` or `>=`."""
    return (_THAN_DATES if of_dates else _THAN_NUMBERS)[comparison].say(language, bound=bound)
