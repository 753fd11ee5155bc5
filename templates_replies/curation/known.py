"""What a desk's matcher is fitted on, as it stands or as it would be: the catalogue, and what people have confirmed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from templates_replies.catalogue import Catalogue
from templates_replies.matcher import Example, Matcher


@dataclass(frozen=True, kw_only=True)
class Known:
    catalogue: Catalogue
    learned: Sequence[Example] = ()  # the newest first; labelled as the catalogue calls their categories now

    def fit(self) -> Matcher:
        return Matcher.fit(self.catalogue, self.learned)

    def without(self, tickets: Collection[int | None]) -> "Known":
        """Return what would be known if nothing had been learned in these tickets."""
        return replace(self, learned=[each for each in self.learned if each.source not in tickets])
