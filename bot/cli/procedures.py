"""`tanggap procedure show|try`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.desk_files import LoadedDesk, check_folder
from bot.house import HouseError, utc_now
from bot.settings import load_settings
from procedures.definition import Procedure
from procedures.rehearsal import Stage, rehearse
from procedures.sketch import sketch

app = typer.Typer()
procedure_app = typer.Typer(no_args_is_help=True, help="The procedures of a desk: see one, play one through.")
app.add_typer(procedure_app, name="procedure")
FAILURES = ()

Folder = Annotated[Path, typer.Argument(metavar="PATH", help="The desk's folder, or its desk.yaml.")]
Named = Annotated[str | None, typer.Argument(metavar="[PROCEDURE]", help="Its short name; left out: all.")]


@procedure_app.command()
def show(path: Folder, procedure: Named = None) -> None:
    """Draw procedures as the SOP form has them: activities as rows, roles as columns."""
    loaded = _loaded(path)
    for one in _chosen(loaded, procedure):
        for line in sketch(one, language=loaded.desk.language):
            typer.echo(line)


@procedure_app.command("try")
def try_out(path: Folder, procedure: Named = None) -> None:
    """Play one case in the terminal, speaking for every role in turn. Stores and sends nothing."""
    loaded = _loaded(path)
    found = _chosen(loaded, procedure)
    if len(found) > 1:
        raise HouseError(f"which one: {', '.join(one.id for one in found)}?")
    stage = Stage(
        ask=lambda line: typer.prompt(line, default="", show_default=False, prompt_suffix=" "),
        tell=typer.echo,
        language=loaded.desk.language,
        calendar=loaded.desk.calendar,
        now=utc_now(),
    )
    rehearse(found[0], stage)


def _loaded(path: Path) -> LoadedDesk:
    report = check_folder(path, load_settings().environment)
    if report.loaded is None:
        typer.echo(report.text, err=True)
        raise typer.Exit(1)
    return report.loaded


def _chosen(loaded: LoadedDesk, name: str | None) -> tuple[Procedure, ...]:
    found = tuple(one for one in loaded.procedures if name in {None, one.id})
    if not found:
        known = ", ".join(one.id for one in loaded.procedures) or "none"
        raise HouseError(f"{loaded.desk.slug} has no such procedure; it has: {known}")
    return found
