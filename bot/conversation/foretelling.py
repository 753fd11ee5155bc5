"""What the matcher says of a message, as the ledger keeps it."""

from collections.abc import Sequence
from typing import Any

from templates_replies.matcher import SCALE, Suggestion
from tickets.predictions import Foretold


def foretold_of(suggestions: Sequence[Suggestion]) -> Foretold:
    """Keep the suggestions, and why the best was made."""
    best = suggestions[0] if suggestions else None
    return Foretold(
        suggestions=tuple((one.category, one.score) for one in suggestions),
        matched=best.matched if best is not None else (),
        nearest=_nearest(best.nearest) if best is not None else None,
        scale=SCALE,
    )


def _nearest(nearest: object) -> dict[str, Any] | None:
    """Keep what a message is most like: of another ticket its number alone, for its words are kept once."""
    if isinstance(nearest, int):
        return {"ticket": nearest}
    return {"text": nearest} if isinstance(nearest, str) else None
