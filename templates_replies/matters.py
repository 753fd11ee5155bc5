"""Two requests in one message are two matters: neither may be answered alone, as if the other had not been said.

A message is cut at the ends of its sentences and at words that begin something else ("oh ya", "sekalian", "and also");
each part is read by itself. Two parts are two matters only if both are plainly about something, and about different
things: "lupa password. Tetapi tetap tidak bisa login" goes on, and begins nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from templates_replies.cues import is_courtesy, is_greeting, is_thanks
from templates_replies.matcher import Suggestion
from templates_replies.normalise import LONGEST, words

MOST_PARTS = 6  # of a longer message the first ones are read
MOST_MATTERS = 3
PLAIN = 0.85  # score of a part from which on it is plainly about something
PLAIN_WHEN_ANNOUNCED = 0.5  # where its own words say that it is something else
_CLEAR_OF_OTHER = 0.5  # of a part's score: what the other's category may have of it
_FEWEST_WORDS = 2
_FEWEST_TO_ASK_MORE = 4  # where nobody is sure what it is about

_SENTENCE = r"[.!?…]+(?=\s|$)|\n+|;(?=\s)"
_ANNOUNCED = (
    "oh ya", "oh iya", "ohya", "oiya", "oya", "terus", "trus", "dan juga", "serta juga", "sama juga", "sekalian", "selain itu",
    "satu lagi", "1 lagi", "btw", "tambahan lagi", "ngomong-ngomong", "plus", "kemudian juga", "lalu juga",
    "and also", "also", "another thing", "one more thing", "by the way", "besides that", "in addition", "additionally",
    "on top of that", "secondly",
)  # fmt: skip
_ANNOUNCING = (*_ANNOUNCED, "sama")  # one of which is in each announcement
_SAMA = r"(?<=, )sama|sama(?= (?:mau|minta|tolong|tanya|itu|satu|kalau|gimana|bagaimana|cara|saya))"
_ENDS = re.compile(_SENTENCE)
_BOUNDARY = re.compile(
    rf"(?P<announced>\b(?:{'|'.join(_ANNOUNCED)}|{_SAMA})\b[\s,:]*)|(?:{_SENTENCE})", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"\W*(?:tapi|tetapi|tp|namun|karena|krn|soalnya|sehingga|jadi|makanya|padahal|walau|meski|akhirnya|tetap|tetep|masih|sudah|udah|setelah"
    r"|waktu|ketika|saat|lalu|kemudian|but|however|because|since|so|although|though|still|after|when|then|already|it|itu|ini)\b",
    re.IGNORECASE,
)
# What says who somebody is asks for nothing: `NIM saya 13520001`, `No. HP: 0812-3456-7890`.
_ONLY_A_NUMBER = re.compile(
    r"(?:(?:nim|nip|nidn|nik|npm|nrp|nomor|no|hp|wa|whatsapp|telp|telepon|saya|adalah|my|is|id|number|student)\b[\s.:]*)*\+?\d[\d .-]{4,}",
    re.IGNORECASE,
)
_EDGES = " \t\r\n,;:.!?…-–•*"

Suggest = Callable[[str], Sequence[Suggestion]]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of a message that may stand by itself."""

    start: int
    end: int
    text: str
    announced: bool  # its words say that it is something else


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One of several requests in a message."""

    category: str
    score: float
    start: int  # where its words stand in the message
    end: int


@dataclass(frozen=True, kw_only=True)
class Requests:
    """What a message asks for, where that is more than one thing."""

    matters: tuple[Matter, ...] = ()  # two or more, in the order in which they stand
    more: bool = False  # something else is asked for, whether or not anybody knows what


@dataclass(frozen=True, kw_only=True)
class _Read:
    """A part, and what it is about."""

    part: Part
    place: int
    said: Sequence[Suggestion]

    @property
    def category(self) -> str | None:
        return self.said[0].category if self.said else None

    @property
    def score(self) -> float:
        return self.said[0].score if self.said else 0.0

    @property
    def matter(self) -> Matter:
        best = self.said[0]
        return Matter(category=best.category, score=best.score, start=self.part.start, end=self.part.end)

    @property
    def asks_more(self) -> bool:
        return self.part.announced and len(words(self.part.text)) >= _FEWEST_TO_ASK_MORE

    def score_of(self, category: str | None) -> float:
        return next((one.score for one in self.said if one.category == category), 0.0)


def parts_of(text: str) -> tuple[Part, ...]:
    """Cut a message into what may be requests of their own: without greetings and thanks, and what goes on joined on.

    Of one that is nowhere to be cut there are none.
    """
    text = text[:LONGEST]
    if not _can_be_cut(text.strip(_EDGES)):
        return ()
    pieces: list[Part] = []
    start, announced = 0, False
    for end, next_start, is_announced in chain(_boundaries(text), [(len(text), len(text), False)]):
        if len(pieces) > MOST_PARTS:  # nothing goes on from those before it any more
            break
        piece = _trimmed(text, start, end, announced=announced)
        if piece is None:
            announced = announced or is_announced
        elif pieces and _GOES_ON.match(piece.text):
            pieces[-1] = _trimmed(text, pieces[-1].start, end, announced=pieces[-1].announced) or pieces[-1]
            announced = is_announced
        else:
            pieces.append(piece)
            announced = is_announced
        start = next_start
    return tuple(pieces[:MOST_PARTS])


def read_requests(text: str, suggest: Suggest) -> Requests:
    """Read what a message asks for, each part by itself; cheap for a message that cannot be cut."""
    parts = parts_of(text)
    return requests_in(parts, [suggest(part.text) for part in parts] if len(parts) > 1 else ())


def requests_in(parts: Sequence[Part], suggested: Sequence[Sequence[Suggestion]]) -> Requests:
    """Return what a message asks for that was cut into parts, by what is suggested for each; one part is nothing more."""
    if len(parts) < 2:
        return Requests()
    read = [
        _Read(part=part, place=place, said=said)
        for place, (part, said) in enumerate(zip(parts, suggested, strict=True))
    ]
    taken: list[_Read] = []
    for one in sorted(read, key=lambda each: -each.score):
        if one.score >= PLAIN_WHEN_ANNOUNCED and all(_are_two(one, other, parts) for other in taken):
            taken.append(one)
    if len(taken) < 2:
        first = read[0].category
        return Requests(more=any(one.asks_more and one.category != first for one in read[1:]))
    in_order = sorted(taken[:MOST_MATTERS], key=lambda each: each.place)
    return Requests(matters=tuple(one.matter for one in in_order), more=True)


def _can_be_cut(text: str) -> bool:
    return bool(_ENDS.search(text) or (_may_announce(text) and _BOUNDARY.search(text)))


def _boundaries(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where parts end. To try each announcement at each word of a text without any takes twice as long."""
    for each in (_BOUNDARY if _may_announce(text) else _ENDS).finditer(text):
        yield each.start(), each.end(), each.lastgroup == "announced"


