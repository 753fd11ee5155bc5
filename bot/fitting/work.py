"""What a process that fits is given, and how it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.fitting.keeping import Shelf
from bot.fitting.rule import Lesson
from templates_replies.catalogue import Catalogue

DONE, FAILED, ANOTHER_DOES = 0, 1, 75
LONGEST_SECONDS = 900


@dataclass(frozen=True, kw_only=True)
class Work:
    desk: str
    catalogue: Catalogue
    fingerprint: str
    lessons: Sequence[Lesson]
    at: datetime
    shelf: Shelf
