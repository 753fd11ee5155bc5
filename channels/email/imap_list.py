"""A mailbox as a list of what came in: its folders, the inbox and what was stored, whoever has read in them.

What the ledger knows by its Message-ID is left where it is; the heads of the others, and of those that have none, are
enough to find them again. What came in by SMTP is in no folder: its sender's server brings it until it is taken.
"""

import asyncio
import contextlib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from channels.contract import Deferred, Listed, RefusedByProvider, Taking
from channels.email.imap_mails import Login, Unreadable, aware, connect, fetch, heads_of, processed_in
from channels.email.oauth import TokenRefusedError, Tokens
from channels.email.settings import MailboxSettings
from tickets.message import Said

T = TypeVar("T")
A_DAY = timedelta(days=1)
_HEADS = 200  # that are asked for at once
_HEAD = b"BODY[HEADER.FIELDS (MESSAGE-ID)]"
_MESSAGE_ID = re.compile(rb"<[^<>\s]+>")


class ImapList:
    """Fulfils ListsIncoming for one mailbox."""

    def __init__(
        self, settings: MailboxSettings, own_addresses: Collection[str], *, tokens: Tokens | None = None
    ) -> None:
        """`tokens`: needed where the mailbox is logged in to by OAuth2."""
        self._settings = settings
        self._own = frozenset({*own_addresses, settings.address})
        self._tokens = tokens

    async def came_in(self, *, since: datetime, until: datetime) -> Sequence[Listed]:
        login = await self._login()
        return await _in_a_thread(lambda: self._listed(login, since, until))

    async def bring(self, listed: Sequence[Listed], inlet: Taking) -> Collection[Listed]:
        login = await self._login()
        brought = []
        for each in listed:  # one at a time: mails may be large
            found = await _in_a_thread(partial(self._fetched, login, each))
            if found is None:
                continue
            if isinstance(found, Unreadable):
                await inlet.keep(
                    account=self._settings.account, event_id=found.event_id, raw=found.raw, error=found.error
                )
            else:
                await inlet.deliver(found)
            brought.append(each)
        return brought

    async def _login(self) -> Login:
        if self._tokens is None:
            return Login(token=str, spoil=lambda _token: None)
        try:
            token = await self._tokens.token()
        except TokenRefusedError as error:
            raise RefusedByProvider(str(error), account_broken=True) from error
        return Login(token=lambda: token, spoil=self._tokens.spoil)

    @contextmanager
    def _open(self, login: Login) -> Iterator[IMAPClient]:
        server = self._settings.imap_server
        assert server is not None
        client = connect(self._settings, server, login)
        try:
            yield client
        finally:
            with contextlib.suppress(IMAPClientError, OSError):
                client.logout()

    def _listed(self, login: Login, since: datetime, until: datetime) -> list[Listed]:
        server = self._settings.imap_server
        assert server is not None
        with self._open(login) as client:
            folders = [each for each in (server.folder, processed_in(client)) if client.folder_exists(each)]
            found = [each for folder in folders for each in _in_folder(client, folder, since, until)]
        return [listed for _, listed in sorted(found, key=lambda pair: pair[0])]

    def _fetched(self, login: Login, listed: Listed) -> Said | Unreadable | None:
        uid, _, folder = listed.handle.partition(" ")
        with self._open(login) as client:
            client.select_folder(folder, readonly=True)
            found = fetch(client, heads_of(client, [int(uid)]), self._settings, self._own)
            return next((mail for _, mail in found), None)


def _in_folder(
    client: IMAPClient, folder: str, since: datetime, until: datetime
) -> Iterator[tuple[datetime, Listed]]:
    client.select_folder(folder, readonly=True)
    # A day more: servers compare the date alone, each in a zone of its own.
    uids = client.search(["SINCE", (since - A_DAY).date()])
    for start in range(0, len(uids), _HEADS):
        heads = client.fetch(
            uids[start : start + _HEADS], ["INTERNALDATE", "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"]
        )
        for uid, head in heads.items():
            came_at = aware(head[b"INTERNALDATE"])
            if since <= came_at < until:
                named = _MESSAGE_ID.search(head.get(_HEAD, b""))
                message_id = named[0].decode("utf-8", "replace") if named else None
                yield came_at, Listed(external_id=message_id, handle=f"{uid} {folder}")


async def _in_a_thread(call: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(call)
    except LoginError as error:
        raise RefusedByProvider("Kotak surat menolak kata sandinya.", account_broken=True) from error
    except (IMAPClientError, OSError) as error:
        raise Deferred(f"Kotak surat tidak dapat dibaca ({type(error).__name__}).") from error
