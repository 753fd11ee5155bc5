"""Remarks that are kept in both languages (`Ditarik kembali. / Withdrawn.`), for nobody knows yet who will read them."""

import re

from templates_replies.catalogue import Language

_BETWEEN = re.compile(r"(?<=\.) / (?=[A-Z])")


def read_in(remark: str, language: Language) -> str:
    """Return what a remark says in the reader's language; whole, where it is not kept in two."""
    halves = _BETWEEN.split(remark)
    if len(halves) != 2:
        return remark
    indonesian, english = halves
    return english if language == "en" else indonesian
