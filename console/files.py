"""Files of messages by signed links: whoever has a link has the file, for a while, and cannot guess another."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Path, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.kept_files import kept_file
from console.routes import Router
from tickets import views

# Shown in the page; anything else is handed out as a download, for a browser might run it.
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

router = Router(include_in_schema=False)


@router.api_route("/files/{signed}", methods=["GET", "HEAD"])  # whoever fetches may ask for the length first
async def hand_out(request: Request, signed: Annotated[str, Path(max_length=500)]) -> Response:
    house = request.app.state.house
    attachment = house.links.read(signed)
    file = None
    if attachment is not None:
        file = await house.ledger.read(lambda session: views.attachment(session, attachment, link=str))
    if file is None or file.sha256 is None:
        raise HTTPException(404, "this link is not valid, or no longer")
    where = "inline" if file.type in SHOWN else "attachment"
    return await kept_file(
        house.ledger,
        file.sha256,
        type=file.type,
        asked=request,
        headers={
            "Content-Disposition": f"{where}; filename*=utf-8''{quote(file.name)}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, max-age=3600",
        },
    )
