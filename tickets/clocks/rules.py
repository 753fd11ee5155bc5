"""What moves which clock, as data."""

from dataclasses import dataclass
from functools import cached_property

from tickets.clocks.values import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION, SECOND_LINE


@dataclass(frozen=True, kw_only=True)
class ClockRule:
    """What moves one kind of clock. The sets hold kinds of events."""

    kind: str
    starts: frozenset[str]
    meets: frozenset[str] = frozenset()
    pauses: frozenset[str] = frozenset()
    resumes: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    after: str | None = None  # starts only once a clock of this kind has run and is over
    for_contact: bool = False  # starts only where the contact waits for an answer
    from_event: bool = (
        False  # the promise comes with the starting event (`promise`), not from the desk's terms
    )
    subject: str | None = None  # which value of the starting event tells its clocks apart
    side_by_side: bool = (
        False  # one of each subject may run; an event that names a subject moves only its clock
    )
    leaves: frozenset[str] = frozenset()  # with these, clocks go to another ticket …
    joins: frozenset[str] = frozenset()  # … and with these they come, as they stand

    @cached_property
    def moved_by(self) -> frozenset[str]:
        return self.starts | self.meets | self.pauses | self.resumes | self.ends | self.leaves | self.joins


# What gives the contact an answer: a person's, one that had waited for them to write, a word that one waits for them.
ANSWERS = frozenset({"message.answered", "delivery.released", "contact.knocked"})
GONE = frozenset({"ticket.merged", "ticket.spam"})

RULES: tuple[ClockRule, ...] = (
    ClockRule(
        kind=FIRST_RESPONSE,
        starts=frozenset({"ticket.opened", "ticket.reopened"}),
        meets=ANSWERS,
        ends=GONE | {"ticket.solved", "ticket.closed"},
        for_contact=True,
    ),
    ClockRule(
        kind=NEXT_RESPONSE,
        starts=frozenset({"message.received"}),
        meets=ANSWERS,
        ends=GONE | {"ticket.solved", "ticket.closed"},
        after=FIRST_RESPONSE,
        for_contact=True,
    ),
    ClockRule(
        kind=RESOLUTION,
        starts=frozenset({"ticket.opened", "ticket.reopened"}),
        meets=frozenset({"ticket.solved"}),
        pauses=frozenset({"ticket.waiting"}),
        resumes=frozenset({"ticket.resumed"}),
        ends=GONE | {"ticket.closed"},
    ),
    ClockRule(
        kind=SECOND_LINE,
        starts=frozenset({"ticket.escalated"}),
        meets=frozenset({"ticket.returned", "ticket.solved"}),
        pauses=frozenset({"ticket.waiting"}),
        resumes=frozenset({"ticket.resumed"}),
        ends=GONE | {"ticket.closed", "ticket.escalated"},  # handed on to another team
        from_event=True,
        subject="team",
    ),
)
