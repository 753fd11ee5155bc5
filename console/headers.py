"""What every answer tells the browser it may do. A route that needs something else says so itself."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src {pictures}; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# For the page on which somebody asked for a mail's pictures from elsewhere.
WITH_PICTURES = {"Content-Security-Policy": _POLICY.format(pictures="'self' https: http:")}
_DEFAULTS = {
    "Content-Security-Policy": _POLICY.format(pictures="'self'"),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
# Style sheets and scripts are the same for everybody: a browser keeps them, and asks each time whether they changed.
_STATIC = Headers({**_DEFAULTS, "Cache-Control": "no-cache"}).raw
_OTHERS = Headers(_DEFAULTS).raw


class SafeHeaders:
    """Adds the headers that an answer does not bring itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        defaults = _STATIC if scope["path"].startswith("/static/") else _OTHERS

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                brought = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"], *(each for each in defaults if each[0] not in brought)
                ]  # fmt: skip
            await send(message)

        await self._app(scope, receive, send_with_headers)
