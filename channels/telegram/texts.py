"""Telegram's limits, and what fits into them."""

import re

TEXT_LIMIT = 4096  # units, https://core.telegram.org/bots/api#sendmessage
CAPTION_LIMIT = 1024  # units, https://core.telegram.org/bots/api#sendphoto
TOPIC_NAME_LIMIT = 128  # characters, https://core.telegram.org/bots/api#createforumtopic


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
