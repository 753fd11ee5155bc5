"""A step that a committee decides: each says yes or no, and it is over when enough have. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Share(StrEnum):
    """How many of those who may vote must say yes, where that is no number."""

    ALL = "all"
    MORE_THAN_HALF = "more than half"


Needs = int | Share


@dataclass(frozen=True, kw_only=True)
class Voting:
    needs: Needs
    yes: str  # the outcome for which so many are needed
    no: str  # … that it comes to once these can no longer be reached

    def needed(self, voters: int) -> int:
        """Return how many of so many voters must say yes."""
        match self.needs:
            case Share.ALL:
                return voters
            case Share.MORE_THAN_HALF:
                return voters // 2 + 1
        return min(self.needs, voters)  # where some have left, those who are still there

    def decided(self, said: Iterable[str], *, voters: int) -> str | None:
        """Return the outcome to which what was said leads; None while it is open."""
        counted = list(said)
        yes = counted.count(self.yes)
        if yes >= self.needed(voters):
            return self.yes
        return self.no if len(counted) - yes > voters - self.needed(voters) else None
