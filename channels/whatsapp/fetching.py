"""Reading a file that a contact attached, and never more of it than the desk takes."""

import httpx

from channels.contract import FileTooLarge
from channels.whatsapp.cards import TYPES, cards_in_words
from channels.whatsapp.files import MB, file_name, plain_type
from tickets.message import File


async def read_file(response: httpx.Response, *, limit: int) -> File:
    """Return the file of a good response, named by its type. Raises FileTooLarge beyond the limit (bytes)."""
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise _too_big(limit)
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > limit:
            raise _too_big(limit)
    media_type = plain_type(response.headers.get("content-type", ""))
    return File(
        name=file_name(media_type, 1),
        type=media_type,
        size=len(content),
        content=bytes(content),
        says=cards_in_words(bytes(content)) if media_type in TYPES else None,
    )


def _too_big(limit: int) -> FileTooLarge:
    return FileTooLarge(f"Berkas ini lebih besar dari {limit / MB:.0f} MB.", limit=limit)
