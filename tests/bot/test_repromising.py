"""A desk that promises something else: its open clocks are reckoned anew, once, and the history says why."""

from datetime import timedelta

import pytest

import bot.jobs
from bot.desk_files import desk_from_files
from bot.house import open_desk
from tests.bot.chat import ENVIRONMENT, SLUG, Chat
from tickets import revisions
from tickets.clocks import FIRST_RESPONSE, RESOLUTION, SECOND_LINE
from tickets.hours import Span
from tickets.ledger import events

MINUTE = timedelta(minutes=1)
RINA, BUDI = "1001", "1002"
LONGER = ("first_response: {within: 15m,", "first_response: {within: 1h,")
HARDER = ("resolution: {within: 24h, counts: calendar}", "resolution: {within: 4h, counts: calendar}")
OTHER_NAME = ("name: Care Center Ditbangdik ITB", "name: Care Center ITB")


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


def revise(chat: Chat, *changes: tuple[str, str]) -> None:
    """Give the desk a new revision, as saving a form does."""
    files = dict(chat.ledger.write_blocking(lambda tx: revisions.newest(tx, SLUG)).files)
    for before, after in changes:
        assert before in files["desk.yaml"]
        files["desk.yaml"] = files["desk.yaml"].replace(before, after)
    loaded = desk_from_files(files, ENVIRONMENT)

    def save(tx):
        return revisions.save(tx, desk=SLUG, files=files, terms=loaded.desk.terms, by="form", at=chat.now)

    chat.desks.put(open_desk(loaded, chat.ledger.write_blocking(save)))


def happened(chat: Chat, kind: str, ticket: int = 1) -> list:
    found = chat.ledger.write_blocking(lambda tx: events.since(tx, 0, most=10_000))
    return [event for event in found if event.kind == kind and event.ticket == ticket]


async def test_open_clocks_follow_a_new_policy_and_the_history_says_so(chat):
    await chat.writes("video tidak bisa diputar")
    started_at = chat.clock(FIRST_RESPONSE).started_at
    revise(chat, LONGER)
    await chat.jobs.repromise()
    assert chat.clock(FIRST_RESPONSE).due_at == started_at + timedelta(hours=1)
    (event,) = happened(chat, "ticket.repromised")
    assert (event.data["why"], event.actor) == ("policy", "system")
    await chat.passes(16 * MINUTE)
    assert chat.clock(FIRST_RESPONSE).breached_at is None


async def test_it_is_done_once_however_often_the_job_runs(chat):
    for sender in ("+62811", "+62812", "+62813"):
        await chat.writes("video tidak bisa diputar", sender=sender)
    revise(chat, LONGER)
    for _ in range(3):
        chat.now += MINUTE
        await chat.jobs.repromise()
    assert [len(happened(chat, "ticket.repromised", ticket)) for ticket in (1, 2, 3)] == [1, 1, 1]


async def test_many_tickets_are_gone_through_a_few_at_a_time(chat, monkeypatch):
    monkeypatch.setattr(bot.jobs, "CHUNK", 2)
    for sender in range(5):
        await chat.writes("video tidak bisa diputar", sender=f"+6281{sender}")
    revise(chat, LONGER)
    await chat.jobs.repromise()
    assert [len(happened(chat, "ticket.repromised", ticket)) for ticket in range(1, 6)] == [1] * 5


async def test_pauses_still_do_not_count(chat):
    await chat.writes("video tidak bisa diputar")
    await chat.agent_writes(BUDI, "/tunggu Mohon kirim tangkapan layar.", ticket=1)
    paused_at = chat.clock(RESOLUTION).paused_at
    chat.now += timedelta(hours=2)
    revise(chat, HARDER)
    await chat.jobs.repromise()
    await chat.writes("ini tangkapan layarnya")
    clock = chat.clock(RESOLUTION)
    (pause,) = clock.pauses
    assert pause.start == paused_at
    assert clock.due_at == clock.started_at + timedelta(hours=4) + (pause.end - pause.start)


async def test_what_is_over_and_what_comes_with_its_own_promise_stays(chat):
    await chat.writes("video tidak bisa diputar")
    await chat.agent_writes(BUDI, "/eskalasi edunex rusak", ticket=1)
    await chat.agent_writes(BUDI, "Sedang kami cek.", ticket=1)
    before = {kind: chat.clock(kind) for kind in (FIRST_RESPONSE, SECOND_LINE)}
    revise(chat, LONGER, HARDER)
    await chat.jobs.repromise()
    assert {kind: chat.clock(kind) for kind in before} == before
    assert chat.clock(RESOLUTION).promise == Span.parse("4h", "calendar")


async def test_a_revision_that_promises_the_same_changes_nothing(chat):
    await chat.writes("video tidak bisa diputar")
    await chat.jobs.repromise()
    chat.now += 2 * MINUTE
    await chat.jobs.repromise()
    revise(chat, OTHER_NAME)
    await chat.jobs.repromise()
    assert happened(chat, "ticket.repromised") == []


async def test_a_clock_promised_under_the_old_revision_meanwhile_is_found_as_well(chat):
    """Another process may not have heard of the new revision yet."""
    old = chat.desks[SLUG]
    await chat.writes("video tidak bisa diputar")
    revise(chat, LONGER)
    new = chat.desks[SLUG]
    await chat.jobs.repromise()
    chat.desks.put(old)
    await chat.writes("link zoom tidak bisa dibuka", sender="+62812")
    chat.desks.put(new)
    await chat.jobs.repromise()
    assert chat.clock(FIRST_RESPONSE, 2).promise == Span.parse("1h")


async def test_nothing_is_broken_before_the_new_promise_was_made(chat):
    await chat.writes("video tidak bisa diputar")
    chat.now += timedelta(hours=5)
    revise(chat, HARDER)
    await chat.jobs.repromise()
    made_at = happened(chat, "ticket.repromised")[0].at
    assert chat.clock(RESOLUTION).due_at == made_at
    await chat.passes(MINUTE)
    assert chat.clock(RESOLUTION).breached_at == made_at