def _may_announce(text: str) -> bool:
    lowered = text.lower()
    return any(each in lowered for each in _ANNOUNCING)


def _trimmed(text: str, start: int, end: int, *, announced: bool) -> Part | None:
    """Return what stands between two places; None if it asks for nothing."""
    said = text[start:end].rstrip(_EDGES)
    piece = said.lstrip(_EDGES)
    if _ONLY_A_NUMBER.fullmatch(piece):
        return None
    if len(words(piece)) < _FEWEST_WORDS or is_greeting(piece) or is_thanks(piece) or is_courtesy(piece):
        return None
    end = start + len(said)
    return Part(start=end - len(piece), end=end, text=piece, announced=announced)


def _are_two(one: _Read, other: _Read, parts: Sequence[Part]) -> bool:
    """Whether two parts are about different things, both plainly, and neither a little about the other's."""
    first, last = sorted((one.place, other.place))
    announced = any(part.announced for part in parts[first + 1 : last + 1])
    least = PLAIN_WHEN_ANNOUNCED if announced else PLAIN
    return (
        one.category != other.category
        and min(one.score, other.score) >= least
        and one.score_of(other.category) < one.score * _CLEAR_OF_OTHER
        and other.score_of(one.category) < other.score * _CLEAR_OF_OTHER
    )
