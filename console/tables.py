"""The tables of the doors: accounts of people, their sessions, tokens of programs, and what happened there."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index
from sqlmodel import Field, SQLModel

from tickets.ledger.types import Instant, Json


class Account(SQLModel, table=True):
    """Somebody who can log in. A member of a desk's staff is found by the same email."""

    __tablename__ = "accounts"

    email: str = Field(primary_key=True)  # lower case
    name: str
    password: str | None = None  # argon2id
    admin: bool = False
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    disabled_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    totp: str | None = None  # the second factor's secret, sealed with a key of the installation
    totp_step: int | None = Field(
        default=None, sa_column=Column(BigInteger)
    )  # of the last code; none up to it counts
    totp_at: datetime | None = Field(
        default=None, sa_column=Column(Instant)
    )  # since when there is a second factor
    language: str | None = None  # of the pages, where they have chosen one
    undo_seconds: int | None = None  # for which they want to undo answers; None: as the desk has it
    subject: str | None = None  # who they are at the provider of single sign-on, once they came by it


class SignOnAnswer(SQLModel, table=True):
    """An answer of the provider of single sign-on, so that it is taken once; only a hash of its state is kept."""

    __tablename__ = "sign_on_answers"

    state_hash: str = Field(primary_key=True)
    at: datetime = Field(sa_column=Column(Instant, nullable=False))


class RecoveryCode(SQLModel, table=True):
    """A code that stands in once for a lost second factor; only its hash is kept."""

    __tablename__ = "recovery_codes"

    code_hash: str = Field(primary_key=True)
    email: str = Field(index=True)
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    used_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class LoginSession(SQLModel, table=True):
    """A logged-in browser; the cookie holds a random key whose hash is here."""

    __tablename__ = "sessions"

    key_hash: str = Field(primary_key=True)
    email: str = Field(index=True)
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    seen_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    place: str = ""  # network address from which it was begun
    browser: str = ""  # as it calls itself
    way: str = "password"  # password, link, sso


class Throttle(SQLModel, table=True):
    """How often something was tried at the doors lately, by a hash of what is counted."""

    __tablename__ = "throttles"

    key_hash: str = Field(primary_key=True)
    began_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    tries: int


class TrailEntry(SQLModel, table=True):
    """Something that happened at the doors: a log in, an export, a change of who may enter."""

    __tablename__ = "trail"
    __table_args__ = (
        Index("ix_trail_at", "at", "id"),
        Index("ix_trail_kind", "kind", "id"),
        Index("ix_trail_who", "who", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_column=Column(Instant, nullable=False))
    kind: str
    who: str  # a mailbox, `api:<token>`, `terminal`; of a refused log in what was typed
    desk: str | None = None
    place: str = ""  # network address
    browser: str = ""
    data: Any = Field(default=None, sa_column=Column(Json))


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
    role: str  # viewer, agent, supervisor, admin
    desk: str | None = None  # None: every desk
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    disabled_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    scopes: Any = Field(
        default=None, sa_column=Column(Json)
    )  # list of `group:read` and `group:write`; None: all
    expires_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    last_used_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    made_by: str | None = None  # a mailbox, `terminal`
    begins: str | None = None  # its first letters, by which its owner knows it again
