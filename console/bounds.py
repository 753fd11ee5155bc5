"""How large one request may be, and all that are being read at once; whoever goes over it is told so in the one shape that errors have."""

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_WORDS = "the request is too large"
_FULL = "too much is being sent here at once, please try again in a moment"
_SMALL = 1024 * 1024  # bytes of a body that are read however much else is


class BoundedBodies:
    """Refuses a body over the limit: by what it says of itself, else as soon as it has gone over.

    Bodies are read before anybody is asked who they are. So all together have a limit as well, over which large ones are refused.
    """

    def __init__(self, app: ASGIApp, *, most: int, at_once: int) -> None:
        """`most` bytes of one body, `at_once` of all whose answers are not given yet."""
        self._app = app
        self._most = most
        self._at_once = at_once
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > self._most:
            error = {"code": "too_large", "message": _WORDS, "field": None}
            await JSONResponse({"error": error}, status_code=413)(scope, receive, send)
            return
        held = 0

        async def bounded() -> Message:
            nonlocal held
            message = await receive()
            came = len(message.get("body", b""))
            if held + came > self._most:
                raise HTTPException(413, _WORDS)
            if held + came > _SMALL and self._held + came > self._at_once:
                raise HTTPException(503, _FULL, headers={"Retry-After": "5"})
            held += came
            self._held += came
            return message

        try:
            await self._app(scope, bounded, send)
        finally:
            self._held -= held
