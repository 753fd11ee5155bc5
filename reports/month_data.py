"""The month's report as plain data, for programs: what every other form of it says, with the findings in words."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from reports.compared import Compared, compared
from reports.compared import Figure as Value
from reports.figures import Attainment, Group
from reports.filed.closing import Corrections
from reports.findings import words
from reports.findings.facts import Facts
from reports.findings.rules import findings
from reports.table import minutes
from templates_replies.catalogue import Language, supported_language


def month_data(facts: Facts) -> dict[str, Any]:
    """Return it as JSON has it, but for instants, which stay what they are."""
    month, report = facts.month, facts.month.report
    language: Language = supported_language(month.language)
    return {
        "desk": report.desk, "month": str(report.month), "running": report.month.running, "made_at": report.made_at,
        "tickets": report.tickets, "finished": report.finished, "reopened": report.reopened,
        "uncategorised": len(report.uncategorised), "spam": report.left_out.spam, "merged": report.left_out.merged,
        "unread": facts.unread, "statuses": report.statuses,
        "messages": {
            "in": report.messages_in, "out": report.messages_out, "automatic": report.messages_automatic
        },
        "gone": sorted(set(month.gone)), "lost": report.brought.lost, "fetched_late": report.brought.late,
        "promises": {each.kind: promise_data(each) for each in report.promises},
        "days": [{"on": str(day.on), "tickets": day.tickets, "finished": day.finished} for day in report.days],
        "channels": groups_data(report.channels), "categories": groups_data(report.categories),
        "agents": groups_data(report.agents), "compared": [_compared(each) for each in compared(month)],
        "corrections": _corrections(month.corrections),
        "findings": [
            {"topic": each.topic, "title": words.lead(each, language), "text": words.sentences(each, language)}
            for each in findings(facts)
        ],
    }  # fmt: skip


def _corrections(found: Corrections | None) -> dict[str, Any] | None:
    """Return what is otherwise than when the month was closed; None where it is not closed. Lengths are seconds."""
    if found is None:
        return None
    return {
        "closed_at": found.closing.closed_at, "closed_by": found.closing.closed_by,
        "changes": [{"figure": each.key, "before": each.before, "after": each.after} for each in found.changes],
        "causes": [
            {
                "at": each.at, "kind": each.kind, "ticket": each.ticket, "by": each.by, "before": each.before,
                "after": each.after, "into": each.into, "promise": each.promise,
            }
            for each in found.causes
        ],
        "more": found.more,
    }  # fmt: skip


def _compared(row: Compared) -> dict[str, Any]:
    return {
        "figure": row.key, "promise": row.of or None, "now": _plain(row.now), "before": _plain(row.before),
        "year_before": _plain(row.year_before),
    }  # fmt: skip


def _plain(value: Value) -> float | None:
    """Return a figure as JSON has it: lengths are minutes, shares from 0 to 1."""
    return minutes(value) if isinstance(value, timedelta) else value


def groups_data(groups: Iterable[Group]) -> list[dict[str, Any]]:
    return [
        {
            "id": each.key, "name": each.name, "tickets": each.tickets, "finished": each.finished,
            "first_response": promise_data(each.first_response), "resolution": promise_data(each.resolution),
        }
        for each in groups
    ]  # fmt: skip


def promise_data(promise: Attainment) -> dict[str, Any]:
    return {
        "met": promise.met, "breached": promise.breached, "running": promise.running, "ended": promise.ended,
        "share": promise.share, "median_minutes": _plain(promise.median), "p90_minutes": _plain(promise.p90),
    }  # fmt: skip
