"""What a process apart does first: it steps back behind everything else on the machine, and takes no more memory than it may."""

import os
import resource
from contextlib import suppress
from pathlib import Path


def step_back(*, niceness: int = 10, memory: int | None = None) -> None:
    """Leave the processor to others, be the first to go where memory runs short, and never ask for more bytes than these."""
    with suppress(OSError):
        os.nice(niceness)
    with suppress(OSError):  # Linux alone knows it
        Path("/proc/self/oom_score_adj").write_text("1000")
    if memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
