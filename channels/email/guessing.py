"""Guessing what bytes are written in that no label fits, by what is common in each script. Rather no guess than a wrong one.

Western text has its foreign letters one by one among plain ones, and is not guessed at: it is Windows-1252 to who asks.
"""

import re
from collections.abc import Callable
from itertools import pairwise

_LOOKED_AT = 4_000  # bytes
_FEWEST = 16  # bytes beyond ASCII, from which a script can be told
_VARIED = 6  # letters that differ, as words have them and drawings of characters do not
_MIXED = 0.2  # share of them that may touch a plain letter
_DENSE = 0.5  # share of them that follow one another

_IN_WESTERN_WORDS = re.compile(r"[a-zA-Z](?=[^\x00-\x7f])|[^\x00-\x7f](?=[a-zA-Z])")


def guessed(data: bytes) -> str | None:
    """Return the text, if it is surely of a script of its own."""
    sample = data[:_LOOKED_AT]
    foreign = sum(byte > 0x7F for byte in sample)
    together = sum(before > 0x7F and byte > 0x7F for before, byte in pairwise(sample))
    if foreign < _FEWEST or together < foreign * _DENSE:
        return None
    for codec, is_common, share in _SCRIPTS:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        letters = [letter for letter in text[:_LOOKED_AT] if letter > "\x7f" and letter.isalpha()]
        if (
            len(set(letters)) >= _VARIED
            and sum(map(is_common, letters)) >= len(letters) * share
            and len(_IN_WESTERN_WORDS.findall(text, 0, _LOOKED_AT)) <= len(letters) * _MIXED
        ):
            return text
    return None


def _is_kana(letter: str) -> bool:
    return "\u3041" <= letter <= "\u30fe"


def _in_rows(codec: str, first: int, last: int) -> Callable[[str], bool]:
    """Common characters stand in the first rows of a national set."""

    def is_common(letter: str) -> bool:
        packed = letter.encode(codec, "replace")
        return len(packed) == 2 and first <= packed[0] <= last

    return is_common


def _is_frequent(letter: str) -> bool:
    return letter in "оеаинтсрвлі"


# Each with what that share of its letters is, the narrower ones first: the bytes of one are often valid in the next.
_SCRIPTS: tuple[tuple[str, Callable[[str], bool], float], ...] = (
    ("euc_jp", _is_kana, 0.3),
    ("cp932", _is_kana, 0.3),
    ("cp949", _in_rows("euc_kr", 0xB0, 0xC8), 0.9),
    ("gb18030", _in_rows("gb2312", 0xB0, 0xD7), 0.7),
    ("big5hkscs", _in_rows("big5", 0xA4, 0xC6), 0.7),
    ("koi8_u", _is_frequent, 0.5),
    ("cp1251", _is_frequent, 0.5),
)
