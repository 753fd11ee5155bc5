"""What is theirs: of what another desk has, a program is told what it is told of what nobody has."""

from typing import Protocol, TypeVar

from tickets.actor import Actor


class OfDesk(Protocol):
    @property
    def desk(self) -> str: ...


Found = TypeVar("Found", bound=OfDesk)


def theirs(by: Actor, found: Found | None, none: Exception) -> Found:
    """Return what was found, where it is of a desk of theirs. Raises `none` where it is another's, or there is nothing."""
    if found is None or not by.belongs_to(found.desk):
        raise none
    return found
