"""Texts that share one Telegram message, or need several: pure rules over their lengths."""

from collections.abc import Sequence

from channels.splitting import pieces, units
from channels.telegram.texts import TEXT_LIMIT

_GAP = "\n\n"
_BELOW = "\n\n┈┈┈\n"  # between a card and the words that stand below it
_CARD_GROWS = 600  # units that a card may grow by later without being cut


def packed(texts: Sequence[str], limit: int = TEXT_LIMIT) -> tuple[str, int]:
    """Join as many texts as fit, from the first on; the text, and how many they are (none: the first is too long).

    An empty one says nothing any more and takes no room.
    """
    joined, count = "", 0
    for text in texts:
        longer = _GAP.join(each for each in (joined, text) if each)
        if units(longer) > limit:
            break
        joined, count = longer, count + 1
    return joined, count


def opening(card: str, words: Sequence[str]) -> int:
    """Return how many of the first words can stand below a card, now and when the card has grown."""
    return packed(words, TEXT_LIMIT - units(card) - len(_BELOW) - _CARD_GROWS)[1]


def below(card: str, words: Sequence[str]) -> str:
    """Put words below a card. The card gives way where it has grown too long: it stands on the web as well."""
    if not words:
        return card
    said, _ = packed(words)
    room = TEXT_LIMIT - units(said) - len(_BELOW)
    return f"{card if units(card) <= room else pieces(card, room)[0]}{_BELOW}{said}"


def piece(text: str, number: int) -> tuple[str | None, bool]:
    """Return one piece of a text that is too long for one message, and whether it is the last."""
    found = pieces(text, TEXT_LIMIT)
    if number >= len(found):
        return None, True
    return found[number], number + 1 == len(found)
