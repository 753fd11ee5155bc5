"""Live: a stream of server-sent events that says when the visitor should see something else than before.

What is told is a mark of the whole conversation, so whoever comes again with the mark they saw last misses nothing,
whichever process answers them.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

from starlette.responses import Response, StreamingResponse

from channels.webchat.settings import ChatLine, History, Sleeper, WebChatSettings

MOST = 8  # streams of one visitor at once: so many tabs
_LASTS = 5 * 60  # seconds of one stream; the page comes again by itself
_PAUSE = 0.2  # seconds: what is said in quick succession is told once
_LOOKS_EVERY = 20.0  # seconds, even if nobody woke us


def mark_of(lines: list[ChatLine], opens_at: datetime | None) -> str:
    """Return what changes when the visitor should see something else than before: the office closes, too."""
    content = [opens_at, *((line.id, line.text, [file.url is None for file in line.files]) for line in lines)]
    return hashlib.sha256(repr(content).encode()).hexdigest()[:16]


class Streams:
    """The streams of one web chat."""

    def __init__(self, settings: WebChatSettings, *, history: History, waits: Callable[[], Sleeper]) -> None:
        self._settings = settings
        self._history = history
        self._waits = waits
        self._open: Counter[str] = Counter()

    def answer(self, visitor: str, seen: str) -> Response:
        """Return the stream for whoever has seen the mark `seen`; 429 to one who has too many open."""
        if self._open[visitor] >= MOST:
            return Response(status_code=429, headers={"Retry-After": "30"})
        return StreamingResponse(
            self._news(visitor, seen),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _news(self, visitor: str, seen: str) -> AsyncIterator[str]:
        sleeper = self._waits()
        clock = asyncio.get_running_loop().time
        ends_at = clock() + _LASTS
        self._open[visitor] += 1
        try:
            yield "retry: 2000\n\n"
            while clock() < ends_at and not sleeper.over:
                lines = await self._history(self._settings.account, visitor)
                mark = mark_of(lines, self._settings.opens_at(datetime.now(UTC)))
                if mark != seen:
                    seen = mark
                    yield f"id: {mark}\nevent: news\ndata: {mark}\n\n"
                else:
                    yield ": nothing new\n\n"
                await asyncio.sleep(_PAUSE)
                await sleeper.sleep(_LOOKS_EVERY)
        finally:
            sleeper.close()
            self._open[visitor] -= 1
            self._open += Counter()  # drops those who have none left
