"""What a procedure is: the office's SOP as values, read from one file and never changed while a case runs on it.

Steps stand in the order of the paper. Where a step says nothing of what comes next, the next row does; an outcome may
lead elsewhere, also back; several targets at once are branches that run side by side until a step that joins them.
Places that a case can be led to are ids of steps or of ends.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

from procedures.asking.conditions import Conditions
from procedures.asking.questions import Question
from procedures.definition.begins import Begins
from procedures.definition.bookings import NOTHING, Books, StepBookings
from procedures.definition.money import MoneyTerms
from procedures.definition.papers import NO_PAPERWORK, Paper, Paperwork
from procedures.definition.seasons import Season
from procedures.definition.tariff import Rate
from procedures.definition.times import Standard
from procedures.definition.turn_terms import TurnTerms
from procedures.definition.voting import Voting

DONE = "done"  # the outcome of a step that decides nothing
SKIPPED = "skipped"  # … of one that its role may leave out, and did; or whose condition did not hold
STOPPED = "stopped"  # the end of a case whose ticket turned out to be spam
WITHDRAWN = "withdrawn"  # the end of a case that its requester took back, where the file names none

CELLS = (
    "does",
    "role",
    "needs",
    "within",
    "output",
    "note",
    "to",
)  # what the paper says of a step, as the file calls it

Words = Mapping[str, str]  # language → text


class Takes(StrEnum):
    """Who of a role acts where several hold it."""

    FIRST = "first"  # whoever comes first
    NAMED = "named"  # the one whom the step before named


@dataclass(frozen=True, kw_only=True)
class Role:
    """A column of the SOP table: somebody acts in it."""

    id: str
    name: str
    requester: bool = False  # whoever asked for the case
    outside: bool = False  # somebody who is not of the desk: its first line notes down what they did
    people: tuple[str, ...] = ()  # ids of the desk's staff
    team: str | None = None  # or everybody of a team
    substitutes: tuple[str, ...] = ()  # who acts while all of them are absent
    takes: Takes = Takes.FIRST
    by: str | None = None  # the question whose answer says who holds it …
    among: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # … for each answer
    together: tuple["Role", ...] = ()  # the others who do a step with it

    @property
    def each(self) -> tuple["Role", ...]:
        """Return it and those who do a step with it, one by one."""
        return (replace(self, together=()), *self.together)

    @property
    def is_of_the_desk(self) -> bool:
        """Whether somebody of the desk acts in it, alone or with others."""
        return not (self.requester or self.outside) or any(one.is_of_the_desk for one in self.together)

    def held_for(self, answers: Mapping[str, Any]) -> Self:
        """Return it with the people whom the answers name."""
        return self if self.by is None else replace(self, people=self.among.get(answers.get(self.by, ""), ()))


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One of the ways in which a step can end."""

    id: str
    label: Words
    to: tuple[str, ...]  # places; several are branches side by side
    reason: bool = False  # whoever chooses it must say why
    paperwork: Paperwork = NO_PAPERWORK  # beside that of its step


@dataclass(frozen=True, kw_only=True)
class Step:
    """A row of the SOP table."""

    id: str
    number: str  # as the paper counts
    does: str
    role: str
    outcomes: tuple[Outcome, ...]  # one that is DONE where nothing is decided
    beside: tuple[str, ...] = ()  # roles that do it together with that one
    needs: tuple[str, ...] = ()  # kelengkapan
    output: tuple[str, ...] = ()
    note: str | None = None  # keterangan
    standard: Standard | None = None
    asks: tuple[Question, ...] = ()  # what whoever acts fills in
    only_if: Conditions | None = None  # else it is passed over
    otherwise: tuple[str, ...] = ()  # where passing over it leads
    optional: bool = False  # its role may leave it out
    joins: bool = False  # waits for every branch that can still lead here
    tells: Words | None = None  # what the requester is told once it is over
    bookings: StepBookings = NOTHING
    money: MoneyTerms = field(default_factory=MoneyTerms)  # what it bills or settles
    ours: frozenset[str] = (
        frozenset()
    )  # which of CELLS are the office's reading or completion, not the paper's words
    paperwork: Paperwork = NO_PAPERWORK  # when it has ended, however that was decided
    turn: TurnTerms = field(default_factory=TurnTerms)
    begins: Begins | None = None  # a case of another procedure
    voting: Voting | None = None  # a committee decides it

    @property
    def roles(self) -> tuple[str, ...]:
        """Return the ids of all who do it."""
        return (self.role, *self.beside)

    @property
    def decides(self) -> bool:
        return len(self.outcomes) > 1

    def outcome(self, name: str) -> Outcome | None:
        return next((one for one in self.outcomes if one.id == name), None)

    def paperwork_of(self, outcome: str) -> Paperwork:
        """Return what is done with papers when it has ended so; nothing where it was left out."""
        if outcome == SKIPPED:
            return NO_PAPERWORK
        chosen = self.outcome(outcome)
        return self.paperwork.with_(chosen.paperwork) if chosen else self.paperwork

    def leads_to(self) -> Iterator[str]:
        """Yield every place that may come after this step, some of them twice."""
        for outcome in self.outcomes:
            yield from outcome.to
        yield from self.otherwise


