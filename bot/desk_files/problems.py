"""Mistakes in a desk's files: all of them at once, each with its file, its line and what is expected."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST = 100  # a file of another kind by mistake would otherwise fill the screen


@dataclass(frozen=True, kw_only=True, order=True)
class Problem:
    file: str  # path within the desk's folder
    line: int  # counted from 1; 0 where the file itself is the trouble
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class DeskFileError(Exception):
    """The desk's files have mistakes; the text names each of them on a line of its own."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        shown = [str(problem) for problem in self.problems[:MOST]]
        if len(self.problems) > MOST:
            shown.append(f"and {len(self.problems) - MOST} more")
        super().__init__("\n".join(shown))
