"""Where this installation lives and listens: the only reader of the environment.

Everything has a default with which the service runs on a fresh machine. Variables begin with `TANGGAP_`; a file `.env`
in the current folder is read too, and the environment wins over it. What desk files call `${NAME}` stands in the same
two places and is handed on as `Settings.environment`. `.env.example` lists all of them.
"""

import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

import bot
from bot import files_place
from channels.clamav import ClamdAddress, read_address
from console.sso.settings import MAILBOX, SingleSignOn, is_issuer
from tickets.desk import SecondFactor
from tickets.ledger.database import normalise_url
from tickets.ledger.depot.bucket import BucketAddress

PREFIX = "TANGGAP_"
DOTENV = Path(".env")
DESKS = Path("desks")
_SHORTEST_KEY = 32
_PACKAGE = Path(bot.__file__).parent


class SettingsError(Exception):
    """A variable is set to something that cannot be; the sentence names it and what is expected."""


class LogFormat(StrEnum):
    CONSOLE = "console"
    JSON = "json"


class SmtpProtocol(StrEnum):
    SMTP = "smtp"
    LMTP = "lmtp"


def _database(url: str) -> str:
    try:
        normalise_url(url)
    except Exception as error:  # whatever SQLAlchemy makes of it, it may repeat the password
        raise ValueError from error
    return url


def _web_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError
    _ = parts.port  # raises ValueError where it is none
    return url.rstrip("/")


def _issuer(url: str) -> str:
    if not is_issuer(url):
        raise ValueError
    return url


def _clamd(given: object) -> object:
    return read_address(given) if isinstance(given, str) else given


def _hosts(given: object) -> object:
    """Read hosts separated by commas, each with or without its port."""
    if not isinstance(given, str):
        return given
    hosts = frozenset(host.strip().lower() for host in given.split(",") if host.strip())
    if not all(re.fullmatch(r"\[?[a-z0-9.:_-]+\]?", host) for host in hosts):
        raise ValueError
    return hosts


Port = Annotated[int, Field(ge=1, le=65535)]
Host = Annotated[str, Field(min_length=1, max_length=253, pattern=r"^[A-Za-z0-9.:_-]+$")]


