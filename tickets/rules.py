"""A desk's rules as values, and what follows from them: *when* something happens, *if* it is so, *then* this is done.

Pure: what is known of the ticket, its contact and the words comes in as `Facts`, what is to be done goes out as a list.
Two promises are kept here, for the running desk and for a trial over last month alike: what a person has decided is
left alone, and within one happening the earlier rule goes first.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum

from tickets.conditions import About, Conditions, Facts, are_so
from tickets.hours import Span
from tickets.priority import PRIORITIES

ALWAYS = Conditions()  # nothing is asked


class Happens(StrEnum):
    """What a rule may wait for, and of which event of the history it is."""

    OPENED = "opened"
    RECEIVED = "received"
    ANSWERED = "answered"
    CATEGORISED = "categorised"
    PRIORITISED = "prioritised"
    ASSIGNED = "assigned"
    TAGGED = "tagged"
    ESCALATED = "escalated"
    RETURNED = "returned"
    WAITING = "waiting"
    SOLVED = "solved"
    REOPENED = "reopened"
    CLOSED = "closed"
    VERIFIED = "verified"
    WARNED = "warned"
    BREACHED = "breached"

    @classmethod
    def of_event(cls, kind: str) -> "Happens | None":
        return _BY_EVENT.get(kind)


_BY_EVENT = {
    "message.received": Happens.RECEIVED,
    "message.answered": Happens.ANSWERED,
    "contact.verified": Happens.VERIFIED,
    "clock.warned": Happens.WARNED,
    "clock.breached": Happens.BREACHED,
} | {
    f"ticket.{each}": each
    for each in (
        Happens.OPENED, Happens.CATEGORISED, Happens.PRIORITISED, Happens.ASSIGNED, Happens.TAGGED, Happens.ESCALATED,
        Happens.RETURNED, Happens.WAITING, Happens.SOLVED, Happens.REOPENED, Happens.CLOSED,
    )
}  # fmt: skip


class Lasts(StrEnum):
    """How a ticket may have stood for so long."""

    WAITING = "waiting_for"  # for the contact
    SILENT = "silent_for"  # neither side has written
    UNANSWERED = "unanswered_for"  # the contact has written and no person has answered
    UNASSIGNED = "unassigned_for"
    UNSOLVED = "unsolved_for"


@dataclass(frozen=True, kw_only=True)
class When:
    """What starts a rule: one of these happenings, or having stood like this for so long."""

    happens: frozenset[Happens] = frozenset()
    lasts: Lasts | None = None
    span: Span | None = None  # with `lasts`


class What(StrEnum):
    """What a rule can do."""

    CATEGORY = "category"
    TAG = "tag"
    UNTAG = "untag"
    PRIORITY = "priority"
    TEAM = "team"
    HOLDER = "assign"
    REPLY = "reply"
    NOTE = "note"
    WEBHOOK = "webhook"


@dataclass(frozen=True, kw_only=True)
class Action:
    what: What
    value: str

    def __str__(self) -> str:
        """How the history names it: ids and values, never texts."""
        return str(self.what) if self.what is What.NOTE else f"{self.what}:{self.value}"


@dataclass(frozen=True, kw_only=True)
class Rule:
    id: str
    name: str
    when: When
    conditions: Conditions = ALWAYS
    unless: Conditions | None = None
    then: tuple[Action, ...]
    off: bool = False


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one rule comes to."""

    rule: Rule
    does: tuple[Action, ...]
    leaves: tuple[Action, ...]  # a person has decided otherwise, or nobody may be written to


def started_by(rules: Iterable[Rule], happenings: AbstractSet[Happens]) -> tuple[Rule, ...]:
    """Return the rules that are on and wait for one of these."""
    return tuple(rule for rule in rules if not rule.off and happenings & rule.when.happens)


def asked_about(rules: Iterable[Rule]) -> frozenset[About]:
    """Return what has to be looked up to say whether any of these holds."""
    asked = (conditions for rule in rules for conditions in (rule.conditions, rule.unless) if conditions)
    return frozenset().union(*(conditions.about for conditions in asked))


def decide(rules: Sequence[Rule], facts: Facts) -> tuple[Outcome, ...]:
    """Say what the rules that were started do, in their order; each knows what those before it did."""
    outcomes = []
    taken: frozenset[str] = frozenset()
    for rule in rules:
        if not holds(rule, facts):
            continue
        outcome = _outcome(rule, facts, taken)
        if outcome.does or outcome.leaves:
            outcomes.append(outcome)
        for action in outcome.does:
            facts = after(facts, action)
            taken |= {decided_by(action)}
    return tuple(outcomes)


def any_holds(rules: Iterable[Rule], facts: Facts) -> bool:
    """Whether there is anything to decide; the facts need only say what these rules are about."""
    return any(holds(rule, facts) for rule in rules)


def holds(rule: Rule, facts: Facts) -> bool:
    """Whether what the rule asks for is so."""
    return are_so(rule.conditions, facts) and (rule.unless is None or not are_so(rule.unless, facts))


def decided_by(action: Action) -> str:
    """Return the name of what an action decides: one value of the ticket, or one tag."""
    tag = action.what in {What.TAG, What.UNTAG}
    return f"tag:{action.value}" if tag else str(action.what)


def after(facts: Facts, action: Action) -> Facts:
    """Return the facts as they are once an action was done."""
    match action.what:
        case What.CATEGORY:
            return replace(facts, category=action.value)
        case What.TAG:
            return replace(facts, tags=facts.tags | {action.value})
        case What.UNTAG:
            return replace(facts, tags=facts.tags - {action.value})
        case What.PRIORITY:
            return replace(facts, priority=int(PRIORITIES[action.value]))
        case What.TEAM:
            return replace(facts, team=action.value)
        case What.HOLDER:
            return replace(facts, holder=action.value)
        case _:
            return facts


def _outcome(rule: Rule, facts: Facts, taken: frozenset[str]) -> Outcome:
    does: list[Action] = []
    leaves: list[Action] = []
    for action in rule.then:
        name = decided_by(action)
        if after(facts, action) == facts and _changes(action):
            continue  # it is so already
        if name in taken and _changes(action):
            continue  # an earlier rule went first
        forbidden = action.what is What.REPLY and not facts.may_be_answered
        (leaves if name in facts.settled or forbidden else does).append(action)
    return Outcome(rule=rule, does=tuple(does), leaves=tuple(leaves))


def _changes(action: Action) -> bool:
    return action.what not in {What.REPLY, What.NOTE, What.WEBHOOK}
