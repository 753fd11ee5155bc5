"""The tables of the doors: accounts of people, their sessions, tokens of programs."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from tickets.ledger.types import Instant


class Account(SQLModel, table=True):
    """Somebody who can log in. A member of a desk's staff is found by the same email."""

    __tablename__ = "accounts"

    email: str = Field(primary_key=True)  # lower case
    name: str
    password: str | None = None  # argon2id
    admin: bool = False
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    disabled_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class LoginSession(SQLModel, table=True):
    """A logged-in browser; the cookie holds a random key whose hash is here."""

    __tablename__ = "sessions"

    key_hash: str = Field(primary_key=True)
    email: str = Field(index=True)
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    seen_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class Invitation(SQLModel, table=True):
    """A one-time link with which an account gets its password; the link holds a random key whose hash is here."""

    __tablename__ = "invitations"

    key_hash: str = Field(primary_key=True)
    email: str | None = None  # None: whoever comes first becomes the administrator
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    expires_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    used_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class ApiToken(SQLModel, table=True):
    """A program's key to the API; only its hash is kept."""

    __tablename__ = "api_tokens"

    token_hash: str = Field(primary_key=True)
    name: str
    role: str  # agent, supervisor, admin
    desk: str | None = None  # None: every desk
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    disabled_at: datetime | None = Field(default=None, sa_column=Column(Instant))
