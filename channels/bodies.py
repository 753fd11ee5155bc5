"""Reading the body of a request, but never more of it than a webhook has."""

from starlette.requests import Request


async def bounded(request: Request, limit: int) -> bytes | None:
    """Return the body, or None as soon as it is known to be over the limit (bytes)."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)
