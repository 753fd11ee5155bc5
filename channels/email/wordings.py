"""Sentences in many languages, looked for in every mail."""

import re
from collections.abc import Sequence


class Wordings:
    """Sentences that are looked for only in a text that has one of the words without which none of them is there.

    To try a hundred sentences at each character of each mail takes a hundred times as long.
    """

    def __init__(self, sentences: str, *, words: Sequence[str]) -> None:
        self.sentences = re.compile(sentences, re.IGNORECASE | re.DOTALL)
        self._words = tuple(each.casefold() for each in words)

    def are_in(self, text: str) -> bool:
        return self.may_be_in(text) and self.sentences.search(text) is not None

    def may_be_in(self, text: str) -> bool:
        folded = text.casefold()
        return any(word in folded for word in self._words)
