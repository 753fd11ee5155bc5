"""The options that several commands take, and how they are read."""

import re
from typing import Annotated, Any

import typer

DAY = ["%Y-%m-%d"]


def format_option(formats: tuple[str, ...], usual: str, *, more: str = "") -> Any:
    """Return the option that takes one of some formats, to be left out as "": then it is that of the file's name, or the usual one.

    Another is refused by whoever writes them, in one line. `more` is said beside them.
    """

    def as_called(context: typer.Context, value: str) -> str:
        output = context.params.get("output")
        called = output.suffix[1:].lower() if output else ""
        return value or (called if called in formats else usual)

    said = f"{' or '.join(formats)}{more}; left out: as the file is called, or {usual}."
    return typer.Option("--format", callback=as_called, show_default=False, help=said)


def _language(value: str | None) -> str | None:
    if value not in {None, "id", "en"}:
        raise typer.BadParameter("expected id or en")
    return value


def as_month(value: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value, re.ASCII):
        raise typer.BadParameter("expected YYYY-MM, such as 2026-10")
    return value


Desk = Annotated[str | None, typer.Option(help="Which desk; left out: the only one.")]
Language = Annotated[str | None, typer.Option(callback=_language, help="id or en; left out: the desk's.")]
Identities = Annotated[
    bool, typer.Option("--identities", help="Write identity numbers out, which are masked otherwise.")
]
