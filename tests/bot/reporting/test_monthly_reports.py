"""The report of a month comes by itself: once, to every supervisor, on the day that the desk names, and into the archive."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.making.apart import in_a_process
from bot.reporting.monthly_reports import MonthlyReports
from bot.telling import to_person
from reports.filed.filing import filed, holds
from tests.bot.chat import SLUG, Chat
from tests.tickets.desks import small_desk
from tickets.desk import Arrival
from tickets.supervision import month_due

FIRST = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)  # eight o'clock in Jakarta, a Sunday
RINA = "1001"


@pytest.fixture
async def chat(ledger):
    chat = Chat(ledger)
    await chat.telegrams("nilai kuis saya belum muncul")
    return chat


def heard(chat):
    return [text for text in chat.heard_by(RINA) if text.startswith("Laporan ")]


def archived(chat):
    with chat.ledger.reading() as session:
        return filed(session, {desk.slug for desk in chat.desks}, most=9)


def an_alert_waits(chat, *, until):
    """Let something stand before the report that cannot be told yet."""
    ways = [{"account": f"{SLUG}/telegram", "address": RINA}]
    chat.ledger.write_blocking(
        lambda tx: to_person(
            tx,
            ways,
            "nanti",
            desk=SLUG,
            person="rina@example.ac.id",
            dedup="x",
            at=chat.now,
            not_before=until,
        )
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_it_comes_once_through_restarts_and_several_processes(chat):
    chat.now = FIRST - timedelta(minutes=1)
    await chat.jobs.bring_reports()
    assert archived(chat) == []
    an_alert_waits(chat, until=FIRST + timedelta(days=1))
    chat.now = FIRST
    for process in (
        MonthlyReports(
            chat.ledger, chat.desks, apart=in_a_process, clock=lambda: chat.now, public_url="http://desk.test"
        )
        for _ in range(2)
    ):
        await process.bring_due()
    await chat.jobs.bring_reports()
    await chat.settle()
    assert [(one.month, one.format, one.occasion) for one in archived(chat)] == [
        ("2026-10", "xlsx", "arrived"),
        ("2026-10", "pdf", "arrived"),
    ]
    assert archived(chat)[0].told
    (told,) = heard(chat)
    assert told.startswith("Laporan Care Center Ditbangdik ITB bulan Oktober 2026")
    assert "Selama Oktober 2026 masuk 1 tiket" in told
    assert "/reports?desk=" in told
    (sent,) = [one for one in chat.group.private if one.text == told]
    assert [file.name for file in sent.files] == [
        "itb-care-center-2026-10.pdf",
        "itb-care-center-2026-10.xlsx",
    ]
    # Whatever else goes with the files of a ticket, an archived report is not among it.
    sums = [one.sha256 for one in archived(chat)]
    assert await chat.ledger.write(lambda tx: [holds(tx, each) for each in (*sums, "0" * 64)], name="test") == [
        True, True, False
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("now", "day", "due"),
    [
        ("2026-11-01 07:59", False, None),
        ("2026-11-01 08:00", False, "2026-10-01"),
        ("2026-11-05 12:00", False, "2026-10-01"),  # the service was down
        ("2026-11-20 12:00", False, None),  # a service that is new does not begin with an old report
        ("2026-11-01 08:00", True, None),  # a Sunday
        ("2026-11-02 08:00", True, "2026-10-01"),
        ("2027-01-04 08:00", True, "2026-12-01"),
    ],
)
def test_the_day_on_which_it_is_due(now, day, due):
    calendar = small_desk().calendar
    at = datetime.fromisoformat(now).replace(tzinfo=calendar.tz)
    found = month_due(Arrival(at=time(8), on_working_day=day), calendar, at)
    assert (found and found.isoformat()) == due
