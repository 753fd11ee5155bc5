"""What an adapter is, written against four channels at once.

Every adapter sends (`Sender`). What only some can do stands in small Protocols of its own, and the wiring asks which
of them an adapter fulfils (`isinstance`): listening in a loop, webhook routes, fetching media, topics, receipts on the
agent's message, reconciling. An adapter is handed an `Inlet`; that is all it may do to the house.

Two errors say everything that the delivery worker must know, and both mean *surely not sent*: `Deferred` and
`RefusedByProvider`. Any other exception means that the outcome is unknown.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from starlette.routing import BaseRoute

from tickets.message import (
    Delivery,
    File,
    Heard,
    ListedTemplate,
    Outgoing,
    Place,
    Refusal,
    Sent,
    TemplateState,
)


class ChannelError(Exception):
    """A channel could not do what it was asked."""


class Deferred(ChannelError):  # noqa: N818  the word of the contract
    """Surely not sent, but it may go later: throttled, unreachable, not connected."""

    def __init__(self, reason: str, *, wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait  # what the provider asks for, if it does


class Throttled(Deferred):
    """The provider asks for a pause before anything else goes to this place; `wait` says how long, if it does."""


class RefusedByProvider(ChannelError):  # noqa: N818
    """Surely not sent, and it never will be like this: blocked, unknown address, closed window."""

    def __init__(
        self,
        reason: str,
        *,
        code: str | None = None,
        account_broken: bool = False,
        why: Refusal | None = None,
        template_is: TemplateState | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason  # the sentence an agent reads
        self.code = code  # the provider's own
        self.account_broken = (
            account_broken  # a mistake in the account's set-up: nothing will pass until it is mended
        )
        self.why = why
        self.template_is = template_is  # what the provider says of the template by it


class FileTooLarge(RefusedByProvider):
    """A contact's file is larger than may be fetched; a smaller one would do."""

    def __init__(self, reason: str, *, limit: int) -> None:
        super().__init__(reason, code="too_large")
        self.limit = limit  # bytes


class ThreadGone(RefusedByProvider):
    """The topic was deleted; whoever needs it makes it again."""


class ThreadClosed(RefusedByProvider):
    """The topic is closed to the bot; whoever writes into it opens it again."""


class PlaceBarred(RefusedByProvider):
    """The bot lost its place in a group, or a right it needs there: what is to go there waits until it is back."""


class PlaceMoved(RefusedByProvider):
    """The group has another address."""

    def __init__(self, *, before: str, after: str) -> None:
        super().__init__(f"Grup ini sekarang beralamat {after}.", code="400")
        self.before = before
        self.after = after


class StoreBusy(ChannelError):  # noqa: N818
    """`Inlet.deliver` could not store the message now: the provider shall bring it again (451, 503)."""


class Taking(Protocol):
    """Takes what an adapter heard."""

    async def deliver(self, heard: Heard) -> None:
        """Store what was heard; returns once it is committed (or was there already).

        Raises StoreBusy. Only after the return may the provider be told that we have it.
        """

    async def keep(self, *, account: str, event_id: str, raw: bytes, error: str) -> None:
        """Keep something that could not be parsed: raw, visible, to be replayed. Idempotent by (account, event_id)."""


class Inlet(Taking, Protocol):
    """What an adapter may do to the house."""

    def refuse(self, *, account: str, reason: str) -> None:
        """Count something that was turned away at the door (wrong signature or secret). Nothing of it is stored.

        `reason` is a short fixed word such as `signature`, never anything that came from outside.
        """

    def alive(self, account: str) -> None:
        """Beat the heart of a listener's loop: it could reach its provider just now."""

    async def bookmark(self, name: str) -> str | None:
        """Read what `set_bookmark` last stored under this name."""

    async def set_bookmark(self, name: str, value: str) -> None:
        """Store how far a listener has come (an IMAP UID cursor, a Telegram offset). After `deliver`, not before."""


@runtime_checkable
class Sender(Protocol):
    async def send(self, outgoing: Outgoing) -> Sent:
        """Send one thing. Raises Deferred or RefusedByProvider; anything else is an unknown outcome."""


@runtime_checkable
class Listener(Protocol):
    """Listens in a loop of its own, one owner at a time (polling, a mailbox)."""

    async def listen(self, inlet: Inlet) -> None:
        """Run until cancelled; reconnects by itself, and says `inlet.alive(account)` at least once a minute while healthy."""


