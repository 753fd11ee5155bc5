"""`tanggap templates list|fetch`."""

import asyncio
from collections.abc import Iterator
from typing import Annotated

import typer

from bot.accounts.adapters import Adapters
from bot.accounts.building import whatsapp_of
from bot.desks import OpenDesk
from bot.house import House, HouseError, open_house, utc_now
from bot.settings import load_settings
from bot.templates.needed import unsendable
from bot.templates.refreshing import TemplateLists
from channels.whatsapp import WhatsApp
from tickets import approved
from tickets.approved import Listing
from tickets.connections import Account
from tickets.message import Channel

app = typer.Typer()
templates = typer.Typer(
    no_args_is_help=True, help="Approved templates of WhatsApp: what providers list, and what can be sent."
)
app.add_typer(templates, name="templates")
FAILURES = ()

DeskOption = Annotated[str | None, typer.Option("--desk", help="Which desk; needed if there are several.")]


@templates.command("list")
def list_(desk: DeskOption = None) -> None:
    """Show the templates as they were fetched last, and which replies cannot be sent as one."""
    with open_house(load_settings(), follow_files=False) as house:
        found = house.desk(desk)
        for account in _accounts(found):
            _show(house, found, account)


@templates.command()
def fetch(desk: DeskOption = None) -> None:
    """Ask the providers for their lists now, and show them."""
    with open_house(load_settings(), follow_files=False) as house:
        found = house.desk(desk)
        accounts = _accounts(found)
        asyncio.run(_fetch(house, found, accounts))
        failed = [account for account in accounts if _show(house, found, account).error is not None]
    if failed:
        raise typer.Exit(1)


async def _fetch(house: House, desk: OpenDesk, accounts: list[Account]) -> None:
    adapters: dict[str, WhatsApp] = {}
    for account in accounts:
        try:
            adapters[account.key] = whatsapp_of(
                account,
                account.settings,
                public_url=house.settings.public_url,
                language=desk.now.desk.language,
            )
        except ValueError as error:
            raise HouseError(f"{account.key}: {error}") from error
    try:
        await TemplateLists(house.ledger, Adapters(adapters), clock=utc_now).turn()
    finally:
        for adapter in adapters.values():
            await adapter.aclose()


def _accounts(desk: OpenDesk) -> list[Account]:
    accounts = [each for each in desk.now.desk.accounts_on(Channel.WHATSAPP) if not each.off]
    if not accounts:
        raise HouseError(f"{desk.slug} has no account of WhatsApp that is set up")
    return accounts


def _show(house: House, desk: OpenDesk, account: Account) -> Listing:
    listing = house.ledger.write_blocking(lambda tx: approved.listing(tx, account.key))
    for line in _lines(desk, account, listing):
        typer.echo(line)
    if listing.error is not None:
        typer.echo(f"{account.key}: the list cannot be had: {listing.error}", err=True)
    return listing


def _lines(desk: OpenDesk, account: Account, listing: Listing) -> Iterator[str]:
    if listing.fetched_at is None:
        yield f"{account.key}: never fetched; `tanggap templates fetch` asks the provider."
        return
    yield f"{account.key}: {len(listing.templates)} templates, fetched {listing.fetched_at:%Y-%m-%d %H:%M} UTC"
    for each in listing.templates:
        about = [
            each.name,
            each.language,
            str(each.state),
            each.category or "-",
            ",".join(each.variables) or "-",
        ]
        named = "" if each.title in {"", each.name} else f"  ({each.title})"
        reason = f"  {each.reason}" if each.reason else ""
        yield "  " + "  ".join(about) + named + reason
    for one in unsendable(desk.now.desk, desk.catalogue, listing.templates):
        weight = "needed" if one.needed else "named"
        yield f"  ! {one.template} ({weight} by the reply {one.reply}) cannot be sent: {one.fault}"
