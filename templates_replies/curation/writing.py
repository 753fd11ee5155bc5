"""From the files of a catalogue to its values, and from changed values back into the files, comments and all."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from templates_replies.catalogue import Catalogue, Category, ReplyTemplate
from templates_replies.catalogue_reading import catalogue_from
from templates_replies.entries import entries_of, put_entry

CATEGORIES, REPLIES, TAGS = "categories.yaml", "replies.yaml", "tags.yaml"

_BLANK = Category(id="", name="")


def read(files: Mapping[str, str]) -> Catalogue:
    """Return the catalogue that the files describe, its sound entries. Raises UnreadableError."""
    categories, replies, tags = (entries_of(files.get(name, "")) for name in (CATEGORIES, REPLIES, TAGS))
    return catalogue_from(categories, replies, tags or None)[0]


def rewritten(
    files: Mapping[str, str], before: Catalogue, changed: Iterable[Category | ReplyTemplate]
) -> Mapping[str, str]:
    """Return the files in which categories or replies changed; only the lines of these are written anew."""
    found: dict[str, str] = {}
    for entry in changed:
        if isinstance(entry, ReplyTemplate):  # of which nothing is changed here but whether it is retired
            name, fields_ = REPLIES, {"retired": True if entry.retired else None}
        else:
            name, fields_ = CATEGORIES, _differing(before.category(entry.id) or _BLANK, entry)
        found[name] = put_entry(found.get(name, files.get(name, "")), entry.id, fields_)
    return found


def _differing(old: Category, new: Category) -> dict[str, Any]:
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
