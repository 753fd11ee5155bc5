"""`tanggap rules try`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Desk, as_month
from bot.desk_files.saving import sound
from bot.house import HouseError, open_house, utc_now
from bot.settings import load_settings
from reports.errors import ReportError
from reports.periods import Month
from tickets import revisions
from tickets.actions.revising import MistakesError
from tickets.trial import Reality, RuleTried
from tickets.views.trial import trial

app = typer.Typer()
rules_app = typer.Typer(no_args_is_help=True, help="The rules of a desk.")
app.add_typer(rules_app, name="rules")
FAILURES = (ReportError, MistakesError)
RULES = "rules.yaml"


@rules_app.callback()
def rules() -> None:
    """Keep `try` a subcommand while it is the only one."""


@rules_app.command("try")
def try_out(
    month: Annotated[str, typer.Option(callback=as_month, help="YYYY-MM; the running month is allowed.")],
    desk: Desk = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="Rules that are not saved yet; left out: those in force.")
    ] = None,
) -> None:
    """Say what the rules would have done in a month, on which tickets, beside what people did. Changes nothing."""
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        opened = house.desk(desk).now
        described = opened.desk
        if file is not None:
            newest = house.ledger.write_blocking(lambda tx: revisions.newest(tx, opened.slug))
            described = sound({**(newest.files if newest else {}), RULES: _text(file)})
        asked = Month.parse(month, zone=described.calendar.zone, now=utc_now())
        found = trial(
            session, described.rules, desk=described, start_at=asked.start_at, end_at=min(asked.end_at, utc_now())
        )  # fmt: skip
    if not found:
        typer.echo(f"{opened.slug} has no rules.")
    for each in found:
        typer.echo(_told(each))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise HouseError(f"{file} cannot be read") from error


def _told(tried: RuleTried) -> str:
    off = " (off)" if tried.rule.off else ""
    lines = [f"{tried.rule.id}{off}: {tried.times} times on {tried.tickets} tickets"]
    lines += [f"  {action}: {count}" for action, count in sorted(tried.would_do.items())]
    if tried.reality:
        compared = ", ".join(f"{how} {tried.reality.get(how, 0)}" for how in Reality)
        lines.append(f"  what people did: {compared}")
    if tried.left:
        lines.append(f"  left to a person's decision: {tried.left}")
    if tried.samples:
        lines.append(f"  such as {', '.join(f'#{sample.ticket}' for sample in tried.samples[:10])}")
    return "\n".join(lines)
