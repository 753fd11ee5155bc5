"""What a desk file says of handling tickets: `handling`."""

from bot.desk_files.sections import Section
from tickets.desk import Handling
from tickets.hours import parse_duration


def read_handling(desk: Section) -> Handling:
    """Read the section; whatever is left out is as usual."""
    usual, section = Handling(), desk.section("handling")
    if section is None:
        return usual
    section.allow(("tell_merged", "collision_within"))
    return Handling(
        tell_merged=section.flag("tell_merged", fallback=usual.tell_merged),
        collision_within=section.read("collision_within", parse_duration, usual.collision_within),
    )
