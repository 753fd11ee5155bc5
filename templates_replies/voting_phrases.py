"""What is said of votes: how many are needed, who has said what."""

from collections.abc import Mapping, Sequence

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_NUMBER = Phrase(id="sedikitnya {needs} orang", en="at least {needs} of them")
_SHARES: Mapping[str, Phrase] = {
    "all": Phrase(id="semua", en="all of them"),
    "more than half": Phrase(id="lebih dari separuh", en="more than half of them"),
}
_RULE = Phrase(id="Pemungutan suara: {yes} bila {needs}", en="By vote: {yes} if {needs} say so")
_SO_FAR = Phrase(id="Suara: {votes}", en="Votes: {votes}")
_TAKEN = Phrase(
    id="✅ Suara Anda dicatat: {way}. Langkah “{step}” belum diputus; sudah {count} suara.",
    en="✅ Your vote is noted: {way}. “{step}” is not decided yet; {count} so far.",
)
_ALREADY = Phrase(
    id="Anda sudah memberi suara untuk langkah “{step}”: {way}.",
    en="You have voted on “{step}” already: {way}.",
)


def rule(language: Language, needs: str, *, yes: str) -> str:
    """Say how many must say yes: a number, `all`, `more than half`."""
    said = _SHARES[needs].say(language) if needs in _SHARES else _NUMBER.say(language, needs=needs)
    return _RULE.say(language, yes=yes, needs=said)


def so_far(language: Language, votes: Sequence[str]) -> str:
    return _SO_FAR.say(language, votes=", ".join(votes))


def taken(language: Language, *, way: str, step: str, count: int) -> str:
    return _TAKEN.say(language, way=way, step=step, count=str(count))


def already(language: Language, *, way: str, step: str) -> str:
    return _ALREADY.say(language, way=way, step=step)
