"""The rules: what of a month is worth a sentence. Pure; each threshold has its name here or is a goal of the desk, and the report prints them.

A rule says what the figures say and no more. What shares rest on few tickets is marked as such, and what a difference
to another month rests on few is not said at all.
"""

from collections.abc import Callable, Iterator, Sequence
from statistics import median_low

from reports.figures import HEADLINES, Attainment
from reports.findings.causes import in_common
from reports.findings.facts import Facts
from reports.findings.goals import goal, promise_goal
from reports.findings.values import Finding, Said, said
from reports.statistics import Statistics
from tickets.scorecard import Measure

MOST = 10  # findings
FEW = 20  # below it, shares are told with a remark, and nothing is compared
CHANGED = 0.05  # difference of two attainments
GROWN, GROWN_BY = 0.2, 10  # of all tickets: relative, and in tickets
SWELLED = 0.5  # of one category, relative; by `GROWN_BY` tickets at least
MOST_CATEGORIES = 2
REOPENED, REOPENED_BY = 0.1, 5  # share of tickets, and in tickets
LATE_STEPS, LATE_STEPS_BY = 0.1, 3  # share of a step's turns, and in turns
OUTSIDE_SCOPE = 0.2  # share of judged messages
BUSY, BUSY_BY, BUSY_OF = 3, 10, 10  # times an ordinary day, in tickets, and days that make it ordinary

Rule = Callable[[Facts], Iterator[Finding]]


def findings(facts: Facts) -> tuple[Finding, ...]:
    """Return what there is to say of a month, what weighs most first."""
    if not facts.month.report.tickets:
        return tuple(_unread(facts))
    found = [finding for rule in _RULES for finding in rule(facts)]
    return tuple(sorted(found, key=lambda each: -each.weight)[:MOST])


def _unread(facts: Facts) -> Iterator[Finding]:
    if facts.unread:
        yield Finding(topic="unread", weight=1.0, says=(said("unread", many=facts.unread),))


def _broken(facts: Facts) -> Iterator[Finding]:
    for each in facts.month.report.promises:
        share, due = each.share, each.met + each.breached
        good = promise_goal(facts.month.desk, each.kind)
        if share is None or good is None or share >= good:
            continue
        missed = said("missed", kind=each.kind, met=each.met, due=due, share=share, good=good)
        yield Finding(
            topic="missed", weight=0.6 + 0.4 * (good - share), says=(missed, *in_common(facts, each.kind)),
            few=_few(due),
        )  # fmt: skip


def _kept(facts: Facts) -> Iterator[Finding]:
    promises = [facts.month.report.promise(kind) for kind in HEADLINES]
    due = [each.met + each.breached for each in promises]
    if all(due) and not any(each.breached for each in promises):
        first, resolution = due
        yield Finding(
            topic="kept", weight=0.2, says=(said("kept", first=first, resolution=resolution),), few=_few(min(due))
        )  # fmt: skip


def _changed(facts: Facts) -> Iterator[Finding]:
    for kind in HEADLINES:
        now, before = facts.month.report.promise(kind), facts.month.before.promise(kind)
        if now.share is None or before.share is None or _due(now) < FEW or _due(before) < FEW:
            continue
        change = now.share - before.share
        if abs(change) < CHANGED:
            continue
        rose = change > 0
        yield Finding(
            topic="rose" if rose else "fell", weight=0.25 + change / 2 if rose else 0.5 - change,
            says=(said("rose" if rose else "fell", kind=kind, share=now.share, before=before.share),),
        )  # fmt: skip


def _volume(facts: Facts) -> Iterator[Finding]:
    tickets, before = facts.month.report.tickets, facts.month.before.tickets
    change = tickets - before
    if before < FEW or abs(change) < GROWN_BY or abs(change) / before < GROWN:
        return
    key = "more" if change > 0 else "fewer"
    relative = abs(change) / before
    yield Finding(
        topic=key, weight=0.3 + 0.3 * min(relative, 1.0),
        says=(said(key, tickets=tickets, before=before, change=relative), *_year_before(tickets, facts.month.year_before)),
    )  # fmt: skip


def _year_before(tickets: int, year_before: Statistics) -> Sequence[Said]:
    known = year_before.tickets >= FEW
    return (said("year_before", tickets=tickets, before=year_before.tickets),) if known else ()


