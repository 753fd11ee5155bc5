"""Training, with what that took: in a process apart, or on a thread where the catalogue alone is learned."""

import resource
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.fitting.keeping import Kept
from bot.fitting.rule import Fitted
from templates_replies.matcher import Matcher


def trained(matcher: Matcher, *, fingerprint: str, marks: Mapping[int, str], at: datetime) -> Kept:
    """Train a matcher, if it is not yet; `marks` are those of the lessons that it was made of. Blocking."""
    began = time.monotonic()
    matcher.train()
    fitted = Fitted(
        fingerprint=fingerprint,
        marks=marks,
        at=at,
        seconds=round(time.monotonic() - began, 3),
        peak_bytes=_peak_bytes(),
    )
    return Kept(fitted=fitted, matcher=matcher)


def _peak_bytes() -> int:
    """Return the most memory that this program has had; that of the one that started it is not counted."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
