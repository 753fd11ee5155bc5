"""The desk's files: `desk.yaml`, `categories.yaml`, `replies.yaml` and what lies beside them, read and checked.

A desk is loaded from its folder (`load_desk`) or from the texts that a revision kept (`desk_from_files`); either gives
the whole desk or a `DeskFileError` that names every mistake with its file, its line and what is expected. Secrets are
named in the files as `${NAME}` and looked up here; what is not set switches an account off and says so.
"""

from bot.desk_files.checking import Report, check_folder, check_together
from bot.desk_files.loading import LoadedDesk, desk_from_files, load_desk, with_kept_feeds
from bot.desk_files.problems import DeskFileError, Problem

__all__ = [
    "DeskFileError",
    "LoadedDesk",
    "Problem",
    "Report",
    "check_folder",
    "check_together",
    "desk_from_files",
    "load_desk",
    "with_kept_feeds",
]
