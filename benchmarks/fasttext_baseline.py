"""fastText as a baseline for the matcher, where it is installed: `pip install fasttext-community`."""

import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from templates_replies.normalise import words

IS_THERE = find_spec("fasttext") is not None
if IS_THERE:
    import fasttext

WIDTH, STEP = 50, 0.5
FEWEST_ROUNDS, MOST_ROUNDS, EXAMPLES_READ = 25, 400, 60_000


def build(examples: Sequence[tuple[str, str]]) -> Callable[[str], list[tuple[str, float]]]:
    """Train on words, pairs and pieces of two to five letters; return what ranks a single text."""
    names = sorted({label for label, _ in examples})
    numbers = {label: number for number, label in enumerate(names)}
    rounds = min(max(EXAMPLES_READ // len(examples), FEWEST_ROUNDS), MOST_ROUNDS)
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder, "examples.txt")
        lines.write_text(
            "".join(f"__label__{numbers[label]} {' '.join(words(text))}\n" for label, text in examples),
            "utf-8",
        )
        model = fasttext.train_supervised(
            str(lines), lr=STEP, epoch=rounds, dim=WIDTH, wordNgrams=2, minn=2, maxn=5, bucket=200_000, thread=1,
            verbose=0,
        )  # fmt: skip

    def ask(text: str) -> list[tuple[str, float]]:
        found = model.f.predict(" ".join(words(text)) + "\n", 3, 0.0, "strict")
        return [(names[int(label.removeprefix("__label__"))], min(share, 1.0)) for share, label in found]

    return ask
