"""`tanggap account list|reset`: for the day when nobody who may do it on the pages can log in."""

from typing import Annotated

import typer

from bot.house import HouseError, open_ledger, utc_now
from bot.settings import load_settings
from console import doors
from console.doors import second_factor, trail
from console.doors.trail import TERMINAL, Entry, Kind
from tickets.ledger.tx import Tx

app = typer.Typer()
account_app = typer.Typer(no_args_is_help=True, help="Who can log in to the pages.")
app.add_typer(account_app, name="account")
FAILURES = ()


@account_app.command("list")
def list_() -> None:
    """List the accounts: mailbox, name, whether an administrator, whether with a second factor."""
    with open_ledger(load_settings()) as ledger, ledger.reading() as session:
        found = doors.all_accounts(session)
    for each in found:
        role = "administrator" if each.admin else "staff"
        typer.echo("\t".join((each.email, each.name, role, "two-step" if each.totp else "-")))


@account_app.command()
def reset(email: Annotated[str, typer.Argument(metavar="EMAIL", help="As listed.")]) -> None:
    """Log somebody out everywhere, take their second factor off, and print a one-time link for a new password."""
    settings, now = load_settings(), utc_now()
    email = email.strip().lower()

    def job(tx: Tx) -> str:
        second_factor.turn_off(tx, email)
        doors.end_all(tx, email, at=now)
        for kind in (Kind.SECOND_FACTOR_OFF, Kind.SESSION_ENDED, Kind.INVITED):
            trail.write(tx, Entry(kind=kind, who=TERMINAL, data={"of": email}), at=now)
        return doors.make_invitation(tx, now, email=email)

    with open_ledger(settings) as ledger:
        with ledger.reading() as session:
            if doors.account_of(session, email) is None:
                raise HouseError(f"{email} has no account; see tanggap account list")
        key = ledger.write_blocking(job)
    typer.echo(f"{settings.public_url.rstrip('/')}/setup/{key}")
