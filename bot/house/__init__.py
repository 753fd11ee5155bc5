"""The house without its doors: settings, ledger and desks, opened together by the server and by every command.

Opening it brings the schema up to date and imports the desks' files. The truth of a desk is its newest revision in the
ledger: a changed file becomes a new one, unless a form has edited since; then the ledger's wins and a warning says so.
Adapters, loops and pages are not in here: they are the server's.
"""

from bot.house.errors import AlreadyServingError, FormEditedError, HouseError
from bot.house.opening import House, desk_folders, open_house, refresh, utc_now
from bot.house.revised import FILE, LOAD, import_desk, open_desk, sync
from bot.house.storage import exclusive, migrate_database, open_ledger, prepare_folders, sqlite_path

__all__ = [
    "FILE",
    "LOAD",
    "AlreadyServingError",
    "FormEditedError",
    "House",
    "HouseError",
    "desk_folders",
    "exclusive",
    "import_desk",
    "migrate_database",
    "open_desk",
    "open_house",
    "open_ledger",
    "prepare_folders",
    "refresh",
    "sqlite_path",
    "sync",
    "utc_now",
]
