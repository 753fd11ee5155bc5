"""Files of messages by signed links: whoever has a link has the file, for a while, and cannot guess another."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Path, Request
from fastapi.responses import Response
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.exceptions import HTTPException

from console.kept_files import kept_file
from console.routes import Router
from tickets import views

VALID_FOR = 7 * 24 * 60 * 60  # seconds
# Shown in the page; anything else is handed out as a download, for a browser might run it.
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

router = Router(include_in_schema=False)


class FileLinks:
    """Signs and reads the links of attachments."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._serializer = URLSafeTimedSerializer(secret_key, salt="file")
        self._public_url = public_url.rstrip("/")

    def path(self, attachment: int) -> str:
        return f"/files/{self._serializer.dumps(attachment)}"

    def url(self, attachment: int) -> str:
        return f"{self._public_url}{self.path(attachment)}"

    def read(self, signed: str) -> int | None:
        """Return the id of the attachment; None for a link that is not ours or too old."""
        try:
            attachment = self._serializer.loads(signed, max_age=VALID_FOR)
        except BadSignature:
            return None
        return attachment if isinstance(attachment, int) else None


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
