"""What the desks' matchers made of a message, kept while its contact chooses which desk it is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from templates_replies.matcher import Suggestion
from templates_replies.matters import Matter, Requests


@dataclass(frozen=True, kw_only=True)
class KeptWords:
    """A message that waits for its desk."""

    message: int | None = None
    greeting: bool = False  # it says no matter yet
    suggested: Mapping[str, Sequence[Suggestion]] = field(default_factory=dict)  # by desk
    requests: Mapping[str, Requests] = field(default_factory=dict)  # by desk: several things that it asks for

    @property
    def as_data(self) -> dict[str, Any]:
        return {
            "message": self.message,
            "greeting": self.greeting,
            "suggested": {
                desk: [[one.category, one.score] for one in found] for desk, found in self.suggested.items() if found
            },
            "requests": {
                desk: [[one.category, one.score, one.start, one.end] for one in found.matters]
                for desk, found in self.requests.items()
                if found.more
            },
        }  # fmt: skip


def kept_in(data: Mapping[str, Any]) -> KeptWords:
    """Read back what was kept; of a menu that held no message it is nothing."""
    suggested: Mapping[str, Any] = data.get("suggested") or {}
    requests: Mapping[str, Any] = data.get("requests") or {}
    return KeptWords(
        message=data.get("message"),
        greeting=bool(data.get("greeting")),
        suggested={
            desk: tuple(
                Suggestion(category=category, score=score, matched=(), nearest=None) for category, score in found
            )
            for desk, found in suggested.items()
        },
        requests={
            desk: Requests(
                matters=tuple(
                    Matter(category=category, score=score, start=start, end=end) for category, score, start, end in found
                ),
                more=True,
            )
            for desk, found in requests.items()
        },
    )  # fmt: skip
