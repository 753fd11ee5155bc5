"""`tanggap files copy` and `tanggap files sweep`."""

from typing import Annotated

import typer

from bot import files_place
from bot.files_moving import copy, sweep
from bot.house import HouseError, open_house, utc_now
from bot.settings import Settings, load_settings
from tickets.ledger.depot.choosing import depot_at
from tickets.ledger.depot.contract import Depot

app = typer.Typer()
files_app = typer.Typer(no_args_is_help=True, help="Where attachments are kept: taken elsewhere, tidied up.")
app.add_typer(files_app, name="files")
FAILURES = (OSError,)  # a folder, or the storage

Place = Annotated[
    str, typer.Option(help="A folder, or s3://bucket/prefix with the endpoint and key of the settings.")
]


@files_app.command("copy")
def copy_files(to: Place = "", from_: Annotated[str, typer.Option("--from", help="Likewise.")] = "") -> None:
    """Copy attachments to another place, or from one, beside a running server; again copies what is not there yet."""
    if bool(to) == bool(from_):
        raise typer.BadParameter("say either --to, where they shall lie, or --from, where they lay")
    settings = load_settings()
    own, other = depot_at(settings.files, settings.bucket), _depot(settings, to or from_)
    done = copy(own, other) if to else copy(other, own)
    typer.echo(
        f"Copied {done.files:,} files ({done.size:,} bytes); {done.there_already:,} were there already."
    )
    if done.damaged:
        raise HouseError(
            f"{len(done.damaged)} files are damaged and were not copied: {', '.join(done.damaged[:5])}"
        )


@files_app.command("sweep")
def sweep_files(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say how many there are, and change nothing.")] = False,
) -> None:  # fmt: skip
    """Delete attachments that nothing names any more and that are older than a day."""
    with open_house(load_settings(), follow_files=False) as house:
        swept = sweep(house.ledger, now=utc_now(), dry_run=dry_run)
    did = (
        "nothing was deleted"
        if dry_run
        else f"{swept.dropped:,} were deleted, the others are younger than a day"
    )
    typer.echo(f"Of {swept.files:,} files {swept.unnamed:,} are named by nothing: {did}.")


def _depot(settings: Settings, url: str) -> Depot:
    try:
        files_place.checked(url)
        bucket = settings.bucket_at(url) if files_place.is_bucket(url) else None
    except ValueError as error:
        raise typer.BadParameter(f"{url!r} is neither a folder nor s3://bucket/prefix") from error
    if bucket is None and files_place.is_bucket(url):
        raise HouseError("set TANGGAP_BLOBS_KEY_ID and TANGGAP_BLOBS_SECRET first")
    return depot_at(files_place.folder(url), bucket)
