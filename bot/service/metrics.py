"""What the service tells about itself: counters, gauges, and the heartbeat of each loop."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BEHIND_SECONDS = 60.0


class _Registry(CollectorRegistry):
    """One a process, so that tests do not share theirs; what it has is made in it."""

    def counter(self, name: str, help_: str, *labels: str) -> Counter:
        return Counter(f"tanggap_{name}", help_, labels, registry=self)

    def gauge(self, name: str, help_: str, *labels: str) -> Gauge:
        return Gauge(f"tanggap_{name}", help_, labels, registry=self)


class _Intake:
    def __init__(self, registry: _Registry) -> None:
        counter = registry.counter
        self.taken = counter("received_total", "Events taken in, by account.", "account")
        self.kept = counter("kept_total", "Events kept unprocessed, by account.", "account")
        self.refused = counter("refused_total", "Turned away at the door.", "account", "reason")
        self.turned_away = counter(
            "turned_away_total",
            "What providers were told to bring again (503, 451): it was full, or the store failed.",
            "why",
        )


class _Reconciling:
    def __init__(self, registry: _Registry) -> None:
        self.found = registry.counter(
            "reconciled_total",
            "What providers' lists had: listed, missing here, lost; and looks that failed.",
            "account",
            "what",
        )
        self.until = registry.gauge(
            "reconciled_timestamp_seconds",
            "When a provider's list was last held beside the ledger.",
            "account",
        )


class _Delivery:
    def __init__(self, registry: _Registry) -> None:
        self.settled = registry.counter("deliveries_total", "Deliveries settled.", "account", "outcome")
        self.groups = registry.gauge(
            "group_oldest_seconds",
            "Age of the oldest that waits for a group which bears only so many calls.",
            "group",
        )


class _Work:
    """What the process does all the time, and what waits for it."""

    def __init__(self, registry: _Registry) -> None:
        self.jobs = Histogram(
            "tanggap_writer_seconds", "Time of a writer's transaction.", ["job"], registry=registry,
            buckets=(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3),
        )  # fmt: skip
        self.heartbeat = registry.gauge(
            "loop_heartbeat_age_seconds", "Since the loop last went round.", "loop"
        )
        self.oldest = registry.gauge(
            "oldest_seconds", "Age of the oldest unprocessed and the oldest unsent.", "what"
        )
        self.waiting = registry.gauge("waiting", "How many wait.", "what")
        self.feeds = registry.gauge(
            "holiday_feed_age_seconds", "Since a feed of holidays last answered well.", "desk", "host"
        )


class _Matchers:
    def __init__(self, registry: _Registry) -> None:
        self.fits = registry.counter("matcher_fits_total", "Fits of matchers that ended.", "desk", "outcome")
        gauge = registry.gauge
        self.age = gauge("matcher_age_seconds", "Since the matcher in use was fitted.", "desk")
        self.fit_took = gauge("matcher_fit_seconds", "What the fit of the matcher in use took.", "desk")
        self.fit_peak = gauge(
            "matcher_fit_peak_bytes", "Most memory of the process that fitted the matcher in use.", "desk"
        )
        self.fitted_on = gauge("matcher_fitted_examples", "Confirmed examples that it was fitted on.", "desk")
        self.laid_over = gauge(
            "matcher_laid_over_examples", "Confirmed examples that it learned since.", "desk"
        )


@dataclass(frozen=True)
class Beat:
    """When a loop last went round."""

    age: float  # seconds since then
    every: float  # seconds after which it will again, if there is nothing to do


class Metrics:
    def __init__(self, *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self.registry = _Registry()
        self._intake = _Intake(self.registry)
        self._reconciling = _Reconciling(self.registry)
        self._delivery = _Delivery(self.registry)
        self._work = _Work(self.registry)
        self._matchers = _Matchers(self.registry)
        self._beats: dict[str, tuple[float, float]] = {}
        self._behind: dict[str, float] = {}

    def took_in(self, account: str) -> None:
        self._intake.taken.labels(account).inc()

    def kept(self, account: str) -> None:
        self._intake.kept.labels(account).inc()

    def refused(self, account: str, reason: str) -> None:
        self._intake.refused.labels(account, reason).inc()

    def turned_away(self, why: str) -> None:
        self._intake.turned_away.labels(why).inc()

    def settled(self, account: str, outcome: str) -> None:
        self._delivery.settled.labels(account, outcome).inc()

    def job_took(self, name: str, seconds: float, jobs: int) -> None:  # noqa: ARG002  the writer's meter
        self._work.jobs.labels(name).observe(seconds)

    def feed_is(self, desk: str, host: str, age: timedelta) -> None:
        """Tell how old what a feed of holidays brought is, or since when it has brought nothing."""
        self._work.feeds.labels(desk, host).set(age.total_seconds())

    def reconciled(self, account: str, *, listed: int, missing: int, lost: int, until: datetime) -> None:
        for what, count in (("listed", listed), ("missing", missing), ("lost", lost)):
            self._reconciling.found.labels(account, what).inc(count)
        self._reconciling.until.labels(account).set(until.timestamp())

    def not_reconciled(self, account: str) -> None:
        self._reconciling.found.labels(account, "failed").inc()

    def fit_ended(self, desk: str, outcome: str) -> None:
        self._matchers.fits.labels(desk, outcome).inc()

    def fitted(self, desk: str, *, examples: int, age: timedelta, seconds: float, peak_bytes: int) -> None:
        """Tell on how much the matcher in use was fitted, how long ago, and what that took."""
        self._matchers.fitted_on.labels(desk).set(examples)
        self._matchers.age.labels(desk).set(age.total_seconds())
        self._matchers.fit_took.labels(desk).set(seconds)
        self._matchers.fit_peak.labels(desk).set(peak_bytes)

    def laid_over(self, desk: str, examples: int) -> None:
        self._matchers.laid_over.labels(desk).set(examples)

    def beat(self, loop: str, *, every: float = 0.0) -> None:
        """Note that a loop has gone round, and after how many seconds it will do so again."""
        self._beats[loop] = self._seconds(), every

    def forget(self, loop: str) -> None:
        self._beats.pop(loop, None)

    def beats(self) -> Mapping[str, Beat]:
        """Return each loop's last beat."""
        now = self._seconds()
        return {loop: Beat(age=now - at, every=every) for loop, (at, every) in sorted(self._beats.items())}

    def observe(self, *, oldest: Mapping[str, float], waiting: Mapping[str, int]) -> None:
        for what, seconds in oldest.items():
            self._work.oldest.labels(what).set(seconds)
        for what, count in waiting.items():
            self._work.waiting.labels(what).set(count)

    def groups_wait(self, ages: Mapping[str, float]) -> None:
        """Note how old the oldest is that waits for each group; a group for which nothing waits is not named."""
        self._delivery.groups.clear()
        for group, seconds in ages.items():
            self._delivery.groups.labels(group).set(seconds)
        self._behind = {group: seconds for group, seconds in ages.items() if seconds > BEHIND_SECONDS}

    @property
    def behind(self) -> Mapping[str, float]:
        """The groups for which something has waited for more than a minute."""
        return self._behind

    def exposition(self) -> bytes:
        """Return all of it in Prometheus's text format."""
        for loop, beat in self.beats().items():
            self._work.heartbeat.labels(loop).set(beat.age)
        return generate_latest(self.registry)
