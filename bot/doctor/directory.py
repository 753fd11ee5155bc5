"""The directories: whether somebody could be looked up in them now."""

from pathlib import Path

from bot.directory.directories import build_directory, place_of
from bot.doctor import words
from bot.doctor.asking import told, why
from bot.doctor.findings import Finding, State
from channels.contract import ChannelError
from tickets.desk import Desk


async def of_directory(desk: Desk, folder: Path | None) -> list[Finding]:
    """Ask the directory; nothing to find for a desk that has none."""
    about, described = f"{desk.slug}, directory", desk.directory
    if described is None:
        return []
    if described.off:
        return [told(about, State.OFF, words.DIRECTORY_OFF, unset=", ".join(described.missing))]
    directory = build_directory(described, folder)
    if directory is None:
        return []
    try:
        says = await directory.state()
    except ChannelError as error:
        phrase, values = why(error)
        if phrase is not words.BROKEN:
            return [told(about, State.BAD, words.UNREACHED, whom=place_of(desk), why=(phrase, values))]
        return [told(about, State.BAD, words.DIRECTORY_REFUSES, says=str(error))]
    return [told(about, State.GOOD, words.DIRECTORY_ANSWERS, says=says)]
