"""The commands together, and what a failure looks like.

A theme's module is loaded only when one of its commands is asked for: the server's parts take seconds to import, and
`tanggap desk check` needs none of them, the list of commands nothing at all.
"""

import errno
import gc
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType, ModuleType
from typing import NoReturn

import structlog
import typer

# Each module has an `app` with the commands as they are typed, and `FAILURES`: what is told in one line.
THEMES = {
    "serve": "serving",
    "migrate": "keeping",
    "partition": "keeping",
    "doctor": "examining",
    "desk": "desks",
    "catalogue": "catalogues",
    "staff": "people",
    "token": "people",
    "account": "accounts",
    "simulate": "trying",
    "report": "reporting",
    "export": "exporting",
    "import": "importing",
    "matcher": "matching",
    "rules": "ruling",
    "procedure": "procedures",
    "archive": "archiving",
    "contact": "contacts",
    "retention": "retaining",
    "templates": "templates",
    "files": "filing",
    "replay": "replaying",
    "reconcile": "reconciling",
    "backup": "keeping",
    "restore": "keeping",
}
# What the list of commands says of each, which is shown without loading any.
PURPOSES = {
    "serve": "Serve every door: web, mail, chat, deliveries and clocks.",
    "migrate": "Bring the database to the newest schema.",
    "partition": "Keep messages and events by month from now on, on PostgreSQL; servers may run meanwhile.",
    "doctor": "Say what is configured, what is off, and what works.",
    "desk": "The desks' files: check them, take them in, write them out.",
    "catalogue": "The catalogue of a desk: out for a spreadsheet, and in again.",
    "staff": "The people of a desk, beside those that its file names.",
    "token": "Keys of programs to the JSON API.",
    "account": "Who can log in to the pages.",
    "simulate": "Write to a desk as a contact would: a signed webhook, or a mail by SMTP.",
    "report": "The reports of a desk.",
    "export": "The desk's records as tables.",
    "import": "The history of the desk that was used before.",
    "matcher": "What suggests categories, and what it has learned.",
    "rules": "The rules of a desk.",
    "procedure": "The procedures of a desk: see one, play one through.",
    "archive": "The archive of a desk's procedures.",
    "contact": "What is kept of one person: handed out, or erased.",
    "retention": "What desks have kept for as long as they say.",
    "templates": "Approved templates of WhatsApp: what providers list, and what can be sent.",
    "files": "Where attachments are kept: taken elsewhere, tidied up.",
    "replay": "Process again what came in and could not be processed.",
    "reconcile": "Hold what providers' lists say came in beside the ledger, and fetch what is not in it; a line an account.",
    "backup": "Write database, attachments and secrets into one file.",
    "restore": "Put a backup in place; the server must not run meanwhile.",
}
FAILED, INTERRUPTED = 1, 130


def run() -> NoReturn:
    """Run the command line of this process. Whoever ends it by SIGTERM leaves as little behind as whoever presses Ctrl-C."""
    signal.signal(signal.SIGTERM, _end)
    # The matrices here are small: a second thread of the algebra's would spin for its turn, and cost more than it does.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    code = main(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError:  # it was told, or nobody reads any more: the process shall not stumble over it as it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = code or FAILED
    sys.exit(code)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def main(arguments: Sequence[str]) -> int:
    """Run one command; its exit code."""
    _log_to_stderr()
    themes = _themes(arguments)
    failures = _failures(themes)
    try:
        _command_line(themes)(list(arguments), prog_name="tanggap")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except failures as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        return FAILED
    except Exception as error:  # noqa: BLE001  a fault of the program, or the machine's: one line here too
        return _fail(_of_full_disk(error) or f"this should not happen: {_with_place(error)}")
    return 0


def _themes(arguments: Sequence[str]) -> list[ModuleType]:
    asked = next((word for word in arguments if not word.startswith("-")), "")
    return [_loaded(THEMES[asked])] if asked in THEMES else []


def _loaded(theme: str) -> ModuleType:
    """Look for no garbage meanwhile, nor in what was loaded: there is none, and the search is a quarter of a start."""
    gc.disable()
    try:
        return import_module(f"bot.cli.{theme}")
    finally:
        gc.freeze()
        gc.enable()


def _failures(themes: Sequence[ModuleType]) -> tuple[type[Exception], ...]:
    if not themes:
        return ()
    usual = import_module("bot.cli.failing").FAILURES
    return (*usual, *(failure for theme in themes for failure in theme.FAILURES))


def _command_line(themes: Sequence[ModuleType]) -> typer.Typer:
    app = typer.Typer(
        help="One ticket store for every channel of a service desk.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        callback=_any_command,
    )
    for theme in themes:
        app.add_typer(theme.app)
    for name in PURPOSES if not themes else ():
        app.command(name, help=PURPOSES[name])(_only_listed)
    return app


def _only_listed() -> None:
    """Stand in the list for a command whose module is not loaded: naming it would have loaded it."""


def _any_command() -> None:
    """Keep every command a command: typer would take the name of a single one away."""


def _fail(sentence: str) -> int:
    typer.echo(f"tanggap: {sentence}", err=True)
    return FAILED


def _of_full_disk(error: Exception) -> str | None:
    if not isinstance(error, OSError) or error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return None
    where = f" of {error.filename}" if error.filename else ""
    return f"the disk{where} is full; make room, and run it again"


def _with_place(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(frame.filename).name}, line {frame.lineno})"


def _log_to_stderr() -> None:
    """Leave standard output to what a command prints; the server sets its own logs up."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
