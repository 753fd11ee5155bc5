"""How a process that makes a file deals with memory: rows by the hundred thousand leave hardly any garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW = 100_000  # objects that come before a look at them
_YOUNG, _OLD = 20, 100  # looks at the younger ones that come before one at the older


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
