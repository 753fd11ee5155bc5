"""Loops sleep until the ledger stirs; those that go by the clock do not hear it."""

import asyncio

from bot.service.loops import turn_by_turn
from bot.service.metrics import Metrics
from tickets.ledger.wake import Wakes


class Quiet:
    """A ledger in which nothing is written, only stirred."""

    def __init__(self):
        self.wakes = Wakes()


async def test_a_message_wakes_who_waits_for_one_and_nobody_who_goes_by_the_clock():
    ledger, metrics = Quiet(), Metrics()
    turns = {"follow": 0, "reconcile": 0}
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
                    by_the_clock=by_the_clock,
                )
            )
            for name, by_the_clock in (("reconcile", True), ("follow", False))
        ]
        await asyncio.sleep(0)  # both have taken their first turn, and sleep
        ledger.wakes.stir()
        await followed_again.wait()
        assert turns == {"follow": 2, "reconcile": 1}
        for loop in loops:
            loop.cancel()
