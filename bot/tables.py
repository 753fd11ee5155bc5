"""The tables of the conversation: what the bot expects of a contact, and where the agents' cards stand."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index
from sqlmodel import Field, SQLModel

from tickets.ledger.types import Instant, Json


class Dialogue(SQLModel, table=True):
    """What the bot asked a contact last, and how much it has said lately. Read and written under the address's lock."""

    __tablename__ = "dialogues"

    address: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    expects: str | None = None  # helped, identity, desk, topic, category
    data: Any = Field(default=None, sa_column=Column(Json))
    expires_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    said_since: datetime | None = Field(default=None, sa_column=Column(Instant))  # start of the counted hour
    said: int = 0  # automatic messages in that hour


class Topic(SQLModel, table=True):
    """The topic of a ticket in the agents' group, and the card in it."""

    __tablename__ = "topics"
    __table_args__ = (Index("ix_topics_place", "group", "thread"),)

    ticket: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    account: str
    group: str
    thread: str | None = None
    card: str | None = None  # external id of the card message
    open: bool = True  # as the group shows it
    opening: Any = Field(
        default=None, sa_column=Column(Json)
    )  # messages that stand below the card, each with its parcel


class GroupPlace(SQLModel, table=True):
    """What became of a Telegram group: where it is now, and why the bot cannot work in it."""

    __tablename__ = "group_places"

    account: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    moved_to: str | None = None
    barred: str | None = None  # None: it can
    barred_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class Draft(SQLModel, table=True):
    """An answer that has not left: a reply template that is shown first, or what collided with a colleague's answer."""

    __tablename__ = "drafts"

    ticket: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    staff: str = Field(primary_key=True)
    text: str
    template: str | None = None
    at: datetime = Field(sa_column=Column(Instant, nullable=False))
    held: Any = Field(
        default=None, sa_column=Column(Json)
    )  # of one that collided: its files, its place, what then


class Origin(SQLModel, table=True):
    """The message of an agent, where they wrote it, that became an answer: its delivery is shown there."""

    __tablename__ = "origins"
    __table_args__ = (Index("ix_origins_external", "external_id"),)

    message: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    account: str
    place: Any = Field(default=None, sa_column=Column(Json))  # address and thread
    external_id: str


class StaffPrompt(SQLModel, table=True):
    """What somebody of the desk was asked in a place: their next plain message there completes the command."""

    __tablename__ = "staff_prompts"

    staff: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    thread: str = Field(primary_key=True)  # empty where the place has none
    ticket: int | None = Field(default=None, sa_column=Column(BigInteger))
    verb: str
    begun: str  # what of the command has been said already
    expires_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class TeamPlace(SQLModel, table=True):
    """Where a second-line team sees a ticket: the topic in its own group, the thread of mails to its mailbox."""

    __tablename__ = "team_places"
    __table_args__ = (Index("ix_team_places_topic", "group", "thread"), Index("ix_team_places_mail", "mail"))

    ticket: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    team: str = Field(primary_key=True)
    account: str | None = None
    group: str | None = None
    thread: str | None = None
    card: str | None = None  # external id of the card message
    open: bool = True
    mail: str | None = None  # Message-ID of the first mail
