"""What else goes on meanwhile: agents answer by the API, and providers tell how the desk's messages fare."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count

import httpx

from tests.acceptance.crash.besieged import Besieged
from tests.acceptance.crash.kept import Answer, Kept
from tests.acceptance.crash.writing import posted_by_meta, posted_by_twilio
from tests.acceptance.service import SLUG, TOKEN
from tests.standins import cloud, twilio
from tickets.message import Delivery

UNANSWERED = 10  # every so many-eth ticket is left to break its promise
TRIES = 8  # of a receipt, before its provider tells it no more
_WAIT, _LOOK = 0.4, 0.3  # seconds


class Agents:
    """Answer what is new, each answer under a key, so that what was not confirmed may be asked for again."""

    def __init__(self, house: Besieged, kept: Kept) -> None:
        self._house, self._kept = house, kept
        self._numbers = count(1)
        self._seen: set[int] = set()

    async def work(self) -> None:
        """Work until cancelled."""
        while True:
            with suppress(httpx.HTTPError):
                for ticket in await self._new_tickets():
                    if ticket not in self._seen and ticket % UNANSWERED:
                        self._seen.add(ticket)
                        await self._answer(ticket)
            await asyncio.sleep(_LOOK)

    async def _new_tickets(self) -> list[int]:
        url = f"{self._house.any_service().url}/api/v1/tickets"
        asked = await self._house.http.get(url, params={"status": "new", "limit": 50}, headers=_HEADERS)
        return [each["number"] for each in asked.json()["items"]] if asked.status_code == 200 else []

    async def _answer(self, ticket: int) -> None:
        key = f"jawaban-{next(self._numbers)}"
        answer = Answer(ticket=ticket, text=f"Sudah kami perbaiki, lihat {key}.")
        self._kept.answers[key] = answer
        while not answer.acknowledged:
            with suppress(httpx.TransportError):
                url = f"{self._house.any_service().url}/api/v1/tickets/{ticket}/reply"
                asked = await self._house.http.post(
                    url, json={"text": answer.text}, headers={**_HEADERS, "Idempotency-Key": key}
                )
                answer.acknowledged = asked.status_code == 200
            if not answer.acknowledged:
                await asyncio.sleep(_WAIT)


class Receipts:
    """Tell of each message that a provider took that it was sent, and delivered; now and then in the wrong order."""

    def __init__(self, house: Besieged, kept: Kept) -> None:
        self._house, self._kept = house, kept
        self._told_of = {"twilio": 0, "cloud": 0}

    async def tell(self) -> None:
        """Tell until cancelled."""
        while not self.told_all:
            await self._tell_new()
        while True:
            await self._tell_new()
            await asyncio.sleep(_LOOK)

    @property
    def told_all(self) -> bool:
        return self._told_of == {
            "twilio": len(self._house.twilio.messages),
            "cloud": len(self._house.cloud.messages),
        }

    async def _tell_new(self) -> None:
        for message in self._house.twilio.messages[self._told_of["twilio"] :]:
            await self._tell_of(message.sid, lambda state, of=message: self._by_twilio(of, state))
            self._told_of["twilio"] += 1
        for sent in self._house.cloud.messages[self._told_of["cloud"] :]:
            await self._tell_of(sent.id, lambda state, of=sent: self._by_meta(of, state))
            self._told_of["cloud"] += 1

    async def _tell_of(self, external_id: str, tell: Callable[[Delivery], Awaitable[bool]]) -> None:
        states = [Delivery.SENT, Delivery.DELIVERED]
        if self._house.chance.random() < 0.1:
            states.reverse()
        for state in states:
            for _ in range(TRIES):
                with suppress(httpx.TransportError):
                    if await tell(state):
                        if self._kept.receipts.get(external_id) is not Delivery.DELIVERED:
                            self._kept.receipts[external_id] = state
                        break
                await asyncio.sleep(_WAIT)

    async def _by_twilio(self, message: twilio.Message, state: Delivery) -> bool:
        _, found, query = (message.status_callback or "").partition("/status?")
        assert found
        message.status = str(state)
        path = f"/channels/whatsapp/{SLUG}/status?{query}"
        return await posted_by_twilio(self._house, path, self._house.twilio.status_form(message, str(state)))

    async def _by_meta(self, message: cloud.Message, state: Delivery) -> bool:
        told = self._house.cloud.status(message, str(state))
        return await posted_by_meta(self._house, self._house.cloud.webhook(statuses=[told]))


_HEADERS = {"Authorization": f"Bearer {TOKEN}"}
