"""Attachments taken to another place while the service runs, and those let go that nothing names.

A file is copied, never moved: what is served from stays whole until a person deletes it. All of it may be done again, and
copies what is not there yet.
"""

import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from bot.named_files import unneeded
from tickets.ledger.depot.contract import Depot
from tickets.ledger.store import Ledger

_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{62}")
AT_ONCE = 8  # on their way
A_BATCH = 500  # asked for in one transaction
A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Copied:
    files: int
    size: int  # bytes
    there_already: int
    damaged: tuple[
        str, ...
    ]  # by their SHA-256: not what they were when they were kept, and left where they are


@dataclass(frozen=True, kw_only=True)
class Swept:
    files: int  # that there are
    unnamed: int
    dropped: int  # of these, those that are older than a day


def copy(source: Depot, target: Depot) -> Copied:
    """Copy every attachment that is not there yet, each looked at on its way. Blocking. Raises OSError."""
    files = size = there = 0
    damaged = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        keys = (key for key in source.keys() if _KEY.fullmatch(key))  # noqa: SIM118  it is no mapping
        while some := list(islice(keys, A_BATCH)):
            for key, many in zip(some, pool.map(lambda key: _copied(source, target, key), some), strict=True):
                if many == _THERE:
                    there += 1
                elif many == _DAMAGED:
                    damaged.append(key.replace("/", ""))
                elif many != _GONE:
                    files, size = files + 1, size + many
    return Copied(files=files, size=size, there_already=there, damaged=tuple(damaged))


_THERE, _GONE, _DAMAGED = -1, -2, -3


def _copied(source: Depot, target: Depot, key: str) -> int:
    """Copy one file; its bytes, or why it was not."""
    if target.size(key) is not None:
        return _THERE
    try:
        content = b"".join(source.pieces(key))
    except FileNotFoundError:  # erased meanwhile
        return _GONE
    if hashlib.sha256(content).hexdigest() != key.replace("/", ""):
        return _DAMAGED
    target.put(key, content)
    return len(content)


def sweep(ledger: Ledger, *, now: datetime, dry_run: bool) -> Swept:
    """Let go of what nothing names and nobody has put for a day: left by a stop, or copied before it was erased. Blocking."""
    files = unnamed = dropped = 0
    listed = ledger.blobs.listed()
    for some in _batches(listed):
        free = ledger.write_blocking(partial(unneeded, files=some), name="sweep_files")
        files, unnamed = files + len(some), unnamed + len(free)
        if not dry_run:
            dropped += sum(ledger.blobs.drop(each, unless_since=now - A_DAY) for each in free)
    return Swept(files=files, unnamed=unnamed, dropped=dropped)


def _batches(listed: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(listed, A_BATCH)):
        yield some
