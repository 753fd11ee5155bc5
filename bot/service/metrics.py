"""What the service tells about itself: counters, gauges, and the heartbeat of each loop."""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BEHIND_SECONDS = 60.0


class Metrics:
    """One registry a process, so that tests do not share theirs."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._beats: dict[str, float] = {}
        self._taken = self._counter("tanggap_received_total", "Events taken in, by account.", "account")
        self._kept = self._counter("tanggap_kept_total", "Events kept unprocessed, by account.", "account")
        self._refused = Counter(
            "tanggap_refused_total", "Turned away at the door.", ["account", "reason"], registry=self.registry
        )
        self._turned_away = Counter(
            "tanggap_turned_away_total",
            "What providers were told to bring again (503, 451): it was full, or the store failed.",
            ["why"],
            registry=self.registry,
        )
        self._delivered = Counter(
            "tanggap_deliveries_total", "Deliveries settled.", ["account", "outcome"], registry=self.registry
        )
        self._jobs = Histogram(
            "tanggap_writer_seconds", "Time of a writer's transaction.", ["job"], registry=self.registry,
            buckets=(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3),
        )  # fmt: skip
        self._heartbeat = Gauge(
            "tanggap_loop_heartbeat_age_seconds",
            "Since the loop last went round.",
            ["loop"],
            registry=self.registry,
        )
        self._oldest = Gauge(
            "tanggap_oldest_seconds", "Age of the oldest unprocessed and the oldest unsent.", ["what"],
            registry=self.registry,
        )  # fmt: skip
        self._groups = Gauge(
            "tanggap_group_oldest_seconds",
            "Age of the oldest that waits for a group which bears only so many calls.",
            ["group"],
            registry=self.registry,
        )
        self._behind: dict[str, float] = {}
        self._feeds = Gauge(
            "tanggap_holiday_feed_age_seconds",
            "Since a feed of holidays last answered well.",
            ["desk", "host"],
            registry=self.registry,
        )
        self._reconciled = Counter(
            "tanggap_reconciled_total",
            "What providers' lists had: listed, missing here, lost; and looks that failed.",
            ["account", "what"],
            registry=self.registry,
        )
        self._reconciled_at = Gauge(
            "tanggap_reconciled_timestamp_seconds",
            "When a provider's list was last held beside the ledger.",
            ["account"],
            registry=self.registry,
        )
        self._waiting = Gauge("tanggap_waiting", "How many wait.", ["what"], registry=self.registry)
        self._fits = Counter(
            "tanggap_matcher_fits_total", "Fits of matchers that ended.", ["desk", "outcome"], registry=self.registry
        )  # fmt: skip
        self._matcher_age = self._of_matcher("age_seconds", "Since the matcher in use was fitted.")
        self._fit_took = self._of_matcher("fit_seconds", "What the fit of the matcher in use took.")
        self._fit_peak = self._of_matcher(
            "fit_peak_bytes", "Most memory of the process that fitted the matcher in use."
        )
        self._fitted_on = self._of_matcher("fitted_examples", "Confirmed examples that it was fitted on.")
        self._laid_over = self._of_matcher("laid_over_examples", "Confirmed examples that it learned since.")

    def _counter(self, name: str, help_: str, label: str) -> Counter:
        return Counter(name, help_, [label], registry=self.registry)

    def _of_matcher(self, name: str, help_: str) -> Gauge:
        return Gauge(f"tanggap_matcher_{name}", help_, ["desk"], registry=self.registry)

    def took_in(self, account: str) -> None:
        self._taken.labels(account).inc()

    def kept(self, account: str) -> None:
        self._kept.labels(account).inc()

    def refused(self, account: str, reason: str) -> None:
        self._refused.labels(account, reason).inc()

    def turned_away(self, why: str) -> None:
        self._turned_away.labels(why).inc()

    def settled(self, account: str, outcome: str) -> None:
        self._delivered.labels(account, outcome).inc()

    def job_took(self, name: str, seconds: float, jobs: int) -> None:  # noqa: ARG002  the writer's meter
        self._jobs.labels(name).observe(seconds)

    def feed_is(self, desk: str, host: str, age: timedelta) -> None:
        """Tell how old what a feed of holidays brought is, or since when it has brought nothing."""
        self._feeds.labels(desk, host).set(age.total_seconds())

    def reconciled(self, account: str, *, listed: int, missing: int, lost: int, until: datetime) -> None:
        for what, count in (("listed", listed), ("missing", missing), ("lost", lost)):
            self._reconciled.labels(account, what).inc(count)
        self._reconciled_at.labels(account).set(until.timestamp())

    def not_reconciled(self, account: str) -> None:
        self._reconciled.labels(account, "failed").inc()

    def fit_ended(self, desk: str, outcome: str) -> None:
        self._fits.labels(desk, outcome).inc()

    def fitted(self, desk: str, *, examples: int, age: timedelta, seconds: float, peak_bytes: int) -> None:
        """Tell on how much the matcher in use was fitted, how long ago, and what that took."""
        self._fitted_on.labels(desk).set(examples)
        self._matcher_age.labels(desk).set(age.total_seconds())
        self._fit_took.labels(desk).set(seconds)
        self._fit_peak.labels(desk).set(peak_bytes)

    def laid_over(self, desk: str, examples: int) -> None:
        self._laid_over.labels(desk).set(examples)

    def beat(self, loop: str) -> None:
        """Note that a loop has gone round."""
        self._beats[loop] = time.monotonic()

    def forget(self, loop: str) -> None:
        self._beats.pop(loop, None)

    def ages(self) -> Mapping[str, float]:
        """Return the seconds since each loop last went round."""
        now = time.monotonic()
        return {loop: now - beat for loop, beat in sorted(self._beats.items())}

    def observe(self, *, oldest: Mapping[str, float], waiting: Mapping[str, int]) -> None:
        for what, seconds in oldest.items():
            self._oldest.labels(what).set(seconds)
        for what, count in waiting.items():
            self._waiting.labels(what).set(count)

    def groups_wait(self, ages: Mapping[str, float]) -> None:
        """Note how old the oldest is that waits for each group; a group for which nothing waits is not named."""
        self._groups.clear()
        for group, seconds in ages.items():
            self._groups.labels(group).set(seconds)
        self._behind = {group: seconds for group, seconds in ages.items() if seconds > BEHIND_SECONDS}

    @property
    def behind(self) -> Mapping[str, float]:
        """The groups for which something has waited for more than a minute."""
        return self._behind

    def exposition(self) -> bytes:
        """Return all of it in Prometheus's text format."""
        for loop, age in self.ages().items():
            self._heartbeat.labels(loop).set(age)
        return generate_latest(self.registry)
