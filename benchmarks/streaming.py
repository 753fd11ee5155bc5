"""Streams of messages that a desk learns as they go: what would have been answered by itself, and how often rightly.

It begins with the names of the categories alone. Each message is scored before its category is learned, and the gate
opens as the product's does: above what the outcomes of earlier messages have earned.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.matching import Labelled, drawn, messages
from templates_replies.gate import MARGIN, Judged, earned
from templates_replies.matcher import Example
from templates_replies.matcher.reader import Reader

WINDOW = 100
MOST = 6_000  # messages of a stream
NEWEST = 2_000  # outcomes that the gate counts
GROWTH = 1.25  # a fit is due when so much more is known


@dataclass
class Stream:
    reader: Reader | None
    known: list[Example]
    fitted_on: int
    past: list[Judged] = field(default_factory=list)
    answered: list[bool] = field(default_factory=list)  # of each that was answered: rightly?
    windows: list[float] = field(
        default_factory=list
    )  # how many were right, of each hundred that were answered
    bar: float | None = None


def measure(folder: Path | None) -> Iterator[tuple[str, float, str]]:
    for path in sorted(folder.glob("*.jsonl")) if folder else ():
        train, asked, _ = messages(path)
        stream = run(drawn(train, 0), [*train, *asked])
        windows = stream.windows or [0.0]
        yield f"{path.stem}, stream: answered", 100 * len(stream.answered) / len(stream.past), "%"
        yield (
            f"{path.stem}, stream: right of those",
            100 * sum(stream.answered) / max(len(stream.answered), 1),
            "%",
        )
        yield f"{path.stem}, stream: right in the worst hundred answered", 100 * min(windows), "%"


def run(names: Labelled, messages: Labelled) -> Stream:
    known = [Example(label=label, text=text) for label, text in names]
    stream = Stream(reader=Reader.of(known), known=known, fitted_on=len(known))
    coming = random.Random(0).sample(messages, min(MOST, len(messages)))
    for at, (label, text) in enumerate(coming):
        if at % WINDOW == 0:
            stream.bar = earned(stream.past[-NEWEST:])
        _meet(stream, label, text)
    answered = stream.answered
    stream.windows = [
        sum(answered[first : first + WINDOW]) / WINDOW
        for first in range(0, len(answered) - WINDOW + 1, WINDOW)
    ]
    return stream


def _meet(stream: Stream, label: str, text: str) -> None:
    found = stream.reader.answer(text) if stream.reader else None
    best, second = ([*found.ranked, None, None] if found else [None, None])[:2]
    score = best.score if best else 0.0
    lead = score - (second.score if second else 0.0)
    is_right = best is not None and best.label == label
    stream.past.append(Judged(score=score, lead=lead, right=is_right))
    if stream.bar is not None and score >= stream.bar and lead >= MARGIN:
        stream.answered.append(is_right)
    example = Example(label=label, text=text)
    stream.known.append(example)
    if len(stream.known) >= GROWTH * stream.fitted_on:
        stream.reader, stream.fitted_on = Reader.of(stream.known), len(stream.known)
    elif stream.reader:
        stream.reader = stream.reader.learn(example)
