"""How a desk file says that tickets are given out: `assignment`, of the desk and of a team, and capacities."""

from dataclasses import replace

from bot.desk_files.sections import Section
from tickets.assignment import Assignment, Way

MOST = 1000
CAPACITY = f"a number of tickets from 0 to {MOST}"


def read_assignment(above: Section, *, usual: Assignment) -> Assignment:
    """Read `assignment`; `usual` is what counts where it, or a key of it, is left out."""
    section = above.section("assignment")
    if section is None:
        return usual
    section.allow(("way", "capacity", "only_in_hours"))
    return replace(
        usual,
        way=Way(section.choice("way", tuple(Way), usual.way)),
        capacity=section.read("capacity", capacity, usual.capacity, expected=CAPACITY),
        only_in_hours=section.flag("only_in_hours", fallback=usual.only_in_hours),
    )


def capacity(raw: str) -> int:
    """Read how many tickets somebody works on at a time. Raises ValueError."""
    if not raw.isascii() or not raw.isdigit() or int(raw) > MOST:
        raise ValueError
    return int(raw)
