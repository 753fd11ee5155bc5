"""When a matcher is fitted anew, and what is to be laid over the one that is there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from templates_replies.catalogue import Catalogue

MANY, SHARE = 25, 0.10  # so many changed examples, or such a part of what was learned, are worth a new fit …
EVERY = timedelta(minutes=10)  # … but not more often than this
LONGEST = timedelta(days=1)  # the least change is learned by then, and what was deleted forgotten
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)  # after fits that failed
MOST_LAID_OVER = 500


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A message of which a person has said what it is about."""

    message: int
    ticket: int | None
    category: str  # OUTSIDE: it fits none
    subject: str | None
    words: str
    names: tuple[str | None, ...]  # what its contact is called, which is not to be learned …
    number: str | None  # … nor their NIM or NIP

    @property
    def mark(self) -> str:
        """What tells it from the same message with other words, or of another category."""
        return sha256(f"{self.category}\0{self.subject}\0{self.words}".encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """What a matcher was fitted on, when, and what that took."""

    fingerprint: str  # of the catalogue, and of the program that learned it
    marks: Mapping[int, str]  # of each lesson, by message
    at: datetime
    seconds: float
    peak_bytes: int  # of the process that did it


def fingerprint_of(catalogue: Catalogue, program: str) -> str:
    """Return what changes with anything that is learned of a catalogue, or with how it is learned."""
    learned = [
        (each.id, each.name, each.description, each.keywords, each.examples) for each in catalogue.offered
    ]
    return sha256(repr((program, learned)).encode()).hexdigest()


def is_due(
    fitted: Fitted | None, marks: Mapping[int, str], *, fingerprint: str, taken_back: bool, now: datetime
) -> bool:
    """Say whether a matcher is to be fitted on the lessons with these marks.

    `taken_back`: a lesson that it was fitted on counts no more, which nothing can be laid over.
    """
    if fitted is None or fitted.fingerprint != fingerprint:
        return bool(marks)  # without any, the catalogue alone has said everything
    changed = len(new_since(fitted.marks, marks)) + len(fitted.marks.keys() - marks.keys())
    age = now - fitted.at
    if (not changed and not taken_back) or age < EVERY:
        return False
    return taken_back or changed >= min(MANY, SHARE * len(fitted.marks)) or age >= LONGEST


def new_since(before: Mapping[int, str], marks: Mapping[int, str]) -> set[int]:
    """Return the messages whose lessons are new, or other ones than before."""
    return {message for message, mark in marks.items() if before.get(message) != mark}


def to_lay_over(fitted: Fitted | None, lessons: Iterable[Lesson]) -> Sequence[Lesson]:
    """Return the newest lessons that a matcher was not fitted on, oldest first."""
    before = fitted.marks if fitted is not None else {}
    new = [lesson for lesson in lessons if before.get(lesson.message) != lesson.mark]
    return sorted(new, key=lambda lesson: lesson.message)[-MOST_LAID_OVER:]


def pause_after(failures: int) -> timedelta:
    """Return how long the next fit waits at least after so many that failed."""
    return min(FIRST_PAUSE * (1 << min(max(failures - 1, 0), 10)), LONGEST_PAUSE)
