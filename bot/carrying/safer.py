"""What becomes of words that a group does not take, for a reason that nobody foresaw: they go again in a safer form.

Pure rules: which form comes after a refusal, and what is left of a text that every provider takes. Nothing that is to be
read in a topic is given up in silence: after the last form the supervisors are told.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any


class Form(StrEnum):
    PLAIN = (
        "plain"  # the bare words: hung on nothing, no buttons, no sign but letters, digits and punctuation
    )
    POINTER = "pointer"  # where they are to be read instead
    GENERAL = "general"  # the same, outside of the topics


_FORMS: Mapping[str, Sequence[Form]] = {
    "topic": (Form.PLAIN, Form.GENERAL),
    "mirror": (Form.PLAIN, Form.POINTER, Form.GENERAL),
    "notice": (Form.PLAIN, Form.POINTER, Form.GENERAL),
    "file": (Form.POINTER, Form.GENERAL),
    "say": (Form.PLAIN, Form.GENERAL),
}


def form_of(payload: Mapping[str, Any]) -> Form | None:
    """Return the form in which it goes; None: as it is."""
    return Form(payload["form"]) if payload.get("form") else None


def safer(act: str, payload: Mapping[str, Any]) -> Form | None:
    """Return the form to try next; None if there is none left."""
    forms, tried = _FORMS.get(act, ()), form_of(payload)
    left = forms[forms.index(tried) + 1 :] if tried is not None else forms
    return left[0] if left else None


def must_be_read(act: str) -> bool:
    """Whether somebody has to hear of it if it could not be shown in any form."""
    return act in _FORMS


def bare(text: str) -> str:
    """Return what every provider takes: no control characters, no invisible ones, no pictures."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(character for character in composed if character == "\n" or _is_plain(character)).strip()


def _is_plain(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind[0] in "LMNPZ" or kind in {"Sc", "Sm"}
