"""What the service tells about itself: counters, gauges, and the heartbeat of each loop."""

import time
from collections.abc import Mapping
from datetime import timedelta

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
        self._waiting = Gauge("tanggap_waiting", "How many wait.", ["what"], registry=self.registry)

    def _counter(self, name: str, help_: str, label: str) -> Counter:
        return Counter(name, help_, [label], registry=self.registry)

    def took_in(self, account: str) -> None:
        self._taken.labels(account).inc()

    def kept(self, account: str) -> None:
        self._kept.labels(account).inc()

    def refused(self, account: str, reason: str) -> None:
        self._refused.labels(account, reason).inc()

    def settled(self, account: str, outcome: str) -> None:
        self._delivered.labels(account, outcome).inc()

    def job_took(self, name: str, seconds: float, jobs: int) -> None:  # noqa: ARG002  the writer's meter
        self._jobs.labels(name).observe(seconds)

    def feed_is(self, desk: str, host: str, age: timedelta) -> None:
        """Tell how old what a feed of holidays brought is, or since when it has brought nothing."""
        self._feeds.labels(desk, host).set(age.total_seconds())

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
