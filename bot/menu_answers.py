"""Which of several numbered options a short message means: by its number, by its words, by a word with a letter wrong."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from rapidfuzz.distance import OSA

from templates_replies.normalise import words

LONGEST_ANSWER = 60  # characters: whoever writes more says what it is about
_FORGIVING_FROM = 5  # letters of a word from which on one of them may be wrong
# What stands around a number or a name without changing it, and how numbers are said; as `words` reads them.
_AROUND = frozenset(
    words(
        "yang nomor no unit pilih pilihan ke di mau ingin tuju hubungi saya tolong saja kak pak bu min mas mbak ya"
        " tentang soal mengenai masalah tentu the to i want number option office desk choose please about it is"
    )
)
_NUMBERS = {
    number: frozenset(words(names))
    for number, names in enumerate(
        ("satu pertama one first", "dua kedua two second", "tiga ketiga three third", "empat keempat four fourth",
         "lima kelima five fifth", "enam keenam six sixth", "tujuh ketujuh seven seventh"), start=1,
    )
}  # fmt: skip


def meant(text: str, options: Sequence[str]) -> int | None:
    """Return the index of the option that a message names, None where it names none or could be several."""
    if len(text) > LONGEST_ANSWER:
        return None
    said = [word for word in words(text) if word not in _AROUND]
    if said[1:] == ["one"]:  # the second one
        said.pop()
    if len(said) == 1 and (number := _number(said[0])) is not None:
        return number - 1 if 1 <= number <= len(options) else None
    named = [
        index
        for index, option in enumerate(options)
        if said and all(_means(word, {*words(option)}) for word in said)
    ]
    return named[0] if len(named) == 1 else None


def _number(word: str) -> int | None:
    if word.isascii() and word.isdecimal():
        return int(word[:3])
    return next((number for number, names in _NUMBERS.items() if word in names), None)


def _means(word: str, name: AbstractSet[str]) -> bool:
    """Whether it is a word of the name, or a long one with a letter wrong, missing or swapped."""
    if word in name:
        return True
    return len(word) >= _FORGIVING_FROM and any(
        each[0] == word[0] and OSA.distance(word, each, score_cutoff=1) <= 1 for each in name
    )
