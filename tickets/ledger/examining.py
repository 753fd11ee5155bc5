"""What looks into files from outside before they are kept, where the house has something that does."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Objection:
    """Why a file is not handed out to anybody."""

    found: str | None  # what it contains, as the examiner calls it; None: it is larger than what is examined

    @property
    def says(self) -> str:
        if self.found is None:
            return "Ditahan: terlalu besar untuk diperiksa. / Withheld: too large to be examined."
        return f"Ditahan: mengandung {self.found}. / Withheld: it contains {self.found}."


class Examiner(Protocol):
    def examine(self, content: bytes) -> str | None:
        """Return the name of what is wrong with a file; None: nothing that is known.

        Blocking: for threads. Raises OverflowError for one that is too large to be examined, OSError while nobody answers.
        """


def objection_to(content: bytes, examiner: Examiner | None) -> Objection | None:
    """Return why a file must not be handed out; None: it may be. Raises OSError while that cannot be found out."""
    if examiner is None:
        return None
    try:
        found = examiner.examine(content)
    except OverflowError:
        return Objection(found=None)
    return None if found is None else Objection(found=found)
