"""Lengths and cuts as Telegram counts them: in UTF-16 code units, so that an emoji is two."""

import re

TEXT_LIMIT = 4096  # units, https://core.telegram.org/bots/api#sendmessage
CAPTION_LIMIT = 1024  # units, https://core.telegram.org/bots/api#sendphoto
TOPIC_NAME_LIMIT = 128  # characters, https://core.telegram.org/bots/api#createforumtopic

_BOUNDARIES = ("\n\n", "\n", " ")  # best place to cut first


def units(text: str) -> int:
    """Return the length in UTF-16 code units."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def split(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Cut into pieces of at most `limit` units, at a paragraph, a line or a word where there is one.

    Nothing but the white space at the cuts is lost; a text of white space only has no pieces.
    """
    pieces = []
    rest = text.strip()
    while units(rest) > limit:
        end = _cut(rest, _prefix(rest, limit))
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*pieces, rest] if rest else pieces


def _prefix(text: str, limit: int) -> int:
    """Return how many characters fit into `limit` units."""
    used = 0
    for index, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > limit:
            return index
    return len(text)


def _cut(text: str, longest: int) -> int:
    """Return where to cut, at most at `longest`: a boundary in the second half of the piece, else a hard cut."""
    for boundary in _BOUNDARIES:
        found = text.rfind(boundary, 0, longest + len(boundary))
        if found > longest // 2 and text[:found].strip():
            return found
    return longest


def topic_name(name: str) -> str:
    """Fit a name into one line of 128 characters."""
    line = " ".join(name.split())
    return line if len(line) <= TOPIC_NAME_LIMIT else f"{line[: TOPIC_NAME_LIMIT - 1].rstrip()}…"


def file_name(name: str) -> str:
    """Make a name safe to stand in a header of a form: no paths, quotes or control characters, 120 characters."""
    plain = re.sub(r"[\x00-\x1f\x7f\"\\/]+", "_", sound(name)).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if dot and stem and len(ending) <= 16:
        return f"{stem[:100]}.{ending}"
    return plain[:120] or "file"


def sound(text: str) -> str:
    """Take out what no store and no provider accepts: lone surrogates and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