def _categories(facts: Facts) -> Iterator[Finding]:
    if not facts.month.before.tickets:
        return
    earlier = {group.key: group.tickets for group in facts.month.before.categories}
    grown = [
        (group.tickets - earlier.get(group.key, 0), group)
        for group in facts.month.report.categories
        if group.key is not None
    ]
    grown = [(by, group) for by, group in grown if by >= GROWN_BY and by >= SWELLED * (group.tickets - by)]
    for by, group in sorted(grown, key=lambda each: -each[0])[:MOST_CATEGORIES]:
        before = group.tickets - by
        key = "category_grew" if before else "category_new"
        yield Finding(
            topic="category", weight=0.3 + 0.3 * by / facts.month.report.tickets,
            says=(said(key, name=group.name or "", tickets=group.tickets, before=before),),
        )  # fmt: skip


def _overdue(facts: Facts) -> Iterator[Finding]:
    still = [breach for breach in facts.month.report.breaches if breach.still_open]
    if not still:
        return
    oldest = min(still, key=lambda each: each.promise.due_at)
    since = oldest.promise.due_at.astimezone(facts.month.report.month.tz).date()
    tickets = len({each.ticket.number for each in still})
    yield Finding(
        topic="overdue", weight=0.9,
        says=(said("overdue", tickets=tickets), said("oldest", ticket=f"#{oldest.ticket.number}", since=since)),
    )  # fmt: skip


def _uncategorised(facts: Facts) -> Iterator[Finding]:
    report = facts.month.report
    if many := len(report.uncategorised):
        share = many / report.tickets
        yield Finding(
            topic="uncategorised", weight=0.3 + 0.4 * share,
            says=(said("uncategorised", many=many, tickets=report.tickets, share=share),),
        )  # fmt: skip


def _reopened(facts: Facts) -> Iterator[Finding]:
    report = facts.month.report
    share = report.reopened / report.tickets
    if report.reopened >= REOPENED_BY and share >= REOPENED:
        yield Finding(
            topic="reopened", weight=0.4,
            says=(said("reopened", many=report.reopened, tickets=report.tickets, share=share),), few=_few(report.tickets),
        )  # fmt: skip


def _satisfaction(facts: Facts) -> Iterator[Finding]:
    surveys = facts.month.report.surveys
    if surveys.waiting:
        yield Finding(topic="low_scores", weight=0.55, says=(said("low_scores", many=surveys.waiting),))
    good = goal(facts.month.desk, Measure.SATISFIED)
    if surveys.satisfied is not None and surveys.satisfied < good:
        yield Finding(
            topic="satisfaction", weight=0.5, few=_few(surveys.answered),
            says=(said("satisfied", share=surveys.satisfied, answers=surveys.answered, good=good),),
        )  # fmt: skip


def _procedures(facts: Facts) -> Iterator[Finding]:
    for each in facts.month.procedures:
        step = each.bottleneck
        if (
            step is None
            or step.late < LATE_STEPS_BY
            or (share := step.late_share) is None
            or share < LATE_STEPS
        ):
            continue
        yield Finding(
            topic="step", weight=0.45, few=_few(step.promised),
            says=(
                said("step", procedure=each.procedure.name, step=f"{step.step.number}. {step.step.does}", late=step.late, turns=step.promised, share=share),
            ),
        )  # fmt: skip


def _matcher(facts: Facts) -> Iterator[Finding]:
    found = facts.month.report.quality.all
    good = goal(facts.month.desk, Measure.MATCHER_PRECISION)
    if found.precision is not None and found.judged >= FEW and found.precision < good:
        yield Finding(
            topic="matcher", weight=0.3,
            says=(said("imprecise", share=found.precision, judged=found.judged, good=good),),
        )  # fmt: skip
    outside = found.out_of_scope_share
    if outside is not None and found.settled >= FEW and outside >= OUTSIDE_SCOPE:
        yield Finding(
            topic="scope", weight=0.25,
            says=(said("out_of_scope", many=found.out_of_scope, settled=found.settled, share=outside),),
        )  # fmt: skip


def _busy_day(facts: Facts) -> Iterator[Finding]:
    days = [day for day in facts.month.report.days if day.tickets]
    if len(days) < BUSY_OF:
        return
    usual, busiest = median_low(day.tickets for day in days), max(days, key=lambda day: day.tickets)
    if busiest.tickets >= BUSY_BY and busiest.tickets >= BUSY * usual:
        yield Finding(
            topic="busy", weight=0.22, says=(said("busy", day=busiest.on, tickets=busiest.tickets, usual=usual),)
        )  # fmt: skip


def _due(attainment: Attainment) -> int:
    return attainment.met + attainment.breached


def _few(many: int) -> int | None:
    return many if many < FEW else None


_RULES: Sequence[Rule] = (
    _unread, _broken, _kept, _changed, _volume, _categories, _overdue, _uncategorised, _reopened, _satisfaction, _procedures,
    _matcher, _busy_day,
)  # fmt: skip
