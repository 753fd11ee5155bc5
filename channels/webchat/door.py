"""The page, the form that it sends, its live updates, and the widget."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Route

from channels.contract import Inlet, StoreBusy
from channels.pace import Pace
from channels.webchat.settings import ChatLine, History, Sleeper, WebChatSettings
from channels.webchat.submission import RefusedForm, Submission, read, said_of
from channels.webchat.texts import language_of, say
from channels.webchat.visitor import Visitors

_FOLDER = Path(__file__).parent
_STATIC = {
    "chat.css": "text/css",
    "chat.js": "text/javascript",
    "widget.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_LASTS = 5 * 60  # seconds of one stream; the browser comes again by itself
_PAUSE = 0.2  # seconds: what is said in quick succession is told once
_LOOKS_EVERY = 20.0  # seconds, even if nobody woke us
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {}"
)

_environment = Environment(
    loader=FileSystemLoader(_FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip


class Door:
    """The routes of one web chat."""

    def __init__(
        self, settings: WebChatSettings, inlet: Inlet, *, history: History, waits: Callable[[], Sleeper]
    ) -> None:
        self._settings = settings
        self._inlet = inlet
        self._history = history
        self._waits = waits
        self._path = f"/chat/{settings.path}"
        self._pace = Pace(settings.intake)
        self._visitors = Visitors(settings.secret_key, settings.account, is_https=settings.is_https)

    def routes(self) -> list[BaseRoute]:
        return [
            Route(self._path, self.show, methods=["GET"]),
            Route(self._path, self.take, methods=["POST"]),
            Route(f"{self._path}/widget", self.show, methods=["GET"]),
            Route(f"{self._path}/widget", self.take, methods=["POST"]),
            Route(f"{self._path}/live", self.live, methods=["GET"]),
            Route(f"{self._path}/{{name}}", self.static, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        visitor = self._visitors.known(request)
        lines = await self._history(self._settings.account, visitor) if visitor else []
        return self._page(request, visitor or self._visitors.new(), lines)

    async def take(self, request: Request) -> Response:
        """Store what the visitor says; the browser is sent back to the page only after that."""
        visitor = self._visitors.known(request)
        try:
            submission = await read(request, self._settings, self._visitors)
            self._check_where_from(request, visitor, submission)
            visitor = submission.once.visitor
            await self._deliver(request, submission)
        except RefusedForm as refused:
            return await self._refused(request, visitor, refused)
        except StoreBusy:
            return await self._refused(
                request, visitor, RefusedForm("busy", status=503, text=submission.text)
            )
        response = RedirectResponse(f"{request.url.path}#newest", status_code=303)
        self._visitors.remember(response, visitor, path=self._path)
        return response

    async def live(self, request: Request) -> Response:
        """Tell the page when something was said, as server-sent events."""
        visitor = self._visitors.known(request)
        if visitor is None:
            return PlainTextResponse("", status_code=204)
        seen = request.headers.get("last-event-id") or request.query_params.get("seen", "")
        return StreamingResponse(
            self._news(visitor, seen),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _STATIC:
            return PlainTextResponse("not found", status_code=404)
        headers = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return FileResponse(_FOLDER / "static" / name, media_type=_STATIC[name], headers=headers)

    async def _deliver(self, request: Request, submission: Submission) -> None:
        if not self._pace.admits(submission.once.visitor):
            raise RefusedForm("busy", status=429, text=submission.text)
        shown: list[ChatLine] = []
        if submission.button is not None:
            shown = await self._history(self._settings.account, submission.once.visitor)
        language = language_of(request, self._settings.language)
        said = said_of(submission, self._settings, language, shown)
        if not said.text and not said.files:
            raise RefusedForm("nothing", status=422)
        await self._inlet.deliver(said)

    def _check_where_from(self, request: Request, visitor: str | None, submission: Submission) -> None:
        """Refuse a form that another site sent, or that was made for somebody else."""
        origin = request.headers.get("origin")
        ours = {request.headers.get("host", ""), urlsplit(self._settings.public_url).netloc}
        strange = origin is not None and urlsplit(origin).netloc not in ours
        if strange or visitor not in {None, submission.once.visitor}:
            raise RefusedForm("stale", status=403, text=submission.text)

    async def _refused(self, request: Request, visitor: str | None, refused: RefusedForm) -> Response:
        lines = await self._history(self._settings.account, visitor) if visitor else []
        visitor = visitor or self._visitors.new()
        return self._page(request, visitor, lines, problem=refused, status=refused.status)

    async def _news(self, visitor: str, seen: str) -> AsyncIterator[str]:
        sleeper = self._waits()
        clock = asyncio.get_running_loop().time
        ends_at = clock() + _LASTS
        try:
            yield "retry: 2000\n\n"
            while clock() < ends_at:
                mark = mark_of(await self._history(self._settings.account, visitor))
                if mark != seen:
                    seen = mark
                    yield f"id: {mark}\nevent: news\ndata: {mark}\n\n"
                else:
                    yield ": nothing new\n\n"
                await asyncio.sleep(_PAUSE)
                await sleeper.sleep(_LOOKS_EVERY)
        finally:
            sleeper.close()

    def _page(
        self, request: Request, visitor: str, lines: list[ChatLine], *, problem: RefusedForm | None = None,
        status: int = 200,
    ) -> Response:  # fmt: skip
        settings = self._settings
        language = language_of(request, settings.language)
        within = request.url.path.endswith("/widget")
        said = partial(say, language)
        html = _environment.get_template("chat.html").render(
            t=said, language=language, name=settings.name, base=self._path, path=request.url.path, within=within,
            lines=lines, mark=mark_of(lines), once=self._visitors.form_key(visitor), when=self._when(language),
            draft=problem.text if problem else "", problem=self._problem(said, problem), longest=settings.longest_text,
            offered=lines[-1].buttons if lines and not lines[-1].mine else (),
        )  # fmt: skip
        ancestors = " ".join(settings.sites or ("*",)) if within else "'self'"
        headers = {
            "Content-Security-Policy": _POLICY.format(ancestors),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cache-Control": "no-store",
        }
        response = HTMLResponse(html, status_code=status, headers=headers)
        self._visitors.remember(response, visitor, path=self._path)
        return response

    def _problem(self, said: Callable[..., str], problem: RefusedForm | None) -> str | None:
        if problem is None:
            return None
        megabytes = self._settings.max_file_bytes // (1024 * 1024)
        return said(
            problem.phrase, most=self._settings.longest_text, megabytes=megabytes, files=self._settings.most_files
        )  # fmt: skip

    def _when(self, language: str) -> Callable[[datetime], str]:
        today = datetime.now(self._settings.zone).date()

        def words(at: datetime) -> str:
            local = at.astimezone(self._settings.zone)
            clock = f"{local:%H:%M}" if language == "en" else f"{local:%H.%M}"
            return clock if local.date() == today else f"{local.day}/{local.month} {clock}"

        return words


def mark_of(lines: list[ChatLine]) -> str:
    """Return what changes when the visitor should see something else than before."""
    content = [(line.id, line.text, [file.url is None for file in line.files]) for line in lines]
    return hashlib.sha256(repr(content).encode()).hexdigest()[:16]
