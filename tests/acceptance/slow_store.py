"""The service with a store that is slow: each message takes its time to be written down, whatever else goes on."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.acceptance.child import command
from tickets.ledger.waiting import Settled
from tickets.ledger.writer import Writer

SECONDS = 0.05  # a message: twenty are stored in a second


def slow_command(arguments: Sequence[str], folder: str, environment: Mapping[str, str]) -> None:
    """Run the command line as it is, but for its store."""
    settle = Writer._settle

    def slowly(writer: Writer, batch: list[Any]) -> Iterable[Settled[Any]]:
        time.sleep(SECONDS * sum(waiting.name == "take_in" for waiting in batch))
        return settle(writer, batch)

    Writer._settle = slowly  # type: ignore[method-assign]
    command(arguments, folder, environment)
