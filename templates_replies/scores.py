"""A score that somebody gives, and the remark that may come with it: `5`, `lima`, `⭐⭐⭐⭐`, `4 - cepat sekali`.

Precise rather than greedy, for whoever writes about a real problem after closing must never be taken for somebody who
answers a survey: a number only counts where it stands first and nothing behind it makes it a quantity ("5 hari lalu
…") or the first item of a list ("1. tidak bisa login"). Words behind it are a remark if every sentence of them judges
the service and none asks for anything; else the score counts and the message still asks.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from templates_replies.cues import is_courtesy
from templates_replies.normalise import words

LONGEST = 400  # characters of a remark: whoever writes more has something to say


def _set(text: str) -> frozenset[str]:
    """Return words as they are read in a message."""
    return frozenset(word for each in text.split() for word in words(each))


_NUMBERS = (
    ("satu", "one"), ("dua", "two"), ("tiga", "three"), ("empat", "four"), ("lima", "five"), ("enam", "six"),
    ("tujuh", "seven"), ("delapan", "eight"), ("sembilan", "nine"), ("sepuluh", "ten"),
)  # fmt: skip
_VALUE_OF = {word: value for value, pair in enumerate(_NUMBERS, start=1) for word in pair}
_VALUE_OF |= {str(value): value for value in range(1, len(_NUMBERS) + 1)}
_ENDS = {"sangat puas": True, "very satisfied": True, "sangat tidak puas": False, "very dissatisfied": False}
_STARS = "⭐★🌟"
_EMPTY_STAR = "☆"
_INVISIBLE = re.compile("[\ufe0e\ufe0f\u20e3\u200b-\u200f]")  # what makes an emoji of a digit, and the like

_SCORE = re.compile(
    rf"""
    \s*(?:(?:saya\s+)?(?:beri|kasih|nilai|skor|rating|score|jawaban|jawab|answer|i\s+give|bintang|stars?)\s*[:=]?\s*)*
    (?:(?P<stars>[{_STARS}](?:\s?[{_STARS}])*)[\s{_EMPTY_STAR}]*|(?P<number>\d{{1,2}}|{"|".join(word for pair in _NUMBERS for word in pair)})(?!\w))
    [^\S\n]*(?:(?:/|dari|out\s+of|of)\s*\d{{1,2}}(?!\w))?(?:[^\S\n]*(?:[{_STARS}]+|bintang|stars?))?
    (?P<rest>.*)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)  # fmt: skip
_LIST_MARK = re.compile(r"\s*[.)](?:\s|$)")
_SEPARATOR = re.compile(r"\s*(?:[-–—:;,!]|\n)\s*|\s*[.)(]\s*")
_ANOTHER_ITEM = re.compile(r"(?:^|\n|\s)[2-9]\s?[.)]\s|^\s*[,&+]?\s*(?:\d|dan\b|and\b|atau\b|or\b)")
_SIGNED = re.compile(r"\n--\s*\n.*|\n_{3,}.*", re.DOTALL)
_NAME_LINE = re.compile(r"(?:[A-Z][\w.'-]*|\d{6,20})(?: (?:[A-Z][\w.'-]*|\d{6,20})){0,4}")
_CLAUSES = re.compile(
    r"[.!;\n]+|\b(?:tapi|tetapi|namun|cuma|hanya saja|sayangnya|but|however|unfortunately)\b"
)

