"""Messages that came within a mail: read on the page, and the files in them handed out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import Path
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.house import House, TheHouse
from console.routes import Router
from tickets import views
from tickets.ledger.blobs import safe_name
from tickets.message import File, Said
from tickets.views import AttachmentView

MESSAGE_TYPE = "message/rfc822"
_LARGEST = 5_000_000  # bytes; a larger one is only handed out
_MOST = 5  # of one mail
_LONGEST = 20_000  # characters that are shown

Index = Annotated[int, Path(ge=0, le=1000)]

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A message within a mail, in the words of whoever reads it."""

    sender: str
    subject: str | None
    sent: str  # when, as it says itself
    text: str
    is_cut: bool
    files: Sequence[File]  # in their order, by which they are handed out


async def opened_of(
    house: House, files: Sequence[AttachmentView], *, when: Callable[[datetime], str]
) -> Mapping[int, Opened]:
    """Return the messages among a mail's files, by the files' ids."""
    messages = [file for file in files if _is_message(file)][:_MOST]
    read = {file.id: await _read(house, file) for file in messages}
    return {id_: _in_words(said, when) for id_, said in read.items() if said is not None}


@router.get("/files/{signed}/{index}")
async def file_within(
    signed: Annotated[str, Path(max_length=500)], index: Index, house: TheHouse
) -> Response:
    """Hand out a file of an attached message: always as a download, for nobody has looked at what it is."""
    attachment = house.links.read(signed)
    file = None
    if attachment is not None:
        file = await house.ledger.read(lambda session: views.attachment(session, attachment, link=str))
    said = await _read(house, file) if file is not None and _is_message(file) else None
    if said is None or index >= len(said.files):
        raise HTTPException(404, "there is no such file")
    found = said.files[index]
    name = quote(safe_name(found.name))
    return Response(
        found.content or b"",
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=utf-8''{name}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def _is_message(file: AttachmentView) -> bool:
    kept = file.sha256 is not None and file.size is not None and file.size <= _LARGEST
    return kept and (file.type == MESSAGE_TYPE or file.name.lower().endswith(".eml"))


async def _read(house: House, file: AttachmentView) -> Said | None:
    if file.sha256 is None or house.read_attached is None:
        return None
    try:
        content = await house.ledger.file(file.sha256)
    except FileNotFoundError:  # no longer kept
        return None
    return await house.ledger.aside(house.read_attached, content)


def _in_words(said: Said, when: Callable[[datetime], str]) -> Opened:
    address = said.sender.address
    text = said.full_text or said.text
    return Opened(
        sender=f"{said.sender.name} <{address}>" if said.sender.name else address,
        subject=said.subject,
        sent=when(said.said_at) if said.said_at is not None else "",
        text=text[:_LONGEST],
        is_cut=len(text) > _LONGEST,
        files=said.files,
    )
