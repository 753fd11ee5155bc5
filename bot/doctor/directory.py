"""The directories: whether somebody could be looked up in them now."""

from pathlib import Path

from bot.directories import build_directory
from bot.doctor.findings import Finding, State
from channels.contract import ChannelError
from tickets.desk import Desk


async def of_directory(desk: Desk, folder: Path) -> list[Finding]:
    """Ask the directory; nothing to find for a desk that has none."""
    about, described = f"{desk.slug}, directory", desk.directory
    if described is None:
        return []
    if described.off:
        says = f"off: {', '.join(described.missing)} not set."
        return [Finding(about=about, state=State.OFF, says=says)]
    directory = build_directory(described, folder)
    if directory is None:
        return []
    try:
        says = await directory.state()
    except ChannelError as error:
        return [Finding(about=about, state=State.BAD, says=f"{error}.")]
    return [Finding(about=about, state=State.GOOD, says=says)]
