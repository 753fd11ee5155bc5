"""How urgent a ticket is. Kept as a number, so that the more urgent comes first; shown and written by its name."""

from enum import IntEnum


class Priority(IntEnum):
    LOW = -1
    NORMAL = 0
    HIGH = 1
    URGENT = 2

    @property
    def key(self) -> str:
        """The name in desk files, the API and commands: `low`, `normal`, `high`, `urgent`."""
        return self.name.lower()


PRIORITIES: dict[str, Priority] = {priority.key: priority for priority in Priority}
