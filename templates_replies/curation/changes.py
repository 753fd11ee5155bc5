"""What may be done to categories beyond editing one: merge, split, rename, retire, restore.

Each takes the catalogue as it stands and returns the categories that change and those that are new; the others stay.
A category is never taken out: its id stands in tickets, buttons and the history.
"""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from templates_replies.catalogue import (
    LONGEST_ID,
    MOST_LINES,
    AutoReply,
    Catalogue,
    Category,
    ReplyTemplate,
)

E = TypeVar("E", Category, ReplyTemplate)


class Why(StrEnum):
    """Why a change makes no sense."""

    NOT_THERE = "not_there"  # there is no such category
    ITSELF = "itself"  # a category cannot be merged into itself
    RETIRED = "retired"  # it is retired: restore it first
    IN_USE = "in_use"  # it is not retired, so there is nothing to restore
    TAKEN = "taken"  # another category has that id or name
    UNNAMED = "unnamed"  # a name is needed
    UNCHANGED = "unchanged"  # it is called so already
    NOT_ITS_OWN = "not_its_own"  # an example is not one of the category's
    NONE_CHOSEN = "none_chosen"  # no example is chosen
    NOTHING_LEFT = "nothing_left"  # with all examples chosen this would be renaming
    ANSWERS = "answers"  # a category is answered by it: let another one take its place
    LAST = "last"  # a desk needs at least one category
    TOO_MANY = "too_many"  # more examples or keywords than one category may have


class ChangeRefusedError(ValueError):
    """A change that makes no sense; `why` says it in one word, for whoever finds the sentence."""

    def __init__(self, why: Why, *, of: str) -> None:
        super().__init__(f"{of}: {why.value.replace('_', ' ')}")
        self.why = why
        self.code = f"change_{why.value}"
        self.of = of  # the category, name or example that it is about


def merge(catalogue: Catalogue, source: str, into: str) -> tuple[Category, ...]:
    """Give a category's name, keywords and examples to another one; it retires, and its old id leads there."""
    if source == into:
        raise ChangeRefusedError(Why.ITSELF, of=source)
    old, kept = offered(catalogue.category(source), source), offered(catalogue.category(into), into)
    named = () if old.name.casefold() == kept.name.casefold() else (old.name,)
    united = replace(
        kept,
        keywords=_united(kept.keywords, named, old.keywords),
        examples=_united(kept.examples, old.examples),
    )
    if max(len(united.keywords), len(united.examples)) > MOST_LINES:
        raise ChangeRefusedError(Why.TOO_MANY, of=into)
    return united, replace(old, retired=True, merged_into=into)


def split(
    catalogue: Catalogue, source: str, *, name: str, examples: Collection[str], new_id: str = ""
) -> tuple[Category, ...]:
    """Make a category of its own out of chosen examples of another one. Its reply is still to be written."""
    old = offered(catalogue.category(source), source)
    chosen = set(examples)
    for stray in sorted(chosen - set(old.examples)):
        raise ChangeRefusedError(Why.NOT_ITS_OWN, of=stray)
    if not chosen:
        raise ChangeRefusedError(Why.NONE_CHOSEN, of=source)
    if chosen == set(old.examples):
        raise ChangeRefusedError(Why.NOTHING_LEFT, of=source)
    new = new_category(
        catalogue, name=name, examples=[each for each in old.examples if each in chosen], new_id=new_id
    )
    return replace(old, examples=tuple(each for each in old.examples if each not in chosen)), new


def new_category(catalogue: Catalogue, *, name: str, examples: Sequence[str], new_id: str = "") -> Category:
    """Make a category that is not there yet; without an id it gets one from its name."""
    name = _free_name(catalogue, name, but="")
    if new_id and catalogue.category(new_id) is not None:
        raise ChangeRefusedError(Why.TAKEN, of=new_id)
    id_ = new_id or id_for(name, {each.id for each in catalogue.categories})
    return Category(id=id_, name=name, examples=tuple(examples)[:MOST_LINES], auto=AutoReply.SUGGEST)


