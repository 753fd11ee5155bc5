"""What rules would have done to a ticket that has happened already, beside what people really did. Pure.

The ticket's events are gone through once more, without those that rules caused then. What a rule would have changed is
so from then on, until a person's own event says otherwise: as it would have been.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tickets.actor import is_a_persons
from tickets.conditions import Facts
from tickets.hours import Calendar, due
from tickets.lifecycle import Status
from tickets.rules import Action, Lasts, Outcome, Rule, What, after, decide, decided_by
from tickets.standing import SETTLES, Event, Standing, by_rule, follow, starts

SAMPLES = 20  # tickets shown for one rule


@dataclass(frozen=True, kw_only=True)
class SaidThen:
    """A contact's message of that time."""

    id: int
    at: datetime
    text: str  # subject and words
    automatic: bool = False
    pressed: bool = False  # it is a button


@dataclass(frozen=True, kw_only=True)
class Course:
    """One ticket with everything that happened to it until now."""

    number: int
    events: Sequence[Event]
    said: Sequence[SaidThen] = ()
    language: str | None = None
    unit: str | None = None
    addresses: tuple[str, ...] = ()
    may_be_answered: bool = True  # there is an address, and nobody asked for silence
    verified: Sequence[tuple[datetime, bool]] = ()  # what was found about the contact, oldest first
    others: Sequence[tuple[datetime, datetime | None]] = ()  # further tickets of the contact: created, solved


class Reality(StrEnum):
    """How what people did compares with what a rule would have done."""

    AGREED = "agreed"
    DIFFERED = "differed"
    UNDECIDED = "undecided"  # no person ever said


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One time that a rule would have done something."""

    ticket: int
    at: datetime
    outcome: Outcome
    reality: tuple[tuple[Action, Reality], ...]  # of what can be compared


def try_out(
    rules: Sequence[Rule], course: Course, *, calendar: Calendar, first: datetime, end: datetime
) -> list[Tried]:
    """Go through the ticket's events once more; what the rules would have done from `first` up to `end`."""
    return list(_Trial(rules, course, calendar).run(first, end))


class _Trial:
    def __init__(self, rules: Sequence[Rule], course: Course, calendar: Calendar) -> None:
        self._rules = rules
        self._course = course
        self._calendar = calendar
        self._real = _decisions(course.events)
        self._standing: Standing | None = None
        self._fired: set[tuple[str, int]] = set()

    def run(self, first: datetime, end: datetime) -> Iterator[Tried]:
        for event in self._course.events:
            if event.at >= end:
                break
            if not by_rule(event):
                yield from (tried for tried in self._lasted(event.at) if tried.at >= first)
                before, self._standing = self._standing, follow(self._standing, event)
                if event.at >= first:
                    yield from self._happened(before, event)
        yield from (tried for tried in self._lasted(end) if tried.at >= first)

    def _happened(self, before: Standing | None, event: Event) -> Iterator[Tried]:
        happenings = starts(before, event)
        if happenings:
            started = [rule for rule in self._rules if happenings & rule.when.happens]
            yield from self._decided(started, event.at, event)

    def _lasted(self, until: datetime) -> Iterator[Tried]:
        """Yield what the rules that wait for a length would have done before `until`."""
        if self._standing is None:
            return
        ready = []
        for rule in self._rules:
            since = self._standing.since.get(rule.when.lasts) if rule.when.lasts else None
            if since is not None and rule.when.span is not None:
                ready.append((due(self._calendar, since.at, rule.when.span), since.event, rule))
        for at, began, rule in sorted(ready, key=lambda each: each[0]):
            if at < until and (rule.id, began) not in self._fired:
                self._fired.add((rule.id, began))
                yield from self._decided([rule], at, None)

    def _decided(self, rules: Sequence[Rule], at: datetime, event: Event | None) -> Iterator[Tried]:
        """Let those that are on decide together, and each that is off for itself: those change nothing further."""
        standing = self._standing
        if standing is None or standing.gone or standing.held:
            return
        facts = before = self._facts(standing, at, event)
        for outcome in decide([rule for rule in rules if not rule.off], facts):
            for action in outcome.does:
                facts = after(facts, action)
            yield self._tried(outcome, at)
        self._standing = _stands(standing, facts)
        for rule in rules:
            if rule.off:
                yield from (self._tried(outcome, at) for outcome in decide([rule], before))

    def _tried(self, outcome: Outcome, at: datetime) -> Tried:
        compared = tuple(
            (action, self._real_of(action))
            for action in outcome.does
            if action.what not in {What.REPLY, What.NOTE}
        )
        return Tried(ticket=self._course.number, at=at, outcome=outcome, reality=compared)

    def _real_of(self, action: Action) -> Reality:
        name = decided_by(action)
        if name not in self._real:
            return Reality.UNDECIDED
        wanted = str(action.what is What.TAG) if name.startswith("tag:") else action.value
        return Reality.AGREED if self._real[name] == wanted else Reality.DIFFERED

    def _facts(self, standing: Standing, at: datetime, event: Event | None) -> Facts:
        course, said = self._course, self._said(at, event)
        return Facts(
            at=at, calendar=self._calendar, channel=standing.channel, opened_at=standing.opened_at,
            status=str(standing.status), category=standing.category, priority=standing.priority, tags=standing.tags,
            team=standing.team, holder=standing.holder, language=course.language, verified=next((known for since, known in reversed(course.verified) if since <= at), False),
            clock=event.data.get("clock") if event else None, unit=course.unit, addresses=course.addresses,
            open_tickets=1 + sum(made <= at and (over is None or over > at) for made, over in course.others),
            text="\n".join(each.text for each in said), settled=standing.settled,
            may_be_answered=course.may_be_answered and not any(each.automatic for each in said)
            and standing.status is not Status.CLOSED,
        )  # fmt: skip

    def _said(self, at: datetime, event: Event | None) -> Sequence[SaidThen]:
        """Return the message that it is about: the one that came, the contact's last one before, all that had to wait."""
        until = [said for said in self._course.said if said.at <= at]
        subject = getattr(event, "subject", None)
        if event is not None and event.kind in SETTLES:
            return [said for said in until if not said.pressed]
        if event is not None and event.kind == "message.received" and subject is not None:
            return [said for said in self._course.said if str(said.id) == str(subject)]
        return until[-1:]


