"""Followers see everything, once, in order: however many write at the same time, and whatever one event does to them."""

import threading

import pytest

from tests.conftest import ON_EACH_KIND
from tests.tickets.desks import MONDAY, SLUG
from tickets.ledger import events, followers
from tickets.ledger.events import append
from tickets.ledger.followers import Following
from tickets.ledger.store import Ledger

pytestmark = ON_EACH_KIND
WRITERS, EVENTS = 4, 150


class Watcher:
    """A follower that notes what it saw; what it notes is not taken back with a transaction that failed."""

    def __init__(self, name="test", *, wanted=None, fails_at=None):
        self.name, self.seen = name, []
        self._wanted, self._fails_at = wanted, fails_at

    def wants(self, event):
        return self._wanted is None or event.subject == self._wanted

    def follow(self, _tx, event):
        if event.subject == self._fails_at:
            raise ValueError("not this one")
        self.seen.append(event.subject)


async def happens(ledger, subject):
    await ledger.write(lambda tx: append(tx, "test.happened", desk=SLUG, at=MONDAY, subject=subject))


async def positions(ledger, *watchers):
    return [await ledger.write(lambda tx, name=each.name: followers.position(tx, name)) for each in watchers]


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
    watcher = Watcher()
    following = Following(ledger, [watcher])
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        await following.turn()
    while await following.turn():
        pass
    for thread in threads:
        thread.join()
    ledger.close()
    assert failures == []
    assert sorted(watcher.seen) == sorted(f"{writer}-{n}" for writer in range(count) for n in range(EVENTS))


async def test_an_event_that_a_follower_cannot_take_is_passed_over(ledger):
    def job(tx):
        for n in range(5):
            append(tx, "test.happened", desk=SLUG, at=MONDAY, subject=n)

    await ledger.write(job)
    watcher, beside = Watcher(fails_at="2"), Watcher("beside")
    following = Following(ledger, [watcher, beside])
    while await following.turn():
        pass
    assert list(dict.fromkeys(watcher.seen)) == ["0", "1", "3", "4"]
    assert list(dict.fromkeys(beside.seen)) == ["0", "1", "2", "3", "4"]
    assert await positions(ledger, watcher, beside) == [5, 5]


async def test_a_follower_goes_on_where_it_stopped(ledger):
    await happens(ledger, "a")
    watcher = Watcher()
    await Following(ledger, [watcher]).turn()
    await happens(ledger, "b")
    await Following(ledger, [watcher]).turn()
    assert watcher.seen == ["a", "b"]


async def test_what_another_process_followed_is_not_followed_again(ledger):
    watcher = Watcher()
    one, another = Following(ledger, [watcher]), Following(ledger, [watcher])
    await happens(ledger, "a")
    await another.turn()
    await happens(ledger, "b")
    await one.turn()
    await happens(ledger, "c")
    await another.turn()
    await one.turn()
    assert watcher.seen == ["a", "b", "c"]


async def test_who_wants_nothing_of_what_happens_takes_no_lock_and_has_passed_it_a_little_later(ledger):
    seconds = 0.0
    watcher, choosy = Watcher(), Watcher("choosy", wanted="c")
    following = Following(ledger, [watcher, choosy], clock=lambda: seconds)
    await happens(ledger, "a")
    await following.turn()
    await happens(ledger, "b")
    await following.turn()
    assert await positions(ledger, watcher, choosy) == [2, 1]
    seconds += followers.KEPT_EVERY
    await following.turn()
    assert await positions(ledger, watcher, choosy) == [2, 2]
    await happens(ledger, "c")
    await Following(ledger, [choosy]).turn()
    assert choosy.seen == ["c"]


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
