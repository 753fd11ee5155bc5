"""Texts cut into the lines that a cell has room for. Pure.

Nobody knows with which font a drawing is shown, so that widths are those of DejaVu Sans, the widest of those in use:
what fits in it fits in the others.
"""

from collections.abc import Iterator

SIZE, SMALL = 13, 11  # of letters, in units of the drawing; small: beside the flow
LINE, SMALL_LINE = 16, 13  # from line to line
_BOLD = 1.12  # how much wider bold letters are
_OTHERS = 0.64
_WIDTHS = {
    character: width
    for width, characters in (
        (0.30, "ijlIJ'"),
        (0.36, " ,./:;\\|-f"),
        (0.42, "()[]tr!"),
        (0.56, 'csz?*_`"L'),
        (0.70, "ABCKRVXZ"),
        (0.79, "DGHNOQU&w"),
        (1.0, "MWm%@#+<=>^~—…→"),
    )
    for character in characters
}
_FULL_WIDTH = 0x2E80  # from here on characters are as wide as they are high


def width(text: str, *, size: int = SIZE, bold: bool = False) -> float:
    """Return how wide a text is at most, in units of the drawing."""
    em = sum(1.0 if ord(each) >= _FULL_WIDTH else _WIDTHS.get(each, _OTHERS) for each in text)
    return em * size * (_BOLD if bold else 1)


def longest_word(text: str, *, size: int = SIZE, bold: bool = False, most: float) -> float:
    """Return how wide the longest word is, or `most` where it is wider: it will be broken."""
    return min(most, max((width(word, size=size, bold=bold) for word in text.split()), default=0))


def wrapped(text: str, room: float, *, size: int = SIZE, bold: bool = False) -> list[str]:
    """Cut a text into lines that fit; a word that does not is broken. One empty line where there is no text."""
    lines = [""]
    for word in text.split():
        for at, piece in enumerate(_pieces(word, room, size, bold=bold)):
            longer = f"{lines[-1]} {piece}" if lines[-1] else piece
            if at == 0 and width(longer, size=size, bold=bold) <= room:
                lines[-1] = longer
            elif lines == [""]:
                lines = [piece]
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, room: float, size: int, *, bold: bool) -> Iterator[str]:
    """Yield a word in pieces that fit; after a slash or a hyphen rather than elsewhere."""
    while width(word, size=size, bold=bold) > room and len(word) > 1:
        fits = next(
            (
                count
                for count in range(len(word) - 1, 1, -1)
                if width(word[:count], size=size, bold=bold) <= room
            ),
            1,
        )
        gap = max(word.rfind(mark, 0, fits) for mark in "/-_@.") + 1
        cut = gap if gap > fits // 2 else fits
        yield word[:cut]
        word = word[cut:]
    yield word
