"""What a desk file says of handling tickets: `handling`."""

from datetime import timedelta

from bot.desk_files.sections import Section
from tickets.desk import Handling
from tickets.hours import HoursError, parse_duration

LONGEST_UNDO = timedelta(minutes=1)  # whoever wants more time sends it later


def read_handling(desk: Section) -> Handling:
    """Read the section; whatever is left out is as usual."""
    usual, section = Handling(), desk.section("handling")
    if section is None:
        return usual
    section.allow(("tell_merged", "collision_within", "undo_within"))
    return Handling(
        tell_merged=section.flag("tell_merged", fallback=usual.tell_merged),
        collision_within=section.read("collision_within", parse_duration, usual.collision_within),
        undo_within=section.read(
            "undo_within",
            _undo,
            usual.undo_within,
            expected="0s, or a length of at most a minute, such as 10s",
        ),
    )


def _undo(text: str) -> timedelta:
    length = timedelta() if text.strip() == "0s" else parse_duration(text)
    if length > LONGEST_UNDO:
        raise HoursError(f'"{text[:40]}" is longer than a minute.')
    return length
