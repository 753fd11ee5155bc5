"""The secrets that this installation makes for itself, in `secrets.json` of the data folder.

One signs cookies and links where no TANGGAP_SECRET_KEY is set. The others are for practice: an account whose own
secrets are not set at all is off towards its provider, but its door opens to these, so that every door can be tried
on a fresh machine. Beside them stands the newest refresh token of each mailbox that is read by OAuth2.
"""

import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict, cast

from tickets.connections import Account
from tickets.message import Channel

FILE = "secrets.json"
_LOCK = ".secrets.lock"


class OwnSecrets(TypedDict):
    secret_key: str
    twilio_account_sid: str
    twilio_auth_token: str
    whatsapp_app_secret: str
    whatsapp_verify_token: str
    whatsapp_sender: str  # E.164, of a range that nobody has
    telegram_token: str
    telegram_webhook_secret: str


class SecretsFileError(Exception):
    """The file of secrets cannot be read or made."""


_MAKE: Mapping[str, Callable[[], str]] = {
    "secret_key": lambda: secrets.token_urlsafe(48),
    "twilio_account_sid": lambda: f"AC{secrets.token_hex(16)}",
    "twilio_auth_token": lambda: secrets.token_hex(16),
    "whatsapp_app_secret": lambda: secrets.token_hex(16),
    "whatsapp_verify_token": lambda: secrets.token_urlsafe(24),
    "whatsapp_sender": lambda: f"+6281100{secrets.randbelow(10**4):04}",
    "telegram_token": lambda: f"{secrets.randbelow(9 * 10**9) + 10**9}:{secrets.token_urlsafe(26)[:35]}",
    "telegram_webhook_secret": lambda: secrets.token_urlsafe(32),
}


def own_secrets(data_dir: Path) -> OwnSecrets:
    """Read the secrets, and make those that are not there yet: once, whoever comes first. Raises SecretsFileError."""
    path = data_dir / FILE
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(data_dir / _LOCK):
            found = _read(path)
            complete = {name: found.get(name) or make() for name, make in _MAKE.items()}
            if complete != found:
                _write(path, found | complete)
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)
    except OSError as error:
        raise SecretsFileError(f"{path}: {error.strerror}") from error
    return cast("OwnSecrets", complete)


class RefreshTokens:
    """Fulfils channels.email.oauth.Keeper for one account."""

    def __init__(self, data_dir: Path, account: str) -> None:
        self._folder = data_dir
        self._name = f"refresh_token:{account}"

    def read(self, fingerprint: str) -> str | None:
        """Return what was kept since a person set the token with this fingerprint."""
        try:
            of, _, token = _read(self._folder / FILE).get(self._name, "").partition(":")
        except SecretsFileError:
            return None
        return token if token and of == fingerprint else None

    def write(self, fingerprint: str, refresh_token: str) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(self._folder / _LOCK):
            found = _read(self._folder / FILE)
            _write(self._folder / FILE, found | {self._name: f"{fingerprint}:{refresh_token}"})


def practice_settings(account: Account, own: OwnSecrets) -> dict[str, str] | None:
    """Return the settings with which an account can be tried; None if it is set up, or set up by half."""
    settings = dict(account.settings)
    if settings.get("provider") == "cloud":
        return _cloud_practice(settings, own)
    if account.channel is Channel.WHATSAPP and not settings.keys() & {"account_sid", "auth_token"}:
        settings["account_sid"] = own["twilio_account_sid"]
        settings["auth_token"] = own["twilio_auth_token"]
        settings.setdefault("sender", own["whatsapp_sender"])
        return settings
    if account.channel is Channel.TELEGRAM and "token" not in settings:
        settings["token"] = own["telegram_token"]
        settings.setdefault("webhook_secret", own["telegram_webhook_secret"])
        return settings
    return None


def _cloud_practice(settings: dict[str, str], own: OwnSecrets) -> dict[str, str] | None:
    if settings.keys() & {"access_token", "app_secret"}:
        return None
    unset = {
        "sender": own["whatsapp_sender"],
        "phone_number_id": own["whatsapp_sender"].removeprefix("+"),
        "verify_token": own["whatsapp_verify_token"],
    }
    return {**unset, **settings, "access_token": "practice", "app_secret": own["whatsapp_app_secret"]}


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise SecretsFileError(f"{path} is not JSON; mend it, or move it away to have new secrets") from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise SecretsFileError(f"{path} does not hold names and texts; move it away to have new secrets")
    return found


def _write(path: Path, content: Mapping[str, str]) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{FILE}.")  # only its owner may read it
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
