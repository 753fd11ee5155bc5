"""What requests are written in: forms in UTF-8, as every browser writes them, and addresses without the letter NUL.

The reader of forms takes whatever codec of Python a form names, among them some that take minutes for a few kilobytes. No
text of PostgreSQL's holds a NUL, so nothing is called by one, and nobody who asks for something means one.
"""

from urllib.parse import parse_qsl, urlencode

from fastapi.responses import JSONResponse
from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

_UTF_8 = frozenset({b"utf-8", b"utf8"})
_NO_FORM = {"code": "charset", "message": "a form has to be written in UTF-8", "field": None}
_NOWHERE = {"code": "not_found", "message": "Not Found", "field": None}


class OnlyUtf8:
    """Refuses a form that says it is written in anything else, knows no path with a NUL, and leaves it out of a query."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif "\0" in scope["path"]:
            await JSONResponse({"error": _NOWHERE}, status_code=404)(scope, receive, send)
        elif _charset(Headers(scope=scope)) not in _UTF_8:
            await JSONResponse({"error": _NO_FORM}, status_code=415)(scope, receive, send)
        else:
            scope["query_string"] = _without_nul(scope["query_string"])
            await self._app(scope, receive, send)


def _charset(headers: Headers) -> bytes:
    _, options = parse_options_header(headers.get("content-type"))
    return options.get(b"charset", b"utf-8").lower()


def _without_nul(query: bytes) -> bytes:
    if b"%00" not in query and b"\0" not in query:
        return query
    fields = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return urlencode([(name.replace("\0", ""), value.replace("\0", "")) for name, value in fields]).encode()
