"""One house on PostgreSQL in several processes behind a balancer, and contacts who write to it as their providers do."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import aiosmtplib
import httpx
import psycopg

from tests.acceptance.office import Office, mail_from, open_office
from tests.acceptance.service import SLUG, Service
from tests.standins.balancer import Balancer, balancing

PUBLIC_URL = "http://desk.test"  # what providers sign for, whichever process they reach
_AGAIN = 0.3  # seconds until a provider brings again what was not taken
_BETWEEN = 0.2  # seconds from one message to the next, where they write until enough is written
_HOLDERS = (
    "SELECT DISTINCT split_part(a.application_name, '/', 4)::int FROM pg_locks l"
    " JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2"
    " AND a.datname = current_database() AND a.application_name LIKE 'tanggap/%'"
)


@dataclass(kw_only=True)
class Branches:
    """The processes, and the two doors of the balancer before them."""

    office: Office
    webs: Sequence[Service]
    workers: Sequence[Service]
    http: Balancer
    smtp: Balancer

    @property
    def all(self) -> Sequence[Service]:
        return (*self.webs, *self.workers)

    def holder(self) -> Service | None:
        """Return the process that holds the loops which only one may run, as the database knows it."""
        url = self.webs[0].database_url
        assert url is not None
        with psycopg.connect(url) as connection:
            pids = {pid for (pid,) in connection.execute(_HOLDERS)}
        return next((each for each in self.workers if each.is_running and each.pid in pids), None)

    async def is_stored_once(self, external_id: str) -> bool:
        """Whether there is one such message in the ledger, as the API tells."""
        answer = await self.webs[0].http.get("/api/v1/messages", params={"external_id": external_id})
        return len(answer.json()["items"]) == 1

    async def close(self) -> None:
        for each in self.all:
            await each.close()


@asynccontextmanager
async def open_branches(folder: Path, *, database_url: str) -> AsyncIterator[Branches]:
    """Open a house with two processes for the web and two that work, each ready."""
    async with AsyncExitStack() as stack:
        office = await stack.enter_async_context(
            open_office(folder, database_url=database_url, started=False)
        )
        first = office.service
        first.secrets = {**first.secrets, "TANGGAP_PUBLIC_URL": PUBLIC_URL}
        first.roles = "web"
        webs = [first, first.second_process(roles="web")]
        workers = [first.second_process(roles="workers") for _ in range(2)]
        branches = Branches(
            office=office, webs=webs, workers=workers,
            http=await stack.enter_async_context(balancing(*(each.http_port for each in webs))),
            smtp=await stack.enter_async_context(balancing(*(each.smtp_port for each in webs))),
        )  # fmt: skip
        stack.push_async_callback(branches.close)
        await asyncio.gather(*(each.start() for each in branches.all))
        yield branches


@dataclass(kw_only=True)
class Contacts:
    """Write through the balancer, one after the other, until each message is taken; now and then one comes twice."""

    branches: Branches
    taken: dict[str, str] = field(default_factory=dict)  # who wrote it, by the provider's name of the message
    tries: int = 0
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def write(self, messages: int) -> None:
        for _ in range(messages):
            await self._one(next(self._numbers))

    async def write_until(self, enough: asyncio.Event) -> None:
        while not enough.is_set():
            await self._one(next(self._numbers))
            await asyncio.sleep(_BETWEEN)

    async def _one(self, number: int) -> None:
        bring = self._by_mail if number % 3 == 0 else self._by_whatsapp
        for _ in range(2 if number % 5 == 0 else 1):
            while not await bring(number):
                await asyncio.sleep(_AGAIN)

    async def _by_whatsapp(self, number: int) -> bool:
        contact, sid = f"+62811{number:06}", f"SM{number:032}"
        form = self.branches.office.twilio.webhook(
            From=f"whatsapp:{contact}", Body=f"Ada yang aneh, pesan {number}.", MessageSid=sid
        )
        path = f"/channels/whatsapp/{SLUG}"
        signed = self.branches.office.twilio.sign(f"{PUBLIC_URL}{path}", form)
        self.tries += 1
        with suppress(httpx.TransportError):
            async with httpx.AsyncClient(trust_env=False, timeout=15) as http:  # a connection of its own
                answer = await http.post(
                    f"http://127.0.0.1:{self.branches.http.port}{path}",
                    data=form,
                    headers={"X-Twilio-Signature": signed},
                )
            assert answer.status_code in {200, 503}, answer.text
            if answer.status_code == 200:
                self.taken[sid] = contact
                return True
        return False

    async def _by_mail(self, number: int) -> bool:
        address = f"ana-{number}@example.com"
        mail = mail_from(address, f"Ada yang aneh pada surat {number}.")
        mail.replace_header("Message-ID", f"<{number}@example.com>")
        self.tries += 1
        with suppress(aiosmtplib.SMTPException, OSError):
            await self.branches.office.by_mail(mail, port=self.branches.smtp.port)
            self.taken[mail["Message-ID"]] = address
            return True
        return False