def _stands(standing: Standing, facts: Facts) -> Standing:
    """Return the standing with what a rule has changed: a machine's work, so it settles nothing."""
    since = dict(standing.since)
    if facts.holder is not None:
        since.pop(Lasts.UNASSIGNED, None)
    return replace(
        standing, category=facts.category, tags=facts.tags, priority=facts.priority, team=facts.team,
        holder=facts.holder, since=since,
    )  # fmt: skip


def _decisions(events: Sequence[Event]) -> dict[str, str]:
    """Return what persons decided in the end, by the names of `rules.decided_by`."""
    values = {
        "ticket.categorised": ("category", "category"),
        "ticket.prioritised": ("priority", "priority"),
        "ticket.assigned": ("assign", "to"),
        "ticket.escalated": ("team", "team"),
    }
    found: dict[str, str] = {}
    for event in events:
        if not is_a_persons(event.actor):
            continue
        if event.kind in values:
            name, key = values[event.kind]
            found[name] = str(event.data.get(key))
        elif event.kind in {"ticket.tagged", "ticket.untagged"}:
            found[f"tag:{event.data.get('tag')}"] = str(event.kind == "ticket.tagged")
    return found


@dataclass(frozen=True, kw_only=True)
class RuleTried:
    """What one rule came to, over all tickets."""

    rule: Rule
    times: int
    tickets: int
    would_do: Mapping[str, int]  # action → how often
    left: int  # times it would have left something to a person's decision
    reality: Mapping[Reality, int]  # of what can be compared
    samples: tuple[Tried, ...]  # newest first


def summed_up(
    rules: Sequence[Rule], tried: Iterable[Tried], *, samples: int = SAMPLES
) -> tuple[RuleTried, ...]:
    """Count by rule, in the order of the rules; one that would have done nothing is there too."""
    of_rule: dict[str, list[Tried]] = {rule.id: [] for rule in rules}
    for each in tried:
        of_rule[each.outcome.rule.id].append(each)
    return tuple(_summed(rule, of_rule[rule.id], samples) for rule in rules)


def _summed(rule: Rule, tried: list[Tried], samples: int) -> RuleTried:
    newest = sorted(tried, key=lambda each: (each.at, each.ticket), reverse=True)
    return RuleTried(
        rule=rule,
        times=len(tried),
        tickets=len({each.ticket for each in tried}),
        would_do=Counter(str(action) for each in tried for action in each.outcome.does),
        left=sum(bool(each.outcome.leaves) for each in tried),
        reality=Counter(how for each in tried for _, how in each.reality),
        samples=tuple(newest[:samples]),
    )
