"""Streams of messages that a desk learns as they go: what would have been answered by itself, and how often rightly.

It begins with the names of the categories alone. Each message is scored before its category is learned, and the gate
opens as the product's does: above what the outcomes of earlier messages have earned. Where a set has messages of no
category, a second stream holds one of them to ten others; people find that none fits, and that is learned as well.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from benchmarks.ground import Figures
from benchmarks.matching import OUTSIDE as OF_NONE
from benchmarks.matching import Labelled, drawn, messages
from reports.quality import NEWEST_JUDGED
from templates_replies.gate import MARGIN, PRECISION, Judged, earned
from templates_replies.matcher import OUTSIDE, Example
from templates_replies.matcher.reader import Reader

WINDOW = 100
MOST = 20_000  # messages of a stream
GROWTH = 1.1  # a fit is due when so much more is known
LOOKS = 10  # messages after which the gate is worked out anew
BESIDE = 10  # messages of a category to one of none


@dataclass
class Stream:
    reader: Reader | None
    known: list[Example]
    fitted_on: int
    past: list[Judged] = field(default_factory=list)
    answered: list[bool] = field(default_factory=list)  # of each that was answered: rightly?
    of_none: int = 0
    of_none_answered: int = 0
    answered_late: int = 0  # of the second half of the messages
    bar: float | None = None

    def windows(self) -> Sequence[int]:
        """Return how many were right of every hundred in a row that were answered."""
        right = list(accumulate(self.answered, initial=0))
        return [after - before for before, after in zip(right, right[WINDOW:], strict=False)]


def measure(folder: Path | None) -> Figures:
    for path in sorted(folder.glob("*.jsonl")) if folder else ():
        train, asked, outside = messages(path)
        coming = random.Random(0).sample([*train, *asked], min(MOST, len(train) + len(asked)))
        yield from _figures(f"{path.stem}, stream", run(drawn(train, 0), coming))
        if outside:
            coming += [(OF_NONE, text) for text in outside[: len(coming) // BESIDE]]
            random.Random(1).shuffle(coming)
            yield from _figures(f"{path.stem}, stream with some of no category", run(drawn(train, 0), coming))


def run(names: Labelled, coming: Labelled) -> Stream:
    known = [Example(label=label, text=text) for label, text in names]
    stream = Stream(reader=Reader.of(known), known=known, fitted_on=len(known))
    for at, (label, text) in enumerate(coming):
        if at % LOOKS == 0:
            stream.bar = earned(stream.past[-NEWEST_JUDGED:])
        before = len(stream.answered)
        _meet(stream, label, text)
        stream.answered_late += (len(stream.answered) - before) * (at >= len(coming) // 2)
    return stream


def _figures(name: str, stream: Stream) -> Figures:
    answered, windows = stream.answered, stream.windows()
    inside = len(stream.past) - stream.of_none
    yield f"{name}: answered", 100 * (len(answered) - stream.of_none_answered) / inside, "%"
    late = len(stream.past) - len(stream.past) // 2
    yield f"{name}: answered in its second half, of all", 100 * stream.answered_late / late, "%"
    if stream.of_none:
        yield f"{name}: answered though of no category", 100 * stream.of_none_answered / stream.of_none, "%"
    yield f"{name}: right of those answered", 100 * sum(answered) / max(len(answered), 1), "%"
    if windows:
        below = sum(window < PRECISION * WINDOW for window in windows)
        yield f"{name}: right in the worst hundred in a row", min(windows), "of 100"
        yield f"{name}: hundreds in a row below {PRECISION:.0%}", 100 * below / len(windows), "%"


def _meet(stream: Stream, label: str, text: str) -> None:
    found = stream.reader.answer([text])[0] if stream.reader else None
    best, second = ([*found.ranked, None, None] if found else [None, None])[:2]
    score = best.score if best else 0.0
    lead = score - (second.score if second else 0.0)
    is_right = best is not None and best.label == label
    stream.past.append(Judged(score=score, lead=lead, right=is_right))
    is_answered = stream.bar is not None and score >= stream.bar and lead >= MARGIN
    if is_answered:
        stream.answered.append(is_right)
    if label == OF_NONE:
        stream.of_none += 1
        stream.of_none_answered += is_answered
    _learn(stream, Example(label=OUTSIDE if label == OF_NONE else label, text=text))


def _learn(stream: Stream, example: Example) -> None:
    stream.known.append(example)
    if len(stream.known) >= GROWTH * stream.fitted_on:
        stream.reader, stream.fitted_on = Reader.of(stream.known), len(stream.known)
    elif stream.reader:
        stream.reader = stream.reader.learn(example)
