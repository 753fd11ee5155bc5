"""`tanggap staff add|list|disable` and `tanggap token create|list|disable`."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from bot.desk_files.sections import digits, email_address, telephone
from bot.house import HouseError, open_house, open_ledger, utc_now
from bot.settings import load_settings
from console import doors
from console.doors import trail
from console.doors.handing_out import AT_THE_MACHINE, make, take_back_named
from console.doors.trail import TERMINAL, Entry, Kind
from console.scopes import known
from console.tokens import Token, tokens
from tickets import staff
from tickets.actor import Role
from tickets.desk import StaffMember
from tickets.hours import parse_duration
from tickets.ledger.tx import Tx
from tickets.staff import StaffNow

app = typer.Typer()
staff_app = typer.Typer(no_args_is_help=True, help="The people of a desk, beside those that its file names.")
token_app = typer.Typer(no_args_is_help=True, help="Keys of programs to the JSON API.")
app.add_typer(staff_app, name="staff")
app.add_typer(token_app, name="token")
FAILURES = ()


class StaffRole(StrEnum):
    VIEWER = "viewer"
    AGENT = "agent"
    SUPERVISOR = "supervisor"


class TokenRole(StrEnum):
    VIEWER = "viewer"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


def _checked(check: Callable[[str], str], expected: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        try:
            return check(value)
        except ValueError:
            raise typer.BadParameter(f"expected {expected}") from None

    return parse


def _until(value: str) -> timedelta:
    """Read how long a token lives: a length, or the day after which it is over."""
    try:
        length = _left_of(date.fromisoformat(value)) if "-" in value else parse_duration(value)
    except ValueError:
        length = timedelta()
    if length <= timedelta():
        raise typer.BadParameter("expected a length such as 90d, or a day to come such as 2027-06-30")
    return length


def _left_of(day: date) -> timedelta:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC) - utc_now()


ONLY = "Which desk; left out: the only one."
Desk = Annotated[str | None, typer.Option(help=ONLY)]
Email = Annotated[
    str | None, typer.Option(parser=_checked(email_address, "an address such as rina@example.ac.id"))
]
Telegram = Annotated[str | None, typer.Option(parser=_checked(digits, "a user's id in digits, such as 1001"))]
WhatsApp = Annotated[str | None, typer.Option(parser=_checked(telephone, "a number such as +62811223344"))]


@staff_app.command()
def add(
    name: Annotated[str, typer.Option(help="As colleagues and contacts read it.")],
    role: Annotated[StaffRole, typer.Option()] = StaffRole.AGENT,
    desk: Desk = None,
    email: Email = None,
    telegram: Telegram = None,
    whatsapp: WhatsApp = None,
    id_: Annotated[str | None, typer.Option("--id", help="Left out: the email.")] = None,
) -> None:
    """Add somebody to a desk, or change who they are."""
    if not (id_ or email):
        raise typer.BadParameter("give --email or --id", param_hint="--email")
    if not name.strip() or not name.isprintable():
        raise typer.BadParameter("expected a name", param_hint="--name")
    member = StaffMember(
        id=id_ or email or "",
        name=name.strip(),
        role=Role(role),
        email=email,
        telegram=telegram,
        whatsapp=whatsapp,
    )
    with open_house(load_settings(), follow_files=False) as house:
        slug = house.desk(desk).slug
        house.ledger.write_blocking(lambda tx: _join(tx, slug, member))
    typer.echo(f"{member.name} ({member.id}) works at {slug} as {role}.")


@staff_app.command("list")
def list_(desk: Annotated[str | None, typer.Option(help="Left out: all desks.")] = None) -> None:
    """List who works at a desk."""
    with open_house(load_settings(), follow_files=False) as house:
        slugs = [house.desk(desk).slug] if desk else [each.slug for each in house.desks]
        people = house.ledger.write_blocking(
            lambda tx: [one for slug in slugs for one in staff.active(tx, slug)]
        )
    for person in people:
        typer.echo("\t".join(_columns(person)))


@staff_app.command()
def disable(
    who: Annotated[str, typer.Argument(metavar="ID", help="As listed: the email or id.")], desk: Desk = None
) -> None:
    """Let somebody work at a desk no longer, even if its file still names them."""
    with open_house(load_settings(), follow_files=False) as house:
        slug = house.desk(desk).slug
        if not house.ledger.write_blocking(lambda tx: _leave(tx, slug, who, at=utc_now())):
            raise HouseError(f"nobody active at {slug} is called {who}; see tanggap staff list")
    typer.echo(f"{who} works at {slug} no longer.")


@token_app.command()
def create(
    name: Annotated[str, typer.Option(help="Whose it is, as the history names it.")] = "api",
    role: Annotated[TokenRole, typer.Option()] = TokenRole.AGENT,
    desk: Annotated[str | None, typer.Option(help="Left out: for all desks.")] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option(help="What it is good for, such as tickets:read; several; left out: all."),
    ] = None,
    expires: Annotated[
        timedelta | None, typer.Option(parser=_until, help="After 90d, or on 2027-06-30; left out: never.")
    ] = None,
) -> None:
    """Make a token and print it: the only time that it can be read."""
    try:
        scopes = known(scope) if scope else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--scope") from None
    now = utc_now()
    with open_house(load_settings(), follow_files=False) as house:
        slug = house.desk(desk).slug if desk else None
        token = house.ledger.write_blocking(
            lambda tx: make(
                tx, name=name, role=Role(role), desk=slug, scopes=scopes, by=AT_THE_MACHINE, at=now,
                expires_at=now + expires if expires is not None else None,
            )
        )  # fmt: skip
    typer.echo(token)


@token_app.command("list")
def list_tokens() -> None:
    """List the tokens: name, role, desk, scopes, until when, last used."""
    with open_ledger(load_settings()) as ledger, ledger.reading() as session:
        found = tokens(session)
    for each in found:
        typer.echo("\t".join(_token_columns(each)))


@token_app.command("disable")
def disable_token_(name: Annotated[str, typer.Option(help="All tokens of this name.")]) -> None:
    """Let the tokens of a name work no longer."""
    with open_ledger(load_settings()) as ledger:
        if not ledger.write_blocking(lambda tx: take_back_named(tx, name, by=AT_THE_MACHINE, at=utc_now())):
            raise HouseError(f"there is no token named {name}")
    typer.echo(f"The tokens named {name} work no longer.")


def _join(tx: Tx, desk: str, member: StaffMember) -> None:
    staff.add(tx, desk, member)
    data = {"of": member.id, "role": str(member.role)}
    trail.write(tx, Entry(kind=Kind.STAFF_ADDED, who=TERMINAL, desk=desk, data=data), at=utc_now())


def _leave(tx: Tx, desk: str, who: str, *, at: datetime) -> bool:
    """Let somebody work here no longer, and log them out wherever they are."""
    person = next((each for each in staff.active(tx, desk) if each.id == who), None)
    if person is None or not staff.disable(tx, desk, who, at=at):
        return False
    if person.email:
        doors.end_all(tx, person.email, at=at)
    trail.write(tx, Entry(kind=Kind.STAFF_DISABLED, who=TERMINAL, desk=desk, data={"of": who}), at=at)
    return True


def _token_columns(token: Token) -> list[str]:
    expires, used = (
        each.date().isoformat() if each else "-" for each in (token.expires_at, token.last_used_at)
    )
    return [
        token.name, str(token.role), token.desk or "-", ",".join(token.scopes) if token.scopes is not None else "all",
        expires, used,
    ]  # fmt: skip


def _columns(person: StaffNow) -> list[str]:
    return [
        person.desk, person.id, person.name, str(person.role), person.email or "-", person.telegram or "-",
        person.whatsapp or "-", person.origin,
    ]  # fmt: skip
