"""Files that somebody chose in a form, kept."""

from collections.abc import Sequence

from fastapi import Request, Response

from console.house import House
from console.pages.render import error_page
from tickets.attachments import WITHHELD
from tickets.ledger.blobs import Stored
from tickets.message import File


class WithheldError(Exception):
    """The virus scanner objects to a file."""


async def keep_chosen(house: House, files: Sequence[File]) -> tuple[Stored, ...]:
    """Keep the bytes of files. Raises WithheldError, StoreUnavailableError."""
    kept = await house.ledger.keep_files(files)
    if any(file.state == WITHHELD for file in kept):
        raise WithheldError
    return kept


async def say_withheld(request: Request, _error: Exception) -> Response:
    return error_page(request, 422, key="error_withheld")