def rename(catalogue: Catalogue, id_: str, name: str) -> tuple[Category, ...]:
    """Call a category otherwise; its id stays, for tickets have it."""
    old = found(catalogue.category(id_), id_)
    if " ".join(name.split()) == old.name:
        raise ChangeRefusedError(Why.UNCHANGED, of=old.name)
    return (replace(old, name=_free_name(catalogue, name, but=id_)),)


def retire(catalogue: Catalogue, id_: str) -> tuple[Category, ...]:
    """Give a category to no ticket any more; those that have it keep it."""
    old = offered(catalogue.category(id_), id_)
    if len(catalogue.offered) == 1:
        raise ChangeRefusedError(Why.LAST, of=id_)
    return (replace(old, retired=True),)


def restore(catalogue: Catalogue, id_: str) -> tuple[Category, ...]:
    """Let a retired category be given again. What it was merged into keeps what it got."""
    old = found(catalogue.category(id_), id_)
    if not old.retired:
        raise ChangeRefusedError(Why.IN_USE, of=id_)
    _free_name(catalogue, old.name, but=id_)
    return (replace(old, retired=False, merged_into=None),)


def remove_example(catalogue: Catalogue, id_: str, example: str) -> tuple[Category, ...]:
    old = found(catalogue.category(id_), id_)
    if example not in old.examples:
        raise ChangeRefusedError(Why.NOT_ITS_OWN, of=example)
    return (replace(old, examples=tuple(each for each in old.examples if each != example)),)


def move_example(catalogue: Catalogue, id_: str, example: str, to: str) -> tuple[Category, ...]:
    """Take an example to the category that it speaks for."""
    if to == id_:
        raise ChangeRefusedError(Why.ITSELF, of=id_)
    there = offered(catalogue.category(to), to)
    there = replace(there, examples=_united(there.examples, (example,)))
    if len(there.examples) > MOST_LINES:
        raise ChangeRefusedError(Why.TOO_MANY, of=to)
    return (*remove_example(catalogue, id_, example), there)


def id_for(name: str, taken: Collection[str]) -> str:
    """Return an id for a name: `Gagal masuk (Edunex)` gives `gagal-masuk-edunex`, with a number if that is taken."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    base = "-".join("".join(each if each.isalnum() else " " for each in plain).split())
    base = base[: LONGEST_ID - 4].strip("-") or "kategori"
    numbered = (base if count == 1 else f"{base}-{count}" for count in range(1, len(taken) + 2))
    return next(each for each in numbered if each not in taken)


def applied(catalogue: Catalogue, changed: Iterable[Category]) -> Catalogue:
    """Return the catalogue with categories changed, and new ones behind the others."""
    of_id = {each.id: each for each in changed}
    stays = tuple(of_id.pop(each.id, each) for each in catalogue.categories)
    return replace(catalogue, categories=(*stays, *of_id.values()))


def found(entry: E | None, id_: str) -> E:
    """Return what was looked up. Raises ChangeRefusedError."""
    if entry is None:
        raise ChangeRefusedError(Why.NOT_THERE, of=id_)
    return entry


def offered(entry: E | None, id_: str) -> E:
    """Return what was looked up and is not retired. Raises ChangeRefusedError."""
    entry = found(entry, id_)
    if entry.retired:
        raise ChangeRefusedError(Why.RETIRED, of=id_)
    return entry


def _free_name(catalogue: Catalogue, name: str, *, but: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ChangeRefusedError(Why.UNNAMED, of=but)
    if any(each.name.casefold() == name.casefold() and each.id != but for each in catalogue.offered):
        raise ChangeRefusedError(Why.TAKEN, of=name)
    return name


def _united(*lists: Sequence[str]) -> tuple[str, ...]:
    """Return all lines, those first that came first, none twice but for its capitals."""
    united: dict[str, str] = {}
    for line in (line for lines in lists for line in lines):
        united.setdefault(line.casefold(), line)
    return tuple(united.values())
