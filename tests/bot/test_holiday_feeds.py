"""The feeds of holidays at work: asked once a day, a revision only when days changed, and the last good days kept."""

from datetime import date, timedelta

import pytest
from structlog.testing import capture_logs

from bot.desk_files import desk_from_files
from bot.holiday_feeds import HolidayFeeds
from bot.house import open_desk
from channels.feeds import FeedFetcher
from tests.bot.chat import ENVIRONMENT, SLUG, Chat
from tests.bot.test_holiday_lists import calendar, event
from tests.standins.calendar import publishing
from tickets import revisions
from tickets.clocks import FIRST_RESPONSE

WEDNESDAY = event("DTSTART;VALUE=DATE:20261007", "SUMMARY:Dies Natalis")
THURSDAY = event("DTSTART;VALUE=DATE:20261008", "SUMMARY:Wisuda")
DAY = timedelta(days=1)


@pytest.fixture
async def publisher():
    async with publishing(calendar(WEDNESDAY)) as running:
        yield running


@pytest.fixture
def chat(ledger, publisher):
    return Chat(
        ledger, changes={"desk.yaml": ("  country: ID\n", f"  country: ID\n  feed: {publisher.url}\n")}
    )


@pytest.fixture
def feeds(chat):
    return process(chat)


def process(chat: Chat) -> HolidayFeeds:
    fetcher = FeedFetcher(trusted=frozenset({"127.0.0.1"}), within=timedelta(seconds=5))
    return HolidayFeeds(
        chat.ledger, chat.desks, fetcher, ENVIRONMENT, metrics=chat.metrics, clock=lambda: chat.now
    )


async def asked(chat: Chat, feeds: HolidayFeeds) -> None:
    """Let the feeds be asked, and the desk be opened under what came, as the service's loops do."""
    await feeds.refresh()
    newest = chat.ledger.write_blocking(lambda tx: revisions.newest(tx, SLUG))
    chat.desks.put(open_desk(desk_from_files(newest.files, ENVIRONMENT), newest.number))


def closed(chat: Chat) -> set[date]:
    return {
        day.on
        for day in chat.desks[SLUG].now.desk.calendar.closed
        if day.on.month == 10 and day.on.year == 2026
    }


def notes(chat: Chat) -> list[str | None]:
    newest = chat.ledger.write_blocking(lambda tx: revisions.newest(tx, SLUG))
    return [newest.note]


async def test_what_a_feed_brings_becomes_a_revision_that_says_so(chat, feeds):
    await asked(chat, feeds)
    assert date(2026, 10, 7) in closed(chat)
    assert notes(chat) == ["The feed of holidays at 127.0.0.1 changed: new: 2026-10-07 Dies Natalis."]
    assert chat.desks[SLUG].now.revision == 2


async def test_it_is_asked_once_a_day_and_once_anew_by_a_process_that_starts(chat, feeds, publisher):
    for _ in range(3):
        await asked(chat, feeds)
    assert len(publisher.asked) == 1
    chat.now += timedelta(hours=1)
    await asked(chat, process(chat))
    assert len(publisher.asked) == 2
    assert "if-none-match" in publisher.asked[-1]
    chat.now += DAY
    await asked(chat, feeds)
    assert len(publisher.asked) == 3
    assert chat.desks[SLUG].now.revision == 2


async def test_another_text_with_the_same_days_makes_no_revision(chat, feeds, publisher):
    await asked(chat, feeds)
    publisher.publishes(calendar(WEDNESDAY.replace("DTSTAMP:2025", "DTSTAMP:2026")))
    chat.now += DAY
    await asked(chat, feeds)
    assert chat.desks[SLUG].now.revision == 2
    publisher.publishes(calendar(THURSDAY))
    chat.now += DAY
    await asked(chat, feeds)
    assert chat.desks[SLUG].now.revision == 3
    assert date(2026, 10, 8) in closed(chat)
    assert notes(chat)[0].endswith("new: 2026-10-08 Wisuda; gone: 2026-10-07 Dies Natalis.")


@pytest.mark.parametrize("broken", ["status", "text", "rule"])
async def test_a_failure_keeps_the_days_that_came_last_and_is_logged(chat, feeds, publisher, broken):
    await asked(chat, feeds)
    if broken == "status":
        publisher.status = 500
    else:
        publisher.publishes("<html>" if broken == "text" else calendar(event("DTSTART;VALUE=DATE:2026")))
    chat.now += DAY
    with capture_logs() as logs:
        await asked(chat, feeds)
    assert [log["event"] for log in logs] == ["holidays.feed_failed"]
    assert date(2026, 10, 7) in closed(chat)
    publisher.status = 200
    publisher.publishes(calendar(THURSDAY))
    chat.now += timedelta(minutes=61)
    await asked(chat, feeds)
    assert date(2026, 10, 8) in closed(chat)


async def test_a_feed_that_would_close_the_desk_for_good_is_refused(chat, feeds, publisher):
    await asked(chat, feeds)
    publisher.publishes(calendar(event("DTSTART;VALUE=DATE:20240101", "DTEND;VALUE=DATE:20331201")))
    chat.now += DAY
    await asked(chat, feeds)
    assert chat.desks[SLUG].now.revision == 2


async def test_open_clocks_skip_the_day_that_came_by_the_feed(chat, feeds):
    chat.now += timedelta(hours=6, minutes=55)  # 15:55 on Tuesday; the desk closes at 16:00
    await chat.writes("video tidak bisa diputar")
    before = chat.clock(FIRST_RESPONSE).due_at
    await asked(chat, feeds)
    await chat.jobs.repromise()
    assert chat.clock(FIRST_RESPONSE).due_at == before + DAY


async def test_the_age_of_what_came_is_told(chat, feeds):
    await asked(chat, feeds)
    chat.now += timedelta(hours=5)
    await asked(chat, feeds)
    assert b'tanggap_holiday_feed_age_seconds{desk="itb-care-center",host="127.0.0.1"} 18000.0' in (
        chat.metrics.exposition()
    )
