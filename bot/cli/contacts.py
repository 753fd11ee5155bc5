"""`tanggap contact export`, `tanggap contact erase` and `tanggap contact looks`."""

import asyncio
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Desk
from bot.cli.taking_out import write_down
from bot.desks import OpenDesk
from bot.house import House, HouseError, open_house, utc_now
from bot.personal.erasing import Erasing
from bot.personal.report import plan_lines, removal_lines
from bot.settings import load_settings
from console.privacy.looked import looks_at
from procedures.archive.packing import packed
from procedures.discarding import beside
from reports.errors import ReportError
from reports.files import replacing
from reports.person.files import Handing, entries
from templates_replies.catalogue import supported_language
from templates_replies.personal_phrases import looked
from tickets import removals
from tickets.actions import erasing
from tickets.actions.errors import ActError
from tickets.actor import Actor, Kind, Role
from tickets.personal.whose import desk_of, found, theirs
from tickets.search import SearchIndex

app = typer.Typer()
contact_app = typer.Typer(no_args_is_help=True, help="What is kept of one person: handed out, or erased.")
app.add_typer(contact_app, name="contact")
FAILURES = (ActError, ReportError)

MOST_LOOKS = 1_000
AT_THE_MACHINE = Actor(kind=Kind.SYSTEM, id="terminal", role=Role.ADMIN)
Who = Annotated[
    str,
    typer.Argument(metavar="WHO", help="'#12' (of ticket 12), contact:7, an address or an identity number."),
]


@contact_app.callback()
def contact() -> None:
    """Say whom in each of them: by a ticket, a contact's number, an address or an identity number."""


@contact_app.command()
def erase(
    who: Who,
    desk: Desk = None,
    reason: Annotated[str, typer.Option(help="Why; it stays in the record, so name nobody in it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this only a report is printed.")] = False,
    compact: Annotated[
        bool, typer.Option("--compact", help="SQLite: write the files anew afterwards, so that no free page keeps a word.")
    ] = False,
) -> None:  # fmt: skip
    """Erase a person. Without --yes it says what would go, what stays and why, and what cannot be reached."""
    with open_house(load_settings(), follow_files=False) as house:
        opened, key = one_contact(house, desk, who)
        language = supported_language(opened.now.desk.language)
        if not yes:
            planned = partial(erasing.plan, contact=key, more=beside, by=AT_THE_MACHINE)
            for line in plan_lines(house.ledger.write_blocking(planned), language):
                typer.echo(line)
            typer.echo("Nothing was erased. Say --reason '…' --yes to do it.")
            return
        asked = partial(erasing.ask, contact=key, reason=reason, more=beside, by=AT_THE_MACHINE, at=utc_now())
        removal = house.ledger.write_blocking(asked)
        waiting = asyncio.run(Erasing(house.ledger, house.desks, clock=utc_now).turn())
        _index(house, compact=compact)
        for line in removal_lines(
            house.ledger.write_blocking(partial(removals.load, removal=removal)), language
        ):
            typer.echo(line)
        if waiting:
            typer.echo(
                "Something is under way still, or a file is newer than ten minutes: the server finishes it."
            )


@contact_app.command()
def export(
    who: Who,
    output: Annotated[Path, typer.Option("--output", "-o", help="The ZIP to write.")],
    desk: Desk = None,
) -> None:
    """Write all that is kept of a person into one ZIP: pages, data and files, other people's numbers masked."""
    with open_house(load_settings(), follow_files=False) as house:
        opened, key = one_contact(house, desk, who)
        whose = house.ledger.write_blocking(partial(theirs, contact=key))
        handing = Handing(
            desk=opened.now.desk, reading=house.ledger.reading, blobs=house.ledger.blobs, now=utc_now()
        )
        with replacing(output) as part, part.open("wb") as file:
            for piece in packed(entries(whose, handing)):
                file.write(piece)
        write_down(house, opened.slug, "contact", "zip", contact=whose.contact)
    typer.echo(f"Wrote what is kept of contact {whose.contact} ({len(whose.tickets)} tickets) to {output}.")


@contact_app.command()
def looks(who: Who, desk: Desk = None) -> None:
    """Say who opened what is kept of a person, saw their number, changed who they are, or took it out; the newest first."""
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        opened, key = one_contact(house, desk, who)
        whose = house.ledger.write_blocking(partial(theirs, contact=key))
        language = supported_language(opened.now.desk.language)
        for each in looks_at(session, whose, most=MOST_LOOKS):
            ticket = f"  #{each.ticket}" if each.ticket else ""
            local = each.at.astimezone(opened.now.desk.calendar.tz)
            typer.echo(f"{local:%Y-%m-%d %H:%M}  {each.by}  {looked(language, each.what)}{ticket}")


def one_contact(house: House, desk: str | None, who: str) -> tuple[OpenDesk, int]:
    """Return the one contact who is meant, and their desk, which a number says itself. Raises HouseError."""
    opened = house.desk(desk or house.ledger.write_blocking(partial(desk_of, who=who)))
    contacts = house.ledger.write_blocking(partial(found, desk=opened.slug, who=who))
    if not contacts:
        raise HouseError(f"{opened.slug} knows nobody as {who}")
    if len(contacts) > 1:
        several = ", ".join(f"contact:{each}" for each in contacts)
        raise HouseError(f"several contacts of {opened.slug} are known as {who}: say which of {several}")
    return opened, contacts[0]


def _index(house: House, *, compact: bool) -> None:
    """Take it out of the search index, and with `compact` out of every free page."""
    with closing(SearchIndex.open(house.ledger, house.settings.search_index)) as index:
        index.catch_up()
        if compact:
            index.compact()
            house.ledger.compact()
