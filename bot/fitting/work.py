"""What a process that fits is given, and how it ends."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.fitting.keeping import Shelf
from bot.fitting.rule import Lesson
from templates_replies.catalogue import Catalogue

DONE, FAILED, ANOTHER_DOES = 0, 1, 75
LONGEST_SECONDS = 900
_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class Work:
    desk: str
    catalogue: Catalogue
    fingerprint: str
    lessons: Sequence[Lesson]
    at: datetime
    shelf: Shelf


def pieces(work: Work) -> Iterator[object]:
    """Yield the work in pieces that are soon written: its frame, some lessons at a time, and an end."""
    yield replace(work, lessons=())
    for start in range(0, len(work.lessons), _AT_ONCE):
        yield work.lessons[start : start + _AT_ONCE]
    yield ()


def put_together(next_piece: Callable[[], Any]) -> Work:
    """Return the work that came in pieces."""
    work: Work = next_piece()
    lessons: list[Lesson] = []
    while more := next_piece():
        lessons += more
    return replace(work, lessons=lessons)
