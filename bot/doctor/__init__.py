"""`tanggap doctor`: in plain words what is configured, what is off and why, and what could be reached.

The probes are thin and bounded in time; each yields findings, and the report is put together from them. Nothing here
changes anything, and no secret is ever in a finding: of a failure only its kind is told, for messages of HTTP and mail
libraries repeat URLs.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx

from bot.desk_files import check_together
from bot.doctor.accounts import Around, of_account
from bot.doctor.asking import SECONDS
from bot.doctor.directory import of_directory
from bot.doctor.feeds import of_feed
from bot.doctor.findings import Finding, Report, State
from bot.doctor.machine import of_desks, of_ports, of_settings, of_storage
from bot.doctor.names import DnsNames, Names
from bot.doctor.public_url import of_public_url
from bot.doctor.single_sign_on import of_single_sign_on
from bot.doctor.templates import of_templates
from bot.house import desk_folders
from bot.settings import Settings
from channels.feeds import FeedFetcher
from console.sso.provider import Provider
from tickets.message import Channel

__all__ = ["Finding", "Report", "State", "examine"]


async def examine(settings: Settings, *, now: Callable[[], datetime], names: Names | None = None) -> Report:
    """Look at everything there is; `names` looks domains up, by default as this machine does."""
    desks = check_together(desk_folders(settings), settings.environment, beside=())
    accounts = [account for desk in desks if desk.loaded for account in desk.loaded.desk.accounts]
    async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as http:
        around = Around(
            http=http, now=now, data_dir=settings.data_dir, public_url=settings.public_url, names=names or DnsNames()
        )  # fmt: skip
        of_accounts = await asyncio.gather(*(of_account(account, around) for account in accounts))
        of_itself = await of_public_url(settings, http)
    of_directories = await asyncio.gather(
        *(of_directory(desk.loaded.desk, desk.folder) for desk in desks if desk.loaded)
    )
    of_lists = await asyncio.gather(
        *(
            of_templates(account, desk.loaded, settings.public_url)
            for desk in desks
            if desk.loaded
            for account in desk.loaded.desk.accounts_on(Channel.WHATSAPP)
        )
    )
    fetcher = FeedFetcher(trusted=settings.hook_hosts, within=timedelta(seconds=SECONDS))
    of_feeds = await asyncio.gather(
        *(
            of_feed(desk.loaded.desk, feed, fetcher)
            for desk in desks
            if desk.loaded
            for feed in desk.loaded.desk.holiday_feeds
        )
    )
    sso = settings.single_sign_on
    return Report(
        findings=(
            *of_settings(settings),
            of_itself,
            *await asyncio.to_thread(lambda: tuple(of_storage(settings, now()))),
            *of_desks(settings, desks),
            *(finding for some in of_accounts for finding in some),
            *(finding for some in of_lists for finding in some),
            *(finding for some in of_directories for finding in some),
            *(finding for some in of_feeds for finding in some),
            *await of_single_sign_on(Provider(sso) if sso else None, settings, now()),
            *await of_ports(settings),
        )
    )
