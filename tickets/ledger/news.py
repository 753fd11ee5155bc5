"""What a transaction may have left for somebody to do: it is woken for that alone."""

from enum import StrEnum


class News(StrEnum):
    HISTORY = "history"  # an event
    PARCELS = "parcels"  # something for a person may leave
    LOADS = "loads"  # something may go into a group
    CALLS = "calls"  # something may go to a program or a device
    FILES = "files"  # a file is to be fetched
    LOOKUPS = "lookups"  # a contact is to be looked up
    PAPERS = "papers"  # a paper is to be typeset
    MAKINGS = "makings"  # somebody waits for a file that is made, or for one no more
    DESKS = "desks"  # a desk has a newer revision, or its group is elsewhere


EVERYTHING = frozenset(News)


def to_words(news: frozenset[News]) -> str:
    """Return news as other processes hear of them."""
    return " ".join(sorted(news))


def from_words(words: str) -> frozenset[News]:
    """Return what another process told; one that runs older or newer code may have told what is not known here."""
    told = words.split()
    return frozenset(map(News, told)) if told and EVERYTHING.issuperset(told) else EVERYTHING
