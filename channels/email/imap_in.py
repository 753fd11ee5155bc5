"""Reading a mailbox over IMAP: what is in the folder is new, and what is stored is moved to "Processed".

The way is: fetch, store, note the UID, move; a few mails are fetched, noted and moved together, each is stored by
itself. A crash anywhere in between leaves mails in the folder; they are taken again at the next start, and the ledger
knows them by their hash. The bookmark "UIDVALIDITY:UID" tells what was stored already, for the operator and for mail that
cannot be moved. "Unseen" means nothing here: people look into mailboxes.

imapclient is synchronous and IDLE waits for minutes, so each mailbox has a thread of its own, never one of the shared
pool; a socket pair wakes it when it shall stop.
"""

import asyncio
import concurrent.futures
import contextlib
import select
import socket
import threading
import time
from collections.abc import Collection, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from channels.contract import Inlet, StoreBusy
from channels.email.imap_mails import (
    Head,
    Login,
    Unreadable,
    connect,
    fetch,
    heads_of,
    portions,
    processed_in,
)
from channels.email.oauth import TokenRefusedError, Tokens
from channels.email.settings import MailboxSettings, Server
from tickets.message import Said

_LOOKED_AT = 200  # mails whose sizes are asked for at once
_STOP_WITHIN = 2.0  # seconds; a thread that is just connecting may take longer and then ends by itself

_T = TypeVar("_T")

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class ImapPace:
    """How long a mailbox's thread waits, in seconds."""

    first: float = 1.0  # after a first failure; doubled with each further one
    longest: float = 60.0
    refused: float = 300.0  # the password is wrong: a person has to act
    settle: float = 0.5  # the first IDLE after something happened
    idle: float = (
        20.0  # an IDLE is renewed after that: Dovecot now and then tells nothing of a second mail in a burst
    )

    def after(self, failures: int) -> float:
        return min(self.first * float(2 ** min(failures - 1, 20)), self.longest)


class _Stopped(Exception):  # noqa: N818
    """The listener is to stop."""


class ImapListener:
    """Fulfils Listener for one mailbox."""

    def __init__(
        self,
        settings: MailboxSettings,
        own_addresses: Collection[str],
        *,
        tokens: Tokens | None = None,
        pace: ImapPace | None = None,
    ) -> None:
        """`tokens`: needed where the mailbox is logged in to by OAuth2."""
        server = settings.imap_server
        if server is None:
            raise ValueError(f"{settings.account} has no imap URL.")
        self._settings = settings
        self._server = server
        self._own = frozenset({*own_addresses, settings.address})
        self._tokens = tokens
        self._pace = pace or ImapPace()

    async def listen(self, inlet: Inlet) -> None:
        loop = asyncio.get_running_loop()
        bridge = _Bridge(loop, inlet, self._settings.account, self._tokens)
        mailbox = _Mailbox(self._settings, self._server, self._own, self._pace, bridge)
        ended = asyncio.Event()

        def run() -> None:
            mailbox.run()
            with contextlib.suppress(RuntimeError):  # the loop may be gone already
                loop.call_soon_threadsafe(ended.set)

        threading.Thread(target=run, name=f"imap {self._settings.account}", daemon=True).start()
        try:
            await ended.wait()
        finally:
            bridge.stop()
            mailbox.hang_up()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), _STOP_WITHIN)


