"""How a process that makes a file deals with memory: rows by the hundred thousand leave hardly any garbage."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW, _YOUNG, _OLD = (
    100_000,
    20,
    100,
)  # objects, and how many looks at the younger ones come before one at the older


_ARENAS = -8  # `M_ARENA_MAX` of glibc's malloc.h


def one_heap() -> None:
    """Let all threads of this process share one heap from now on, where the C library gives each its own otherwise.

    What one thread has freed is of no use to another one then; a report has two of them.
    """
    set_option = getattr(
        ctypes.CDLL(None), "mallopt", None
    )  # other C libraries have no such option, nor such heaps
    if set_option is not None:
        set_option(_ARENAS, 1)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Have this process look seldom meanwhile, and not at what is there already.

    At the usual pace a third of the time of reading a month goes into looking through rows that are all still wanted.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_NEW, _YOUNG, _OLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
