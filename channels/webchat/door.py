"""The routes of a web chat: its page, the form that it sends, its live updates, the widget, and being forgotten."""

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from channels.contract import Inlet, StoreBusy
from channels.pace import Pace, neighbourhood
from channels.webchat.live import Streams
from channels.webchat.page import Pages, path_of
from channels.webchat.settings import ChatLine, History, Once, Sleeper, WebChatSettings
from channels.webchat.submission import RefusedForm, Submission, read, read_field, read_of, read_once, said_of
from channels.webchat.texts import language_of, say
from channels.webchat.visitor import PASS, OnceKey, Visit, Visitors
from channels.webchat.vouching import BadTokenError, word_of

log = structlog.get_logger()

AWAITS = "awaits"  # in the address of a frame whose site will say who has logged in
_STATIC = {
    "chat.css": "text/css",
    "chat.js": "text/javascript",
    "widget.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_BEHIND_ONE_ADDRESS = (
    20  # visitors who share one address of the internet, as a campus does, and write at once
)


class Door:
    """The routes of one web chat."""

    def __init__(
        self, settings: WebChatSettings, inlet: Inlet, *, history: History, waits: Callable[[], Sleeper], once: Once,
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._settings = settings
        self._clock = clock
        self._inlet = inlet
        self._history = history
        self._once = once
        self._path = f"/chat/{settings.path}"
        self._visitors = Visitors(
            settings.secret_key, settings.account, page=self._path, is_https=settings.is_https, clock=clock
        )
        self._pages = Pages(settings, self._visitors, base=self._path)
        self._streams = Streams(settings, history=history, waits=waits)
        self._pace = Pace(settings.intake)
        intake = settings.intake
        self._pace_of_place = Pace(intake and (intake[0] * _BEHIND_ONE_ADDRESS, intake[1]))

    def routes(self) -> list[BaseRoute]:
        pages = (self._path, f"{self._path}/widget")
        return [
            *(Route(page, self.show, methods=["GET"]) for page in pages),
            *(Route(page, self.take, methods=["POST"]) for page in pages),
            *(Route(f"{page}/forget", self.forget, methods=["POST"]) for page in pages),
            Route(f"{self._path}/identity", self.identify, methods=["POST"]),
            Route(f"{self._path}/read", self.read, methods=["GET", "POST"]),
            Route(f"{self._path}/live", self.live, methods=["GET"]),
            Route(f"{self._path}/{{name}}", self.static, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        if AWAITS in request.query_params and PASS not in request.headers:
            return self._pages.blank(request, self._visitors.new())
        visit = self._visitors.known(request)
        return self._pages.page(request, visit or self._visitors.new(), await self._lines(visit))

    async def take(self, request: Request) -> Response:
        """Store what the visitor says; the browser is sent back to the page only after that."""
        visit = self._visitors.known(request)
        try:
            submission = await read(request, self._settings, self._visitors)
            self._check_where_from(request, visit, submission.once, text=submission.text)
            visit = visit or Visit(visitor=submission.once.visitor)
            await self._deliver(request, visit, submission)
        except RefusedForm as refused:
            return await self._refused(request, visit, refused)
        except StoreBusy:
            return await self._refused(request, visit, RefusedForm("busy", status=503, text=submission.text))
        response = RedirectResponse(f"{path_of(request)}#newest", status_code=303)
        self._visitors.remember(response, visit)
        return response

    async def forget(self, request: Request) -> Response:
        """End the conversation on this device: whoever comes next here is somebody else. The desk keeps what was said."""
        visit = self._visitors.known(request)
        try:
            self._check_where_from(request, visit, await read_once(request, self._visitors))
        except RefusedForm as refused:
            return await self._refused(request, visit, refused)
        response = RedirectResponse(path_of(request).replace("/forget", "", 1), status_code=303)
        self._visitors.forget(response)
        return response

    async def identify(self, request: Request) -> Response:
        """Take the site's word for who the visitor is, or that nobody has logged in; the answer carries their pass."""
        visit = self._visitors.known(request)
        guest = visit if visit is not None and visit.vouched is None else self._visitors.new()
        try:
            token = await read_field(request, "token")
            self._check_origin(request)
            known = await self._person(token, visit) if token else guest
            status, words = 200, ""
        except (BadTokenError, RefusedForm) as error:
            self._inlet.refuse(account=self._settings.account, reason="identity")
            log.warning("webchat.identity_refused", account=self._settings.account, why=str(error))
            language = language_of(request, self._settings.language)
            known, status, words = guest, 401, say(language, "not_known")
        except StoreBusy:
            return Response(status_code=503)  # it will be shown once more
        headers = {PASS: self._visitors.signed(known), "Cache-Control": "no-store"}
        response = PlainTextResponse(words, status_code=status, headers=headers)
        self._visitors.remember(response, known)
        return response

    async def read(self, request: Request) -> Response:
        """Take down that the visitor has the newest answers before them: said by our script, or by the page's picture."""
        visit = self._visitors.known(request)
        try:
            self._check_origin(request)
            newest = request.query_params.get("newest") or await read_field(request, "newest")
            for line in await self._lines(visit):
                if line.unread is not None and newest.isdecimal() and line.id <= int(newest[:18]):
                    await self._inlet.deliver(read_of(line, self._settings))
        except (RefusedForm, StoreBusy):
            return Response(status_code=503)  # they will be told once more
        return Response(status_code=204)

    async def live(self, request: Request) -> Response:
        """Tell the page when something was said, as server-sent events."""
        visit = self._visitors.known(request)
        if visit is None:
            return PlainTextResponse("", status_code=204)
        seen = request.headers.get("last-event-id") or request.query_params.get("seen", "")
        return self._streams.answer(visit.visitor, seen)

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _STATIC:
            return PlainTextResponse("not found", status_code=404)
        headers = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return FileResponse(
            Path(__file__).parent / "static" / name, media_type=_STATIC[name], headers=headers
        )

    async def _person(self, token: str, visit: Visit | None) -> Visit:
        """Return the visit of whom a token names. Raises BadTokenError, StoreBusy.

        One that is good once may come again from the browser that showed it, as when a page is loaded anew.
        """
        settings = self._settings
        word = word_of(
            token, settings.identity_secrets, desk=settings.desk, issuer=settings.identity_issuer, now=self._clock()
        )  # fmt: skip
        if word.once is None or await self._once(settings.account, f"jti:{word.once}"):
            return self._visitors.of_person(word.vouched)
        if visit is not None and visit.vouched is not None and visit.vouched.subject == word.vouched.subject:
            return visit
        raise BadTokenError("jti was shown before")

    async def _lines(self, visit: Visit | None) -> list[ChatLine]:
        return await self._history(self._settings.account, visit.visitor) if visit else []

    async def _deliver(self, request: Request, visit: Visit, submission: Submission) -> None:
        place = neighbourhood(request.client.host) if request.client else ""
        if not self._pace.admits(submission.once.visitor) or not self._pace_of_place.admits(place):
            wait = int(self._settings.intake[1].total_seconds()) if self._settings.intake else None
            raise RefusedForm("too_fast", status=429, text=submission.text, wait=wait)
        shown: list[ChatLine] = []
        if submission.button is not None:
            shown = await self._history(self._settings.account, submission.once.visitor)
        language = language_of(request, self._settings.language)
        said = said_of(submission, self._settings, language, shown, vouched=visit.vouched)
        if not said.text and not said.files:
            raise RefusedForm("nothing", status=422)
        await self._inlet.deliver(said)

    def _check_where_from(
        self, request: Request, visit: Visit | None, once: OnceKey, *, text: str = ""
    ) -> None:
        """Refuse a form that another site sent, or that was made for somebody else."""
        self._check_origin(request, text=text)
        if visit is not None and visit.visitor != once.visitor:
            raise RefusedForm("stale", status=403, text=text)

    def _check_origin(self, request: Request, *, text: str = "") -> None:
        origin = request.headers.get("origin")
        ours = {request.headers.get("host", ""), urlsplit(self._settings.public_url).netloc}
        by_another = request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
        if by_another or (origin is not None and urlsplit(origin).netloc not in ours):
            raise RefusedForm("stale", status=403, text=text)

    async def _refused(self, request: Request, visit: Visit | None, refused: RefusedForm) -> Response:
        lines = await self._lines(visit)
        return self._pages.page(request, visit or self._visitors.new(), lines, problem=refused)
