"""Words, as search cuts and compares them: letters and digits, without case and accents.

A text that is shown keeps its own letters; `places` says where in it a word stands, so that it can be marked there.
"""

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+")


def words_of(said: str) -> list[str]:
    """Return the words of a text, in lower case and without accents."""
    return _WORD.findall(_plain(said))


def places(said: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a text with where they begin and end in it as it was written."""
    if said.isascii():
        for found in _WORD.finditer(said):
            yield found[0].lower(), found.start(), found.end()
        return
    plain, origin = [], []
    for place, letter in enumerate(said):
        for one in _plain(letter):
            plain.append(one)
            origin.append(place)
    for found in _WORD.finditer("".join(plain)):
        yield found[0], origin[found.start()], origin[found.end() - 1] + 1


def _plain(said: str) -> str:
    if said.isascii():
        return said.lower()
    letters = (one for one in unicodedata.normalize("NFKD", said) if not unicodedata.combining(one))
    return "".join(letters).casefold()
