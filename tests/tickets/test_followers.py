"""Followers see everything, once, in order: however many write at the same time, and whatever one event does to them."""

import threading

import pytest

from tests.conftest import ON_EACH_KIND
from tests.tickets.desks import MONDAY, SLUG
from tickets.ledger import events, followers
from tickets.ledger.events import append
from tickets.ledger.store import Ledger

pytestmark = ON_EACH_KIND
WRITERS, EVENTS = 4, 150


def write_events(url, files, writer, failures):
    ledger = Ledger(url, files=files)
    try:
        futures = [
            ledger.writer.submit(
                lambda tx, n=n: append(tx, "test.happened", desk=SLUG, at=MONDAY, subject=f"{writer}-{n}")
            )
            for n in range(EVENTS)
        ]
        for future in futures:
            future.result()
    except Exception as error:  # noqa: BLE001
        failures.append(error)
    finally:
        ledger.close()


async def test_four_writers_at_once_and_the_follower_sees_what_was_written(database_url, tmp_path):
    ledger = Ledger(database_url, files=tmp_path / "files")
    failures: list[Exception] = []
    count = WRITERS if ledger.is_postgres else 1  # SQLite has one writer
    threads = [
        threading.Thread(target=write_events, args=(database_url, tmp_path / "files", writer, failures))
        for writer in range(count)
    ]
    seen: list[str] = []

    def follow(_tx, event):
        seen.append(event.subject)

    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        await followers.advance(ledger, "test", follow)
    while await followers.advance(ledger, "test", follow):
        pass
    for thread in threads:
        thread.join()
    ledger.close()
    assert failures == []
    assert sorted(seen) == sorted(f"{writer}-{n}" for writer in range(count) for n in range(EVENTS))


async def test_an_event_that_a_follower_cannot_take_is_passed_over(ledger):
    def job(tx):
        for n in range(5):
            append(tx, "test.happened", desk=SLUG, at=MONDAY, subject=n)

    await ledger.write(job)
    seen = []

    def follow(_tx, event):
        if event.subject == "2":
            raise ValueError("not this one")
        if event.subject not in seen:
            seen.append(event.subject)

    while await followers.advance(ledger, "test", follow):
        pass
    assert seen == ["0", "1", "3", "4"]


async def test_a_follower_goes_on_where_it_stopped(ledger):
    await ledger.write(lambda tx: append(tx, "test.happened", desk=SLUG, at=MONDAY, subject="a"))
    seen = []
    await followers.advance(ledger, "test", lambda _tx, event: seen.append(event.subject))
    await ledger.write(lambda tx: append(tx, "test.happened", desk=SLUG, at=MONDAY, subject="b"))
    await followers.advance(ledger, "test", lambda _tx, event: seen.append(event.subject))
    assert seen == ["a", "b"]


async def test_ids_are_given_without_gaps_even_when_a_job_fails(ledger):
    def fails(tx):
        append(tx, "test.happened", desk=SLUG, at=MONDAY)
        raise KeyError

    first = await ledger.write(lambda tx: append(tx, "test.happened", desk=SLUG, at=MONDAY))
    with pytest.raises(KeyError):
        await ledger.write(fails)
    second = await ledger.write(lambda tx: append(tx, "test.happened", desk=SLUG, at=MONDAY))
    assert second == first + 1


async def test_a_bad_job_does_not_fail_those_that_wait_with_it(ledger):
    def fails(tx):
        append(tx, "test.happened", desk=SLUG, at=MONDAY, subject="bad")
        raise KeyError

    good = [
        ledger.writer.submit(lambda tx, n=n: append(tx, "test.happened", desk=SLUG, at=MONDAY, subject=n))
        for n in range(20)
    ]
    bad = ledger.writer.submit(fails)
    more = [
        ledger.writer.submit(lambda tx, n=n: append(tx, "test.happened", desk=SLUG, at=MONDAY, subject=n))
        for n in range(20, 40)
    ]
    assert isinstance(bad.exception(), KeyError)
    assert all(future.result() for future in good + more)
    stored = await ledger.write(lambda tx: events.since(tx, 0, most=100))
    assert [event.subject for event in stored] == [str(n) for n in range(40)]
