"""What runs in the service's process: the command line itself, in a folder of its own.

Python needs seconds to read all libraries of the service, so that they are read once, in a server that forks
(multiprocessing's). A child of it is a process like any other: with its own folder, environment and output, to be
killed at any instant.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence

import bot.serve  # read before the fork: the command line itself reads it when asked
import bot.web  # noqa: F401
import console.all_pages  # which a service reads as soon as it serves
import console.api  # noqa: F401  which it reads when a program asks
from bot.cli.main import run
from bot.receive import Receiver


def command(
    arguments: Sequence[str],
    folder: str,
    environment: Mapping[str, str],
    *,
    files: tuple[str, str] = ("output", "errors"),
) -> None:
    """Run `tanggap ARGUMENTS`; what it prints goes to two files in the folder."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, name in enumerate(files, 1):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644), number)
    sys.argv = ["tanggap", *arguments]
    run()


HASTE = 5.0  # seconds between the acknowledgement of a hasty service and its storing


def hasty_command(arguments: Sequence[str], folder: str, environment: Mapping[str, str]) -> None:
    """Run it as if somebody had found it clever to acknowledge first and store a little later."""
    storing: set[asyncio.Task[None]] = set()

    def hastily(deliver: Callable[..., object]) -> Callable[..., object]:
        async def later(receiver: Receiver, heard: object) -> None:
            await asyncio.sleep(HASTE)
            await deliver(receiver, heard)

        async def acknowledge_first(receiver: Receiver, heard: object) -> None:
            task = asyncio.create_task(later(receiver, heard))
            storing.add(task)
            task.add_done_callback(storing.discard)

        return acknowledge_first

    Receiver.deliver = hastily(Receiver.deliver)
    command(arguments, folder, environment)
