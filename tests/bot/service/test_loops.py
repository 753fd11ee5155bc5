"""Loops sleep until there is news about what they do; those that go by the clock hear none."""

import asyncio

from bot.service.loops import turn_by_turn
from bot.service.metrics import Metrics
from tickets.ledger.news import EVERYTHING, News, from_words, to_words
from tickets.ledger.wake import Wakes


class Quiet:
    """A ledger in which nothing is written, of which only news come."""

    def __init__(self):
        self.wakes = Wakes()


async def test_a_message_wakes_who_waits_for_one_and_nobody_else():
    ledger, metrics = Quiet(), Metrics()
    turns = {"follow": 0, "papers": 0, "reconcile": 0}
    followed_again = asyncio.Event()

    def turning(name):
        async def turn():
            turns[name] += 1
            if turns["follow"] > 1:
                followed_again.set()
            return 0

        return turn

    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        loops = [
            group.create_task(
                turn_by_turn(
                    name,
                    turning(name),
                    ledger=ledger,
                    metrics=metrics,
                    seconds=3600,
                    about=about,
                )
            )
            for name, about in (("reconcile", None), ("papers", News.PAPERS), ("follow", News.HISTORY))
        ]
        await asyncio.sleep(0)  # all have taken their first turn, and sleep
        ledger.wakes.stir(frozenset({News.HISTORY, News.PARCELS}))
        await followed_again.wait()
        assert turns == {"follow": 2, "papers": 1, "reconcile": 1}
        for loop in loops:
            loop.cancel()


def test_what_another_process_tells_is_understood_and_what_an_older_or_newer_one_tells_wakes_all():
    told = frozenset({News.HISTORY, News.CALLS})
    assert from_words(to_words(told)) == told
    assert from_words("") == from_words("history rockets") == EVERYTHING
