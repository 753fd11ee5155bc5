"""Which files of a message can prove that something was paid: a photo, a screenshot, a document. Pure."""

from collections.abc import Iterable
from typing import Protocol

SMALLEST_PICTURE = 30_000  # bytes of one that stands within a mail: signatures bring their logos along


class SomeFile(Protocol):
    """A file as a message brought it."""

    @property
    def type(self) -> str: ...
    @property
    def size(self) -> int | None: ...
    @property
    def state(self) -> str: ...
    @property
    def inline_id(self) -> str | None: ...


def prove(files: Iterable[SomeFile]) -> bool:
    """Whether one of them may be a proof; somebody looks at it in any case."""
    return any(_may_prove(each) for each in files)


def _may_prove(file: SomeFile) -> bool:
    if file.state == "refused" or (file.inline_id and (file.size or 0) < SMALLEST_PICTURE):
        return False
    return file.type == "application/pdf" or file.type.startswith("image/")
