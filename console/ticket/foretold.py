"""Why a ticket's category was suggested, as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tickets.predictions import Decision, Outcome
from tickets.views.matching import PredictionView


@dataclass(frozen=True, kw_only=True)
class Reason:
    message: int  # in whose words the matched ones are marked
    decision: Decision
    category: str | None  # name of the best
    percent: int
    words: tuple[str, ...]
    ticket: int | None  # that the message is most like …
    text: str | None  # … or what of the catalogue
    outcome: Outcome | None

    @property
    def may_be_rejected(self) -> bool:
        return self.outcome is not Outcome.REJECTED


def reason_of(prediction: PredictionView | None, categories: Mapping[str, str]) -> Reason | None:
    """Return what was foretold of a ticket's matter, with its reason."""
    if prediction is None:
        return None
    best = prediction.suggestions[0][0] if prediction.suggestions else None
    nearest = prediction.nearest or {}
    return Reason(
        message=prediction.message, decision=prediction.decision, category=categories.get(best, best) if best else None,
        percent=min(round(prediction.score * 100), 99),  # nobody is sure of all
        words=tuple(prediction.matched), ticket=nearest.get("ticket"),
        text=nearest.get("text"), outcome=prediction.outcome,
    )  # fmt: skip
