"""What of a contact's message a matcher may learn: its words, and nothing by which anybody is known."""

import re

from bot.identity import masked_in
from bot.listening import matched_as

# Begun once for each word, however long.
_MASKED = re.compile(r"(?<!\S)\S*•\S*")
_MAILBOX = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_LONG_NUMBER = re.compile(r"\+?\d(?:[ .-]?\d){6,}")


def learnable(subject: str | None, text: str, *, names: tuple[str | None, ...], number: str | None) -> str:
    """Return the words of a message as the matcher reads them, without names, numbers and addresses of people.

    Of names only those of several words are taken out: a single one may be a word that the message needs.
    """
    words = _MASKED.sub(" ", masked_in(matched_as(subject, text), number))
    words = _LONG_NUMBER.sub(" ", _MAILBOX.sub(" ", words))
    for name in names:
        if name is not None and len(name.split()) > 1:
            words = re.sub(rf"\b{re.escape(name)}\b", " ", words, flags=re.IGNORECASE)
    return " ".join(words.split())
