"""Each call of a listener to the Bot API, and each way in which it goes wrong: it goes on, and nobody goes unheard."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import structlog

from channels.telegram.adapter import TelegramAdapter
from channels.telegram.settings import TelegramSettings
from tests.channels.house import House
from tests.channels.telegram.conftest import QUICK
from tests.standins.serving import serving
from tests.standins.telegram import TelegramStandin

SHORT = timedelta(seconds=1)
PACE = replace(QUICK, overdue=SHORT, refused=timedelta(milliseconds=20))
THROTTLED, UNREACHABLE, REFUSED = "telegram.throttled", "telegram.unreachable", "telegram.token_refused"
PUBLIC_URL = "https://desk.example"
CONFLICT, FAILED = "telegram.conflict", "telegram.listening_failed"

# Each fault, and what the operator reads in the log. They befall a call one after the other.
FAULTS = {
    "429": (lambda to, on: to.throttles(on, retry_after=1), THROTTLED),
    "400": (lambda to, on: to.refuses(on, 400, "Bad Request: something new"), UNREACHABLE),
    "401": (lambda to, on: to.refuses(on, 401, "Unauthorized"), REFUSED),
    "403": (lambda to, on: to.refuses(on, 403, "Forbidden: something new"), UNREACHABLE),
    "404": (lambda to, on: to.refuses(on, 404, "Not Found"), REFUSED),
    "409": (lambda to, on: to.refuses(on, 409, "Conflict: terminated by other request"), CONFLICT),
    "500": (lambda to, on: to.breaks(on), FAILED),
    "a proxy's 502": (lambda to, on: to.answers_garbage(on), FAILED),
    "cut": (lambda to, on: to.cuts(on), FAILED),
    "an answer after we gave up": (lambda to, on: to.says_nothing(on, done=True), FAILED),
}  # fmt: skip
POLLING = ("getMe", "getWebhookInfo", "deleteWebhook", "getUpdates")
BY_WEBHOOK = ("getMe", "setWebhook", "getWebhookInfo")


async def goes_on(call: str, settings: TelegramSettings) -> list[str]:
    """Let a listener that polls meet every fault of one call; what it has heard when all are over."""
    standin, house = TelegramStandin(), House()
    if call == "deleteWebhook":
        standin.webhook = {"url": "https://elsewhere.example/hook"}
    standin.contact_writes(7, "Halo")
    async with meets_all(standin, house, call, settings):
        await standin.until(lambda: house.said, within=30)
    return house.texts


async def hooks_on(call: str, settings: TelegramSettings) -> str:
    """Let a listener with a webhook meet every fault of one call; the webhook that is set when all are over."""
    standin, house = TelegramStandin(), House()
    async with meets_all(standin, house, call, replace(settings, public_url=PUBLIC_URL)):
        await standin.until(lambda: len(house.beats) > 1, within=30)
    return standin.webhook["url"] if standin.webhook else ""


@asynccontextmanager
async def meets_all(
    standin: TelegramStandin, house: House, call: str, settings: TelegramSettings
) -> AsyncIterator[None]:
    for goes_wrong, _ in FAULTS.values():
        goes_wrong(standin, call)
    async with serving(standin.app) as api:
        adapter = TelegramAdapter(replace(settings, api=api, answer_within=SHORT), pace=PACE)
        listening = asyncio.create_task(adapter.listen(house))
        try:
            yield
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            await adapter.aclose()


async def test_a_listener_outlives_each_fault_of_each_of_its_calls(settings):
    polling = {
        f"{call}, polling": goes_on(call, replace(settings, account=f"{call}, polling")) for call in POLLING
    }
    hooked = {
        f"{call}, hooked": hooks_on(call, replace(settings, account=f"{call}, hooked")) for call in BY_WEBHOOK
    }
    with structlog.testing.capture_logs() as logs:
        ended = await asyncio.gather(*polling.values(), *hooked.values())
    told = {each: [log["event"] for log in logs if log.get("account") == each and "wait" in log]
            for each in (*polling, *hooked)}  # fmt: skip
    assert told == {each: [means for _, means in FAULTS.values()] for each in (*polling, *hooked)}
    assert ended == [*[["Halo"]] * len(polling), *[f"{PUBLIC_URL}/channels/telegram/itb"] * len(hooked)]