class Settings(BaseSettings):
    """The settings of one process. Make it with `load_settings`, which says clearly what is wrong."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=DOTENV,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    data_dir: Path = Path("var")
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        default_factory=lambda read: f"sqlite:///{read.get('data_dir', Path('var'))}/tanggap.db", repr=False
    )
    desks: Path = DESKS
    http_host: Host = "127.0.0.1"
    http_port: Port = 8000
    watch_port: Port | None = None
    public_url: Annotated[str, AfterValidator(_web_url)] = Field(
        default_factory=lambda read: http_url(read.get("http_host", "127.0.0.1"), read.get("http_port", 8000))
    )
    smtp_host: Host = "127.0.0.1"
    smtp_port: Port = 8025
    smtp_protocol: SmtpProtocol = SmtpProtocol.SMTP
    smtp_proxied: bool = False
    smtp_certificate: Path | None = None
    smtp_key: Path | None = Field(default=None, validate_default=True)
    api_token: SecretStr | None = None
    secret_key: SecretStr | None = None
    second_factor: SecondFactor = SecondFactor.NOBODY
    oidc_issuer: Annotated[str, AfterValidator(_issuer)] | None = None
    oidc_client_id: str | None = Field(default=None, validate_default=True)
    oidc_client_secret: SecretStr | None = None
    oidc_name: Annotated[str, Field(min_length=1, max_length=40)] = "SSO"
    oidc_scopes: Annotated[str, Field(pattern=r"^(.* )?openid( .*)?$")] = "openid email profile"
    oidc_claim: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:/-]{1,100}$")] = MAILBOX
    oidc_trusts_mailboxes: bool = False
    blobs_url: Annotated[str, AfterValidator(files_place.checked)] | None = None
    blobs_endpoint: Annotated[str, AfterValidator(_web_url)] | None = None
    blobs_region: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")] = files_place.REGION
    blobs_key_id: Annotated[str, Field(min_length=1)] | None = Field(default=None, validate_default=True)
    blobs_secret: SecretStr | None = Field(default=None, validate_default=True)
    clamav: Annotated[ClamdAddress | None, NoDecode, BeforeValidator(_clamd)] = None
    log_format: LogFormat = LogFormat.CONSOLE
    hook_hosts: Annotated[frozenset[str], NoDecode, BeforeValidator(_hosts)] = frozenset()

    @field_validator("smtp_key")
    @classmethod
    def _beside_its_certificate(cls, key: Path | None, read: ValidationInfo) -> Path | None:
        if (key is None) is not (read.data.get("smtp_certificate") is None):
            raise ValueError
        return key

    @field_validator("blobs_key_id", "blobs_secret")
    @classmethod
    def _beside_its_bucket(cls, key: str | SecretStr | None, read: ValidationInfo) -> str | SecretStr | None:
        if key is None and files_place.is_bucket(read.data.get("blobs_url")):
            raise ValueError
        return key

    @field_validator("oidc_client_id")
    @classmethod
    def _beside_its_issuer(cls, client: str | None, read: ValidationInfo) -> str | None:
        if "oidc_issuer" in read.data and (client is None) is not (read.data["oidc_issuer"] is None):
            raise ValueError
        return client

    @property
    def single_sign_on(self) -> SingleSignOn | None:
        """The provider by which people log in; None: there is none."""
        if self.oidc_issuer is None or self.oidc_client_id is None:
            return None
        secret = self.oidc_client_secret
        return SingleSignOn(
            issuer=self.oidc_issuer, client_id=self.oidc_client_id, name=self.oidc_name, scopes=self.oidc_scopes,
            client_secret=secret.get_secret_value() if secret else None, claim=self.oidc_claim,
            trusts_mailboxes=self.oidc_trusts_mailboxes,
        )  # fmt: skip

    @cached_property
    def environment(self) -> Mapping[str, str]:
        """The variables that desk files may name: the environment over `.env`, without those of the installation.

        A supervisor who may write an address could otherwise send the installation's own secrets to it.
        """
        return {name: value for name, value in _environment().items() if not name.startswith(PREFIX)}

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def files(self) -> Path:
        """The folder of attachments; where they are in a bucket, that of files in the making."""
        if self.blobs_url is None or files_place.is_bucket(self.blobs_url):
            return self.data_dir / "files"
        return files_place.folder(self.blobs_url)

    @property
    def bucket(self) -> BucketAddress | None:
        """The bucket of attachments; None: they lie in the folder."""
        return self.bucket_at(self.blobs_url) if files_place.is_bucket(self.blobs_url) else None

    def bucket_at(self, url: str | None) -> BucketAddress | None:
        """Return a bucket as it is reached with the endpoint and the key that are set; None: no key is."""
        if url is None or self.blobs_key_id is None or self.blobs_secret is None:
            return None
        bucket, prefix = files_place.bucket_and_prefix(url)
        return BucketAddress(
            bucket=bucket, prefix=prefix, region=self.blobs_region, key_id=self.blobs_key_id,
            secret=self.blobs_secret.get_secret_value(),
            endpoint=self.blobs_endpoint or files_place.amazon(self.blobs_region),
        )  # fmt: skip

    @property
    def search_index(self) -> Path:
        """The file of the search index on SQLite; it may be thrown away at any time."""
        return self.data_dir / "search.db"

    @property
    def local_url(self) -> str:
        """Where this machine itself reaches the HTTP server."""
        return http_url(self.http_host, self.http_port)

    @property
    def desks_folder(self) -> Path:
        """The folder of the desks: the one that is set, or `desks` here, or else those that came with the program."""
        if self.desks != DESKS or self.desks.is_dir():
            return self.desks
        shipped = _PACKAGE / "shipped_desks"  # an installed wheel; a working copy has them beside the package
        return shipped if shipped.is_dir() else _PACKAGE.parent / "desks"

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is set, and allowed, but hardly meant."""
        return (*_misspelt(_environment()), *self._weak())

    def _weak(self) -> list[str]:
        weak = []
        if self.secret_key and len(self.secret_key.get_secret_value()) < _SHORTEST_KEY:
            weak.append(f"{PREFIX}SECRET_KEY is short; take at least {_SHORTEST_KEY} random characters.")
        if self.api_token and len(self.api_token.get_secret_value()) < _SHORTEST_KEY:
            weak.append(f"{PREFIX}API_TOKEN is short; take at least {_SHORTEST_KEY} random characters.")
        return weak


