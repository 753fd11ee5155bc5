"""How a matcher lies in a file: a line with the sizes of its pieces, then itself, then its arrays one after the other.

The arrays are most of it. They are not read but mapped: only what messages ask for comes into memory, and several
processes share it. So the file is never written to again: another matcher is another file. What is needed at once is read:
of a file that is looked into by its map, the system brings in 2 MB at a time.
"""

import io
import json
import mmap
import pickle
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from templates_replies.matcher import Matcher

_ALIGNED = 64  # bytes: where a processor likes numbers to begin


def packed(matcher: Matcher, *, at: int) -> bytes:
    """Return what lies from byte `at` of the file on."""
    arrays: list[pickle.PickleBuffer] = []
    itself = pickle.dumps(matcher, protocol=5, buffer_callback=arrays.append)
    pieces: list[bytes | memoryview] = [itself, *(array.raw() for array in arrays)]
    line = json.dumps([len(piece) for piece in pieces]).encode() + b"\n"
    return line + b"".join(_with_gaps(pieces, at + len(line)))


def mapped(file: BinaryIO) -> Matcher:
    """Open the matcher whose line the file comes to next. Whoever wrote it must be trusted; blocking, for a thread."""
    sizes = json.loads(file.readline())
    itself, *arrays = _places(sizes, file.tell())
    file.seek(itself.start)
    frames = _Frames(file.read(itself.stop - itself.start))
    lies = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    matcher: Matcher = pickle.load(frames, buffers=[lies[place] for place in arrays])  # noqa: S301  the caller trusts it
    return matcher


def _with_gaps(pieces: Iterable[bytes | memoryview], at: int) -> Iterator[bytes | memoryview]:
    for piece in pieces:
        gap = -at % _ALIGNED
        yield bytes(gap)
        yield piece
        at += gap + len(piece)


def _places(sizes: Sequence[int], at: int) -> Iterator[slice]:
    for size in sizes:
        at += -at % _ALIGNED
        yield slice(at, at + size)
        at += size


class _Frames:
    """Hands bytes to the unpickler frame by frame: between two of them other threads get their turn.

    Given all at once, a large matcher would keep the whole process waiting until it is read.
    """

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int) -> bytes:
        return self._data.read(size)

    def readline(self) -> bytes:
        return self._data.readline()
