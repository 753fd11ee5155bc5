"""One desk's matcher as it learns: the one that was fitted, and what has been confirmed since."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.fitting.rule import MOST_LAID_OVER, Fitted, Lesson, is_due, pause_after, to_lay_over
from bot.fitting.texts import learnable
from templates_replies.catalogue import Catalogue
from templates_replies.matcher import Example, Matcher


class Pupil:
    def __init__(
        self, catalogue: Catalogue, fingerprint: str, *, base: Matcher, fitted: Fitted | None, lessons: Iterable[Lesson]
    ) -> None:  # fmt: skip
        """`fitted`: what `base` was fitted on; None: on the catalogue alone, as the desk was opened."""
        self.catalogue = catalogue
        self.fingerprint = fingerprint
        self.failures = 0  # of fits, in a row
        self.failed: str | None = None  # why the last one did
        self._tries_after: datetime | None = None
        self.change_over(base, fitted, lessons)

    def change_over(self, base: Matcher, fitted: Fitted | None, lessons: Iterable[Lesson]) -> None:
        """Go on with a matcher that was fitted since; `lessons` are all that count now."""
        lessons = list(lessons)
        self.base = base
        self.fitted = fitted
        self._marks = {lesson.message: lesson.mark for lesson in lessons}
        self._laid_over = {lesson.message: lesson for lesson in to_lay_over(fitted, lessons)}
        self._taken_back = False
        self.matcher = self._all_laid_over()

    @property
    def laid_over(self) -> int:
        return len(self._laid_over)

    def hear(self, lessons: Mapping[int, Lesson | None]) -> None:
        """Take in at once how lessons stand now, by message; None: it counts no more."""
        learned = self.fitted.marks if self.fitted is not None else {}
        unlearned = False
        for message, lesson in lessons.items():
            mark = lesson.mark if lesson is not None else None
            if mark == self._marks.get(message):
                continue
            unlearned |= self._laid_over.pop(message, None) is not None
            self._taken_back |= lesson is None and message in learned
            self._marks.pop(message, None)
            if lesson is not None:
                self._marks[message] = lesson.mark
                if mark != learned.get(message):
                    self._laid_over[message] = lesson
                    self.matcher = self.matcher.learn(example_of(lesson))
        if unlearned or len(self._laid_over) > 2 * MOST_LAID_OVER:
            self.matcher = self._all_laid_over()

    def is_due(self, now: datetime) -> bool:
        """Say whether it is time for a fit."""
        if self._tries_after is not None and now < self._tries_after:
            return False
        return is_due(
            self.fitted, self._marks, fingerprint=self.fingerprint, taken_back=self._taken_back, now=now
        )

    def fit_ended(self, now: datetime, *, failed: str | None = None) -> None:
        """Note how a fit has ended, and wait before the next."""
        self.failed = failed
        self.failures = 0 if failed is None else self.failures + 1
        self._tries_after = now + pause_after(self.failures)

    def _all_laid_over(self) -> Matcher:
        self._laid_over = dict(list(self._laid_over.items())[-MOST_LAID_OVER:])
        matcher = self.base
        for lesson in self._laid_over.values():
            matcher = matcher.learn(example_of(lesson))
        return matcher


def example_of(lesson: Lesson) -> Example:
    """Return what is learned of it."""
    text = learnable(lesson.subject, lesson.words, names=lesson.names, number=lesson.number)
    return Example(label=lesson.category, text=text, source=lesson.ticket)
