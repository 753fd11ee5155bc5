"""What it costs to take a message in, everything on, beside doors with nothing behind them: turn by turn in one run.

The service is one process with all its roles. Its answers go to stand-ins in other processes, so that what it costs to
send them counts as well; a second office only takes in (`--roles web`): signature, matcher, clocks, the reply queued,
durable.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import uvloop

from benchmarks.cost.mailing import bring, mails
from benchmarks.cost.office import Office, beside, office, settled
from benchmarks.cost.posting import Went, post, webhooks
from benchmarks.ground import DESKS
from benchmarks.served import Served
from bot.desk_files import load_desk

TURNS, MESSAGES, MAILS = 4, 600, 250
CONTACTS = 1_500


class Cost(NamedTuple):
    """Of one side, the medians of its turns."""

    rate: float  # messages a second
    worked: float  # milliseconds of a processor for each, over all threads
    last_hundredth: float  # milliseconds, the 99th percentile of the wait


class Side(NamedTuple):
    name: str
    running: Served
    send: Callable[[Any], Any]


def webhook_costs(turns: int = TURNS, messages: int = MESSAGES) -> dict[str, Cost]:
    texts = said()
    with _offices() as (whole, only, stack):
        bare = stack.enter_context(beside("webhook"))
        sides = [
            Side("bare", bare, lambda each: post(bare.port, each)),
            Side("whole", whole.running, lambda each: post(whole.http, each)),
            Side("only", only.running, lambda each: post(only.http, each)),
        ]
        return _measured(
            sides, lambda turn: webhooks(turn * messages, messages, texts=texts, contacts=CONTACTS), turns
        )


def mail_costs(turns: int = TURNS, messages: int = MAILS) -> dict[str, Cost]:
    texts = said()
    with _offices() as (whole, only, stack):
        bare = stack.enter_context(beside("smtp"))
        sides = [
            Side("bare", bare, lambda each: bring(bare.port, each)),
            Side("whole", whole.running, lambda each: bring(whole.smtp, each)),
            Side("only", only.running, lambda each: bring(only.smtp, each)),
        ]
        return _measured(sides, lambda turn: mails(turn * messages, messages, texts=texts), turns)


@contextmanager
def _offices() -> Iterator[tuple[Office, Office, ExitStack]]:
    """Serve with all roles, and from another folder one that only takes in; what is opened beside them ends with them."""
    with ExitStack() as stack:
        folders = [
            Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tanggap-cost-"))) for _ in range(2)
        ]
        sink, relay = stack.enter_context(beside("sink")), stack.enter_context(beside("relay"))
        whole, only = (
            stack.enter_context(office(folder, sink=sink.port, relay=relay.port, roles=roles))
            for folder, roles in zip(folders, ("all", "web"), strict=True)
        )
        yield whole, only, stack


def _measured(sides: Sequence[Side], coming: Callable[[int], Sequence[Any]], turns: int) -> dict[str, Cost]:
    taken: dict[str, list[Cost]] = {side.name: [] for side in sides}
    for turn in range(turns + 1):
        for side in sides if turn % 2 else reversed(sides):
            letters = coming(turn)
            before = side.running.worked_until_now()
            went: Went = uvloop.run(side.send(letters))
            settled(
                side.running
            )  # what follows from a message counts too, and shall not be in the next one's way
            worked = (side.running.worked_until_now() - before) / len(letters)
            if turn:  # in the first one statements are compiled
                taken[side.name].append(Cost(went.rate, worked * 1000, went.percentile(0.99) * 1000))
    return {name: Cost(*map(median, zip(*costs, strict=True))) for name, costs in taken.items()}


def said() -> list[str]:
    """Return what contacts write: each the words of an example of the desk's, and no two the same."""
    catalogue = load_desk(DESKS / "itb-care-center", {}).catalogue
    examples = [example for category in catalogue.offered for example in category.examples]
    return [
        f"{examples[each % len(examples)].rstrip(' ?!.')} {each * 7919 % 10**8:08}" for each in range(20_000)
    ]


def told() -> Iterator[tuple[str, float, str]]:
    for name, costs in (("webhook", webhook_costs()), ("email", mail_costs())):
        for side, cost in costs.items():
            yield f"cost: {name}, {side}", cost.rate, "messages/s"
            yield f"cost: {name}, {side}, of a processor", cost.worked, "ms"
            yield f"cost: {name}, {side}, 99th percentile of the wait", cost.last_hundredth, "ms"