class Ending(StrEnum):
    """How a case has ended."""

    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class End:
    """A place where a case is over. Only what is done waits for branches that are still under way."""

    id: str
    name: str
    ending: Ending = Ending.DONE
    tells: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Head:
    """The head of the form (Permenpan-RB 35/2012), as far as the paper gives it; dates as the paper writes them."""

    unit: str | None = None
    number: str | None = None
    revision: str | None = None
    made_on: str | None = None
    revised_on: str | None = None
    in_force_on: str | None = None
    made_by: str | None = None
    checked_by: str | None = None
    approved_by: str | None = None  # post, and name where there is one
    legal_basis: tuple[str, ...] = ()
    qualification: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    warning: str | None = None
    records: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Starts:
    """What a case begins with, and who may begin one."""

    category: str | None = None  # a ticket of it is offered the procedure
    words: tuple[str, ...] = ()
    by_contact: bool = True
    open: tuple[Season, ...] = ()  # when contacts may begin one; none: always


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """One procedure of a desk."""

    id: str
    name: str
    roles: tuple[Role, ...]
    form: tuple[Question, ...]
    steps: tuple[Step, ...]  # at least one; a case begins with the first
    ends: tuple[End, ...]
    starts: Starts = field(default_factory=Starts)
    head: Head = field(default_factory=Head)
    books: tuple[Books, ...] = ()  # what is booked as a case begins
    tariff: tuple[Rate, ...] = ()
    archive: str | None = None  # how its cases are called in the archive
    withdraw_until: str | None = None  # the step from whose beginning on it can be withdrawn no more
    papers: tuple[Paper, ...] = ()

    def step(self, name: str) -> Step | None:
        return next((one for one in self.steps if one.id == name), None)

    def end(self, name: str) -> End | None:
        return next((one for one in self.ends if one.id == name), None)

    def role(self, name: str) -> Role | None:
        return next((one for one in self.roles if one.id == name), None)

    @property
    def request(self) -> Step | None:
        """The first row where handing in the form is all there is to it; None where that is somebody's work."""
        first = self.steps[0]
        role = self.role(first.role)
        is_handing_in = (
            role is not None
            and role.requester
            and not (first.decides or first.asks or first.only_if or first.beside)
        )
        return first if is_handing_in else None

    def paper(self, name: str) -> Paper | None:
        return next((one for one in self.papers if one.id == name), None)

    @property
    def paperwork(self) -> Paperwork:
        """Return all that its steps do with papers."""
        return NO_PAPERWORK.with_(
            *(step.paperwork for step in self.steps),
            *(outcome.paperwork for step in self.steps for outcome in step.outcomes),
        )

    def held_for(self, answers: Mapping[str, Any]) -> Self:
        """Return it with each role held by those whom the answers of a case name."""
        if all(role.by is None for role in self.roles):
            return self
        return replace(self, roles=tuple(role.held_for(answers) for role in self.roles))

    @property
    def has_ours(self) -> bool:
        """Whether anything of its rows is not the paper's words."""
        return any(step.ours for step in self.steps)

    def actor(self, step: Step) -> str:
        """Return what the role that does a step is called; of several, each of them."""
        return " / ".join(role.name if (role := self.role(name)) else name for name in step.roles)

    def acting(self, step: Step) -> Role | None:
        """Return the role that does a step, with those that do it together with it."""
        role = self.role(step.role)
        others = tuple(one for name in step.beside if (one := self.role(name)))
        return replace(role, together=others) if role and others else role

    def is_outermost(self, step: Step) -> bool:
        """Whether the form draws a step rounded: it begins the procedure, or may lead to an end."""
        return step is self.steps[0] or any(self.end(place) for place in step.leads_to())

    @property
    def questions(self) -> tuple[Question, ...]:
        """Everything that is asked for, in the form and in the steps; what steps may correct, once, as it is asked first."""
        found = {each.id: each for each in self.form}
        for step in self.steps:
            for question in step.asks:
                found.setdefault(question.id, question)
        return tuple(found.values())

    def question(self, name: str) -> Question | None:
        return next((one for one in self.questions if one.id == name), None)
