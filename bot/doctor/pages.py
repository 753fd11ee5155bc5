"""What supervisors try from the pages: one account, one directory, and only where they could go by themselves.

Whoever may write a desk file chooses hosts and ports. Trying them tells whether somebody answers there, so from the
pages only the public internet is tried, and what the operator names (`TANGGAP_HOOK_HOSTS`); the command line, which the
operator runs, tries everything.
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bot.doctor import words
from bot.doctor.accounts import Around, of_account
from bot.doctor.asking import SECONDS, finding, told
from bot.doctor.directory import of_directory
from bot.doctor.findings import Finding, State
from bot.doctor.names import DnsNames, Names
from bot.settings import Settings
from channels.destinations import is_outside
from tickets.connections import Account
from tickets.desk import Desk

TOGETHER = 20.0  # seconds, for all questions of one button
_PLACES = ("api", "imap", "relay", "oauth")  # settings of an account that may lead somewhere


async def examine_account(
    account: Account, settings: Settings, *, now: Callable[[], datetime], names: Names | None = None
) -> list[Finding]:
    """Look at one account, as somebody who has just set it up wants to know."""
    try:
        async with asyncio.timeout(TOGETHER):
            inside = await _inside((account.settings.get(name) for name in _PLACES), settings)
            if inside is not None:
                return [finding(account, State.WARNING, words.INSIDE, host=inside)]
            async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as http:
                around = Around(
                    http=http, now=now, data_dir=settings.data_dir, public_url=settings.public_url,
                    names=names or DnsNames(),
                )  # fmt: skip
                return await of_account(account, around)
    except TimeoutError:
        late = (words.TOO_LATE, {"seconds": f"{TOGETHER:g}"})
        return [finding(account, State.BAD, words.UNREACHED, whom=account.channel.capitalize(), why=late)]


async def examine_directory(desk: Desk, folder: Path | None, settings: Settings) -> list[Finding]:
    """Look whether somebody could be looked up now."""
    described = desk.directory
    url = described.settings.get("url") if described is not None and not described.off else None
    inside = await _inside([url], settings)
    if inside is not None:
        return [told(f"{desk.slug}, directory", State.WARNING, words.INSIDE, host=inside)]
    return await of_directory(desk, folder)


async def _inside(urls: Iterable[str | None], settings: Settings) -> str | None:
    """Return the first host that supervisors may not have tried from here."""
    for url in urls:
        parts = urlsplit((url or "").partition("{")[0])
        if parts.hostname and not await is_outside(
            parts.hostname, parts.port or 0, trusted=settings.hook_hosts
        ):
            return parts.hostname
    return None
