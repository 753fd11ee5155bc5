"""Written words become comparable words: case, stretched letters, chat spelling, contractions.

Everything here that reads a person's message (the matcher, the cues) reads it through `words`. The text itself is
never changed; what is shown to people is what was written.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from templates_replies.slang import JOINED, SPELLINGS

LONGEST = 1_000  # characters of a message that are read: a request stands at its beginning, and hostile input ends here
_BEGINNING = 100  # characters
ASKED_AGAIN = 512  # texts that are remembered as they were read: of all who write at once, each is asked a dozen questions

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+")  # addresses say nothing about the matter
_MARKS_OF_NOISE = ("://", "www.", "@")  # of which each of them has one
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHE = "\u2019"  # the typographic one, which phones put in by themselves
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLED_WORD = re.compile(r"([^\W\d_]{3,})2(?:nya)?")  # "teman2", "tugas2nya"
_JOINING = frozenset(second for _, second in JOINED)
_SUFFIX = re.compile(r"([^\W\d_]{4,})nya")


def written_words(text: str) -> tuple[str, ...]:
    """Return the words as they stand, in lower case, addresses left out."""
    return _written_words(text[:LONGEST])


@lru_cache(maxsize=ASKED_AGAIN)
def _written_words(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace(_APOSTROPHE, "'")
    if any(each in plain for each in _MARKS_OF_NOISE):
        plain = _NOISE.sub(" ", plain)
    return tuple(_WORD.findall(plain))


class Word(NamedTuple):
    meant: str
    written: str  # may be several words ("kata sandi") when they mean one thing together


def read(text: str) -> tuple[Word, ...]:
    """Return what is meant beside what is written, in order: `"reset pw"` gives (reset, reset), (password, pw)."""
    return _read(text[:LONGEST])


@lru_cache(maxsize=ASKED_AGAIN)
def _read(text: str) -> tuple[Word, ...]:
    found: list[Word] = []
    for written in _written_words(text):
        for word in _words_of(written):
            joins = found and word.meant in _JOINING
            joined = JOINED.get((found[-1].meant, word.meant)) if joins else None
            if joined is None:
                found.append(word)
            else:
                found[-1] = Word(joined, f"{found[-1].written} {written}")
    return tuple(found)


@lru_cache(maxsize=16_384)
def _words_of(written: str) -> tuple[Word, ...]:
    return tuple(Word(meant, written) for meant in meaning_of(written))


def has_words(text: str) -> bool:
    """Return whether there is a word in it; of nearly every text its beginning says so."""
    return bool(_written_words(text[:_BEGINNING]) or written_words(text))


def words(text: str) -> tuple[str, ...]:
    """Return the words that are meant: `"gmn cara reset pw nyaaa"` gives bagaimana, cara, reset, password, nya."""
    return _words(text[:LONGEST])


@lru_cache(maxsize=ASKED_AGAIN)
def _words(text: str) -> tuple[str, ...]:
    return tuple([meant for meant, _ in _read(text)])  # of a long text a third faster than one by one


def meaning_of(written: str) -> tuple[str, ...]:
    """Return the word or words one written word stands for."""
    word = _STRETCHED.sub(r"\1", written)
    if doubled := _DOUBLED_WORD.fullmatch(word):
        word = doubled[1]
    known = SPELLINGS.get(written) or SPELLINGS.get(word)
    if known is None and word.endswith("n't"):
        known = word.removesuffix("n't") + " not" if word != "can't" else "can not"
    if known is None and (bare := _SUFFIX.fullmatch(word)):
        known = SPELLINGS.get(bare[1], bare[1])
    return tuple((known or word).split())
