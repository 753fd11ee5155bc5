"""How large one request may be; whoever goes over it is told so in the one shape that errors have."""

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_WORDS = "the request is too large"


class BoundedBodies:
    """Refuses a body over the limit: by what it says of itself, else as soon as it has gone over."""

    def __init__(self, app: ASGIApp, *, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > self._most:
            error = {"code": "too_large", "message": _WORDS, "field": None}
            await JSONResponse({"error": error}, status_code=413)(scope, receive, send)
            return
        left = self._most

        async def bounded() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413, _WORDS)
            return message

        await self._app(scope, bounded, send)
