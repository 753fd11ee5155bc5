"""How well messages find their category, and how well the matcher knows when they do not, on the sets in a folder.

`<set>.jsonl` has one message a line: label, text, split (train or test); the label `oos` is of no category. Beside the
matcher stand rapidfuzz over the examples and fastText, where the dependency group `baselines` is installed.
"""

import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process, utils

from benchmarks import fasttext_baseline
from benchmarks.ground import Figures
from templates_replies.gate import PRECISION
from templates_replies.matcher import suggest

SHOTS = (3, 10, None)
MOST_ASKED = 1_500
OUTSIDE = "oos"
OUTSIDE_BEARABLE = 0.04

Ask = Callable[[str], list[tuple[str, float]]]
Labelled = Sequence[tuple[str, str]]


def by_rapidfuzz(scorer: Callable[..., float]) -> Callable[[Labelled], Ask]:
    def build(examples: Labelled) -> Ask:
        texts = [utils.default_process(text) for _, text in examples]

        def ask(text: str) -> list[tuple[str, float]]:
            near = process.extractOne(utils.default_process(text), texts, scorer=scorer)
            return [(examples[near[2]][0], near[1] / 100)] if near else []

        return ask

    return build


METHODS: dict[str, Callable[[Labelled], Ask]] = {
    "matcher": suggest.build,
    "rapidfuzz WRatio": by_rapidfuzz(fuzz.WRatio),
    "rapidfuzz token_set": by_rapidfuzz(fuzz.token_set_ratio),
    **({"fastText": fasttext_baseline.build} if fasttext_baseline.IS_THERE else {}),
}


def measure(folder: Path | None) -> Figures:
    """Yield top-1 and coverage of each method on each set; nothing without a folder of sets."""
    for path in sorted(folder.glob("*.jsonl")) if folder else ():
        train, asked, outside = messages(path)
        for shots in SHOTS:
            examples = drawn(train, shots)
            for method, build in METHODS.items():
                label = f"{path.stem}, {shots or 'all'} examples: {method}"
                for figure, value, unit in judged(build, examples, asked, outside):
                    yield f"{label}, {figure}", value, unit


def messages(path: Path) -> tuple[Labelled, Labelled, Sequence[str]]:
    """Return the examples, the messages asked about, and those of no category."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    parts = defaultdict(list)
    for row in rows:
        kind = OUTSIDE if row["label"] == OUTSIDE else ""
        parts[row["split"] + kind].append((row["label"], row["text"]))
    known = {text.lower() for _, text in parts["train"]}
    asked = [row for row in parts["test"] if row[1].lower() not in known]
    chance = random.Random(0)
    outside = [text for _, text in parts["test" + OUTSIDE]]
    return parts["train"], chance.sample(asked, min(MOST_ASKED, len(asked))), outside[:MOST_ASKED]


def drawn(train: Labelled, shots: int | None) -> Labelled:
    """Return so many examples of each category, or all, and its name."""
    of = defaultdict(list)
    for label, text in train:
        of[label].append(text)
    chance = random.Random(1_000)
    return [
        (label, text)
        for label in sorted(of)
        for text in [
            label.translate(str.maketrans("/_-", "   ")),
            *chance.sample(of[label], len(of[label]) if shots is None else min(shots, len(of[label]))),
        ]
    ]


def judged(
    build: Callable[[Labelled], Ask], examples: Labelled, asked: Labelled, outside: Sequence[str]
) -> Figures:
    started = time.process_time()
    ask = build(examples)
    fitted = time.process_time() - started
    answers, spent = [], []
    for _, text in asked:
        started = time.process_time()
        answers.append(ask(text))
        spent.append((time.process_time() - started) * 1_000)
    right = np.array([bool(a) and a[0][0] == label for a, (label, _) in zip(answers, asked, strict=True)])
    sure = np.array([a[0][1] if a else 0.0 for a in answers])
    yield "right", 100 * right.mean(), "%"
    yield f"answered at {PRECISION:.0%} precision", 100 * covered(sure, right), "%"
    if outside:
        unsure = np.array([a[0][1] if (a := ask(text)) else 0.0 for text in outside])
        bar = np.quantile(unsure, 1 - OUTSIDE_BEARABLE)
        yield f"answered with {OUTSIDE_BEARABLE:.0%} of no category", 100 * (sure > bar).mean(), "%"
    yield "calibration error", calibration_error(sure, right), ""
    yield "fit", fitted, "s"
    yield "a message, 99th percentile", float(np.percentile(spent, 99)), "ms"


def covered(sure: np.ndarray, right: np.ndarray) -> float:
    """Choose the threshold on one half and apply it to the other, and the other way round."""
    order = np.random.default_rng(123).permutation(len(sure))
    halves = order[: len(order) // 2], order[len(order) // 2 :]
    shares = []
    for choose, apply in (halves, halves[::-1]):
        by_score = choose[np.argsort(-sure[choose], kind="stable")]
        scores = sure[by_score]
        precision = np.cumsum(right[by_score]) / np.arange(1, len(by_score) + 1)
        last_of_score = np.append(scores[:-1] != scores[1:], True)
        good = np.flatnonzero((precision >= PRECISION) & last_of_score)
        shares.append((sure[apply] >= scores[good[-1]]).mean() if len(good) else 0.0)
    return float(np.mean(shares))


def calibration_error(sure: np.ndarray, right: np.ndarray) -> float:
    """Return how far, over ten steps of the score, it lies from how often it was right."""
    step = np.minimum((sure * 10).astype(int), 9)
    return float(
        sum(
            abs(sure[step == at].mean() - right[step == at].mean()) * (step == at).mean()
            for at in np.unique(step)
        )
    )
