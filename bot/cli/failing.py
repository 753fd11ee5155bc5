"""What any command may fail with, told in one line. It is loaded with a command, for it takes seconds to import."""

from bot.accounts.secrets_file import SecretsFileError
from bot.house import HouseError
from bot.settings import SettingsError
from tickets.ledger.depot.contract import DepotError
from tickets.ledger.writer import StoreUnavailableError

FAILURES: tuple[type[Exception], ...] = (
    HouseError,
    SecretsFileError,
    SettingsError,
    StoreUnavailableError,
    DepotError,
)
