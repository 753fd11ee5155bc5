"""From the files of a catalogue to its values, and from changed values back into the files, comments and all."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from templates_replies.catalogue import Catalogue, Category, catalogue_from
from templates_replies.entries import entries_of, put_entry

_BLANK = Category(id="", name="")


def read(files: Mapping[str, str]) -> Catalogue:
    """Return the catalogue that the files describe, its sound entries. Raises UnreadableError."""
    categories, replies, tags = (
        entries_of(files.get(name, "")) for name in ("categories.yaml", "replies.yaml", "tags.yaml")
    )
    return catalogue_from(categories, replies, tags or None)[0]


def rewritten(text: str, before: Catalogue, changed: Iterable[Category]) -> str:
    """Return `categories.yaml` with the categories that changed; only their lines are written anew."""
    for category in changed:
        old = before.category(category.id) or _BLANK
        text = put_entry(text, category.id, _differing(old, category))
    return text


def _differing(old: Category, new: Category) -> Mapping[str, Any]:
    """Return the fields that are to be set; None where a field is back at what it is without being written."""
    found: dict[str, Any] = {}
    for name in (each.name for each in fields(Category) if each.name != "id"):
        value = getattr(new, name)
        if value != getattr(old, name):
            found[name] = None if value == getattr(_BLANK, name) else _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool) else str(value)
