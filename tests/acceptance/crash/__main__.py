"""`make crash`: round after round until so many messages were acknowledged under so many kills; then a table.

Rounds are written down one by one, so that it goes on where it was stopped. It ends with 1 if there was an exception.
"""

import argparse
import asyncio
import logging
import signal
import sys
from pathlib import Path

from tests.acceptance.crash import figures
from tests.acceptance.crash.besieged import ground
from tests.acceptance.crash.control import ways_caught
from tests.acceptance.crash.kept import Way
from tests.acceptance.crash.siege import Record, play


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # tidy up
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # it complains of each line that a stand-in cuts
    asked = _asked()
    file = asked.folder / f"{asked.database}-{asked.seed}.jsonl"
    rounds = max(1, round(asked.kills / asked.kills_a_round))
    messages = -(-asked.messages // rounds)
    done = figures.read(file)
    with ground(asked.database) as place:
        for number in range(len(done), rounds):
            record = asyncio.run(
                play(place, messages=messages, kills=asked.kills_a_round, seed=asked.seed + number)
            )
            figures.add(file, record)
            done.append(record)
            _tell(number + 1, rounds, record)
        caught = [
            asyncio.run(ways_caught(place, seed=asked.seed + number)) == set(Way)
            for number in range(asked.controls)
        ]
    sys.stdout.write(f"\n{figures.table(done)}\n\n")
    sys.stdout.write(f"The control was caught on every way in {sum(caught)} of {len(caught)} rounds.\n")
    return int(any(each.complaints for each in done) or not all(caught))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--kills-a-round", type=int, default=10)
    parser.add_argument(
        "--controls", type=int, default=3, help="rounds with a service that acknowledges too early"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument(
        "--folder", type=Path, default=Path("var/crash"), help="where the rounds are written down"
    )
    return parser.parse_args()


def _tell(number: int, rounds: int, record: Record) -> None:
    took_in, killed = sum(record.messages.values()), sum(record.kills.values())
    laps = ", ".join(f"{part} {seconds:.0f}" for part, seconds in record.laps.items())
    sys.stdout.write(
        f"{number}/{rounds}: {took_in} messages, {killed} kills, {record.seconds:.0f} s ({laps}), seed {record.seed}\n"
    )
    for verdict, said in record.complaints.items():
        sys.stdout.writelines(f"  {verdict}: {each}\n" for each in said)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