class _Bridge:
    """What a mailbox's thread may ask of the event loop, and how the loop stops it."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, inlet: Inlet, account: str, tokens: Tokens | None
    ) -> None:
        self._loop = loop
        self._tokens = tokens
        self._inlet = inlet
        self._account = account
        self._bookmark = f"imap:{account}"
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._asked: concurrent.futures.Future[Any] | None = None
        self._woken, self._waker = socket.socketpair()

    def stop(self) -> None:
        with self._lock:
            self._stopped.set()
            if self._asked is not None:
                self._asked.cancel()
        with contextlib.suppress(OSError):
            self._waker.send(b"!")

    def close(self) -> None:
        self._woken.close()
        self._waker.close()

    def check(self) -> None:
        if self._stopped.is_set():
            raise _Stopped

    def wait(self, seconds: float, watched: socket.socket | None = None) -> bool:
        """Wait; True if there is something to read on the watched socket. Raises _Stopped."""
        self.check()
        sockets = [self._woken] if watched is None else [self._woken, watched]
        ready, _, _ = select.select(sockets, [], [], seconds)
        self.check()
        return watched is not None and watched in ready

    def deliver(self, said: Said) -> None:
        self._ask(self._inlet.deliver(said))

    def keep(self, mail: Unreadable) -> None:
        self._ask(
            self._inlet.keep(account=self._account, event_id=mail.event_id, raw=mail.raw, error=mail.error)
        )

    def bookmark(self) -> str | None:
        return self._ask(self._inlet.bookmark(self._bookmark))

    def set_bookmark(self, value: str) -> None:
        self._ask(self._inlet.set_bookmark(self._bookmark, value))

    def token(self) -> str:
        """Return an access token. Raises what `Tokens.token` raises."""
        assert self._tokens is not None
        return self._ask(self._tokens.token())

    def spoil(self, token: str) -> None:
        assert self._tokens is not None
        self._loop.call_soon_threadsafe(self._tokens.spoil, token)

    def alive(self) -> None:
        self.check()
        self._loop.call_soon_threadsafe(self._inlet.alive, self._account)

    def _ask(self, question: Coroutine[Any, Any, _T]) -> _T:
        with self._lock:
            if self._stopped.is_set():
                question.close()
                raise _Stopped
            asked = asyncio.run_coroutine_threadsafe(question, self._loop)
            self._asked = asked
        try:
            return asked.result()
        except concurrent.futures.CancelledError:
            raise _Stopped from None
        finally:
            self._asked = None


class _Mailbox:
    """The thread: connects, takes what is there, waits for more, and begins anew after each failure."""

    def __init__(
        self,
        settings: MailboxSettings,
        server: Server,
        own_addresses: frozenset[str],
        pace: ImapPace,
        bridge: _Bridge,
    ) -> None:
        self._settings = settings
        self._server = server
        self._own = own_addresses
        self._pace = pace
        self._bridge = bridge
        self._login = Login(token=bridge.token, spoil=bridge.spoil)
        self._client: IMAPClient | None = None
        self._processed: str | None = None
        self._log = log.bind(account=settings.account)

    def run(self) -> None:
        failures = 0
        try:
            while True:
                started = time.monotonic()
                try:
                    self._session()
                except Exception as error:  # noqa: BLE001  the loop outlives every failure; a stop is one, too
                    self._bridge.check()
                    failures = 1 if time.monotonic() - started > self._pace.longest else failures + 1
                    self._bridge.wait(self._wait_after(error, failures))
        except _Stopped:
            self._log.info("imap.stopped")
        finally:
            self._bridge.close()

    def hang_up(self) -> None:
        """Called by the loop: end whatever the thread just waits for."""
        client = self._client
        if client is not None:
            with contextlib.suppress(OSError, AttributeError):
                client.socket().shutdown(socket.SHUT_RDWR)

    def _wait_after(self, error: Exception, failures: int) -> float:
        if isinstance(error, TokenRefusedError):  # said in full where it was refused
            self._log.warning("imap.no_token", wait=self._pace.refused)
            return self._pace.refused
        if isinstance(error, LoginError):
            self._log.warning("imap.login_refused", wait=self._pace.refused)
            return self._pace.refused
        wait = self._pace.after(failures)
        # The kind is enough: what servers say may repeat what we sent.
        self._log.warning("imap.interrupted", error=type(error).__name__, wait=wait)
        return wait

    def _session(self) -> None:
        self._bridge.check()
        client = self._client = connect(self._settings, self._server, self._login)
        try:
            self._bridge.check()
            self._serve(client)
        finally:
            self._client = None
            with contextlib.suppress(IMAPClientError, OSError):
                client.shutdown()

    def _serve(self, client: IMAPClient) -> None:
        validity = int(client.select_folder(self._server.folder)[b"UIDVALIDITY"])
        known = self._bridge.bookmark()
        if known is not None and known.partition(":")[0] != str(validity):
            self._log.warning("imap.renumbered", why="the server counts anew; the folder is read again")
        self._processed = self._processed_folder(client)
        idles = client.has_capability("IDLE")
        self._log.info("imap.listening", folder=self._server.folder, idle=idles)
        last = 0  # whatever is in the folder at the start was not moved, so it is taken again
        settled = False
        while True:
            self._bridge.alive()
            before = last
            last = self._take_all(client, validity, last)
            if idles:
                told = self._idle(client, self._pace.idle if settled else self._pace.settle)
                settled = not told and last == before
            else:
                self._bridge.wait(self._settings.poll_seconds)
                client.noop()

    def _idle(self, client: IMAPClient, seconds: float) -> bool:
        """Wait for the server to tell of something; whether it did.

        What it tells together with its consent to IDLE is read along with that and wakes nobody: `idle_done` hands it
        over. So the first IDLE after anything happened is a short one.
        """
        client.idle()
        ready = self._bridge.wait(seconds, client.socket())
        _, told = client.idle_done()
        return ready or bool(told)

    def _take_all(self, client: IMAPClient, validity: int, last: int) -> int:
        """Take what came after `last`, in order, until no more is announced; return the last UID taken."""
        announced = True
        while announced:
            client.noop()  # has the server look into the folder; a search alone need not
            _announced(client)
            uids = client.search(["UID", f"{last + 1}:*"])
            new = sorted(each for each in uids if each > last)  # "n:*" always names the newest as well
            for at in range(0, len(new), _LOOKED_AT):
                heads = heads_of(client, new[at : at + _LOOKED_AT])
                for portion in portions(heads, most=self._settings.max_bytes):
                    taken = self._take(client, portion)
                    self._bridge.set_bookmark(f"{validity}:{portion[-1].uid}")
                    self._move(client, taken)
            last = max([last, *new])
            announced = _announced(client)
        return last

    def _take(self, client: IMAPClient, portion: Sequence[Head]) -> list[int]:
        """Have mails stored, one after another; return the UIDs of those that were there still."""
        taken = []
        for uid, mail in fetch(client, portion, self._settings, self._own):
            if isinstance(mail, Unreadable):
                self._bridge.keep(mail)
            else:
                self._deliver(mail, uid)
            taken.append(uid)
            self._bridge.alive()
        return taken

    def _deliver(self, said: Said, uid: int) -> None:
        """Return once it is stored; those behind it wait."""
        failures = 0
        while True:
            try:
                self._bridge.deliver(said)
            except StoreBusy:
                failures += 1
                self._log.warning("imap.store_busy", uid=uid)
                self._bridge.wait(self._pace.after(failures))
            else:
                return

    def _processed_folder(self, client: IMAPClient) -> str | None:
        """Return the folder for what is stored, created if need be; None where the server refuses one."""
        try:
            name = processed_in(client)
            if not client.folder_exists(name):
                client.create_folder(name)
        except IMAPClientError as error:
            self._bridge.check()
            self._log.warning("imap.no_processed_folder", error=type(error).__name__)
            return None
        return name

    def _move(self, client: IMAPClient, uids: list[int]) -> None:
        if self._processed is None or not uids:
            return
        try:
            if client.has_capability("MOVE"):
                client.move(uids, self._processed)
            else:
                client.copy(uids, self._processed)
                client.delete_messages(uids)
                client.expunge(uids if client.has_capability("UIDPLUS") else None)
        except IMAPClientError as error:
            self._bridge.check()
            self._log.warning("imap.not_moved", uids=uids, error=type(error).__name__)
            client.noop()  # raises if the connection is what failed


def _announced(client: IMAPClient) -> bool:
    """Whether the server told of new mail since this was last asked.

    It tells each change once, with the answer to whatever was asked then; what it told before IDLE it does not tell
    in IDLE. imapclient offers no other way to see it.
    """
    _, told = client._imap.response("EXISTS")  # noqa: SLF001
    return bool(told != [None])
