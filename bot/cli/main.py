"""The commands together, and what a failure looks like.

A theme's module is loaded only when one of its commands is asked for: the server's parts take seconds to import, and
`tanggap desk check` needs none of them.
"""

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import structlog
import typer

from bot.house import HouseError
from bot.secrets_file import SecretsFileError
from bot.settings import SettingsError
from tickets.ledger.writer import StoreUnavailableError

# Each module has an `app` with the commands as they are typed, and `FAILURES`: what is told in one line.
THEMES = {
    "serve": "serving",
    "migrate": "keeping",
    "doctor": "examining",
    "desk": "desks",
    "catalogue": "catalogues",
    "staff": "people",
    "token": "people",
    "simulate": "trying",
    "report": "reporting",
    "export": "reporting",
    "matcher": "matching",
    "rules": "ruling",
    "templates": "templates",
    "replay": "replaying",
    "backup": "keeping",
    "restore": "keeping",
}
FAILURES: tuple[type[Exception], ...] = (HouseError, SecretsFileError, SettingsError, StoreUnavailableError)
FAILED, INTERRUPTED = 1, 130


def run() -> NoReturn:
    """Run the command line of this process."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command; its exit code."""
    _log_to_stderr()
    themes = _themes(arguments)
    failures = (*FAILURES, *(failure for theme in themes for failure in theme.FAILURES))
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
    except Exception as error:  # noqa: BLE001  a fault of the program: one line here too, with its place
        return _fail(f"this should not happen: {type(error).__name__}: {error} ({_place(error)})")
    return 0


def _themes(arguments: Sequence[str]) -> list[ModuleType]:
    asked = next((word for word in arguments if not word.startswith("-")), "")
    names = [THEMES[asked]] if asked in THEMES else dict.fromkeys(THEMES.values())
    return [import_module(f"bot.cli.{name}") for name in names]


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
    return app


def _any_command() -> None:
    """Keep every command a command: typer would take the name of a single one away."""


def _fail(sentence: str) -> int:
    typer.echo(f"tanggap: {sentence}", err=True)
    return FAILED


def _place(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}, line {frame.lineno}"


def _log_to_stderr() -> None:
    """Leave standard output to what a command prints; the server sets its own logs up."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
