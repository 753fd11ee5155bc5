"""The lines of a message that are its writer's own."""

import re
import unicodedata

HEAD, TAIL = 4_000, 2_000  # characters read: introductions stand at the beginning, signatures at the end
LONGEST_LINE = 400
_PLAIN = str.maketrans(
    {
        "\r": "\n",
        "\u2018": "'",
        "\u2019": "'",
        "\u2013": "-",
        "\u2014": " - ",
        "*": "",
        "\u2010": "-",
        "\u2011": "-",
    }
)
_UNUSUAL = re.compile(r"[^\x20-\x7e\n\t]")
_QUOTED = re.compile(r"\s*(?:>|\|)")


def own_lines(text: str) -> list[str]:
    """Return the lines that are the writer's own, tidied: quotes, control characters and endless lines are cut."""
    bounded = text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"
    plain = unicodedata.normalize("NFKC", bounded).translate(_PLAIN)
    kept = _UNUSUAL.sub(_as_read, plain)
    lines = (
        " ".join(line.split()).strip(" *_•·-")[:LONGEST_LINE]
        for line in kept.split("\n")
        if not _QUOTED.match(line)
    )
    return [line for line in lines if line]


def _as_read(unusual: re.Match[str]) -> str:
    """Return nothing for a control character; digits of other scripts are digits."""
    each = unusual[0]
    return "" if unicodedata.category(each)[0] == "C" else str(unicodedata.decimal(each, each))