_JUDGES = _set(
    """
    cepat lambat lama lelet lemot ramah sopan jutek baik bagus buruk jelek jelas puas kecewa memuaskan mengecewakan mantap
    membantu terbantu responsif tanggap sigap solutif profesional sukses hebat sempurna keren jos top oke cukup kompeten
    tingkatkan ditingkatkan meningkatkan pertahankan dipertahankan percepat dipercepat perbaiki diperbaiki istimewa
    lumayan memadai mudah sulit rumit ribet senang
    good great excellent fast quick quickly slow slowly friendly polite rude helpful unhelpful satisfied dissatisfied
    disappointed disappointing responsive nice bad poor clear unclear improve perfect awesome amazing professional happy
    unhappy okay ok fine wonderful terrible easy difficult satisfying efficient
    """
)
_IMPROVES = _set(
    "tingkatkan ditingkatkan pertahankan dipertahankan percepat dipercepat perbaiki diperbaiki improve"
)
_ASKS = _set("tolong mohon minta dong please butuh perlu need bantu")
_PROBLEMS = _set(
    """
    gagal error eror hilang salah kenapa mengapa bagaimana kapan apakah apa dimana mana kendala masalah rusak macet cek
    reset muncul terkunci blokir password sandi login kosong keluar
    why how when what where problem issue fail failed fails missing lost broken wrong stuck locked reset check
    """
)
_NEGATES = _set("tidak belum masih tetap bukan kurang jangan still not no never")
_DEGREES = _set("terlalu cukup begitu sangat lebih so very too really quite that as")
_PRAISE = re.compile(
    r"\bluar biasa\b|\b(?:tidak|tanpa|no)\s+(?:ada\s+)?(?:keluhan|masalah|kendala|komentar|saran|complaints?|problems?|issues?|comments?)\b"
)
_LONGEST_NO = 60  # characters
_NONE = _set("tidak nihil no none nothing nope")
_NONE_OF = _set("ada komentar saran masukan catatan comment comments dulu lagi untuk saat ini thanks")


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A score that was said."""

    score: int
    remark: str | None = None
    asks: bool = False  # with it comes something that somebody must answer


def scored(text: str, scale: int) -> Scored | None:
    """Read a score from 1 to `scale`; None for anything that is not surely one."""
    said = _INVISIBLE.sub("", _SIGNED.sub("", unicodedata.normalize("NFKC", text[:2_000]))).strip()
    if (best := _ENDS.get(said.casefold().rstrip(".! "))) is not None:
        return Scored(score=scale if best else 1)
    match = _SCORE.fullmatch(said)
    if match is None:
        return None
    score = _count(match["stars"]) if match["stars"] else _VALUE_OF.get(match["number"].casefold(), 0)
    rest = match["rest"]
    if not 1 <= score <= scale or _ANOTHER_ITEM.search(rest):
        return None
    words_behind = _without_signature(rest).strip(" \t\n-–—:;,.!()")
    if not words_behind or is_courtesy(words_behind):
        return Scored(score=score)
    if is_remark(words_behind):
        return Scored(score=score, remark=words_behind)
    if _LIST_MARK.match(rest) or not _SEPARATOR.match(rest):
        return None
    return Scored(score=score, remark=words_behind[:LONGEST], asks=True)


def is_remark(text: str) -> bool:
    """Return whether it judges the service, sentence by sentence, and asks for nothing."""
    if "?" in text or len(text) > LONGEST:
        return False
    said, praises = _PRAISE.subn(" bagus ", text.casefold())
    if not praises and _JUDGES.isdisjoint(words(text)):
        return False  # nearly every message
    clauses = [part for part in _CLAUSES.split(said) if words(part)]
    judging = [clause for clause in clauses if not is_courtesy(clause)]
    return bool(judging) and all(_judges(clause) for clause in judging)


def declines(text: str) -> bool:
    """Return whether somebody who was asked for a remark has none: `tidak ada`, `-`."""
    if len(text) > _LONGEST_NO:
        return False
    if text.strip(" -") == "":
        return bool(text.strip())
    if _NONE.isdisjoint(words(text)):
        return False  # nearly every message
    parts = [part for part in _CLAUSES.split(text.casefold().replace(",", ";")) if not is_courtesy(part)]
    return bool(parts) and all(
        not _NONE.isdisjoint(words(part)) and _NONE.union(_NONE_OF).issuperset(words(part)) for part in parts
    )


def _count(stars: str) -> int:
    return sum(each in _STARS for each in stars)


def _without_signature(rest: str) -> str:
    """Leave out the lines at the end that hold nothing but a name or a number, as mails have them."""
    lines = rest.rstrip().split("\n")
    while len(lines) > 1 and (_NAME_LINE.fullmatch(lines[-1].strip()) or is_courtesy(lines[-1])):
        lines.pop()
    return "\n".join(lines)


def _judges(clause: str) -> bool:
    said = words(clause)
    if not any(word in _JUDGES for word in said) or any(word in _PROBLEMS for word in said):
        return False
    if any(word in _ASKS for word in said) and not any(word in _IMPROVES for word in said):
        return False
    return all(_is_judged(said, at + 1) for at, word in enumerate(said) if word in _NEGATES)


def _is_judged(said: Sequence[str], at: int) -> bool:
    """Return whether what a negation is about judges: `belum puas`, `not very clear`; not `belum bisa`."""
    while at < len(said) and (said[at] in _DEGREES or said[at] in _NEGATES):
        at += 1
    return at < len(said) and said[at] in _JUDGES
