"""Checking files before they are saved by chat, page or API: as strictly as `tanggap desk check`, without any secret.

What a variable of the environment holds can only switch something off; it makes no file wrong.
"""

from collections.abc import Mapping

from bot.desk_files.loading import desk_from_files
from bot.desk_files.problems import DeskFileError
from tickets.actions.revising import Mistake, MistakesError
from tickets.desk import Desk


def sound(files: Mapping[str, str]) -> Desk:
    """Return the desk that the files describe. Raises MistakesError."""
    try:
        return desk_from_files(files, {}).desk
    except DeskFileError as error:
        raise MistakesError(
            [Mistake(file=one.file, line=one.line, message=one.message) for one in error.problems]
        ) from error
