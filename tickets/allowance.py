"""How many calls a place bears that counts them, such as a Telegram group, and who goes first where they are short.

Pure rules: what was spent is a value, `now` an argument. A place bears so many calls in any window of time, a few of
them at once and the others a moment apart. Where it asks for a pause it gets it to the second, and fewer calls in the
windows after that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction

# Calls that stay free for what matters more, by priority: cards must not use up what a message will need.
KEPT_FREE: Mapping[int, int] = {2: 2, 3: 4}


@dataclass(frozen=True, kw_only=True)
class PlaceLimits:
    """What a place bears. A Telegram group: about 20 a minute over all topics, and short bursts over one a second."""

    most: int = 20  # in any window
    window: timedelta = timedelta(minutes=1)
    burst: int = 15  # at once, after a while of silence
    every: timedelta = timedelta(seconds=1)  # beyond the burst
    least: int = 5  # in a window, however often it asked for a pause
    patience: timedelta = timedelta(minutes=10)  # what has waited longer goes first, once in a window

    @classmethod
    def of(cls, calls_per_minute: int) -> "PlaceLimits":
        """Return the limits of a place that bears another number of calls, in the same proportions."""
        share = Fraction(calls_per_minute, cls.most)
        return cls(
            most=calls_per_minute, burst=max(1, int(cls.burst * share)), every=cls.every / float(share),
            least=max(1, int(cls.least * share)),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a place has borne lately."""

    spent: tuple[datetime, ...] = ()  # the calls of the last window, oldest first
    most: int | None = None  # in a window, after it asked for a pause; None: as many as it bears
    cut_at: datetime | None = None  # when that was
    paused_until: datetime | None = None
    favoured_at: datetime | None = None  # when something went first because it had waited for too long


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The head of a line, and all that goes with it as one."""

    line: str
    priority: int  # the least of the line is first
    since: datetime
    calls: int


def free(allowance: Allowance, limits: PlaceLimits, *, now: datetime) -> int:
    """Return how many calls may be made now."""
    if allowance.paused_until is not None and now < allowance.paused_until:
        return 0
    recent = _recent(allowance, limits, now)
    in_window = _most(allowance, limits, now) - len(recent)
    return max(0, min(in_window, _at_once(recent, limits, now)))


def choose(
    waiting: Sequence[Waiting], allowance: Allowance, limits: PlaceLimits, *, now: datetime
) -> tuple[list[Waiting], Allowance]:
    """Return what goes now, in its order, and what the place has borne with it.

    What matters most goes first, of equals the oldest. Nothing overtakes what does not fit yet, lest a costly one wait
    for ever; but once in a window the one that has waited longest goes first, whatever it is.
    """
    order = sorted(waiting, key=lambda each: (each.priority, each.since))
    left, favoured_at = free(allowance, limits, now=now), allowance.favoured_at
    chosen: list[Waiting] = []
    patient = _patient(waiting, allowance, limits, now)
    if patient is not None and patient.calls <= left:
        order.remove(patient)
        chosen, left, favoured_at = [patient], left - patient.calls, now
    for each in order:
        if each.calls > left - KEPT_FREE.get(each.priority, 0):
            break
        chosen.append(each)
        left -= each.calls
    spent = replace(allowance, favoured_at=favoured_at)
    return chosen, spend(spent, sum(each.calls for each in chosen), limits, now=now)


def spend(allowance: Allowance, calls: int, limits: PlaceLimits, *, now: datetime) -> Allowance:
    """Note calls; fewer than none were reckoned and not made."""
    recent = _recent(allowance, limits, now)
    spent = (*recent, *(now for _ in range(calls))) if calls >= 0 else recent[:calls]
    return replace(allowance, spent=spent)


def paused(allowance: Allowance, wait: timedelta, limits: PlaceLimits, *, now: datetime) -> Allowance:
    """Obey a place that asks for a pause: nothing before its end, and then a quarter fewer in a window."""
    most = max(limits.least, _most(allowance, limits, now) * 3 // 4)
    until = now + wait
    if allowance.paused_until is not None and allowance.paused_until > now:  # it said so of several calls
        most, until = allowance.most or most, max(until, allowance.paused_until)
    return replace(allowance, most=most, cut_at=until, paused_until=until)


def _recent(allowance: Allowance, limits: PlaceLimits, now: datetime) -> tuple[datetime, ...]:
    return tuple(at for at in allowance.spent if now - at < limits.window)


def _most(allowance: Allowance, limits: PlaceLimits, now: datetime) -> int:
    """Return how many a window bears at present: after a cut one more with each window that went well."""
    if allowance.most is None or allowance.cut_at is None:
        return limits.most
    return min(limits.most, allowance.most + max(0, (now - allowance.cut_at) // limits.window))


def _at_once(recent: Sequence[datetime], limits: PlaceLimits, now: datetime) -> int:
    """Return how much of the burst is left: each call uses up one of it, each moment gives one back."""
    used, before = timedelta(), now
    for at in recent:
        used = max(timedelta(), used - max(timedelta(), at - before)) + limits.every
        before = at
    used = max(timedelta(), used - (now - before))
    return (limits.burst * limits.every - used) // limits.every


def _patient(
    waiting: Sequence[Waiting], allowance: Allowance, limits: PlaceLimits, now: datetime
) -> Waiting | None:
    if allowance.favoured_at is not None and now - allowance.favoured_at < limits.window:
        return None
    oldest = min(waiting, key=lambda each: each.since, default=None)
    return oldest if oldest is not None and now - oldest.since > limits.patience else None
