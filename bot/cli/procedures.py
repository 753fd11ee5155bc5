"""`tanggap procedure show|try|paper`."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.apart.paper_press import press
from bot.apart.paper_trials import sample
from bot.apart.reckoning import ReckoningError
from bot.desk_files import LoadedDesk, check_folder
from bot.house import HouseError, utc_now
from bot.settings import load_settings
from procedures.definition.procedure import Procedure
from procedures.papers.typesetting import Fault, attempt
from procedures.running.rehearsal import Stage, rehearse
from procedures.sop_table.form import Paper, form_pdf, table_png
from procedures.sop_table.sketch import sketch
from templates_replies.catalogue import supported_language
from templates_replies.moments import date_in_words

app = typer.Typer()
procedure_app = typer.Typer(no_args_is_help=True, help="The procedures of a desk: see one, play one through.")
app.add_typer(procedure_app, name="procedure")
FAILURES = (ReckoningError,)

Folder = Annotated[Path, typer.Argument(metavar="PATH", help="The desk's folder, or its desk.yaml.")]
Named = Annotated[str | None, typer.Argument(metavar="[PROCEDURE]", help="Its short name; left out: all.")]


@procedure_app.command()
def show(
    path: Folder,
    procedure: Named = None,
    *,
    pdf: Annotated[Path | None, typer.Option(help="Write the SOP form there, as PDF.")] = None,
    png: Annotated[Path | None, typer.Option(help="Write its table there, as a picture.")] = None,
    paper: Annotated[Paper, typer.Option(help="The sheet of the PDF.")] = Paper.A4,
) -> None:
    """Draw procedures as the SOP form has them: activities as rows, roles as columns."""
    loaded = _loaded(path)
    if pdf or png:
        _write_form(loaded, _only(loaded, procedure), pdf, png, paper)
        return
    for one in _chosen(loaded, procedure):
        for line in sketch(one, language=loaded.desk.language):
            typer.echo(line)


@procedure_app.command("try")
def try_out(path: Folder, procedure: Named = None) -> None:
    """Play one case in the terminal, speaking for every role in turn. Stores and sends nothing."""
    loaded = _loaded(path)
    found = _only(loaded, procedure)
    stage = Stage(
        ask=lambda line: typer.prompt(line, default="", show_default=False, prompt_suffix=" "),
        tell=typer.echo,
        language=loaded.desk.language,
        calendar=loaded.desk.calendar,
        now=utc_now(),
    )
    rehearse(found, stage)


@procedure_app.command()
def paper(
    path: Folder,
    procedure: Annotated[str, typer.Argument(help="Its short name.")],
    name: Annotated[str, typer.Argument(metavar="PAPER", help="The id of the paper.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write: a PDF, or a Word file.")],
    *,
    draft: Annotated[bool, typer.Option("--draft", help="As it is before it is signed.")] = False,
) -> None:
    """Typeset a paper of sample values, to see what its template makes of them. Stores and sends nothing."""
    loaded = _loaded(path)
    found = _only(loaded, procedure)
    chosen = next((each for each in found.papers if each.id == name and each.is_made), None)
    if chosen is None:
        known = ", ".join(each.id for each in found.papers if each.is_made) or "none"
        raise HouseError(f"{found.id} makes no such paper; it makes: {known}")
    job = sample(loaded, found, chosen, utc_now(), signed=not draft)
    made = asyncio.run(press()(attempt, job))
    if isinstance(made, Fault):
        raise HouseError(made.said)
    try:
        output.write_bytes(made.content)
    except OSError as error:
        raise HouseError(f"cannot write {output}: {error.strerror}") from error


def _write_form(
    loaded: LoadedDesk, procedure: Procedure, pdf: Path | None, png: Path | None, paper: Paper
) -> None:
    language = supported_language(loaded.desk.language)
    printed = date_in_words(loaded.desk.calendar.day_of(utc_now()), language)
    try:
        if pdf:
            pdf.write_bytes(form_pdf(procedure, language=language, printed=printed, paper=paper))
        if png:
            png.write_bytes(table_png(procedure, language=language))
    except OSError as error:
        raise HouseError(f"cannot write {error.filename}: {error.strerror}") from error


def _loaded(path: Path) -> LoadedDesk:
    report = check_folder(path, load_settings().environment)
    if report.loaded is None:
        typer.echo(report.text, err=True)
        raise typer.Exit(1)
    return report.loaded


def _only(loaded: LoadedDesk, name: str | None) -> Procedure:
    """Return the procedure that is named, or the only one."""
    found = _chosen(loaded, name)
    if len(found) > 1:
        raise HouseError(f"which one: {', '.join(one.id for one in found)}?")
    return found[0]


def _chosen(loaded: LoadedDesk, name: str | None) -> tuple[Procedure, ...]:
    found = tuple(one for one in loaded.procedures if name in {None, one.id})
    if not found:
        known = ", ".join(one.id for one in loaded.procedures) or "none"
        raise HouseError(f"{loaded.desk.slug} has no such procedure; it has: {known}")
    return found
