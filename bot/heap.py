"""The heap of a process: one for all of its threads."""

import ctypes

_ARENAS = -8  # `M_ARENA_MAX` of glibc's malloc.h


def one_heap() -> None:
    """Let all threads of this process share one heap from now on, where glibc gives each its own otherwise.

    What one thread has freed is of no use to another one then. Other C libraries have no such heaps, nor the option.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_ARENAS, 1)