@runtime_checkable
class Routed(Protocol):
    """Is reached by HTTP."""

    def routes(self, inlet: Inlet) -> Sequence[BaseRoute]: ...


@runtime_checkable
class MediaSource(Protocol):
    """Has files to be fetched after the message was stored."""

    async def fetch(self, reference: str) -> File:
        """Return the file with its content. Raises Deferred (try later) or RefusedByProvider (it is gone, too big)."""


@runtime_checkable
class PicksFiles(Protocol):
    """Takes some kinds of files alone, up to some size."""

    def takes(self, file: File) -> bool:
        """Whether a file can go; one that cannot would have the whole message refused."""


@runtime_checkable
class Topics(Protocol):
    """Has a group for agents in which each ticket is a thread of its own."""

    async def open_topic(self, group: str, name: str) -> str:
        """Create a topic in the group; returns the thread id. Errors as in `send`."""

    async def rename_topic(self, group: str, thread: str, name: str) -> None: ...

    async def close_topic(self, group: str, thread: str) -> None: ...

    async def reopen_topic(self, group: str, thread: str) -> None: ...


@runtime_checkable
class Reacting(Protocol):
    async def react(self, place: Place, external_id: str, emoji: str | None) -> None:
        """Set (or with None remove) our one reaction on a message. Errors as in `send`."""


@runtime_checkable
class ShowsRead(Protocol):
    async def mark_read(self, external_id: str) -> None:
        """Let the contact see that this message of theirs, and those before it, were read. Errors as in `send`."""


@runtime_checkable
class TakesBack(Protocol):
    async def take_back(self, external_ids: Sequence[str]) -> None:
        """Take what we sent away from the other side; what is gone already counts as taken back. Errors as in `send`."""


@runtime_checkable
class AmendsPieces(Protocol):
    async def amend(
        self, external_ids: Sequence[str], outgoing: Outgoing, *, files: int = 0
    ) -> Sequence[str]:
        """Let what we sent say something else, in however many messages it left, `files` of them without words.

        Returns the ids that still stand; messages that are needed no more are deleted. Errors as in `send`.
        """


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a provider's list says of a message whose outcome we do not know."""

    external_id: str
    state: Delivery
    error_code: str | None = None
    error: str | None = None


@runtime_checkable
class Reconciling(Protocol):
    async def find(
        self, outgoing: Outgoing, *, tried_at: datetime, known: Collection[str] = ()
    ) -> Found | None:
        """Look the message up at the provider. None: the provider surely does not have it.

        `known` are the provider's ids of everything else that its recipient was sent, so that equal words are no doubt.
        `tried_at` is by our clock, which may have been wrong.
        """


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One thing that came in, as a provider's list has it."""

    external_id: str | None  # as the ledger would know it by
    handle: str  # by which the adapter finds it again


@runtime_checkable
class ListsIncoming(Protocol):
    """Can say afterwards what came in, whether or not it was brought to us."""

    async def came_in(self, *, since: datetime, until: datetime) -> Sequence[Listed]:
        """List what contacts wrote between two instants, oldest first. Raises Deferred or RefusedByProvider."""

    async def bring(self, listed: Sequence[Listed], inlet: Taking) -> Collection[Listed]:
        """Hand these to the inlet, as if they came in now; those that the inlet has. Raises as above, and StoreBusy."""


@runtime_checkable
class TemplateSource(Protocol):
    """Has approved templates: what may be sent where free text may not."""

    async def templates(self) -> Sequence[ListedTemplate]:
        """Return every template of the account, whatever its state. Raises Deferred or RefusedByProvider."""


@dataclass(frozen=True, kw_only=True)
class CommandMenu:
    """The commands that people are offered when they type a slash."""

    group: str | None  # the agents' group; None: in everybody's own chat with the bot
    language: str | None  # of those whose app speaks it; None: of everybody else
    commands: tuple[tuple[str, str], ...]  # name and purpose


@runtime_checkable
class ShowsCommands(Protocol):
    async def show_commands(self, menu: CommandMenu) -> None:
        """Have the provider offer these commands, unless it does so already. Errors as in `send`."""


@runtime_checkable
class Closable(Protocol):
    async def aclose(self) -> None: ...
