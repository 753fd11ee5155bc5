"""Texts as WhatsApp takes them: no longer than a message may be, and buttons as a numbered list.

At Twilio buttons need a template of their own, and no provider has more than ten of them; a list that is answered with
a number needs nothing, and works on every telephone.
"""

from collections.abc import Sequence

from channels.splitting import fitting, units
from tickets.message import Button


def numbered(text: str, buttons: Sequence[Sequence[Button]]) -> str:
    """Return the text with the choices under it, each on its own line with its number, in reading order."""
    labels = [" ".join(button.label.split()) for row in buttons for button in row]
    lines = [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
    return "\n\n".join(part for part in (text.rstrip(), "\n".join(lines)) if part)


def cut(text: str, limit: int) -> str:
    """Return a text on its line, with an ellipsis where it was too long."""
    if units(text) <= limit:
        return text
    return f"{text[: fitting(text, limit - 1)].rstrip()}…"
