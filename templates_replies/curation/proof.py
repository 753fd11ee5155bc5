"""What an example does to other messages: they are read with it, without it, and with it under another category.

Only what is near is tried: the example's category and those that are taken for each other with it. Their other
examples, and messages whose category people have confirmed, are read by matchers that have not seen them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from templates_replies.catalogue import Category
from templates_replies.curation.known import Known
from templates_replies.matcher import Example

_FOLDS = 2
_MOST_OF_A_CATEGORY = 60  # messages that are read; the newest of what people have confirmed


@dataclass(frozen=True, kw_only=True)
class Proof:
    """How many of some messages are read rightly, of this example's category and of some others."""

    messages: int
    right: int  # as it is
    right_without: int
    right_moved: int  # with the example under the other category

    @property
    def gain(self) -> int:
        """How many more are read rightly without the example; below 0: it helps."""
        return self.right_without - self.right


def prove(known: Known, example: Example, *, to: str, near: Collection[str]) -> Proof:
    """Try an example of a category (its label) with others around: `to`, where it may belong, and `near`."""
    ids = {example.label, to, *near}
    said = [each for each in messages_of(known, ids) if each.text != example.text]
    bare = tuple(replace(category, examples=()) for category in known.catalogue.offered if category.id in ids)
    right = defaultdict[str, int](int)
    for fold in range(_FOLDS):
        asked = said[fold::_FOLDS]
        rest = [each for at, each in enumerate(said) if at % _FOLDS != fold]
        ways = {"as it is": [example], "without": [], "moved": [replace(example, label=to)]}
        for way, more in ways.items():
            right[way] += _right([*rest, *more], asked, bare, known)
    return Proof(
        messages=len(said),
        right=right["as it is"],
        right_without=right["without"],
        right_moved=right["moved"],
    )


def messages_of(known: Known, ids: Collection[str]) -> Sequence[Example]:
    """Return what messages of these categories say: the catalogue's examples and what people have confirmed."""
    found: Mapping[str, dict[str, Example]] = {
        category.id: {text: Example(label=category.id, text=text) for text in category.examples}
        for category in known.catalogue.offered
        if category.id in ids
    }
    for each in known.learned:
        texts = found.get(each.label)
        if texts is not None and len(texts) < _MOST_OF_A_CATEGORY:
            texts.setdefault(each.text, each)
    return [each for texts in found.values() for each in texts.values()]


def _right(
    taught: Sequence[Example], asked: Sequence[Example], bare: tuple[Category, ...], known: Known
) -> int:
    matcher = Known(catalogue=replace(known.catalogue, categories=bare), learned=taught).fit()
    found = ((each.label, matcher.suggest(each.text, 1)) for each in asked)
    return sum(bool(suggested) and suggested[0].category == label for label, suggested in found)
