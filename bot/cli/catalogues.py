"""`tanggap catalogue export|import`."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Desk
from bot.desk_files.saving import sound
from bot.fitting.reading import examples_for
from bot.house import House, HouseError, open_house, utc_now
from bot.settings import load_settings
from console.changing.curating import LOOKS_BACK, MOST_TICKETS, difference
from reports.quality import gate_of
from templates_replies.curation import exchange, writing
from templates_replies.curation.effect import Effect, FirstWords, Shift, effect
from templates_replies.curation.known import Known
from templates_replies.curation.mentions import followed
from templates_replies.entries import UnreadableError
from templates_replies.tables import TableError
from tickets import revisions
from tickets.actions import revising
from tickets.actions.revising import EditedMeanwhileError, MistakesError
from tickets.actor import SYSTEM
from tickets.ledger.tx import Tx
from tickets.promises import Terms
from tickets.revisions import Revision
from tickets.views.first_words import beginnings

app = typer.Typer()
catalogue = typer.Typer(
    no_args_is_help=True, help="The catalogue of a desk: out for a spreadsheet, and in again."
)
app.add_typer(catalogue, name="catalogue")
FAILURES = (TableError, UnreadableError, MistakesError, EditedMeanwhileError)

SAVED_BY = (
    "command"  # how the revision names it: an edit, which the files of the desk do not overwrite at start
)
_SIGNS = {"added": "+", "removed": "-", "same": " ", "place": "#"}
_ENDINGS = (".xlsx", ".csv", ".yaml", ".yml")


@catalogue.command("export")
def export(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="categories.yaml, replies.csv, … or a .xlsx of all.")
    ],
    desk: Desk = None,
) -> None:
    """Write the catalogue's lists as one workbook, or one list as YAML or CSV."""
    with open_house(load_settings(), follow_files=False) as house:
        files = _newest(house, desk).files
    kind = _kind(output)
    if output.suffix.lower() == ".xlsx":
        content = exchange.as_workbook(files)
    elif output.suffix.lower() == ".csv":
        content = exchange.as_table(files, kind).encode()
    else:
        content = files.get(exchange.FILES[kind], "").encode()
    output.write_bytes(content)
    typer.echo(f"Wrote {output}.")


@catalogue.command("import")
def take_in(
    file: Annotated[Path, typer.Argument(help="A .xlsx, or categories, replies or tags as .yaml or .csv.")],
    desk: Desk = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Save it; left out: only show what would change.")
    ] = False,
) -> None:
    """Show what a file would change in the catalogue and what that would do, and with --apply save it."""
    try:
        content = file.read_bytes() if file.stat().st_size <= exchange.LARGEST_FILE else None
    except OSError as error:
        raise HouseError(f"{file} cannot be read") from error
    if content is None:
        raise HouseError(f"{file} is too large for a catalogue")
    with open_house(load_settings(), follow_files=False) as house:
        newest = _newest(house, desk)
        try:
            changed = exchange.taken_in(newest.files, _kind(file), file.name, content)
        except UnicodeDecodeError as error:
            raise HouseError(f"{file} is not text in UTF-8") from error
        after = followed(newest.files, {**newest.files, **changed})
        terms = sound(after).terms
        for line in difference(newest.files, after):
            typer.echo(f"{_SIGNS[line.way]} {line.text}".rstrip())
        if not changed:
            typer.echo("Nothing would change.")
            return
        typer.echo(_told(_effect(house, newest, after)))
        if apply:
            number = _save(house, newest, after, terms, note=file.name)
            typer.echo(f"It is revision {number} now.")
        else:
            typer.echo("Nothing is saved; do so with --apply.")


def _newest(house: House, desk: str | None) -> Revision:
    slug = house.desk(desk).slug
    found = house.ledger.write_blocking(lambda tx: revisions.newest(tx, slug))
    if found is None:
        raise HouseError(f"the ledger has no desk {slug}")
    return found


def _kind(path: Path) -> str:
    """Return which list a file is; of a workbook it does not matter."""
    if path.suffix.lower() == ".xlsx":
        return "categories"
    if path.suffix.lower() not in _ENDINGS or path.stem not in exchange.FILES:
        raise HouseError(
            f"expected a .xlsx, or {', '.join(exchange.FILES)} as .yaml or .csv, not {path.name}"
        )
    return path.stem


def _effect(house: House, newest: Revision, after: Mapping[str, str]) -> Effect:
    now, slug = utc_now(), newest.desk
    with house.ledger.reading() as session:
        begun = beginnings(session, slug, start_at=now - LOOKS_BACK, end_at=now, most=MOST_TICKETS)
        before, then = (
            Known(catalogue=each, learned=examples_for(session, slug, each))
            for each in (writing.read(newest.files), writing.read(after))
        )
        threshold = gate_of(session, slug).threshold
    said = [
        FirstWords(ticket=one.ticket, text=one.text, category=one.category if one.by_person else None)
        for one in begun
    ]
    return effect(before, then, said, threshold)


def _told(found: Effect) -> str:
    days = LOOKS_BACK // timedelta(days=1)
    lines = [
        f"Of {found.messages} tickets of the last {days} days {found.changed} would be suggested another category first.",
        f"Right by what people set: {found.right_before} of {found.judged} before, {found.right_after} after.",
        f"Answered by itself: {found.answers.before} before, {found.answers.after} after, {found.answers.changed} otherwise.",
    ]
    lines += [
        f"  {shift.before or 'none'} → {shift.after or 'none'}: {_tickets(shift)}" for shift in found.shifts
    ]
    return "\n".join(lines)


def _tickets(shift: Shift) -> str:
    more = shift.count - len(shift.samples)
    numbers = ", ".join(f"#{sample.ticket}" for sample in shift.samples)
    return f"{shift.count} ({numbers}{f' and {more} more' if more > 0 else ''})"


def _save(house: House, read: Revision, files: Mapping[str, str], terms: Terms, *, note: str) -> int:
    def job(tx: Tx) -> int:
        newest = revisions.newest(tx, read.desk)
        if newest is not None and newest.number != read.number:
            raise EditedMeanwhileError(read.desk, newest.number)
        return revising.keep(
            tx, read.desk, files, terms=terms, saved_by=SAVED_BY, actor=SYSTEM, at=utc_now(), note=note
        )

    return house.ledger.write_blocking(job, name="catalogue")
