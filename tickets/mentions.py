"""Who is named in a note by an `@` before their name. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_SIGN = re.compile(r"(?<![\w.@])@(?=\w)")  # that of a mailbox stands behind a letter


@dataclass(frozen=True, kw_only=True)
class Nameable:
    """Somebody who can be named in a note."""

    id: str
    name: str
    email: str | None = None


def named_in(text: str, people: Iterable[Nameable]) -> tuple[str, ...]:
    """Return the ids of those whom a text names, in its order.

    By the whole name, by a part of it or of the mailbox that only one of them has, or by the id; capital letters do not
    matter. A name that several have names nobody.
    """
    handles = _handles(people)
    longest_first = sorted(handles, key=len, reverse=True)
    lowered = " ".join(text.split()).lower()
    found = (
        handles[handle]
        for sign in _SIGN.finditer(lowered)
        for handle in [next((each for each in longest_first if _stands_at(lowered, sign.end(), each)), None)]
        if handle is not None
    )
    return tuple(dict.fromkeys(found))


def _handles(people: Iterable[Nameable]) -> Mapping[str, str]:
    """Return what names exactly one of them, in small letters, with whom it names."""
    named = {person.id: _names_of(person) for person in people}
    how_many = Counter(name for names in named.values() for name in names)
    return {name: id_ for id_, names in named.items() for name in names if how_many[name] == 1}


def _names_of(person: Nameable) -> frozenset[str]:
    name = " ".join(person.name.split()).lower()
    names = {name, person.id.lower(), *(part for part in name.split() if len(part) > 1)}
    if person.email:
        names |= {person.email.lower(), person.email.lower().partition("@")[0]}
    return frozenset(each for each in names if each)


def _stands_at(text: str, at: int, name: str) -> bool:
    """Whether a name stands there, and no longer word does."""
    behind = text[at + len(name) : at + len(name) + 1]
    return text.startswith(name, at) and not (behind.isalnum() or behind == "_")
