"""`tanggap matcher status` and `tanggap matcher fit`."""

import asyncio
from collections.abc import Iterator
from typing import Annotated

import typer

from bot.desks import OpenDesk
from bot.fitting.keeping import Shelf, program
from bot.fitting.reading import lessons_for
from bot.fitting.rule import Fitted, fingerprint_of, new_since
from bot.fitting.running import FitFailedError, FitterApart
from bot.fitting.work import Work
from bot.house import House, open_house, utc_now
from bot.settings import load_settings

app = typer.Typer()
matcher_app = typer.Typer(no_args_is_help=True, help="What suggests categories, and what it has learned.")
app.add_typer(matcher_app, name="matcher")
FAILURES = (FitFailedError,)

Desk = Annotated[str | None, typer.Option("--desk", help="One desk; left out: all of them.")]


@matcher_app.command()
def status(desk: Desk = None) -> None:
    """Say on what each desk's matcher was fitted, when, what that took, and what was confirmed since."""
    with open_house(load_settings(), follow_files=False) as house:
        for opened in _desks(house, desk):
            work = _work(house, opened)
            typer.echo(f"{opened.slug}: {_told(work.shelf.about(opened.slug), work)}")


@matcher_app.command()
def fit(desk: Desk = None) -> None:
    """Fit the matchers anew now, in a process apart; a running service takes them within seconds."""
    with open_house(load_settings(), follow_files=False) as house:
        for opened in _desks(house, desk):
            work = _work(house, opened)
            asyncio.run(FitterApart().fit(work))
            typer.echo(f"{opened.slug}: {_told(work.shelf.about(opened.slug), work)}")


def _desks(house: House, slug: str | None) -> Iterator[OpenDesk]:
    return iter([house.desk(slug)]) if slug is not None else iter(house.desks)


def _work(house: House, desk: OpenDesk) -> Work:
    with house.ledger.reading() as session:
        lessons = lessons_for(session, desk.slug, desk.catalogue)
    return Work(
        desk=desk.slug, catalogue=desk.catalogue, fingerprint=fingerprint_of(desk.catalogue, program()),
        lessons=lessons, at=utc_now(), shelf=Shelf(house.settings.data_dir, house.secret_key),
    )  # fmt: skip


def _told(fitted: Fitted | None, work: Work) -> str:
    if fitted is None:
        return f"never fitted, {_counted(len(work.lessons))} to learn from beside the catalogue"
    since = len(new_since(fitted.marks, {lesson.message: lesson.mark for lesson in work.lessons}))
    told = (
        f"fitted on {_counted(len(fitted.marks))} at {fitted.at:%Y-%m-%d %H:%M} UTC "
        f"in {fitted.seconds:.1f} s and {fitted.peak_bytes / 1e6:.0f} MB, {since} confirmed since"
    )
    return told if fitted.fingerprint == work.fingerprint else f"{told}; the catalogue has changed since"


def _counted(examples: int) -> str:
    return f"{examples} example" if examples == 1 else f"{examples} examples"
