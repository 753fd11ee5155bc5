"""How far the making or taking over of a file has come: told by whoever does it, shown by whoever waits for it.

A making goes through stages, one after the other. What is told is for showing alone: nothing is decided by it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from reports.labels import Language

EVERY = 1000  # rows, between two tellings

Row = TypeVar("Row")


class Stage(StrEnum):
    """What is being done; words of it are `said`."""

    READING = "reading"  # what the file tells of is read, row by row
    LOOKING_UP = "looking_up"  # what stands beside it: earlier months, procedures, reasons
    WRITING = "writing"  # sheets or pages are put together
    CHECKING = "checking"  # the rows of a file that is to be taken over are looked at
    TAKING_OVER = "taking_over"  # they are stored


_STAGES: Mapping[Stage, tuple[str, str]] = {
    Stage.READING: ("Membaca data", "Reading"),
    Stage.LOOKING_UP: ("Mencari pembanding dan penjelasan", "Looking up comparisons and explanations"),
    Stage.WRITING: ("Menyusun berkas", "Putting the file together"),
    Stage.CHECKING: ("Memeriksa tiket", "Checking tickets"),
    Stage.TAKING_OVER: ("Menyimpan tiket", "Storing tickets"),
}
_SO_FAR = (": {done} dari {of}", ": {done} of {of}")


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far one stage has come."""

    what: Stage
    done: int = 0
    of: int | None = None  # None: nobody knows how much it is

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nobody knows."""
        if self.of is None:
            return None
        return min(self.done / self.of, 1.0) if self.of else 1.0


Tell = Callable[[Progress], None]


def unheard(_progress: Progress) -> None:
    """Tell nobody."""


def told(rows: Iterable[Row], what: Stage, *, of: int | None, tell: Tell) -> Iterator[Row]:
    """Pass rows on, telling how many have come: before the first, now and then, and after the last."""
    done = 0
    tell(Progress(what=what, done=done, of=of))
    for done, row in enumerate(rows, start=1):
        yield row
        if done % EVERY == 0:
            tell(Progress(what=what, done=done, of=of))
    tell(Progress(what=what, done=done, of=of))


def said(progress: Progress, language: Language) -> str:
    """Say how far it is in one line: `Membaca data: 12.000 dari 100.000`, or how many where nobody knows of how many."""
    english = language == "en"
    line = _STAGES[progress.what][english]
    done = _counted(progress.done, english=english)
    if progress.of is not None:
        return line + _SO_FAR[english].format(done=done, of=_counted(progress.of, english=english))
    return f"{line}: {done}" if progress.done else line


def _counted(number: int, *, english: bool) -> str:
    return f"{number:,}" if english else f"{number:,}".replace(",", ".")
