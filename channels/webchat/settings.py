"""What one web chat needs of the house."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol

from channels.marks import Run, linked, runs
from tickets.message import Button


@dataclass(frozen=True, kw_only=True)
class ChatFile:
    name: str
    type: str
    url: str | None  # None: not there (yet)


@dataclass(frozen=True, kw_only=True)
class ChatLine:
    """One message as the visitor sees it."""

    id: int
    mine: bool
    text: str
    at: datetime
    who: str | None = None  # who answered; None: the desk itself
    buttons: tuple[tuple[Button, ...], ...] = ()
    files: tuple[ChatFile, ...] = ()
    mailbox: str | None = None  # that the visitor left with it
    unread: str | None = None  # of an answer that nobody has said to be read: by what it is named
    formatted: bool = False  # the text has marks

    @property
    def runs(self) -> tuple[Run, ...]:
        return linked(runs(self.text, formatted=self.formatted))


class Sleeper(Protocol):
    """Sleeps until something is new in the house, or until the time is up."""

    @property
    def over(self) -> bool:
        """Whether the house is closing."""

    async def sleep(self, seconds: float) -> object: ...

    def close(self) -> None: ...


History = Callable[[str, str], Awaitable[list[ChatLine]]]  # account, visitor → what was said, oldest first
Once = Callable[
    [str, str], Awaitable[bool]
]  # account, name → whether it comes for the first time, to any process


@dataclass(frozen=True, kw_only=True)
class WebChatSettings:
    account: str  # key of the desk's account, such as "itb-care-center/webchat"
    path: str  # last part of the page's address: the desk's slug
    name: str  # of the desk, as visitors read it
    language: str  # id, en: of who does not say which they prefer
    secret_key: str = field(repr=False)
    public_url: str = "http://127.0.0.1:8000"
    desk: str  # for which others vouch for visitors
    identity_secrets: tuple[str, ...] = field(default=(), repr=False)  # with which they do; none: nobody does
    identity_issuer: str | None = None  # who they must say to be; None: whoever knows the secret
    opens_at: Callable[[datetime], datetime | None] = lambda _now: (
        None
    )  # when the desk does; None: it is open
    by_mail: bool = False  # whether answers can go to a mailbox that a visitor leaves
    zone: tzinfo = UTC  # in which times are shown
    sites: tuple[str, ...] | None = None  # origins that may embed the widget beside our own; None: any
    intake: tuple[int, timedelta] | None = None  # messages of one visitor in a time, before 429
    longest_text: int = 4000  # characters
    most_files: int = 5
    max_file_bytes: int = 10 * 1024 * 1024

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def max_body_bytes(self) -> int:
        return self.most_files * self.max_file_bytes + 256 * 1024
