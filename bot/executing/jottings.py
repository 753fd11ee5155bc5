"""What is written down of a call or a visit: `08.15 telepon Joko: tidak bisa masuk`, in one line or step by step.

Pure. When, by which medium and who may come first; the rest is what they said. `@` marks a name without words behind
it, which is how the steps hand on what they have.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.executing.instants import read_earlier
from templates_replies.by_hand_phrases import MEDIUM_WORDS

_MEDIA = {
    **{word: medium for medium, phrase in MEDIUM_WORDS.items() for word in (medium, phrase.id, phrase.en)},
    **dict.fromkeys(("telp", "tlp", "phone", "call"), "telephone"),
    **dict.fromkeys(("datang", "langsung", "desk"), "counter"),
    "lainnya": "other",
}  # fmt: skip
_NOW = {"sekarang", "now"}
_NAMED = re.compile(r"@?\s*([^:\n]{1,60}):\s*(.*)", re.DOTALL)
NOBODY = "-"


@dataclass(frozen=True, kw_only=True)
class Jotting:
    came_at: datetime | None = None  # None with `timed`: just now
    timed: bool = False  # it was said when
    medium: str | None = None
    name: str | None = None  # NOBODY if they did not say
    text: str = ""


def read(words: str, now: datetime) -> Jotting:
    """Read one line; `now` local to the desk."""
    came_at, timed, medium, rest = None, False, None, words.strip()
    while rest:
        first, _, behind = rest.partition(" ")
        word = first.lower().rstrip(",")
        earlier = None if timed else read_earlier(rest, now)
        if earlier is not None:
            (came_at, rest), timed = earlier, True
        elif not timed and word in _NOW:
            timed, rest = True, behind.strip()
        elif medium is None and word in _MEDIA:
            medium, rest = _MEDIA[word], behind.strip()
        else:
            break
    name, text = _named(rest)
    return Jotting(came_at=came_at, timed=timed, medium=medium, name=name, text=text)


def _named(rest: str) -> tuple[str | None, str]:
    match = _NAMED.match(rest)
    if match is not None and not match[2].startswith("//"):
        return match[1].strip(), match[2].strip()
    if rest.startswith("@"):
        return rest[1:].strip() or None, ""
    return None, rest
