"""Learning from 15,000 confirmed messages: what a fit takes, and how long the service waits for any of it."""

import asyncio
import gc
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import insert

from benchmarks.ground import NOW, Figures, care_center, fresh_ledger
from bot.desks import Desks, OpenDesk
from bot.fitting.keeping import Shelf
from bot.fitting.learning import Learning
from bot.fitting.running import FitterApart
from bot.service.metrics import Metrics
from tickets.ledger.database import open_engine
from tickets.tables import Example, Message

COUNT, WORDS = 15_000, 12
TICK = 0.005
LAG = "longest wait of a message meanwhile"


def measure() -> Figures:
    with fresh_ledger() as ledger, tempfile.TemporaryDirectory() as folder:
        desk = care_center(ledger)
        _confirm(ledger.url, desk)
        learning = Learning(
            ledger, Desks({desk.slug: desk}), Shelf(Path(folder), "a secret"), fitter=FitterApart(), metrics=Metrics(),
            clock=lambda: NOW,
        )  # fmt: skip
        gc.collect()
        gc.freeze()  # as the service does when it begins
        yield from asyncio.run(_measured(learning))
        fitted = learning.standing()[desk.slug]["fitted_on"]
        yield "learning: confirmed messages fitted on", fitted, "messages"
        about = Shelf(Path(folder), "a secret").about(desk.slug)
        yield "learning: the fit itself", about.seconds if about else 0, "s"
        yield "learning: most memory of its process", about.peak_bytes / 1e6 if about else 0, "MB"


async def _measured(learning: Learning) -> list[tuple[str, float, str]]:
    figures: list[tuple[str, float, str]] = []
    for label, act in (
        ("learning: start without a fit", learning.turn),
        ("learning: fit in a process apart", learning.fitted),
        ("learning: changing over", learning.turn),
        ("learning: a turn with nothing new", learning.turn),
    ):
        took, lag = await _timed(act)
        figures += [(label, took * 1e3, "ms"), (f"{label}: {LAG}", lag * 1e3, "ms")]
    await learning.close()
    return figures


async def _timed(act: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """Return how long it takes, and by how much something else came too late in that time."""
    worst = 0.0

    async def tick() -> None:
        nonlocal worst
        while True:
            began = time.perf_counter()
            await asyncio.sleep(TICK)
            worst = max(worst, time.perf_counter() - began - TICK)

    ticking = asyncio.create_task(tick())
    began = time.perf_counter()
    await act()
    took = time.perf_counter() - began
    ticking.cancel()
    with suppress(asyncio.CancelledError):
        await ticking
    return took, worst


def _confirm(url: str, desk: OpenDesk) -> None:
    """Write messages made of the words of the catalogue, each under a category that a person has set."""
    draw = random.Random(6)
    said = {
        category.id: " ".join((category.name, *category.keywords, *category.examples)).split()
        for category in desk.catalogue.offered
    }
    everything = [word for words in said.values() for word in words]
    messages, examples = [], []
    for number in range(1, COUNT + 1):
        category = draw.choice(list(said))
        words = draw.choices(said[category], k=WORDS - 4) + draw.choices(everything, k=4)
        messages.append(
            {
                "id": number, "at": NOW, "desk": desk.slug, "ticket": number, "account": f"{desk.slug}/email",
                "channel": "email", "direction": "in", "author": "contact", "text": " ".join(words),
                "automatic": False, "bounce": False, "attempts": 0, "formatted": False,
            }
        )  # fmt: skip
        examples.append(
            {
                "id": number,
                "desk": desk.slug,
                "message": number,
                "category": category,
                "at": NOW,
                "by": "staff:1",
            }
        )
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(insert(Message), messages)
        connection.execute(insert(Example), examples)
    engine.dispose()
