"""Who takes part in a made-up month, and what a conversation of it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.identity import Identity
from tickets.message import Author, Channel

AGENTS = ("budi@example.ac.id", "sari@example.ac.id", "dimas@example.ac.id", "ayu@example.ac.id")
AGENT_NAMES = {agent: agent.partition("@")[0].title() for agent in AGENTS}
DEVELOPERS = ("yoga@example.ac.id", "intan@example.ac.id", "farhan@example.ac.id")
SUPERVISOR = "rina@example.ac.id"
TEAM = "edunex"
MINUTE = timedelta(minutes=1)


class Action(StrEnum):
    REPLY = "reply"
    NOTE = "note"
    CATEGORISE = "categorise"
    ASSIGN = "assign"
    WAIT = "wait"
    ESCALATE = "escalate"
    CLOSE = "close"
    VERIFY = "verify"


@dataclass(frozen=True, kw_only=True)
class SampleContact:
    name: str
    address: str  # as the channel knows them: number, chat id, mailbox, visitor
    identity: Identity | None = None  # what they say of themselves in the conversation, if they do


@dataclass(frozen=True, kw_only=True)
class SampleTurn:
    at: datetime  # UTC
    who: Author
    text: str = ""
    agent: str | None = None  # staff id, of an agent's turn
    action: Action | None = None  # None: the contact says something
    value: str | None = None


@dataclass(frozen=True, kw_only=True)
class SampleConversation:
    channel: Channel
    contact: SampleContact
    turns: tuple[SampleTurn, ...]  # oldest first, at least one
    subject: str | None = None  # email
