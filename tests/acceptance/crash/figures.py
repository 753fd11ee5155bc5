"""The figures of many rounds: a line of JSON for each in a file, so that what was begun can be gone on with; a table."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.acceptance.crash.kept import Way
from tests.acceptance.crash.siege import Record

_COUNTED = (
    "given_up",
    "fetched",
    "tries",
    "replies",
    "unknown",
    "answers",
    "receipts",
    "alerts",
    "tickets",
    "stops",
)


def read(file: Path) -> list[Record]:
    """Return the rounds that are written down; none where there is no file yet."""
    if not file.exists():
        return []
    return [Record(**json.loads(line)) for line in file.read_text().splitlines()]


def add(file: Path, record: Record) -> None:
    """Write one round down."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as lines:
        lines.write(json.dumps(record.as_data()) + "\n")


def table(records: Sequence[Record]) -> str:
    """Return the figures of all rounds on each database, as Markdown."""
    databases = sorted({each.database for each in records})
    sums = {name: _sum([each for each in records if each.database == name]) for name in databases}
    rows = dict.fromkeys(label for each in sums.values() for label in each)
    lines = [f"| | {' | '.join(databases)} |", f"| --- |{' --- |' * len(databases)}"]
    lines += [
        f"| {row} | {' | '.join(f'{sums[name].get(row, 0):,}' for name in databases)} |" for row in rows
    ]
    return "\n".join(lines)


def _sum(records: Sequence[Record]) -> Mapping[str, int]:
    messages = _added(each.messages for each in records)
    exceptions = sum(len(said) for each in records for said in each.complaints.values())
    totals: dict[str, Any] = {
        "rounds": len(records),
        "messages acknowledged": messages.total(),
        **{f"… by {way}": messages[way] for way in Way},
        **{name.replace("_", " "): sum(getattr(each, name) for each in records) for name in _COUNTED},
        "kills": _added(each.kills for each in records).total(),
        **{f"… {point}": count for point, count in sorted(_added(each.kills for each in records).items())},
        **{
            f"trouble: {name}": count
            for name, count in sorted(_added(each.troubles for each in records).items())
        },
        "minutes": round(sum(each.seconds for each in records) / 60),
        "exceptions": exceptions,
    }
    return totals


def _added(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return total
