"""How a ticket stood, out of its events: what it was, who decided it, and since when it has been so."""

from datetime import UTC, datetime, timedelta

import pytest

from tickets.ledger.events import Recorded
from tickets.lifecycle import Status
from tickets.rules import Lasts
from tickets.standing import Since, stood

NINE = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
BUDI, RULE = "staff:budi@example.ac.id", "system:rule-satu"


def history(*happened):
    """Make events one minute apart out of (kind, actor, data)."""
    opened = ("ticket.opened", "contact", {"channel": "whatsapp"})
    received = ("message.received", "contact", {"asks": True})
    return [
        Recorded(
            id=index, at=NINE + timedelta(minutes=index), desk="uji", ticket=1, kind=kind, subject=None, actor=actor,
            data=data,
        )
        for index, (kind, actor, data) in enumerate((opened, received, *happened))
    ]  # fmt: skip


def test_it_stands_as_its_events_left_it():
    standing = stood(
        history(
            ("ticket.categorised", RULE, {"category": "login"}),
            ("ticket.tagged", RULE, {"tag": "vip"}),
            ("ticket.tagged", RULE, {"tag": "gangguan"}),
            ("ticket.untagged", BUDI, {"tag": "vip"}),
            ("ticket.prioritised", BUDI, {"priority": "urgent"}),
            ("ticket.escalated", BUDI, {"team": "edunex"}),
            ("message.answered", BUDI, {}),
            ("ticket.assigned", BUDI, {"to": "budi@example.ac.id"}),
        )
    )
    assert (standing.channel, standing.status, standing.category) == ("whatsapp", Status.OPEN, "login")
    assert (standing.tags, standing.priority, standing.team) == ({"gangguan"}, 2, "edunex")
    assert standing.holder == "budi@example.ac.id"
    assert standing.settled == {"tag:vip", "priority", "team", "assign"}


@pytest.mark.parametrize(
    ("events", "settled"),
    [
        ([("ticket.categorised", BUDI, {"category": "login"})], {"category"}),
        ([("ticket.categorised", "api:jembatan", {"category": "login"})], {"category"}),
        ([("ticket.categorised", "bot", {"category": "login"})], set()),
        ([("ticket.assigned", "system:assignment", {"to": "budi"})], set()),
        ([("ticket.assigned", BUDI, {"to": "budi"}), ("ticket.assigned", BUDI, {"to": None})], set()),
        ([("ticket.escalated", RULE, {"team": "edunex"}), ("ticket.returned", BUDI, {"team": "edunex"})], {"team"}),
    ],
)  # fmt: skip
def test_what_a_person_decided_last_is_settled(events, settled):
    assert stood(history(*events)).settled == settled


@pytest.mark.parametrize(
    ("events", "lasting"),
    [
        ([], {Lasts.SILENT: 1, Lasts.UNANSWERED: 1, Lasts.UNASSIGNED: 0, Lasts.UNSOLVED: 0}),
        ([("message.answered", BUDI, {}), ("ticket.waiting", BUDI, {})],
         {Lasts.SILENT: 2, Lasts.WAITING: 3, Lasts.UNASSIGNED: 0, Lasts.UNSOLVED: 0}),
        ([("ticket.waiting", BUDI, {}), ("ticket.resumed", "contact", {}), ("message.received", "contact", {})],
         {Lasts.SILENT: 4, Lasts.UNANSWERED: 1, Lasts.UNASSIGNED: 0, Lasts.UNSOLVED: 0}),
        ([("ticket.assigned", BUDI, {"to": "budi"})], {Lasts.SILENT: 1, Lasts.UNANSWERED: 1, Lasts.UNSOLVED: 0}),
        ([("ticket.solved", BUDI, {})], {}),
        ([("ticket.spam", BUDI, {})], {}),
        ([("ticket.solved", BUDI, {}), ("ticket.reopened", BUDI, {})],
         {Lasts.SILENT: 3, Lasts.UNASSIGNED: 3, Lasts.UNSOLVED: 3}),
    ],
)  # fmt: skip
def test_since_when_it_has_stood_like_this(events, lasting):
    found = stood(history(*events)).since
    assert found == {each: Since(NINE + timedelta(minutes=index), index) for each, index in lasting.items()}
