"""The demo's month: played through the ordinary acts, believable, and with clocks that can be derived anew."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.demo.filling import demo_settings, fill
from bot.house import open_house
from bot.settings import Settings
from reports.satisfaction import satisfaction
from tests.conftest import clocks_that_differ
from tickets.tables import Clock, Message, Ticket

pytestmark = pytest.mark.slow
MONTH = timedelta(days=31)
NOW = datetime(2026, 10, 30, 3, 0, tzinfo=UTC)


def test_a_month_of_sample_tickets_is_played_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = Settings(data_dir=tmp_path / "var")
    with open_house(settings) as house:
        assert fill(house, until=NOW) > 500
        assert fill(house, until=NOW) == 0
        assert house.ledger.write_blocking(clocks_that_differ) == []
        with house.ledger.reading() as session:
            tickets = session.exec(select(Ticket)).all()
            clocks = session.exec(select(Clock)).all()
            states = session.exec(select(Message.delivery).where(Message.direction == "out").distinct()).all()
            opinions = satisfaction(session, desk="itb-care-center", start_at=NOW - MONTH, end_at=NOW)
    # On the day on which it was said, while WhatsApp's window was open; by mouth there is nothing to deliver.
    assert set(states) == {"sent", None}
    assert 150 <= len(tickets) <= 300
    statuses = Counter(ticket.status for ticket in tickets)
    assert statuses["closed"] > statuses["open"] + statuses["new"]
    assert {ticket.channel for ticket in tickets} == {"whatsapp", "telegram", "email", "webchat", "other"}
    first = [clock for clock in clocks if clock.kind == "first_response"]
    breached = [clock for clock in first if clock.breached_at is not None]
    assert 0 < len(breached) < len(first) / 3
    assert 0.3 < opinions.share < 0.8
    assert opinions.mean > 3.5
    assert opinions.waiting > 0


def test_the_demo_finds_no_secret_of_a_real_account(monkeypatch):
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:" + "A" * 35)
    assert "TELEGRAM_TOKEN" in Settings().environment
    assert demo_settings(Settings()).environment == {}
