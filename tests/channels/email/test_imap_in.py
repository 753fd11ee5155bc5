"""A mailbox read over IMAP, against a real Dovecot."""

import asyncio
import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from channels.email.imap_in import ImapListener, ImapPace
from channels.email.imap_mails import Head, portions
from channels.email.settings import MailboxSettings
from tests.channels.conftest import Listens
from tests.channels.email.mails import OURS, mail, many_headers
from tests.channels.house import House, until
from tests.standins.dovecot import Dovecot, running_dovecot, unavailable

pytestmark = pytest.mark.skipif(unavailable() is not None, reason=str(unavailable()))

QUICK = ImapPace(first=0.02, longest=0.1, refused=0.1, idle=2.0)
PUSHED = replace(QUICK, idle=60.0)  # what arrives within the test was pushed


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as made:
        yield made


def listener(
    dovecot: Dovecot, *, url: str | None = None, pace: ImapPace = QUICK, **more: Any
) -> ImapListener:
    settings = MailboxSettings(
        account="itb/email",
        desk="itb",
        address=OURS,
        imap=url or dovecot.url,
        **{"poll_seconds": 0.05, **more},
    )
    return ImapListener(settings, frozenset({OURS}), pace=pace)


async def test_mail_is_taken_in_order_stored_and_then_moved(
    dovecot: Dovecot, house: House, listening: Listens
):
    endless = many_headers(10_000) + mail("Tiga", number=3)
    dovecot.deliver(mail("Satu", number=1))
    dovecot.deliver(mail("Dua", number=2))
    dovecot.deliver(endless)
    async with listening(listener(dovecot)):
        await until(lambda: len(dovecot.folder("Processed")) == 3 and dovecot.folder() == [])
    assert house.texts == ["Satu", "Dua", "Tiga"]
    assert house.said[2].raw == endless
    assert house.said[0].raw == mail("Satu", number=1)
    said_at = house.said[0].said_at
    assert said_at is not None
    assert said_at.tzinfo is UTC
    assert abs((datetime.now(UTC) - said_at).total_seconds()) < 60
    assert house.bookmarks["imap:itb/email"].split(":")[1] == "3"
    assert house.beats[0] == "itb/email"


async def test_mail_that_arrives_while_we_listen_is_pushed(
    dovecot: Dovecot, house: House, listening: Listens
):
    async with listening(listener(dovecot, pace=PUSHED)):
        await until(lambda: house.beats != [])
        dovecot.deliver(mail())
        await until(lambda: house.texts == ["Halo"])


async def test_a_burst_of_mail_is_taken_whole(dovecot: Dovecot, house: House, listening: Listens):
    async with listening(listener(dovecot)):
        await until(lambda: house.beats != [])
        for number in range(3):
            dovecot.deliver(mail(f"Mail {number}", number=number))
            await until(lambda: len(house.said) == number + 1)  # noqa: B023
    assert house.texts == ["Mail 0", "Mail 1", "Mail 2"]


async def test_a_server_without_idle_and_move_is_polled(house: House, listening: Listens):
    with running_dovecot(without="IDLE MOVE UIDPLUS") as dovecot:
        async with listening(listener(dovecot)):
            await until(lambda: len(house.beats) > 2)
            dovecot.deliver(mail())
            await until(lambda: len(dovecot.folder("Processed")) == 1 and dovecot.folder() == [])
    assert house.texts == ["Halo"]


async def test_what_was_stored_but_not_moved_is_taken_once(
    dovecot: Dovecot, house: House, listening: Listens
):
    dovecot.deliver(mail())
    house.open.clear()
    interrupted = asyncio.create_task(listener(dovecot).listen(house))
    await until(lambda: len(house.tried) == 1)
    interrupted.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await interrupted
    assert len(dovecot.folder()) == 1
    house.open.set()
    async with listening(listener(dovecot)):
        await until(lambda: dovecot.folder() == [])
    house.bookmarks.clear()
    dovecot.deliver(mail())  # the same again, as after a crash between storing and moving
    async with listening(listener(dovecot)):
        await until(lambda: len(dovecot.folder("Processed")) == 2)
    assert len(house.tried) == 3
    assert house.texts == ["Halo"]


async def test_a_store_that_is_busy_keeps_mail_in_the_folder_and_in_order(
    dovecot: Dovecot, house: House, listening: Listens
):
    house.busy = True
    dovecot.deliver(mail("Satu", number=1))
    dovecot.deliver(mail("Dua", number=2))
    async with listening(listener(dovecot)):
        await until(lambda: len(house.tried) > 2)
        assert len(dovecot.folder()) == 2
        assert "imap:itb/email" not in house.bookmarks
        house.busy = False
        await until(lambda: len(dovecot.folder("Processed")) == 2)
    assert house.texts == ["Satu", "Dua"]


async def test_what_is_fetched_together_and_stored_in_part_is_taken_once(
    dovecot: Dovecot, house: House, listening: Listens
):
    for number in range(4):
        dovecot.deliver(mail(f"Mail {number}", number=number))
    house.room = 2
    async with listening(listener(dovecot)):
        await until(lambda: len(house.tried) > 3)
    assert (len(house.said), len(dovecot.folder())) == (2, 4)
    house.room = 4
    async with listening(listener(dovecot)):
        await until(lambda: len(dovecot.folder("Processed")) == 4 and dovecot.folder() == [])
    assert house.texts == ["Mail 0", "Mail 1", "Mail 2", "Mail 3"]
    assert house.bookmarks["imap:itb/email"].split(":")[1] == "4"


