"""The promises of a ticket as its page shows them: how each stands, why it is due then, who looks after it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.due import Due, stand_of
from procedures.cases.step_clock import STEP
from templates_replies.catalogue import Language
from templates_replies.explain_phrases import explanation
from templates_replies.promise_phrases import length_label
from tickets.explain import Explanation
from tickets.hours import Span
from tickets.views import ClockView, TicketView

LENGTHS = ("30m", "1h", "2h", "4h", "1d", "2d", "3d")


@dataclass(frozen=True, kw_only=True)
class Promised:
    clock: ClockView
    due: Due
    due_at: str
    why: str  # the explanation, without its first line
    seen_by: str | None
    step: str | None  # whose time it is, of a procedure

    @property
    def key(self) -> str:
        """Name the clock in a form."""
        return f"{self.clock.kind}.{self.clock.cycle}.{self.clock.subject}"


def lengths(language: Language) -> list[tuple[str, str]]:
    """Return by how much a promise may be extended from a form, and how that is called."""
    return [(each, length_label(language, within=Span.parse(each).length)) for each in LENGTHS]


def promised(
    ticket: TicketView,
    explanations: Sequence[Explanation],
    language: Language,
    *,
    steps: Mapping[str, str],
    names: Mapping[str, str],
    when: Callable[[datetime], str],
    now: datetime,
) -> list[Promised]:
    """Put the clocks of a ticket in words, newest first; `steps` are called so by the subject of their clocks, `names` by id of staff."""
    of_actor = {f"staff:{id_}": name for id_, name in names.items()}
    by_key = {(each.kind, each.subject, each.cycle): each for each in explanations}
    found = []
    for clock in reversed(ticket.clocks):
        explained = by_key.get((clock.kind, clock.subject, clock.cycle))
        words = explanation(language, explained, ticket=ticket.number, names=of_actor) if explained else ""
        found.append(
            Promised(
                clock=clock, due=stand_of(clock, language, now=now), due_at=when(clock.due_at),
                why=words.partition("\n")[2], seen_by=of_actor.get(clock.acknowledged_by or ""),
                step=steps.get(clock.subject) if clock.kind == STEP else None,
            )
        )  # fmt: skip
    return found
