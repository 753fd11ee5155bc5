"""Tags of tickets, and for which causes the rules have had their turns."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index
from sqlmodel import Field, SQLModel

from tickets.ledger.types import Instant


class TicketTag(SQLModel, table=True):
    """A tag that a ticket has now; who put it there and when stands in the history."""

    __tablename__ = "ticket_tags"
    __table_args__ = (Index("ix_ticket_tags_tag", "tag", "ticket"),)

    ticket: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    tag: str = Field(primary_key=True)


class RuleTurn(SQLModel, table=True):
    """A rule has had its turn for a cause: the key is why each cause starts a rule once, whoever tries again."""

    __tablename__ = "rule_turns"
    __table_args__ = (Index("ix_rule_turns_rule", "desk", "rule", "at"),)

    ticket: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    rule: str = Field(primary_key=True)
    cause: str = Field(primary_key=True)  # the event, or the event since which it has lasted
    desk: str
    at: datetime = Field(sa_column=Column(Instant, nullable=False))
