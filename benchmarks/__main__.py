"""Run every measure and print one table: read ratios, not absolutes, for machines differ and are shared.

`matcher` and `stream` need sets of labelled messages: `--sets FOLDER`, or the folder's path in MATCHER_SETS.
"""

import argparse
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks import (
    boards,
    casework,
    country,
    delivering,
    figures,
    groups,
    inboxes,
    intake,
    learning,
    many_desks,
    matching,
    pages,
    processes,
    reporting,
    searching,
    starting,
    streaming,
    sweeping,
)
from benchmarks.cost import rows
from benchmarks.ground import Figures

MEASURES: dict[str, Callable[[], Figures]] = {
    "intake": intake.measure,
    "sweep": sweeping.measure,
    "board": boards.measure,
    "figures": figures.measure,
    "casework": casework.measure,
    "inbox": inboxes.measure,
    "groups": groups.measure,
    "delivering": delivering.measure,
    "learning": learning.measure,
    "search": searching.measure,
}


def main() -> None:
    asked = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    asked.add_argument("names", nargs="*")
    asked.add_argument("--sets", type=Path, default=os.environ.get("MATCHER_SETS"))
    asked.add_argument("--tickets", type=int, help="of the ledger that `pages` or `report` measures")
    asked.add_argument(
        "--month-tickets", type=int, default=reporting.IN_MONTH, help="of these, in the month of `report`"
    )
    asked.add_argument(
        "--database-url", help="of `report`: an empty database, which is filled, or one that was filled so"
    )
    asked.add_argument(
        "--desks", type=int, default=country.MANY, help="of the ledger that `country` or `desks` measures"
    )
    asked.add_argument(
        "--messages", type=int, default=starting.MESSAGES, help="that `start` and `cost` have written"
    )
    asked.add_argument(
        "--ledger", type=Path, help="of `start` and `cost`: a copy of a large ledger, a file of SQLite"
    )
    given = asked.parse_args()
    sets = Path(given.sets) if given.sets else None
    measures: dict[str, Callable[[], Figures]] = {
        **MEASURES,
        "pages": partial(pages.measure, given.tickets or pages.TICKETS),
        "report": partial(
            reporting.measure, given.tickets or reporting.TICKETS, given.month_tickets, given.database_url
        ),
        "start": partial(starting.measure, given.messages, given.ledger),
        "country": partial(country.measure, given.desks),
        "processes": processes.measure,
        "desks": partial(many_desks.measure, given.desks),
        "cost": partial(rows.measure, given.messages, given.ledger),
        "matcher": partial(matching.measure, sets),
        "stream": partial(streaming.measure, sets),
    }
    print(f"{'measure':80} {'figure':>12}  unit")
    for name in given.names or [each for each in measures if each not in {"cost", "desks", "processes"}]:
        for label, figure, unit in measures[name]():
            print(f"{label:80} {figure:12,.3f}  {unit}", flush=True)


if __name__ == "__main__":
    main()