@pytest.mark.parametrize(
    ("sizes", "most", "together"),
    [
        ([], 25_000_000, []),
        ([9_000] * 30, 25_000_000, [25, 5]),
        ([900_000, 900_000, 900_000, 1_000], 25_000_000, [2, 2]),
        ([1_000, 18_000_000, 1_000, 30_000_000, 1_000], 25_000_000, [1, 1, 1, 1, 1]),
        ([100, 3_000, 100, 100], 2_000, [1, 1, 2]),
    ],
)
def test_small_mails_are_fetched_together_and_large_ones_alone(
    sizes: list[int], most: int, together: list[int]
):
    heads = [Head(uid=uid, size=size, came_at=datetime.now(UTC)) for uid, size in enumerate(sizes, 1)]
    divided = list(portions(heads, most=most))
    assert [len(portion) for portion in divided] == together
    assert [head for portion in divided for head in portion] == heads


async def test_a_server_that_goes_away_is_found_again(dovecot: Dovecot, house: House, listening: Listens):
    async with listening(listener(dovecot)):
        await until(lambda: house.beats != [])
        await asyncio.to_thread(dovecot.stop)
        dovecot.deliver(mail())
        await asyncio.to_thread(dovecot.start)
        await until(lambda: dovecot.folder("Processed") != [])
    assert house.texts == ["Halo"]


async def test_a_server_that_counts_anew_loses_nothing(dovecot: Dovecot, house: House, listening: Listens):
    dovecot.deliver(mail("Satu", number=1))
    async with listening(listener(dovecot)):
        await until(lambda: dovecot.folder("Processed") != [])
    before = house.bookmarks["imap:itb/email"]
    await asyncio.to_thread(dovecot.renumber)
    dovecot.deliver(mail("Dua", number=2))
    async with listening(listener(dovecot)):
        await until(lambda: len(dovecot.folder("Processed")) == 2)
    assert house.texts == ["Satu", "Dua"]
    assert house.bookmarks["imap:itb/email"] != before


async def test_a_server_that_counts_anew_while_we_listen_loses_and_doubles_nothing(
    dovecot: Dovecot, house: House, listening: Listens
):
    async with listening(listener(dovecot)):
        for number in range(1, 4):
            dovecot.deliver(mail(f"Mail {number}", number=number))
            await until(lambda: len(house.said) == number and dovecot.folder() == [])  # noqa: B023
            await asyncio.to_thread(dovecot.renumber)
    assert house.texts == ["Mail 1", "Mail 2", "Mail 3"]
    assert len(dovecot.folder("Processed")) == 3


async def test_a_server_that_counts_anew_and_moves_nothing_is_read_again_without_doubles(
    house: House, listening: Listens
):
    with running_dovecot(read_only=True) as dovecot:
        dovecot.deliver(mail("Satu", number=1))
        async with listening(listener(dovecot)):
            await until(lambda: house.texts == ["Satu"])
        await asyncio.to_thread(dovecot.renumber)
        dovecot.deliver(mail("Dua", number=2))
        async with listening(listener(dovecot)):
            await until(lambda: len(house.tried) == 3)
    assert house.texts == ["Satu", "Dua"]


async def test_of_several_mailboxes_one_that_fails_holds_no_other_up(
    dovecot: Dovecot, house: House, listening: Listens
):
    with running_dovecot() as library, running_dovecot() as locked:
        boxes = {
            "itb/email": (dovecot.url, OURS),
            "itb/email-2": (library.url, "perpustakaan@itb.example"),
            "itb/email-3": (locked.url.replace("secret", "wrong"), "beasiswa@itb.example"),
        }
        async with contextlib.AsyncExitStack() as all_of_them:
            for account, (url, address) in boxes.items():
                settings = MailboxSettings(account=account, desk="itb", address=address, imap=url)
                one = ImapListener(settings, {address for _, address in boxes.values()}, pace=QUICK)
                await all_of_them.enter_async_context(listening(one))
            dovecot.deliver(mail("Ke layanan"))
            library.deliver(mail("Ke perpustakaan"))
            locked.deliver(mail("Ke beasiswa"))
            await until(lambda: len(house.said) == 2)
            library.deliver(mail("Lagi", number=2))
            await until(lambda: len(house.said) == 3)
    assert {(said.place.account, said.text) for said in house.said} == {
        ("itb/email", "Ke layanan"),
        ("itb/email-2", "Ke perpustakaan"),
        ("itb/email-2", "Lagi"),
    }
    assert set(house.bookmarks) == {"imap:itb/email", "imap:itb/email-2"}


async def test_of_a_mail_over_the_limit_the_desk_hears_that_it_came(
    dovecot: Dovecot, house: House, listening: Listens
):
    dovecot.deliver(mail("panjang " * 20_000))
    async with listening(listener(dovecot, max_bytes=100_000)):
        await until(lambda: len(dovecot.folder("Processed")) == 1)
    (said,) = house.said
    assert said.subject == "Edunex"
    assert "too large" in said.text
    assert "panjang" not in said.raw.decode()


async def test_a_listener_stops_at_once(dovecot: Dovecot, house: House):
    for _ in range(3):
        task = asyncio.create_task(listener(dovecot).listen(house))
        beats = len(house.beats)
        await until(lambda: len(house.beats) > beats)  # noqa: B023
        await asyncio.sleep(0.05)  # so that it sits in IDLE
        began = time.monotonic()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        assert time.monotonic() - began < 0.5


async def test_a_wrong_password_is_tried_again_until_somebody_mends_it(
    dovecot: Dovecot, house: House, listening: Listens
):
    wrong = dovecot.url.replace("secret", "wrong")
    async with listening(listener(dovecot, url=wrong)):
        await until(lambda: "auth failed" in dovecot.log() or "Aborted login" in dovecot.log())
        assert house.beats == []
