"""Whether words are a person's name."""

import re

from bot.identity.vocabulary import FUNCTION_WORDS, NAME_PARTICLES

LONGEST_NAME, MOST_NAME_WORDS = 60, 6
WORD = r"[^\W\d_](?:[^\W\d_]|['.-]){0,24}"
_NAME = re.compile(rf"{WORD}(?: {WORD}){{0,{MOST_NAME_WORDS - 1}}}")


def as_name(raw: str, *, trusted: bool) -> str | None:
    """Return a person's name, or None. `trusted`: it stands where only a name can, so small letters will do."""
    name = _without_titles_tail(raw).strip(" .,-'")
    words = name.split()
    if not words or len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        return None
    if sum(each.isalpha() for each in name) < 2 or not all(may_be_name(word) for word in words):
        return None
    if any(
        word.casefold() == "i" for word in words[1:]
    ):  # "I" begins a Balinese name, and an English sentence
        return None
    if not trusted and not all(word[0].isupper() or word.casefold() in NAME_PARTICLES for word in words):
        return None
    return name.title() if name.islower() or (name.isupper() and len(name) > 3) else name


def _without_titles_tail(raw: str) -> str:
    """Cut what follows a comma: degrees, or the rest of a list."""
    return raw.split(",", 1)[0]


def may_be_name(word: str) -> bool:
    return word.casefold().strip(".'-") not in FUNCTION_WORDS
