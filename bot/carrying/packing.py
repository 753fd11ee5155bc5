"""Texts that share one Telegram message, or need several: pure rules over their lengths."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from channels.splitting import pieces, units
from later import Later

if TYPE_CHECKING:
    from channels.telegram import texts as telegram
else:
    telegram = Later("channels.telegram.texts")

_GAP = "\n\n"
_BELOW = "\n\n┈┈┈\n"  # between a card and the words that stand below it
_CARD_GROWS = 600  # units that a card may grow by later without being cut
LONGEST_TOLD = 16_000  # characters of one text in a topic, for a group bears few messages


def packed(texts: Sequence[str], limit: int | None = None) -> tuple[str, int]:
    """Join as many texts as fit, from the first on; the text, and how many they are (none: the first is too long).

    An empty one says nothing any more and takes no room. `limit` is what a message holds, if it is to hold less.
    """
    limit = telegram.TEXT_LIMIT if limit is None else limit
    joined, count = "", 0
    for text in texts:
        longer = _GAP.join(each for each in (joined, text) if each)
        if units(longer) > limit:
            break
        joined, count = longer, count + 1
    return joined, count


def bounded(text: str, rest: str) -> str:
    """Return as much of a text as is told in a topic; `rest` says where what is left out is to be read."""
    return text if len(text) <= LONGEST_TOLD else f"{text[:LONGEST_TOLD].rstrip()} …{_GAP}{rest}"


def opening(card: str, words: Sequence[str]) -> int:
    """Return how many of the first words can stand below a card, now and when the card has grown."""
    return packed(words, telegram.TEXT_LIMIT - units(card) - len(_BELOW) - _CARD_GROWS)[1]


def below(card: str, words: Sequence[str]) -> str:
    """Put words below a card. The card gives way where it has grown too long: it stands on the web as well."""
    if not words:
        return card
    said, _ = packed(words)
    room = telegram.TEXT_LIMIT - units(said) - len(_BELOW)
    return f"{card if units(card) <= room else pieces(card, room)[0]}{_BELOW}{said}"


def piece(text: str, number: int) -> tuple[str | None, bool]:
    """Return one piece of a text that is too long for one message, and whether it is the last."""
    found = pieces(text, telegram.TEXT_LIMIT)
    if number >= len(found):
        return None, True
    return found[number], number + 1 == len(found)
