"""How people of the desk write: where it was said, and whether it is a command, plain words or a file. Pure."""

from bot import commands
from bot.commands import Verb
from bot.desks import OpenDesk
from bot.executing.prompts import Prompt
from bot.groups.group_places import is_group_of
from tickets.message import Channel, Place, Said


def in_group(place: Place, desk: OpenDesk) -> bool:
    """Whether it was said in the agents' group, or in that of a team."""
    return place.channel is Channel.TELEGRAM and is_group_of(desk, place.address)


def in_a_group(place: Place) -> bool:
    return place.channel is Channel.TELEGRAM and place.address.startswith("-")


def is_plain(said: Said) -> bool:
    """Whether somebody just writes: no command, no note, no number of a ticket before it, no button."""
    text = said.text.strip()
    return bool(text) and not said.button and not text.startswith("/") and commands.numbered(text) is None


def is_file(said: Said, prompt: Prompt) -> bool:
    """Whether a file without words may be what was asked for."""
    return bool(said.files) and not said.text.strip() and prompt.verb is Verb.FILL


def speaks_to_us(said: Said) -> bool:
    """Whether somebody of the desk speaks as such. By mail they may also be a contact like any other."""
    if said.place.channel is not Channel.EMAIL:
        return True
    return not said.automatic and (
        commands.numbered(said.text) is not None or said.text.lstrip().startswith("/")
    )
