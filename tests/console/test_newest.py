"""Open pages are told by one question for all that look at the same, asked after whatever woke them."""

import asyncio

from console.newest import Newest

EVERYBODY, ITB = None, frozenset({"itb"})


class Slow:
    """A ledger that answers a question when it is told to, with how many were asked by then."""

    def __init__(self) -> None:
        self.answers: list[asyncio.Future[int]] = []

    async def read(self, _query):
        self.answers.append(asyncio.get_running_loop().create_future())
        return await self.answers[-1]


async def asks(newest: Newest, count: int, *, desks=EVERYBODY, ticket=None) -> list[asyncio.Task[int]]:
    pages = [asyncio.create_task(newest.event(desks=desks, ticket=ticket)) for _ in range(count)]
    for _ in range(5):
        await asyncio.sleep(0)
    return pages


async def test_a_hundred_pages_that_are_woken_at_once_ask_once_and_those_of_another_desk_for_themselves():
    ledger = Slow()
    newest = Newest(ledger)
    pages = await asks(newest, 100)
    others = await asks(newest, 100, desks=ITB) + await asks(newest, 100, ticket=1)
    assert len(ledger.answers) == 3
    for number, answer in enumerate(ledger.answers):
        answer.set_result(number)
    assert set(await asyncio.gather(*pages)) == {0}
    assert set(await asyncio.gather(*others)) == {1, 2}


async def test_who_is_woken_while_a_question_is_under_way_is_answered_by_the_next():
    ledger = Slow()
    newest = Newest(ledger)
    (early,) = await asks(newest, 1)
    late = await asks(newest, 50)
    closed = late.pop()
    closed.cancel()
    assert len(ledger.answers) == 1
    ledger.answers[0].set_result(7)
    assert await early == 7
    await asks(newest, 0)
    ledger.answers[1].set_result(8)
    assert set(await asyncio.gather(*late)) == {8}
    assert len(ledger.answers) == 2


async def test_a_question_that_fails_leaves_the_way_free_for_the_next():
    ledger = Slow()
    newest = Newest(ledger)
    (first,) = await asks(newest, 1)
    ledger.answers[0].set_exception(OSError("gone"))
    assert isinstance((await asyncio.gather(first, return_exceptions=True))[0], OSError)
    (second,) = await asks(newest, 1)
    ledger.answers[1].set_result(9)
    assert await second == 9
