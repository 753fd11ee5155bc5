"""Findings come to mind: in chat, once each time, to whoever is responsible, and on the supervisors' digest when late."""

from datetime import date, timedelta

import pytest

from tests.bot.chat import SLUG, Chat
from tickets import staff
from tickets.actions import registering
from tickets.findings import Matter

BUDI, RINA = "1002", "1001"
DAY = timedelta(days=1)


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


def record(chat, *, responsible=None, due_on):
    def job(tx):
        people = {person.telegram: person for person in staff.active(tx, SLUG)}
        matter = Matter(
            text="Sandi tidak dapat direset pada hari Minggu", action="Perpanjang sesi",
            responsible=people[responsible].id if responsible else None, due_on=due_on,
        )  # fmt: skip
        desk = chat.desks[SLUG].now.desk
        return registering.record(
            tx, SLUG, matter, calendar=desk.calendar, by=people[RINA].actor, at=chat.now
        )

    return chat.ledger.write_blocking(job)


async def looks(chat):
    for _ in range(2):
        await chat.jobs.remind_of_findings()
    await chat.settle()


def told(chat, who):
    return [out.text for out in chat.group.private if out.place.address == who]


async def test_whoever_is_responsible_is_reminded_once_each_time(chat):
    today = chat.now.date()
    number = record(chat, responsible=BUDI, due_on=today + 9 * DAY)
    await looks(chat)
    assert told(chat, BUDI) == []
    chat.now += 7 * DAY
    await looks(chat)
    (reminder,) = told(chat, BUDI)
    assert reminder.startswith(f"🔔 Temuan {number} jatuh tempo 2 hari lagi")
    assert "Tindak lanjut: Perpanjang sesi" in reminder
    assert f"http://desk.test/findings/{number}" in reminder
    assert told(chat, RINA) == []
    chat.now += 10 * DAY
    await looks(chat)
    assert told(chat, BUDI)[-1].startswith(f"⚠️ Temuan {number} sudah 8 hari melewati tenggat")
    assert len(told(chat, BUDI)) == 2


async def test_where_nobody_is_the_supervisors_are_told_and_asked_to_name_somebody(chat):
    record(chat, due_on=date(2026, 10, 5))
    chat.now += 8 * DAY
    await looks(chat)
    (reminder,) = told(chat, RINA)
    assert "Belum ada penanggung jawabnya" in reminder
