"""Texts as WhatsApp takes them: no longer than a message may be, and buttons as words.

At Twilio buttons need a content of their own for every text, whose variables hold neither line breaks nor more than 255
characters, and no provider has more than ten of them; a list that is answered with a number needs nothing, and works on
every telephone.
"""

from collections.abc import Sequence

from channels.splitting import fitting, units
from tickets.message import Button


def with_choices(text: str, buttons: Sequence[Sequence[Button]], *, in_words: str | None = None) -> str:
    """Return the text with its choices under it: what may be written, else each with its number, in reading order."""
    labels = [" ".join(button.label.split()) for row in buttons for button in row]
    numbered = [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
    choices = "\n".join(numbered) if in_words is None else in_words
    return "\n\n".join(part for part in (text.rstrip(), choices) if part)


def cut(text: str, limit: int) -> str:
    """Return a text on its line, with an ellipsis where it was too long."""
    if units(text) <= limit:
        return text
    return f"{text[: fitting(text, limit - 1)].rstrip()}…"
