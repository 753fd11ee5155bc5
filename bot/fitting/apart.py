"""The process that fits a matcher: reads its work from standard input, leaves the matcher on the shelf, and ends.

It steps back behind everything else on the machine, and is the first to go where memory runs out.
"""

import os
import pickle
import resource
import signal
import sys
import time
import traceback
from contextlib import suppress
from functools import partial
from pathlib import Path

from bot.fitting.keeping import Kept
from bot.fitting.pupil import example_of
from bot.fitting.rule import Fitted
from bot.fitting.work import ANOTHER_DOES, DONE, FAILED, LONGEST_SECONDS, Work, put_together
from templates_replies.matcher import Matcher


def main() -> int:
    """Do the work that is given; how it ended."""
    _step_back()
    work = put_together(partial(pickle.load, sys.stdin.buffer))  # from the process that started this one
    with work.shelf.alone(work.desk) as alone:
        if not alone:
            return ANOTHER_DOES
        try:
            work.shelf.put(work.desk, fit(work))
        except Exception as error:  # noqa: BLE001  its own words may hold what a contact wrote
            place = traceback.extract_tb(error.__traceback__)[-1]
            sys.stderr.write(f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}\n")
            return FAILED
    return DONE


def fit(work: Work) -> Kept:
    """Fit a matcher, with what that took."""
    began = time.monotonic()
    matcher = Matcher.fit(work.catalogue, learned=[example_of(lesson) for lesson in work.lessons])
    fitted = Fitted(
        fingerprint=work.fingerprint,
        marks={lesson.message: lesson.mark for lesson in work.lessons},
        at=work.at,
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


def _step_back() -> None:
    os.nice(19)
    signal.alarm(LONGEST_SECONDS)  # also if whoever started it is not there any more
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


if __name__ == "__main__":
    sys.exit(main())
