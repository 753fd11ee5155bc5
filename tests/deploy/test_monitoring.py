"""Alert rules and dashboard speak of metrics that there are, with labels that they have; every alert is in the runbook."""

import json
import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from bot.service.metrics import Metrics

ROOT = Path(__file__).parents[2]
MONITORING = ROOT / "deploy" / "monitoring"
SAMPLE = re.compile(r"\btanggap_\w+")
SELECTOR = re.compile(r"\b(tanggap_\w+)\{([^}]*)\}")
GROUPED = re.compile(r"\bby \(([^)]*)\)")
EVERYWHERE = {"instance", "job", "le"}  # what Prometheus adds, and the border of a bucket


@pytest.fixture(scope="module")
def labels():
    """The labels of each sample that /metrics has once everything has happened."""
    metrics = Metrics()
    for collector in list(metrics.registry._collector_to_names):
        collector.labels(*(f"some {name}" for name in collector._labelnames))
    found = {}
    for family in text_string_to_metric_families(metrics.exposition().decode()):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def alerts():
    (group,) = YAML(typ="safe").load(MONITORING / "alerts.yaml")["groups"]
    return {rule["alert"]: rule for rule in group["rules"]}


def expressions():
    yield from (rule["expr"] for rule in alerts().values())
    for panel in json.loads((MONITORING / "dashboard.json").read_text())["panels"]:
        yield from (target["expr"] for target in panel["targets"])


def test_every_metric_that_is_named_is_there_with_its_labels(labels):
    asked = list(expressions())
    assert len(asked) > 25
    for expr in asked:
        named = SAMPLE.findall(expr)
        assert set(named) <= labels.keys(), expr
        for name, within in SELECTOR.findall(expr):
            assert set(re.findall(r"(\w+)(?:=|!=|=~|!~)\"", within)) <= labels[name] | EVERYWHERE, expr
        known = set().union(EVERYWHERE, *(labels[name] for name in named))
        for by in GROUPED.findall(expr):
            assert {each.strip() for each in by.split(",")} <= known, expr
        assert expr.count("(") == expr.count(")")


def test_every_metric_of_the_service_is_on_the_dashboard_or_in_an_alert(labels):
    asked = " ".join(expressions())
    shown = {re.sub(r"_(bucket|sum|count)$", "", name) for name in SAMPLE.findall(asked)}
    there = {re.sub(r"_(bucket|sum|count|created)$", "", name) for name in labels}
    counted = {name.removesuffix("_total") for name in shown} | shown
    assert {name for name in there if name not in counted} == {"tanggap_matcher_fit_peak_bytes"}


def test_the_runbook_says_of_every_alert_what_to_do():
    runbook = (ROOT / "docs" / "guide" / "runbook.md").read_text()
    assert re.findall(r"^## (\w+)$", runbook, re.MULTILINE) == list(alerts())
    for rule in alerts().values():
        assert rule["annotations"]["summary"]
        assert rule["labels"]["severity"] in {"page", "ticket"}
