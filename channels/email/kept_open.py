"""Connections to a relay, kept open for what leaves within the next moments.

To greet a relay, agree with it on a key and tell it a password takes several times as long as to give it a mail.
"""

import asyncio
from dataclasses import dataclass, field

from aiosmtplib import SMTP, SMTPException

_SECONDS = 4.0  # Postfix, when it is busy, gives up a client after 10
_MOST = 16  # half of what is sent side by side; relays count them, and Postfix takes 50 of one client
_MOST_MAILS = 50  # of one connection; some relays want a new one after so many


@dataclass(eq=False, kw_only=True)
class Connection:
    client: SMTP
    mails: int = 0  # that it has brought
    parting: asyncio.TimerHandle | None = None


@dataclass(kw_only=True)
class KeptOpen:
    """Of one relay."""

    seconds: float = _SECONDS  # without a mail, after which one is parted with
    _idle: list[Connection] = field(default_factory=list)
    _parted: set[asyncio.Task[None]] = field(default_factory=set)

    def take(self) -> Connection | None:
        """Return the one that was used last, if it is open still; nobody else has it until it is kept again."""
        while self._idle:
            connection = self._idle.pop()
            if connection.parting is not None:
                connection.parting.cancel()
            if connection.client.is_connected:
                return connection
            connection.client.close()
        return None

    def keep(self, connection: Connection) -> None:
        """Keep one that has just brought a mail, or say goodbye to it."""
        connection.mails += 1
        if connection.mails >= _MOST_MAILS or len(self._idle) >= _MOST:
            self._part(connection)
            return
        self._idle.append(connection)
        connection.parting = asyncio.get_running_loop().call_later(self.seconds, self._give_up, connection)

    async def aclose(self) -> None:
        while (connection := self.take()) is not None:
            self._part(connection)
        if self._parted:
            await asyncio.wait(self._parted)

    def _give_up(self, connection: Connection) -> None:
        self._idle.remove(connection)
        self._part(connection)

    def _part(self, connection: Connection) -> None:
        task = asyncio.create_task(_goodbye(connection.client))
        self._parted.add(task)
        task.add_done_callback(self._parted.discard)


async def _goodbye(client: SMTP) -> None:
    """Part as one should; its mails are taken, so no failure here matters."""
    try:
        await client.quit(timeout=2)
    except (SMTPException, OSError, TimeoutError):
        return
    finally:
        client.close()