_EXPECTED = {
    "data_dir": "a folder, such as var",
    "database_url": "sqlite:///path or postgresql://user:password@host/database",
    "desks": "a folder, such as desks",
    "http_host": "a host to listen on, such as 127.0.0.1",
    "http_port": "a port from 1 to 65535",
    "watch_port": "a port from 1 to 65535",
    "public_url": "the address under which others reach this, such as https://desk.example.ac.id",
    "smtp_host": "a host to listen on, such as 127.0.0.1",
    "smtp_port": "a port from 1 to 65535",
    "smtp_protocol": "smtp or lmtp",
    "smtp_proxied": "true or false",
    "smtp_certificate": "a file in PEM, beside TANGGAP_SMTP_KEY",
    "smtp_key": "a file in PEM, beside TANGGAP_SMTP_CERTIFICATE",
    "api_token": "a long random text",
    "secret_key": "a long random text",
    "oidc_issuer": "the provider's issuer as it calls itself, such as https://login.example.ac.id/realms/campus",
    "oidc_client_id": "the client's id, beside TANGGAP_OIDC_ISSUER",
    "oidc_client_secret": "the client's secret",
    "oidc_name": "how people call the provider, such as SSO ITB",
    "oidc_scopes": "scopes with openid among them, such as openid email profile",
    "oidc_claim": "the name of a claim, such as email",
    "oidc_trusts_mailboxes": "true or false",
    "second_factor": "nobody, administrators, supervisors or everybody",
    "blobs_url": "a folder such as file:///srv/tanggap/files, or s3://bucket/prefix",
    "blobs_endpoint": "where the storage answers, such as https://s3.example.ac.id",
    "blobs_region": "the storage's region, such as us-east-1",
    "blobs_key_id": "the id of an access key to the bucket of TANGGAP_BLOBS_URL",
    "blobs_secret": "the secret of TANGGAP_BLOBS_KEY_ID",
    "clamav": "host:port, or the absolute path of a socket",
    "log_format": "console or json",
    "hook_hosts": "hosts separated by commas, such as tracker.local, 10.0.0.5:8080",
}
_FOLLOWS = "default_factory_not_called"
_SECRET = frozenset(
    {
        "database_url",
        "api_token",
        "secret_key",
        "blobs_url",
        "blobs_key_id",
        "blobs_secret",
        "oidc_client_secret",
    }
)  # may hold what nobody may read


def load_settings() -> Settings:
    """Read the settings. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        sentences = [
            _sentence(str(one["loc"][0]), one["input"])
            for one in error.errors(include_url=False)
            if one["type"] != _FOLLOWS  # a default that is made of the one that is wrong
        ]
    except UnicodeDecodeError:
        sentences = [f"{DOTENV} is not a text in UTF-8."]
    except OSError as error:
        sentences = [f"{DOTENV} cannot be read: {error.strerror}."]
    raise SettingsError(" ".join(sentences))


def http_url(host: str, port: int) -> str:
    """Return the URL of a server on this host; one that listens everywhere is reached on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  read, not bound
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _sentence(name: str, value: object) -> str:
    shown = "" if name in _SECRET else f', not "{str(value)[:60]}"'
    return f"{PREFIX}{name.upper()}: expected {_EXPECTED[name]}{shown}."


def _environment() -> dict[str, str]:
    written = dotenv_values(DOTENV, encoding="utf-8") if DOTENV.is_file() else {}
    return {name: value for name, value in written.items() if value is not None} | dict(os.environ)


def _misspelt(environment: Mapping[str, str]) -> list[str]:
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    found = []
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=1)
            found.append(f"{name} is no setting" + (f"; did you mean {near[0]}?" if near else "."))
    return found
