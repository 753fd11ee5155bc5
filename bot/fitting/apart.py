"""The process that fits a matcher: reads its work from standard input, leaves the matcher on the shelf, and ends.

It steps back behind everything else on the machine, and is the first to go where memory runs out.
"""

import pickle
import signal
import sys
import traceback
from functools import partial
from pathlib import Path

from bot.fitting.keeping import Kept
from bot.fitting.pupil import example_of
from bot.fitting.stepping_back import step_back
from bot.fitting.training import trained
from bot.fitting.work import ANOTHER_DOES, DONE, FAILED, LONGEST_SECONDS, Work, put_together
from templates_replies.matcher import Matcher


def main() -> int:
    """Do the work that is given; how it ended."""
    step_back(niceness=19)
    signal.alarm(LONGEST_SECONDS)  # also if whoever started it is not there any more
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
    matcher = Matcher.fit(work.catalogue, learned=[example_of(lesson) for lesson in work.lessons])
    marks = {lesson.message: lesson.mark for lesson in work.lessons}
    return trained(matcher, fingerprint=work.fingerprint, marks=marks, at=work.at)


if __name__ == "__main__":
    sys.exit(main())
