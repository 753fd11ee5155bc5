"""The bar on the terminal that shows how far the making of a file has come: on standard error, and only where somebody sees it."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from reports.progress import Progress, Tell, said
from templates_replies.catalogue import Language

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]


@contextmanager
def progress_bar(language: Language, *, quiet: bool = False) -> Iterator[Tell]:
    """Give whom to tell how far it has come; the bar is gone when it is over."""
    terminal = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Bar(*columns, console=terminal, transient=True, disable=quiet or not terminal.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def tell(progress: Progress) -> None:
            share = progress.share
            bar.update(
                task, description=said(progress, language), total=None if share is None else 1.0,
                completed=0 if share is None else math.floor(share * 1000) / 1000,
            )  # fmt: skip

        yield tell
